import type { TracedFlow, TracedHostname, TracedPeer } from '../provenance';
import { peerPlace, PLACE_COLUMNS } from './peer-text';
import { matrixTable } from './port-matrix';
import { OWNERSHIP_COLUMNS, ownershipCells } from './source-text';
import type { TextTable } from '../text';

/** What the last columns say about a row. */
interface FileRow extends Pick<TracedFlow, 'ownership'> {
  readonly source?: TracedPeer;
  readonly destination?: TracedPeer;
}

/** Returns the matrix for files: the last columns are where the machines of both ends are, and who wants the port. */
export function matrixFileTable(
  flows: readonly TracedFlow[],
  hostnames: readonly TracedHostname[],
  beside: Parameters<typeof matrixTable>[2] = {},
): TextTable {
  // the owners have columns of their own, so that programs find them
  const { columns, rows } = matrixTable(flows.map(withoutOwner), hostnames.map(withoutOwner), beside);
  const { undocumented = [], omitted = [] } = beside;
  const ofHostnames = hostnames.flatMap(({ ports, clients: source, ownership }) =>
    ports.map(() => ({ source, ownership })),
  );
  const fileRows: readonly FileRow[] = [...flows, ...ofHostnames, ...omitted, ...undocumented];
  const placeOf = (peer: TracedPeer | undefined): string => (peer === undefined ? '' : peerPlace(peer));
  return {
    columns: [...columns, ...PLACE_COLUMNS, ...OWNERSHIP_COLUMNS],
    rows: rows.map((row, at) => {
      const { source, destination, ownership } = fileRows.at(at) ?? {};
      return [...row, placeOf(source), placeOf(destination), ...ownershipCells(ownership)];
    }),
  };
}

function withoutOwner<T extends TracedFlow | TracedHostname>(row: T): T {
  return { ...row, ownership: undefined };
}
