import { Port } from '../../net';
import { rowsWithPort } from '../../products/catalog';
import { defaultChoices, unmetPart } from '../../tables';
import type { CatalogPage } from './catalog-page';
import { type MergedRow, mergedRows } from './merged-rows';
import { optionsText, productOf, purposeOf, rowJson, sourcesOf, tableText } from './row-text';

const COLUMNS = ['Product', 'Port', 'From', 'To', 'For', 'Opened', 'Table and editions'];
/** A port without its protocol. */
const ONLY_NUMBER = /^\d+$/;

/** Returns the page of the documented rows with a port. A number without a protocol is TCP and UDP. Throws for other text. */
export function whoPage(text: string, place: string): CatalogPage {
  const port = Port._parse(ONLY_NUMBER.test(text) ? `${text}/tcp+udp` : text, place);
  const rows = mergedRows(rowsWithPort(port), 'port');
  const products = new Set(rows.map(({ first }) => productOf(first))).size;
  const cells = rows.map(cellsOf);
  return {
    title: `${port.text}: ${counted(rows.length, 'row')} of ${counted(products, 'product')}`,
    lines: ['Rows for a few ports come first. A row with a range has all ports of the range.'],
    sections: [{ table: { columns: COLUMNS, rows: cells } }],
    nothing: `No port table of this package has ${port.text}.`,
    sources: sourcesOf(rows),
    csv: {
      columns: [...COLUMNS, 'Row', 'Section', 'Source'],
      rows: rows.map(({ first, sections }, at) => [...cells[at], first.row.name, sections, first.reference]),
    },
    json: {
      port: port.text,
      rows: rows.map((row) => ({
        product: productOf(row.first),
        table: row.first.table.id,
        tables: row.tables,
        title: row.first.table.title,
        isOpenByDefault: isOpenByDefault(row),
        ...rowJson(row),
      })),
    },
  };
}

function cellsOf(merged: MergedRow): (string | readonly string[])[] {
  const { first, sources, destinations } = merged;
  const { port } = first.row;
  return [productOf(first), port.text, sources, destinations, purposeOf(first), openedText(merged), tableText(merged)];
}

function openedText(merged: MergedRow): string {
  const { when, supplement } = merged.first;
  if (supplement !== undefined) return 'only as a supplement';
  const options = optionsText(when);
  if (options === '') return 'always';
  return isOpenByDefault(merged) ? `by default: ${options}` : `with ${options}`;
}

/** Whether the documented defaults open a row. */
function isOpenByDefault({ first: { table, when, supplement } }: MergedRow): boolean {
  return supplement === undefined && Object.keys(unmetPart(when ?? {}, defaultChoices(table))).length === 0;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
