import { oneLine } from '../input';
import { markdownCode, markdownText } from './text';

/** One line of a cell: text, or text that Markdown shows as code. */
export type CellLine = string | { readonly code: string };

/** One cell of a table. */
export type TableCell = CellLine | readonly CellLine[];

/** The columns and rows of a table in any format. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** East Asian characters and emoji take two columns of a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const COMBINING = /\p{Mn}|\u200d/u;
/** Text that a spreadsheet interprets as a formula, also after blanks. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/**
 * Renders a table in aligned columns for a terminal or a text file, without trailing blanks. If lines would be longer than `maxWidth`,
 * the cells of the widest columns are wrapped.
 */
export function alignedTable({ columns, rows }: TextTable, maxWidth = Infinity): string {
  const lines = [columns, ...rows.map((row) => row.map(cellText))];
  const natural = columns.map((_, at) => lines.reduce((width, line) => Math.max(width, widthOf(line[at])), 0));
  const widths = narrowed(natural, maxWidth);
  return lines.map((line) => alignedLines(line, widths)).join('');
}

const GAP = '  ';

/** Narrows the widest columns until a line fits. */
function narrowed(natural: readonly number[], maxWidth: number): number[] {
  const widths = [...natural];
  const room = maxWidth - GAP.length * (widths.length - 1);
  for (let excess = widths.reduce((sum, width) => sum + width, 0) - room; excess > 0; excess--) {
    widths[widths.indexOf(Math.max(...widths))]--;
  }
  return widths;
}

function alignedLines(cells: readonly string[], widths: readonly number[]): string {
  const wrapped = cells.map((cell, at) => wrappedLines(cell, widths[at]));
  const height = Math.max(...wrapped.map(({ length }) => length));
  return Array.from({ length: height }, (_, row) => {
    const line = wrapped.map((ofCell, at) => padded(ofCell[row] ?? '', widths[at])).join(GAP);
    return `${line.trimEnd()}\n`;
  }).join('');
}

/** Splits text after blanks, else after the characters between the parts of addresses and paths, else anywhere. */
function wrappedLines(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (widthOf(rest) > width) {
    const fitting = fittingLength(rest, width);
    const part = rest.slice(0, fitting + 1);
    const end = [/^.*\s(?=\S)/su, /^.*[/._-]/su].map((pattern) => pattern.exec(part)?.[0].length ?? 0);
    const length = end.find((one) => one > 0 && one <= fitting + (/\s/u.test(part[one - 1]) ? 1 : 0)) ?? fitting;
    lines.push(rest.slice(0, length).trimEnd());
    rest = rest.slice(length);
  }
  return [...lines, rest];
}

function fittingLength(text: string, width: number): number {
  let [length, columns] = [0, 0];
  for (const character of text) {
    columns += widthOf(character);
    if (columns > width && length > 0) break;
    length += character.length;
  }
  return length;
}

/** Renders a table in the Markdown of GitHub and GitLab. */
export function markdownTable({ columns, rows }: TextTable): string {
  return [markdownRow(columns), markdownRow(columns.map(() => '---')), ...rows.map(markdownRow)].join('');
}

/** Renders a row of a Markdown table as a line. */
export function markdownRow(row: readonly TableCell[]): string {
  return `| ${row.map((cell) => linesOf(cell).map(markdownLine).join('<br>')).join(' | ')} |\n`;
}

/** Renders comma-separated values (RFC 4180) that spreadsheets open as text, so nothing is calculated. */
export function csvTable({ columns, rows }: TextTable): string {
  return [columns, ...rows].map((line) => `${line.map((cell) => csvValue(cellText(cell))).join(',')}\r\n`).join('');
}

/** Returns the text of a cell on one line. */
export function cellText(cell: TableCell): string {
  return linesOf(cell)
    .map((line) => oneLine(typeof line === 'string' ? line : line.code))
    .join(', ');
}

/** Returns the lines of a cell. */
export function linesOf(cell: TableCell): readonly CellLine[] {
  return Array.isArray(cell) ? (cell as readonly CellLine[]) : [cell as CellLine];
}

function markdownLine(line: CellLine): string {
  return typeof line === 'string' ? markdownText(line) : markdownCode(line.code);
}

function csvValue(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - widthOf(text));
}

function widthOf(text: string): number {
  return Array.from(text).reduce(
    (sum, character) => sum + (COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1),
    0,
  );
}
