import * as products from '../../lib/products';
import type { HostnameTable } from '../../lib/tables/hostname-table';
import { compareEditions } from '../../lib/tables/editions';
import type { PortTable } from '../../lib/tables/port-table';
import { constructOf } from '../../lib/products/construct-names';
import { hostnameTableSection, line } from './document-lines';
import { tableSection } from './table-page';

const GENERATED = [
  'This page is generated from the tables in `lib/products`: change the tables, then run `npm run docs`.',
  '',
];

type AnyTable = PortTable | HostnameTable;

/** All editions of one table. The default one is the first. */
type Editions<T> = readonly [T, ...T[]];

/** Renders all tables as Markdown: an index, and a page for each table with all its editions. Returns the text of each file. */
export function portsDocuments(
  tables: readonly PortTable[],
  hostnameTables: readonly HostnameTable[],
): Record<string, string> {
  const ofPorts = editionsById(tables);
  const ofHostnames = editionsById(hostnameTables);
  return {
    'docs/ports.md': indexPage(ofPorts, ofHostnames),
    ...Object.fromEntries(ofPorts.map((editions) => [pathOf(editions), portPage(editions)])),
    ...Object.fromEntries(ofHostnames.map((editions) => [pathOf(editions), hostnamePage(editions)])),
  };
}

/** Returns the editions of each table, in the alphabetical order of the products. */
function editionsById<T extends AnyTable>(tables: readonly T[]): Editions<T>[] {
  const ids = [...new Set(tables.map(({ id }) => id))];
  const byId = ids.map((id) => tables.filter((table) => table.id === id) as unknown as Editions<T>);
  const keyOf = (editions: Editions<T>): string => [productOf(editions).toLowerCase(), editions[0].id].join('\n');
  return byId.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function pathOf([{ id }]: Editions<AnyTable>): string {
  return `docs/ports/${id}.md`;
}

/** Returns the name of the product, or the id of the table if no edition has the name. */
function productOf(editions: Editions<AnyTable>): string {
  return editions.find(({ product }) => product !== undefined)?.product ?? editions[0].id;
}

/** Returns the exported construct that opens a table: its own, or the one for every table. */
function openingConstruct([table]: Editions<AnyTable>): string {
  const name = constructOf(table);
  if (name in products) return name;
  return 'hostnames' in table ? 'DocumentedHostnameRules' : 'DocumentedPortRules';
}

function indexPage(ports: readonly Editions<PortTable>[], hostnames: readonly Editions<HostnameTable>[]): string {
  return [
    '# Documented ports',
    '',
    'Everything that the constructs of this package open, and where it is documented. Each table has a page with its rows.',
    ...GENERATED,
    'A table is one edition of a document. A construct opens the first edition that is listed here, and a later one if its prop',
    '`edition` names it.',
    '',
    ...markdownLines(
      ['Product', 'Table', 'Editions', 'Construct', 'Options', 'Document'],
      ports.map((editions) => [
        ...tableCells(editions),
        constructCell(editions),
        codes(optionsOf(editions)),
        documentCell(editions),
      ]),
    ),
    '',
    '## Hostnames',
    '',
    ...markdownLines(
      ['Product', 'Table', 'Editions', 'Construct', 'Options', 'Document'],
      hostnames.map((editions) => [
        ...tableCells(editions),
        constructCell(editions),
        codes(optionsOf(editions)),
        documentCell(editions),
      ]),
    ),
    '',
  ].join('\n');
}

function markdownLines(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [columns, columns.map(() => '---'), ...rows].map(line);
}

function tableCells(editions: Editions<AnyTable>): string[] {
  const [{ id }] = editions;
  return [productOf(editions), `[${id}](ports/${id}.md)`, codes(editions.map(({ edition }) => edition))];
}

function constructCell(editions: Editions<AnyTable>): string {
  const name = openingConstruct(editions);
  return `[${name}](../API.md#${name.toLowerCase()})`;
}

function documentCell([{ title, reference }]: Editions<AnyTable>): string {
  return `[${title}](${reference})`;
}

/** Returns the ids of the options that an edition has. */
function optionsOf(editions: Editions<AnyTable>): string[] {
  return [...new Set(editions.flatMap(({ options = [] }) => options.map(({ id }) => id)))];
}

function codes(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ');
}

function portPage(editions: Editions<PortTable>): string {
  const sorted = byEdition(editions);
  return page(
    editions,
    sorted.flatMap((table, index) => tableSection(table, sorted[index - 1])),
  );
}

function hostnamePage(editions: Editions<HostnameTable>): string {
  return page(editions, byEdition(editions).flatMap(hostnameTableSection));
}

function byEdition<T extends AnyTable>(editions: Editions<T>): T[] {
  return [...editions].sort((a, b) => compareEditions(a.edition, b.edition));
}

function page(editions: Editions<AnyTable>, sections: readonly string[]): string {
  const [{ id, edition }] = editions;
  const kind = 'hostnames' in editions[0] ? 'Hostnames' : 'Ports';
  const opens = 'hostnames' in editions[0] ? 'allows' : 'opens';
  const name = openingConstruct(editions);
  const later = editions.length === 1 ? '' : `, by default those of the edition ${edition}`;
  return [
    `# ${kind} of ${productOf(editions)}`,
    '',
    `[\`${name}\`](../../API.md#${name.toLowerCase()}) ${opens} the rows of the table \`${id}\`${later}.`,
    '[All tables](../ports.md).',
    ...GENERATED,
    ...sections,
  ].join('\n');
}
