import type { Discrepancy, PortTable } from './port-table';
import { refusal, shown } from './refusal';
import { checkText } from './text';

const NAME = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Says where a part of a table was written, for errors: ` (line 7)`. */
export type Where = (path: readonly (string | number)[]) => string;

/** Of what was written in code, the call is the place. */
export const nowhere: Where = () => '';

/** What tables of ports and tables of hosts say alike of their document. */
export type Document = Pick<
  PortTable,
  'title' | 'reference' | 'edition' | 'checkedFor' | 'comparedOn' | 'discrepancies'
>;

/** Refuses a table that does not say which document it is taken from, and when. */
export function checkDocument(table: Document, place: string, where: Where = nowhere): void {
  const at = (...path: (string | number)[]): string => place + where(path);
  checkText(table.title, at('title'), 'title');
  checkReference(table.reference, at('reference'));
  if (typeof table.edition !== 'string' || !/^\d{4}-(0[1-9]|1[0-2])$/.test(table.edition)) {
    const need = 'edition must be the year and month of the document, as "2024-12"';
    throw refusal(at('edition'), need, shown(table.edition));
  }
  if (!isDay(table.comparedOn)) {
    throw refusal(at('comparedOn'), 'comparedOn must be a day, as "2026-11-21"', shown(table.comparedOn));
  }
  optionalList(table.checkedFor, place, 'checkedFor').forEach((version, index) =>
    checkText(version, at('checkedFor', index), 'checkedFor'),
  );
  optionalList(table.discrepancies, place, 'discrepancies').forEach((discrepancy, index) =>
    checkDiscrepancy(discrepancy, at('discrepancies', index)),
  );
}

/** Refuses what is no address of a page. */
export function checkReference(reference: string, place: string): void {
  if (!/^https?:\/\/\S+$/.test(String(reference))) {
    throw refusal(place, 'reference must be the address of the document', shown(reference));
  }
  checkText(reference, place, 'reference', 500);
}

/** Refuses what cannot be a name in keys. */
export function checkTableName(name: unknown, place: string, what: string): void {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw refusal(
      place,
      `${what} must be lower-case letters, digits and hyphens, at most 40, beginning with a letter`,
      shown(name),
    );
  }
}

/** The entries of a list that must have some. */
export function list<T>(values: readonly T[] | undefined, place: string, what: string): readonly T[] {
  if (!Array.isArray(values) || values.length === 0) {
    throw refusal(place, `${what} must have at least one entry`, shown(values));
  }
  return values as readonly T[];
}

/** The entries of a list that may be absent. */
export function optionalList<T>(values: readonly T[] | undefined, place: string, what: string): readonly T[] {
  if (values !== undefined && !Array.isArray(values)) throw refusal(place, `${what} must be a list`, shown(values));
  return (values ?? []) as readonly T[];
}

/** Refuses what has no properties. */
export function checkTableObject(value: unknown, place: string, need: string): void {
  if (typeof value !== 'object' || value === null) throw refusal(place, need, shown(value));
}

/** Refuses a name that stands twice; the place of the second is named. */
export function checkDistinct(
  names: readonly string[],
  place: string,
  need: (name: string) => string,
  where: (index: number) => string = () => '',
): void {
  const first = new Map<string, number>();
  names.forEach((name, index) => first.has(name) || first.set(name, index));
  const second = names.findIndex((name, index) => first.get(name) !== index);
  if (second >= 0) throw refusal(place + where(second), need(names[second]), 'it twice');
}

function checkDiscrepancy(discrepancy: Discrepancy, place: string): void {
  checkTableObject(discrepancy, place, 'a discrepancy must be an object');
  checkText(discrepancy.finding, place, 'the finding of a discrepancy');
  checkText(discrepancy.decision, place, 'the decision of a discrepancy');
  optionalList(discrepancy.rows, place, 'the rows of a discrepancy').forEach((row) =>
    checkText(row, place, 'the rows of a discrepancy'),
  );
}

function isDay(text: unknown): boolean {
  const time = Date.parse(String(text));
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}
