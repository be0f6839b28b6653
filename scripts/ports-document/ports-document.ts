import { markdownTable, type TableCell } from '../../lib/documents/text-table';
import { FAMILY_NAMES } from '../../lib/net';
import { EXTERNAL_CHECKS } from '../../lib/products/catalog';
import type { HostnameTable } from '../../lib/tables/hostname-table';
import { choicesOf, conditionOf, conditionText } from '../../lib/tables/options';
import {
  Basis,
  type DocumentedFlow,
  PortLevel,
  type PortRow,
  type PortTable,
  type Supplement,
  tableKey,
  type TableOption,
} from '../../lib/tables/port-table';
import { PortTableDiff } from '../../lib/tables/port-table-diff';
import { BASIS_TEXT, discrepancySection, documentLines, hostnameTableSection } from './document-lines';

const COLUMNS = [
  'Port',
  'Row',
  'Description',
  'Purpose',
  'Impact when closed',
  'Section',
  'Basis of the protocol',
  'Open to the world',
];

/** Renders all port and hostname tables as a Markdown document. */
export function portsDocument(tables: readonly PortTable[], hostnameTables: readonly HostnameTable[]): string {
  return [
    '# Documented ports',
    '',
    'Everything that the constructs of this package open, and where it is documented. This page is generated from `lib/products`:',
    'change the tables there, then run `npm run docs`.',
    '',
    'A table is one edition of a document. A construct opens the first edition on this page by default, and a later one if its prop',
    '`edition` names it. Each later edition lists its changes.',
    '',
    ...tables.flatMap((table, index) => tableSection(table, latestOf(table.id, tables.slice(0, index)))),
    ...hostnameTables.flatMap(hostnameTableSection),
  ].join('\n');
}

/** Returns the last earlier edition of a table. */
function latestOf(id: string, tables: readonly PortTable[]): PortTable | undefined {
  return tables.filter((table) => table.id === id).at(-1);
}

function tableSection(table: PortTable, before?: PortTable): string[] {
  const { flows, supplements = [], discrepancies = [] } = table;
  return [
    ...documentLines(table),
    ...(before ? changesSection(before, table) : []),
    ...optionSection(table.options ?? []),
    ...flows.flatMap(flowSection),
    ...supplements.flatMap(supplementSection),
    ...discrepancySection(discrepancies),
    ...externalSection(tableKey(table)),
  ];
}

/** Renders what the document leaves to other documents, with the table that covers it or the reason why none does. */
function externalSection(key: string): string[] {
  const checks = EXTERNAL_CHECKS.filter(({ tables }) => tables.includes(key));
  if (checks.length === 0) return [];
  return [
    '### To be checked externally, as the document says',
    '',
    ...checks.map(
      ({ topic, coveredBy, answer }) =>
        `- ${topic}: ${coveredBy === undefined ? answer : `the table ${coveredBy} (${answer})`}.`,
    ),
    '',
  ];
}

function changesSection(before: PortTable, after: PortTable): string[] {
  const changes = String(PortTableDiff.between({ before, after }));
  if (changes === '') return [`No row has changed since ${before.edition}.`, ''];
  return [`Since ${before.edition} (\`+\` added, \`-\` removed, \`~\` changed):`, '', '```diff', changes, '```', ''];
}

function optionSection(options: readonly TableOption[]): string[] {
  if (options.length === 0) return [];
  const columns = ['Option', 'Choices', 'Default', 'Meaning', 'Section'];
  const rows = options.map((option): TableCell[] => [
    { code: option.id },
    choicesOf(option).join(', '),
    { code: option.default },
    option.title,
    option.reference === undefined ? option.section : `${option.section}; the default is from ${option.reference}`,
  ]);
  return ['### Options', '', ...markdownTable({ columns, rows }).split('\n')];
}

function flowSection(flow: DocumentedFlow): string[] {
  const name = flow.name === undefined ? [] : [`The vendor calls the rule \`${flow.name}\`.`, ''];
  return [
    `### ${flow.source.id} to ${flow.destination.id}`,
    '',
    `From ${flow.source.title} to ${flow.destination.title}.`,
    '',
    ...name,
    ...(flow.optional ? ['Optional: opened only if the machines of both roles are given.', ''] : []),
    ...rowTable(flow),
  ];
}

function supplementSection(supplement: Supplement): string[] {
  return [
    `### ${supplement.source.id} to ${supplement.destination.id} (supplement)`,
    '',
    `Not in the document, and opened only if you choose it: ${supplement.reason} ([source](${supplement.reference})).`,
    '',
    ...rowTable(supplement),
  ];
}

/** A column of something that few tables have is only in these tables. */
function rowTable(flow: DocumentedFlow): string[] {
  const columns = RARE_COLUMNS.filter(({ cell }) => flow.rows.some((row) => cell(row, flow) !== undefined));
  return markdownTable({
    columns: [...COLUMNS, ...columns.map(({ title }) => title)],
    rows: flow.rows.map((row) => [
      ...cells(row),
      ...columns.map(({ cell, otherwise }) => cell(row, flow) ?? otherwise),
    ]),
  }).split('\n');
}

/** Columns with the cell of a row, and the cell for a row that does not have the fact. */
const RARE_COLUMNS: readonly {
  readonly title: string;
  readonly cell: (row: PortRow, flow: DocumentedFlow) => string | undefined;
  readonly otherwise: string;
}[] = [
  {
    title: 'Basis of the direction',
    cell: ({ directionBasis }) => directionBasis && BASIS_TEXT[directionBasis],
    otherwise: BASIS_TEXT[Basis.TABLE],
  },
  { title: 'Level', cell: ({ level }) => level, otherwise: PortLevel.HOST },
  { title: 'IP family', cell: ({ family }) => family && FAMILY_NAMES[family], otherwise: 'both' },
  {
    title: 'Open only with',
    cell: (row, flow) => conditionText(conditionOf(flow, row)) || undefined,
    otherwise: '',
  },
];

function cells(row: PortRow): TableCell[] {
  return [
    { code: String(row.port) },
    { code: row.name },
    row.description,
    row.purpose ?? '',
    row.impact ?? '',
    row.section,
    BASIS_TEXT[row.protocolBasis],
    row.internal ? 'never' : 'with a reason',
  ];
}
