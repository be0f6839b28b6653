import type WriteExcelFile from 'write-excel-file/node';
import { beginningOf } from '../input';
import { cellText, type TextTable } from '../text';

const MAX_CELL_LENGTH = 32767;
const MAX_COLUMN_WIDTH = 90;
const LINE_HEIGHT = 15;
const MAX_ROW_HEIGHT = 409;
const FONT = { fontFamily: 'Calibri', fontSize: 11 };
/** The width of the filter button of a column, in characters. */
const FILTER_BUTTON_WIDTH = 4;
/** The text format keeps a spreadsheet from calculating a value, even after somebody edits it. */
const TEXT = { type: String, format: '@', alignVertical: 'top' } as const;
const CUT = ' ... (more in the text and CSV forms)';

/** Renders a table as an xlsx workbook with one sheet. Every cell is text, so nothing is calculated. */
export async function spreadsheet(sheet: string, { columns, rows }: TextTable): Promise<Buffer> {
  // loaded here, because the main entry of the package must not depend on it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const writeExcelFile = require('write-excel-file/node') as typeof WriteExcelFile;
  const head = columns.map((value) => ({ ...TEXT, value, fontWeight: 'bold' as const, backgroundColor: '#E4E9EE' }));
  const body = rows.map((row) => {
    const height = heightOf(row.map((cell) => cellText(cell).length));
    return row.map((cell) => ({ ...TEXT, value: fitted(cellText(cell)), wrap: true, height }));
  });
  const widths = columns.map((column, at) =>
    rows.reduce((width, row) => Math.max(width, cellText(row[at]).length), column.length),
  );
  const options = {
    sheet,
    stickyRowsCount: 1,
    orientation: 'landscape' as const,
    columns: widths.map((width) => ({ width: Math.min(width, MAX_COLUMN_WIDTH) + FILTER_BUTTON_WIDTH })),
  };
  const files = { transform: { 'xl/worksheets/sheet{id}.xml': { transform: filtered } } };
  return writeExcelFile([head, ...body], options, { ...FONT, features: [{ files }] }).toBuffer();
}

/** Adds filter buttons to the header of a sheet. */
function filtered(xml: string): string {
  const [, last] = [...xml.matchAll(/<c r="([A-Z]+\d+)"/g)].at(-1)!;
  return xml.replace('</sheetData>', `$&<autoFilter ref="A1:${last}"/>`);
}

/** Returns the height that fits all lines of a row, because not every program computes it. */
function heightOf(lengths: readonly number[]): number {
  const lines = lengths.reduce((most, length) => Math.max(most, Math.ceil(length / MAX_COLUMN_WIDTH)), 1);
  return Math.min(lines * LINE_HEIGHT, MAX_ROW_HEIGHT);
}

function fitted(text: string): string {
  return text.length > MAX_CELL_LENGTH ? beginningOf(text, MAX_CELL_LENGTH - CUT.length) + CUT : text;
}
