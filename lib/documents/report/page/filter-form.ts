import type { ReportRow } from '../data';
import { html, type Markup } from './markup';

/** What is said of rows without an owner. */
const NO_OWNER = 'no owner recorded';

/** A list of more choices would be longer than a search. */
const MAX_CHOICES = 60;

/** Something that rows can be filtered by: its name in the rows, its label, and what a row has of it. */
export interface RowFilter {
  readonly name: 'stack' | 'from' | 'to' | 'opener' | 'owner' | 'what';
  readonly label: string;
  /** Only of `what` a row may have several. */
  readonly valuesOf: (row: ReportRow) => readonly string[];
}

const FILTERS: readonly RowFilter[] = [
  { name: 'stack', label: 'Stack', valuesOf: ({ stack }) => [stack] },
  { name: 'from', label: 'From', valuesOf: ({ source }) => [source.name] },
  { name: 'to', label: 'To', valuesOf: ({ destination }) => [destination.name] },
  { name: 'opener', label: 'Opened by', valuesOf: ({ opener }) => [opener] },
  { name: 'owner', label: 'Owner', valuesOf: ({ ownership }) => [ownership?.owner ?? NO_OWNER] },
  { name: 'what', label: 'Only', valuesOf: ({ marks }) => marks },
];

/** Returns what it makes sense to filter the rows by. */
export function usefulFilters(rows: readonly ReportRow[]): RowFilter[] {
  return FILTERS.filter(({ name, valuesOf }) => {
    const { size } = new Set(rows.flatMap(valuesOf));
    return size > (name === 'what' ? 0 : 1) && size <= MAX_CHOICES;
  });
}

/** Renders the search and the filters of a table. They need the script of the page, and are not shown without it. */
export function filterForm(table: string, rows: readonly ReportRow[], filters: readonly RowFilter[]): Markup {
  const fields = filters.map(({ name, label, valuesOf }) => {
    const values = [...new Set(rows.flatMap(valuesOf))].sort();
    const options = values.map((value) => html`<option value="${value}">${value}</option>`);
    return html`<label
      >${label}
      <select name="${name}">
        <option value="">all</option>
        ${options}
      </select></label
    >`;
  });
  return html`<form class="filter" data-table="${table}" hidden>
    <label class="search">Search <input type="search" name="search" autocomplete="off" /></label>
    ${fields}
    <button type="reset">Clear</button>
    <button type="button" name="more" hidden>Show the others</button>
    <output>${rows.length} of ${rows.length} rows</output>
  </form>`;
}
