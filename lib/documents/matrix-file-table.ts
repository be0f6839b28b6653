import type { TracedFlow, TracedHostname, TracedPeer } from '../provenance';
import { peerPlace, PLACE_COLUMNS } from './peer-text';
import { matrixTable } from './port-matrix';
import type { TextTable } from './text-table';

/** Returns the matrix for files: the last columns are where the machines of both ends are. */
export function matrixFileTable(
  flows: readonly TracedFlow[],
  hostnames: readonly TracedHostname[],
  beside: Parameters<typeof matrixTable>[2] = {},
): TextTable {
  const { columns, rows } = matrixTable(flows, hostnames, beside);
  const { undocumented = [], omitted = [] } = beside;
  const ofHostnames = hostnames.flatMap(({ ports, clients: source }) => ports.map(() => ({ source })));
  const ends: readonly { readonly source?: TracedPeer; readonly destination?: TracedPeer }[] = [
    ...flows,
    ...ofHostnames,
    ...omitted,
    ...undocumented,
  ];
  const placeOf = (peer: TracedPeer | undefined): string => (peer === undefined ? '' : peerPlace(peer));
  return {
    columns: [...columns, ...PLACE_COLUMNS],
    rows: rows.map((row, at) => [...row, placeOf(ends[at]?.source), placeOf(ends[at]?.destination)]),
  };
}
