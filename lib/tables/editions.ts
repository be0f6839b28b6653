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

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const VERSION = /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){0,3}$/;

/** Whether a text can be an edition: a month such as `2024-12`, or a version such as `1.31` or `2`. */
export function isEdition(text: unknown): text is string {
  return typeof text === 'string' && (MONTH.test(text) || VERSION.test(text));
}

/** Whether two editions have an order: both are months, or both are versions. */
export function haveOneForm(a: string, b: string): boolean {
  return MONTH.test(a) === MONTH.test(b);
}

/** Compares two editions of one form part by part, as numbers: `1.9` comes before `1.31`, and `2` before `2.1`. */
export function compareEditions(a: string, b: string): number {
  const [one, other] = [a, b].map((edition) => edition.split(/[.-]/).map(Number));
  const at = one.findIndex((part, index) => part !== other[index]);
  if (at === -1) return one.length - other.length;
  return other.length <= at ? 1 : one[at] - other[at];
}

/**
 * Returns the edition in force in a month or version, or the first edition for an earlier one. For other text, returns the nearest
 * spelling.
 */
function suggestedEdition(text: string, editions: readonly string[]): string | undefined {
  const month = /^\d{4}-(?:0[1-9]|1[0-2])(?=$|-\d)/.exec(text)?.[0];
  const given = month ?? (VERSION.test(text) ? text : undefined);
  const sorted = given === undefined ? [] : editions.filter((edition) => haveOneForm(edition, given));
  if (given === undefined || sorted.length === 0) return nearestName(text, editions);
  sorted.sort(compareEditions);
  return sorted.filter((edition) => compareEditions(edition, given) <= 0).at(-1) ?? sorted[0];
}
