import { markdownTable, type TableCell } from '../../lib/text/text-table';
import { FAMILY_NAMES } from '../../lib/net';
import { EXTERNAL_CHECKS } from '../../lib/products/catalog';
import { Basis, PortLevel, type PortTable, type Role, type Supplement, tableKey } from '../../lib/tables/port-table';
import { PortTableDiff } from '../../lib/tables/port-table-diff';
import { BASIS_TEXT, discrepancySection, documentLines, optionSection } from './document-lines';
import { type FlowBlock, flowBlocks } from './flow-blocks';

/** Renders an edition of a table as a section of the page of the table. */
export function tableSection(table: PortTable, before?: PortTable): string[] {
  const { flows, supplements = [], discrepancies = [] } = table;
  const columns = columnsOf(table);
  return [
    ...documentLines(table),
    ...(before ? changesSection(before, table) : []),
    ...optionSection(table.options ?? []),
    ...flowBlocks(flows).flatMap((block) => [...flowLines(block), ...rowTable(block, columns)]),
    ...supplementSections(supplements, columns),
    ...discrepancySection(discrepancies),
    ...externalSection(tableKey(table)),
  ];
}

/** Renders what the document leaves to other documents, with the tables that cover it or the reason why none does. */
function externalSection(key: string): string[] {
  const checks = EXTERNAL_CHECKS.filter(({ tables }) => tables.includes(key));
  if (checks.length === 0) return [];
  return [
    '### To be checked externally, as the document says',
    '',
    ...checks.map(
      ({ topic, coveredBy = [], answer }) =>
        `- ${topic}: ${coveredBy.length === 0 ? answer : `${coveredBy.map(tableLink).join(' and ')} (${answer})`}.`,
    ),
    '',
  ];
}

/** Returns a link to the page of a table, which is named by its id or with an edition. */
function tableLink(table: string): string {
  return `[${table}](${table.replace(/@.*/, '')}.md)`;
}

function changesSection(before: PortTable, after: PortTable): string[] {
  const changes = String(PortTableDiff.between({ before, after }));
  if (changes === '') return [`No row has changed since ${before.edition}.`, ''];
  return [`Since ${before.edition} (\`+\` added, \`-\` removed, \`~\` changed):`, '', '```diff', changes, '```', ''];
}

function flowLines({ sources, destinations, flow: { name, optional } }: FlowBlock): string[] {
  return [
    `### ${listed(sources, ({ id }) => id)} to ${listed(destinations, ({ id }) => id)}`,
    '',
    `${betweenText(sources, destinations)}.`,
    '',
    ...(name === undefined ? [] : [`The vendor calls the rule \`${name}\`.`, '']),
    ...(optional ? ['Optional: opened only if the machines of both roles are given.', ''] : []),
  ];
}

function supplementSections(supplements: readonly Supplement[], columns: readonly Column[]): string[] {
  const reasons = [...new Set(supplements.map(({ reason, reference }) => `${reason} ([source](${reference}))`))];
  return reasons.flatMap((text) => {
    const flows = supplements.filter(({ reason, reference }) => `${reason} ([source](${reference}))` === text);
    return flowBlocks(flows).flatMap((block) => [
      `### ${listed(block.sources, ({ id }) => id)} to ${listed(block.destinations, ({ id }) => id)} (supplement)`,
      '',
      `${betweenText(block.sources, block.destinations)}. Not in the document, and opened only if you choose it: ${text}.`,
      '',
      ...rowTable(block, columns),
    ]);
  });
}

function betweenText(sources: readonly Role[], destinations: readonly Role[]): string {
  return `From ${listed(sources, ({ title }) => title)} to ${listed(destinations, ({ title }) => title)}`;
}

/** Returns a list in words: `a, b and c`. */
function listed(roles: readonly Role[], textOf: (role: Role) => string): string {
  const texts = roles.map(textOf);
  return texts.length === 1 ? texts[0] : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)!}`;
}

type Row = FlowBlock['rows'][number];

interface Column {
  readonly title: string;
  /** The cell of a row. It is empty if the row does not have the fact. */
  readonly cell: (row: Row) => TableCell;
  /** The cell of a row that does not have the fact, if a different row of the table has it. */
  readonly otherwise?: string;
}

const COLUMNS: readonly Column[] = [
  { title: 'Port', cell: ({ row }) => ({ code: String(row.port) }) },
  { title: 'Row', cell: ({ row }) => ({ code: row.name }) },
  { title: 'Description', cell: ({ row }) => row.description },
  { title: 'Open only with', cell: ({ condition }) => condition },
  { title: 'Purpose', cell: ({ row }) => row.purpose ?? '' },
  { title: 'Impact when closed', cell: ({ row }) => row.impact ?? '' },
  { title: 'Section', cell: ({ row }) => row.section },
  { title: 'Basis of the protocol', cell: ({ row }) => BASIS_TEXT[row.protocolBasis] },
  {
    title: 'Basis of the direction',
    cell: ({ row }) => (row.directionBasis ? BASIS_TEXT[row.directionBasis] : ''),
    otherwise: BASIS_TEXT[Basis.TABLE],
  },
  { title: 'Level', cell: ({ row }) => row.level ?? '', otherwise: PortLevel.HOST },
  { title: 'IP family', cell: ({ row }) => (row.family ? FAMILY_NAMES[row.family] : ''), otherwise: 'both' },
  { title: 'Open to the world', cell: ({ row }) => (row.internal ? 'never' : 'with a reason') },
];

/** Returns the columns that are not empty for every row of a table. */
function columnsOf({ flows, supplements = [] }: PortTable): Column[] {
  const rows = flowBlocks([...flows, ...supplements]).flatMap((block) => block.rows);
  return COLUMNS.filter(({ cell }) => rows.some((row) => cell(row) !== ''));
}

function rowTable({ rows }: FlowBlock, columns: readonly Column[]): string[] {
  return markdownTable({
    columns: columns.map(({ title }) => title),
    rows: rows.map((row) => columns.map(({ cell, otherwise = '' }) => cell(row) || otherwise)),
  }).split('\n');
}
