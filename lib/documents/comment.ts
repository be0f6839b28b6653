import { beginningOf, oneLine } from '../input';
import { type CellLine, linesOf, markdownRow, markdownTable, type TableCell, type TextTable } from '../text';

/** The most text of a cell in a comment that would be too long. */
const MAX_CELL_LENGTH = 300;
/** The part of the room that stays for the main rows, if what was not evaluated does not fit either. */
const LEAST_SHARE = 1 / 4;
/** The digits that the number of shown rows may have. */
const DIGITS = 8;

/** A table in a comment, with the text around it. */
interface CommentSection {
  readonly heading: string;
  readonly table: TextTable;
  /** The text in place of a table without rows. Without it, a section without rows is left out. */
  readonly nothing?: string;
  /** The lines below the table. */
  readonly remarks?: readonly (string | undefined)[];
}

/** A comment on GitHub or GitLab. */
interface MarkdownComment {
  readonly main: CommentSection;
  /** What the reader must not miss: it loses rows only if it is too long by itself, and never all of them. */
  readonly notEvaluated: CommentSection;
  readonly notes: CommentSection;
}

/**
 * Renders a comment with at most `maxLength` characters. If it is too long, it loses rows of tables and says how many. Headings and
 * remarks stay.
 *
 * GitHub and GitLab count code points. This counts what JavaScript counts, which is never less.
 */
export function markdownComment({ main, notEvaluated, notes }: MarkdownComment, maxLength: number): string {
  const sections = [main, notEvaluated, notes];
  const linesBy = (render: (row: readonly TableCell[]) => string): ShownSection[] =>
    sections.map((section) => ({ section, lines: linesUpTo(maxLength, section.table.rows, render) }));
  const whole = rendered(linesBy(markdownRow));
  if (whole.length <= maxLength) return whole;
  const shortened = linesBy((row) => markdownRow(row.map(shortCell)));
  const least = shortened.map(({ section, lines }) => ({
    section,
    lines: section === notEvaluated ? lines.slice(0, 1) : [],
  }));
  const heads = sections.map(({ table: { columns } }) => markdownTable({ columns, rows: [] }).length + DIGITS);
  const room = maxLength - rendered(least).length - sum(heads);
  const [ofMain, ofNotEvaluated, ofNotes] = shortened.map(({ lines }) => sum(lines.map(({ length }) => length)));
  const first = Math.min(ofNotEvaluated, Math.max(room * (1 - LEAST_SHARE), room - ofMain - ofNotes));
  const second = Math.min(ofMain, room - first);
  const rooms = [second, first, room - first - second];
  return rendered(
    shortened.map(({ section, lines }, at) => {
      const count = countThatFits(lines, rooms[at]);
      return { section, lines: lines.slice(0, section === notEvaluated ? Math.max(count, 1) : count) };
    }),
  );
}

/** A section, and the lines of its table that are shown. */
interface ShownSection {
  readonly section: CommentSection;
  readonly lines: readonly string[];
}

function rendered(sections: readonly ShownSection[]): string {
  return sections.flatMap(blocksOf).join('\n');
}

/** Returns the blocks of a section, which blank lines separate. */
function blocksOf({ section: { heading, table, nothing, remarks = [] }, lines }: ShownSection): string[] {
  const { length } = table.rows;
  if (length === 0 && nothing === undefined) return [];
  const head = markdownTable({ columns: table.columns, rows: [] });
  return [
    `${heading}\n`,
    ...(length === 0 ? [`${nothing}\n`] : []),
    ...(lines.length > 0 ? [head + lines.join('')] : []),
    ...(lines.length < length ? [`${lines.length} of ${length} rows are shown; ${HOW_TO_SEE_ALL}\n`] : []),
    ...remarks.flatMap((remark) => (remark === undefined ? [] : [`${remark}\n`])),
  ];
}

const HOW_TO_SEE_ALL = '`--format table` shows all, and `--max-length` makes room for more.';

/** Renders rows until they have more than this many characters, because the rest will not fit. */
function linesUpTo(
  maxLength: number,
  rows: TextTable['rows'],
  render: (row: readonly TableCell[]) => string,
): readonly string[] {
  const lines: string[] = [];
  for (let length = 0; lines.length < rows.length && length <= maxLength; length += lines.at(-1)!.length) {
    lines.push(render(rows[lines.length]));
  }
  return lines;
}

/** Returns how many of the lines fit, from the first one on. */
function countThatFits(lines: readonly string[], room: number): number {
  let rest = room;
  const tooLong = lines.findIndex(({ length }) => (rest -= length) < 0);
  return tooLong < 0 ? lines.length : tooLong;
}

/** Returns a cell without its last lines, if they are many, and without the ends of long lines. */
function shortCell(cell: TableCell): TableCell {
  const lines = linesOf(cell).map(shortLine);
  const count = Math.max(1, countThatFits(lines.map(textOf), MAX_CELL_LENGTH));
  return count < lines.length ? [...lines.slice(0, count), `and ${lines.length - count} more`] : lines;
}

function shortLine(line: CellLine): CellLine {
  const text = oneLine(textOf(line));
  if (text.length <= MAX_CELL_LENGTH) return line;
  const short = `${beginningOf(text, MAX_CELL_LENGTH)}...`;
  return typeof line === 'string' ? short : { code: short };
}

function textOf(line: CellLine): string {
  return typeof line === 'string' ? line : line.code;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
