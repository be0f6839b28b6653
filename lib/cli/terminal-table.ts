import { alignedTable, type TextTable } from '../renderers/text-table';
import type { CliIo } from './cli-io';
import { painter } from './colour';

/** A table in columns, with its head set off on a terminal; plain in a file. */
export function terminalTable(table: TextTable, output: string | undefined, io: CliIo): string {
  const text = alignedTable(table);
  if (output !== undefined) return text;
  const end = text.indexOf('\n');
  return painter(io)('bold', text.slice(0, end)) + text.slice(end);
}
