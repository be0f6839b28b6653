import { oneLine } from '../../input';
import { markdownText, markdownTable, type TextTable } from '../../text';

/** A line above tables: text, or a web address. */
type PageLine = string | { readonly url: string };

/** A table with its heading. */
interface PageSection {
  /** Absent for the only table of a page. */
  readonly heading?: string;
  readonly table: TextTable;
}

/** What is documented, for people and for programs. */
export interface CatalogPage {
  readonly title: string;
  readonly lines: readonly PageLine[];
  /** Tables without rows are left out. */
  readonly sections: readonly PageSection[];
  /** The text in place of tables without rows. */
  readonly nothing: string;
  /** The web addresses behind the tables, by what they are the source of. */
  readonly sources: ReadonlyMap<string, string>;
  /** Everything in one table, for spreadsheets. */
  readonly csv: TextTable;
  readonly json: object;
}

/**
 * Renders a page as text.
 *
 * @param rendered renders a table
 */
export function pageText(
  { title, lines, sections, nothing, sources }: CatalogPage,
  rendered: (table: TextTable) => string,
): string {
  const head = [title, ...lines.map((line) => (typeof line === 'string' ? line : line.url))];
  const tables = shownSections(sections).map(({ heading, table }) =>
    heading === undefined ? rendered(table) : `${heading}:\n\n${rendered(table)}`,
  );
  // a web address on a line of its own can be followed, however long it is
  const links = [...sources].map(([name, url]) => `${oneLine(name)}:\n  ${url}\n`);
  const all = [...(tables.length === 0 ? [`${nothing}\n`] : tables), ...(links.length === 0 ? [] : [links.join('')])];
  return [`${head.map(oneLine).join('\n')}\n`, ...all].join('\n');
}

/** Renders a page in the Markdown of GitHub and GitLab. */
export function pageMarkdown({ title, lines, sections, nothing, sources }: CatalogPage): string {
  // the web addresses are those of this package's own tables
  const head = lines.map((line) => (typeof line === 'string' ? markdownText(line) : `<${line.url}>`));
  const tables = shownSections(sections).flatMap(({ heading, table }) => [
    ...(heading === undefined ? [] : [`### ${markdownText(heading)}`]),
    markdownTable(table).trimEnd(),
  ]);
  const links = [...sources].map(([name, url]) => `- ${markdownText(name)}: <${url}>`).join('\n');
  const all = [...(tables.length === 0 ? [nothing] : tables), ...(links === '' ? [] : [links])];
  return `${[`## ${markdownText(title)}`, ...head, ...all].join('\n\n')}\n`;
}

function shownSections(sections: readonly PageSection[]): PageSection[] {
  return sections.filter(({ table }) => table.rows.length > 0);
}
