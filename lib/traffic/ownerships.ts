import { grouped } from '../input';
import { type OwnershipJson, ownershipText, type ProvenanceJson, rulesOf } from '../provenance';
import type { Configuration, Note } from './configuration';
import { DocumentedRowIndex } from './documented-row';

/** The rows of a construct that have the same owner, ticket and last day. */
interface OwnedRows {
  readonly file: string;
  /** The path of the construct. */
  readonly address: string;
  readonly ownership: OwnershipJson;
  /** Each row with its port, or hostname with its name, once: `kubelet 10250/tcp`. */
  readonly rows: readonly string[];
  /** The Terraform addresses of their rules. */
  readonly rules: readonly string[];
}

/** A row with the ownership that the provenance has for it. */
interface OwnedRow {
  readonly address: string;
  readonly ownership: OwnershipJson | undefined;
  readonly name: string;
  readonly rules: readonly string[];
}

/** Returns who wants the ports and hostnames of each construct; those without an owner are left out. */
export function ownedRows({ provenance }: Configuration, index: DocumentedRowIndex): OwnedRows[] {
  return [...provenance.keys()]
    .filter((file) => hasOwners(provenance.get(file)!))
    .flatMap((file) => {
      const owned = rowsIn(file, { provenance }, index).flatMap(({ ownership, ...row }) =>
        ownership === undefined ? [] : [{ ...row, ownership }],
      );
      const groups = grouped(owned, ({ address, ownership }) => JSON.stringify([address, ownershipText(ownership)]));
      return [...groups.values()].map((same) => ({
        file,
        address: same[0].address,
        ownership: same[0].ownership,
        rows: [...new Set(same.map(({ name }) => name))],
        rules: [...new Set(same.flatMap(({ rules }) => rules))],
      }));
    });
}

function hasOwners({ flows, hostnames = [] }: ProvenanceJson): boolean {
  return [...flows, ...hostnames].some(({ ownership }) => ownership !== undefined);
}

/** A row that its document does not have so is only a port: its name must not be repeated as true. */
function rowsIn(
  file: string,
  { provenance }: Pick<Configuration, 'provenance'>,
  index: DocumentedRowIndex,
): OwnedRow[] {
  const { flows, hostnames = [], rows } = provenance.get(file)!;
  const claims = index.claimsOf(file);
  return [
    ...flows.map((flow, at): OwnedRow => {
      const { row, port, construct: address, ownership } = flow;
      const isSupplement = rows[row].supplement !== undefined;
      const isDoubted = claims.flows[at]?.contradiction !== undefined;
      const name = row.slice(row.lastIndexOf('/') + 1) + (isSupplement ? ' (supplement)' : '');
      return { address, ownership, name: isDoubted ? port : `${name} ${port}`, rules: rulesOf(flow) };
    }),
    ...hostnames.map((hostname, at): OwnedRow => {
      const { row, construct: address, ownership } = hostname;
      const isDoubted = claims.hostnames[at]?.contradiction !== undefined;
      const name = isDoubted ? hostname.hostname : `${row} ${hostname.hostname}`;
      return { address, ownership, name, rules: rulesOf(hostname) };
    }),
  ];
}

/** Returns for each construct who wants which of its rows, and until when. */
export function ownershipNotes(configuration: Configuration, index: DocumentedRowIndex): Note[] {
  return ownedRows(configuration, index).map(({ file, address, ownership, rows }) => ({
    file,
    address,
    text: `${rows.join(', ')}: owner ${ownershipText(ownership)}`,
  }));
}

const NOBODY = 'nobody';

/**
 * Returns whose rows of constructs that both configurations have were somebody else's before, or wanted until a different day. It is no
 * change of traffic, so that no gate stops it.
 */
export function ownershipChanges(before: Configuration, after: Configuration): Note[] {
  if (![before, after].some(({ provenance }) => [...provenance.values()].some(hasOwners))) return [];
  const index = new DocumentedRowIndex([before, after]);
  const former = new Map<string, ReadonlySet<string>>();
  for (const [key, rows] of byRow(before, index)) former.set(key, new Set(rows.map(ownerOf)));
  const changed = [...byRow(after, index)].flatMap(([key, rows]) => {
    const old = former.get(key);
    const now = new Set(rows.map(ownerOf));
    if (old === undefined || (old.size === now.size && [...now].every((text) => old.has(text)))) return [];
    const [{ file, address, name }] = rows;
    return [{ file, address, name, change: `${[...now].join(' and ')}, before: ${[...old].join(' and ')}` }];
  });
  const same = grouped(changed, ({ file, address, change }) => JSON.stringify([file, address, change]));
  return [...same.values()].map((rows) => {
    const [{ file, address, change }] = rows;
    return { file, address, text: `${rows.map(({ name }) => name).join(', ')}: owner ${change}` };
  });
}

/** Files have different names on both sides, so that a row is known by its construct. */
function byRow(
  configuration: Configuration,
  index: DocumentedRowIndex,
): Map<string, (OwnedRow & { readonly file: string })[]> {
  const all = [...configuration.provenance.keys()].flatMap((file) =>
    rowsIn(file, configuration, index).map((row) => ({ ...row, file })),
  );
  return grouped(all, ({ address, name }) => JSON.stringify([address, name]));
}

function ownerOf({ ownership }: OwnedRow): string {
  return ownership === undefined ? NOBODY : ownershipText(ownership);
}
