import type WriteExcelFile from 'write-excel-file/node';
import { cellText, type TextTable } from './text-table';

const LONGEST_CELL = 32767;
const WIDEST_COLUMN = 60;
const CUT = ' ... (more in the text and CSV forms)';

/** A table as an xlsx workbook of one sheet. Every cell is text: nothing in it is calculated. */
export async function spreadsheet(sheet: string, { columns, rows }: TextTable): Promise<Buffer> {
  // loaded here: the library that the main entry needs has no dependency for it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const writeExcelFile = require('write-excel-file/node') as typeof WriteExcelFile;
  const head = columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  const body = rows.map((row) =>
    row.map((cell) => ({ value: fitted(cellText(cell)), type: String, wrap: true, alignVertical: 'top' as const })),
  );
  const widths = columns.map((column, at) => Math.max(column.length, ...rows.map((row) => cellText(row[at]).length)));
  return writeExcelFile([head, ...body], {
    sheet,
    stickyRowsCount: 1,
    columns: widths.map((width) => ({ width: Math.min(width, WIDEST_COLUMN) + 2 })),
  }).toBuffer();
}

function fitted(text: string): string {
  return text.length > LONGEST_CELL ? text.slice(0, LONGEST_CELL - CUT.length) + CUT : text;
}
