import { nearestName, readOnlyDeep, refusal, shown } from '../input';
import type { PortTable } from './port-table';

/** Returns the table of one edition; the first table is the default. Throws if no table has that edition. */
export function tableOf<T extends Pick<PortTable, 'id' | 'edition'>>(
  tables: readonly T[],
  edition: string | undefined,
  place: string,
): T {
  const found = edition === undefined ? tables[0] : tables.find((table) => table.edition === edition);
  if (found) return readOnlyDeep(found);
  const [{ id }] = tables;
  const editions = tables.map((table) => table.edition);
  const meant = typeof edition === 'string' ? editionMeant(edition, editions) : undefined;
  const need = `edition must be one of ${id} (${editions.join(', ')})`;
  throw refusal(place, 'edition-unknown', need, shown(edition), meant && shown(meant));
}

/** Returns the edition in force in the given month, the first edition for an earlier month, or else the nearest spelling. */
function editionMeant(text: string, editions: readonly string[]): string | undefined {
  const month = /^\d{4}-(?:0[1-9]|1[0-2])(?=$|-\d)/.exec(text)?.[0];
  if (month === undefined) return nearestName(text, editions);
  const sorted = [...editions].sort();
  return sorted.filter((edition) => edition <= month).at(-1) ?? sorted[0];
}
