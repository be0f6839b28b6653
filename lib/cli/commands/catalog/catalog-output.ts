import { type CatalogPage, pageMarkdown, pageText } from '../../../documents';
import { csvTable, jsonText } from '../../../text';
import { type CliIo, emit, terminalTable } from '../../output';

const VERSION = 1;
/** The widest table, for terminals and tickets. */
const MAX_WIDTH = 120;

/** The formats of what is documented. */
export const CATALOG_FORMATS = ['table', 'markdown', 'csv', 'json'];

/** The format and file of a page. */
export interface CatalogOptions {
  readonly format: string;
  readonly output?: string;
}

/** Writes a page in the chosen format. */
export async function emitPage(page: CatalogPage, { format, output }: CatalogOptions, io: CliIo): Promise<void> {
  await emit(rendered(page, format, output, io), output, io);
}

function rendered(page: CatalogPage, format: string, output: string | undefined, io: CliIo): string {
  if (format === 'json') return jsonText({ version: VERSION, ...page.json });
  if (format === 'csv') return csvTable(page.csv);
  if (format === 'markdown') return pageMarkdown(page);
  return pageText(page, (table) => terminalTable(table, output, io, MAX_WIDTH));
}
