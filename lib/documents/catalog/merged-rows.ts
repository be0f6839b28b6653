import { grouped } from '../../input';
import type { DocumentedPort } from '../../products/catalog';
import { tableKey } from '../../tables';

/** A row, and all roles between which the document has it. */
export interface MergedRow {
  /** The row between the first two roles, in the first edition. */
  readonly first: DocumentedPort;
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** The editions that have it, as keys of tables. */
  readonly tables: readonly string[];
}

/** Merges rows that differ only in their roles or editions, as long as every source reaches every destination. */
export function mergedRows(rows: readonly DocumentedPort[]): MergedRow[] {
  const byTable = grouped(rows, (each) => JSON.stringify([rowKey(each), tableKey(each.table)]));
  const parts = [...byTable.values()].flatMap(mergedRoles);
  const same = grouped(parts, ({ first, sources, destinations }) =>
    JSON.stringify([rowKey(first), sources, destinations]),
  );
  return [...same.values()].map((group) => ({ ...group[0], tables: group.flatMap(({ tables }) => tables) }));
}

function rowKey({ table, row, when, supplement, optional }: DocumentedPort): string {
  return JSON.stringify([table.id, row.name, row.port.text, row.family, when, supplement, optional]);
}

/** Merges the destinations that have the same sources. */
function mergedRoles(rows: readonly DocumentedPort[]): MergedRow[] {
  const ofDestination = grouped(rows, ({ destination }) => destination.id);
  const bySources = grouped([...ofDestination.values()], (group) =>
    JSON.stringify([...new Set(group.map(({ source }) => source.id))].sort()),
  );
  return [...bySources.values()].map((groups) => ({
    first: groups[0][0],
    sources: [...new Set(groups[0].map(({ source }) => source.id))],
    destinations: groups.map(([{ destination }]) => destination.id),
    tables: [tableKey(groups[0][0].table)],
  }));
}
