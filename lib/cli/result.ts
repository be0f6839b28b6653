import { markdownComment, notDocumentedText, notEvaluatedTable } from '../documents';
import { type CellLine, jsonText, type TextTable } from '../text';
import type { NotEvaluated, Note, RuleMention } from '../traffic';
import { type CliIo, emit, terminalTable } from './output';

const VERSION = 1;

/** The formats of results. */
export const RESULT_FORMATS = ['table', 'markdown', 'json'];

/** The format and file of a result. */
export interface ResultOptions {
  readonly format: string;
  /** The most characters of a result in Markdown. */
  readonly maxLength: number;
  readonly output?: string;
}

/** The result of a command that reads permitted traffic. */
export interface Result {
  /** The heading in Markdown. */
  readonly title: string;
  readonly table: TextTable;
  /** The most characters of a line in a terminal; longer cells are wrapped. Absent if lines may have any length. */
  readonly maxWidth?: number;
  /** The text in place of a table without rows. */
  readonly nothing: string;
  /** A line below the table. */
  readonly summary?: string;
  /** What a gate decides, for readers of Markdown, who do not see the exit code. */
  readonly verdict?: string;
  readonly notEvaluated: readonly NotEvaluated[];
  /** What the reader should know about what was read. */
  readonly notes: readonly Note[];
  /** The result for programs. */
  readonly json: object;
}

/** Writes a result in the chosen format. */
export async function emitResult(result: Result, options: ResultOptions, io: CliIo): Promise<void> {
  const { format, maxLength, output } = options;
  if (format === 'json') await emit(asJson(result), output, io);
  else await emit(format === 'markdown' ? asMarkdown(result, maxLength) : asTable(result, output, io), output, io);
}

/** Returns the Terraform addresses of rules as a cell. */
export function ruleCell(rules: readonly RuleMention[]): CellLine[] {
  return [...new Set(rules.map(({ address }) => address))].map((code) => ({ code }));
}

/**
 * Returns the rows of documents behind rules as a cell, with what closes them; `not documented` with the reason if the document does not
 * have them so; or `unknown` if nothing links them to a document.
 */
export function documentCell(rules: readonly Pick<RuleMention, 'documentedBy' | 'doubt' | 'deviation'>[]): string[] {
  const lines = rules.flatMap(({ documentedBy, doubt, deviation }) => [
    ...documentedBy.map(documentText),
    ...(doubt === undefined ? [] : [notDocumentedText(doubt)]),
    ...(deviation === undefined ? [] : [deviation]),
  ]);
  return lines.length > 0 ? [...new Set(lines)] : ['unknown'];
}

function documentText({
  row,
  section,
  supplement,
  reference,
  port,
  documentedPort,
}: RuleMention['documentedBy'][number]): string {
  const moved = movedText(port, documentedPort, supplement !== undefined);
  if (supplement !== undefined) return [`supplement: ${supplement}`, reference ?? [], moved ?? []].flat().join(', ');
  const where = [section ?? [], moved ?? []].flat().join('; ');
  return where === '' ? row : `${row} (${where})`;
}

function movedText(
  port: string | undefined,
  documented: string | undefined,
  isSupplement: boolean,
): string | undefined {
  if (documented === undefined) return undefined;
  return [port ?? [], `${isSupplement ? 'its source' : 'document'}: ${documented}`].flat().join(', ');
}

function asTable(
  { table, maxWidth, nothing, summary, notEvaluated, notes }: Result,
  output: string | undefined,
  io: CliIo,
): string {
  const rendered = (given: TextTable): string => terminalTable(given, output, io, maxWidth);
  return [
    table.rows.length > 0 ? rendered(table) : `${nothing}\n`,
    ...(summary === undefined ? [] : [`${summary}\n`]),
    ...(notEvaluated.length > 0 ? [rendered(notEvaluatedTable(notEvaluated))] : []),
    ...(notes.length > 0 ? [rendered(notesTable(notes))] : []),
  ].join('\n');
}

function asMarkdown(
  { title, table, nothing, summary, verdict, notEvaluated, notes }: Result,
  maxLength: number,
): string {
  const comment = {
    main: { heading: `## ${title}`, table, nothing, remarks: [summary, verdict] },
    notEvaluated: { heading: '### Not evaluated', table: notEvaluatedTable(notEvaluated) },
    notes: { heading: '### Notes', table: notesTable(notes) },
  };
  return markdownComment(comment, maxLength);
}

function asJson({ json, notEvaluated, notes }: Result): string {
  const result = {
    version: VERSION,
    isComplete: notEvaluated.length === 0,
    ...json,
    notEvaluated: notEvaluated.map(withoutContent),
    ...(notes.length > 0 ? { notes } : {}),
  };
  return jsonText(result);
}

/** Removes `content`, which only comparisons need and which may be secret. */
export function withoutContent({ file, address, reason, comparedAs }: NotEvaluated): NotEvaluated {
  return { file, address, reason, ...(comparedAs === undefined ? {} : { comparedAs }) };
}

function notesTable(notes: readonly Note[]): TextTable {
  return {
    columns: ['Note', 'Text', 'File'],
    rows: notes.map(({ address, text, file }) => [{ code: address }, text, file]),
  };
}
