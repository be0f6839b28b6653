import { nearestName, readOnlyDeep, refusal, shown } from '../input';
import type { PortTable } from './port-table';

/** Returns the table of an edition, by default the first table. Throws if there is no such edition. */
export function tableOf<T extends Pick<PortTable, 'id' | 'edition'>>(
  tables: readonly T[],
  edition: string | undefined,
  place: string,
): T {
  const found = edition === undefined ? tables[0] : tables.find((table) => table.edition === edition);
  if (found) return readOnlyDeep(found);
  const [{ id }] = tables;
  const editions = tables.map((table) => table.edition);
  const meant = typeof edition === 'string' ? suggestedEdition(edition.replace(`${id}@`, ''), editions) : undefined;
  const need = `edition must be one of ${id} (${editions.join(', ')})`;
  throw refusal(place, 'edition-unknown', need, shown(edition), meant && shown(meant));
}

/**
 * Returns the edition in force in a month, or the first edition for an earlier month. For other text, returns the nearest
 * spelling.
 */
function suggestedEdition(text: string, editions: readonly string[]): string | undefined {
  const month = /^\d{4}-(?:0[1-9]|1[0-2])(?=$|-\d)/.exec(text)?.[0];
  if (month === undefined) return nearestName(text, editions);
  const sorted = [...editions].sort();
  return sorted.filter((edition) => edition <= month).at(-1) ?? sorted[0];
}
