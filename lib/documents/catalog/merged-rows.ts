import { grouped } from '../../input';
import type { DocumentedPort } from '../../products/catalog';
import { tableKey } from '../../tables';

/** A row, and all roles between which the document has it. */
export interface MergedRow {
  /** The row between the first two roles, in the first edition. */
  readonly first: DocumentedPort;
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** The headings of the document that have it. */
  readonly sections: readonly string[];
  /** The editions that have it, as keys of tables. */
  readonly tables: readonly string[];
}

/** What must be the same in rows that are merged: `whole` is everything but the roles, `port` leaves out where the document has it. */
type Sameness = 'whole' | 'port';

/** Merges rows that differ only in their roles or editions, as long as every source reaches every destination. */
export function mergedRows(rows: readonly DocumentedPort[], sameness: Sameness): MergedRow[] {
  const keyOf = (row: DocumentedPort): string => rowKey(row, sameness);
  const byTable = grouped(rows, (each) => JSON.stringify([keyOf(each), tableKey(each.table)]));
  const parts = [...byTable.values()].flatMap(mergedRoles);
  const same = grouped(parts, ({ first, sources, destinations }) =>
    JSON.stringify([keyOf(first), sources, destinations]),
  );
  return [...same.values()].map((group) => ({
    ...group[0],
    sections: [...new Set(group.flatMap(({ sections }) => sections))],
    tables: group.flatMap(({ tables }) => tables),
  }));
}

function rowKey({ table, row, when, supplement, optional }: DocumentedPort, sameness: Sameness): string {
  const { name, port, family, section, description, level, protocolBasis, directionBasis } = row;
  const place = sameness === 'port' ? [] : [section, description, level, protocolBasis, directionBasis];
  return JSON.stringify([table.id, name, port.text, family, when, supplement, optional, place]);
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
    sections: [...new Set(rows.map(({ row }) => row.section))],
    tables: [tableKey(groups[0][0].table)],
  }));
}
