import { markdownTable, type TextTable } from '../renderers/text-table';
import type { NotEvaluated } from '../traffic/configuration';
import type { CliIo } from './cli-io';
import { emit } from './emit';
import { terminalTable } from './terminal-table';

/** The forms of what is read back. */
export const RESULT_FORMS = ['table', 'markdown', 'json'];

/** How a result is wanted. */
export interface ResultOptions {
  readonly format: string;
  readonly output?: string;
}

/** What a command found out. */
export interface Result {
  /** The heading in Markdown. */
  readonly title: string;
  readonly table: TextTable;
  /** What is said in place of a table without rows. */
  readonly nothing: string;
  /** A line below the table. */
  readonly summary?: string;
  readonly notEvaluated: readonly NotEvaluated[];
  /** What programs get. */
  readonly json: object;
}

const VERSION = 1;
const UNREAD_COLUMNS = ['Not evaluated', 'Why', 'File'];

/** Shows a result in the form that is wanted. */
export async function emitResult(result: Result, { format, output }: ResultOptions, io: CliIo): Promise<void> {
  if (format === 'json') await emit(asJson(result), output, io);
  else await emit(format === 'markdown' ? asMarkdown(result) : asTable(result, output, io), output, io);
}

function asTable({ table, nothing, summary, notEvaluated }: Result, output: string | undefined, io: CliIo): string {
  return [
    table.rows.length > 0 ? terminalTable(table, output, io) : `${nothing}\n`,
    ...(summary === undefined ? [] : [`${summary}\n`]),
    ...(notEvaluated.length > 0 ? [terminalTable(unreadTable(notEvaluated), output, io)] : []),
  ].join('\n');
}

function asMarkdown({ title, table, nothing, summary, notEvaluated }: Result): string {
  return [
    `## ${title}\n`,
    table.rows.length > 0 ? markdownTable(table) : `${nothing}\n`,
    ...(summary === undefined ? [] : [`${summary}\n`]),
    ...(notEvaluated.length > 0 ? ['### Not evaluated\n', markdownTable(unreadTable(notEvaluated))] : []),
  ].join('\n');
}

function asJson({ json, notEvaluated }: Result): string {
  return `${JSON.stringify({ version: VERSION, isComplete: notEvaluated.length === 0, ...json, notEvaluated: notEvaluated.map(plainUnread) }, undefined, 2)}\n`;
}

/** Without what only a comparison needs, which may be secret. */
export function plainUnread({ file, address, reason, comparedAs }: NotEvaluated): NotEvaluated {
  return { file, address, reason, ...(comparedAs === undefined ? {} : { comparedAs }) };
}

function unreadTable(notEvaluated: readonly NotEvaluated[]): TextTable {
  return {
    columns: UNREAD_COLUMNS,
    rows: notEvaluated.map(({ address, reason, file }) => [{ code: address }, reason, file]),
  };
}
