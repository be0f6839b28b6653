import { tableKey } from '../model/flow';
import { Basis } from '../model/basis';
import { PortTableDiff } from '../model/port-table-diff';
import { markdownTable, type Cell } from './text-table';
import type { Discrepancy, DocumentedFlow, PortRow, PortTable, Supplement } from '../model/port-table';

const COLUMNS = [
  'Port',
  'Row',
  'Description',
  'Purpose',
  'When closed',
  'Section',
  'Protocol from',
  'Open to the world',
];
const PROTOCOL_FROM: Readonly<Record<Basis, string>> = {
  [Basis.TABLE]: 'the table',
  [Basis.COMMAND]: 'the command',
  [Basis.REQUEST_TEMPLATE]: 'the request template',
  [Basis.TEXT]: 'the text',
  [Basis.INFERRED]: 'inferred',
};

/** Renders the catalog as the Markdown document that people read. */
export function portsDocument(tables: readonly PortTable[]): string {
  return [
    '# Documented ports',
    '',
    'Everything that the constructs of this package open, with the place where it is documented. This page is generated from',
    '`lib/catalog`: change the catalog, then run `npm run docs`.',
    '',
    'A table is the edition of a document. The first edition of a table on this page is the one that its construct opens; `edition`',
    'opens a later one, and what has changed stands under it.',
    '',
    ...tables.flatMap((table, index) => tableSection(table, latestOf(table.id, tables.slice(0, index)))),
  ].join('\n');
}

/** The last of the editions of a table that stand before it. */
function latestOf(id: string, tables: readonly PortTable[]): PortTable | undefined {
  return tables.filter((table) => table.id === id).at(-1);
}

function tableSection(table: PortTable, before?: PortTable): string[] {
  const { title, reference, checkedFor, comparedOn, flows, supplements = [], discrepancies = [] } = table;
  return [
    `## ${tableKey(table)}`,
    '',
    `[${title}](${reference}), compared on ${comparedOn}${checkedFor ? `, checked by the vendor for ${checkedFor.join(' and ')}` : ''}.`,
    '',
    ...(before ? changesSection(before, table) : []),
    ...flows.flatMap(flowSection),
    ...supplements.flatMap(supplementSection),
    ...discrepancySection(discrepancies),
  ];
}

function changesSection(before: PortTable, after: PortTable): string[] {
  const changes = String(PortTableDiff.between(before, after));
  if (changes === '') return [`No row has changed since ${before.edition}.`, ''];
  return [`Since ${before.edition} (\`+\` added, \`-\` removed, \`~\` changed):`, '', '```diff', changes, '```', ''];
}

function flowSection(flow: DocumentedFlow): string[] {
  const name = flow.name === undefined ? [] : [`The vendor calls the rule \`${flow.name}\`.`, ''];
  return [
    `### ${flow.source.id} to ${flow.destination.id}`,
    '',
    `From ${flow.source.title} to ${flow.destination.title}.`,
    '',
    ...name,
    ...rowTable(flow.rows),
  ];
}

function supplementSection(supplement: Supplement): string[] {
  return [
    `### ${supplement.source.id} to ${supplement.destination.id} (supplement)`,
    '',
    `Not in the document and opened only where it is asked for: ${supplement.reason} ([source](${supplement.reference})).`,
    '',
    ...rowTable(supplement.rows),
  ];
}

function rowTable(rows: readonly PortRow[]): string[] {
  return markdownTable({ columns: COLUMNS, rows: rows.map(cells) }).split('\n');
}

function cells(row: PortRow): Cell[] {
  return [
    { code: String(row.port) },
    { code: row.name },
    row.description,
    row.purpose ?? '',
    row.whenClosed ?? '',
    row.section,
    PROTOCOL_FROM[row.protocolFrom],
    row.clusterInternal ? 'refused' : 'with a reason',
  ];
}

function discrepancySection(discrepancies: readonly Discrepancy[]): string[] {
  if (discrepancies.length === 0) return [];
  return [
    '### Contradictions and gaps of the document',
    '',
    ...discrepancies.map(
      ({ finding, decision, rows }) =>
        `- ${finding} ${decision}${rows ? ` (${rows.map((row) => `\`${row}\``).join(', ')})` : ''}`,
    ),
    '',
  ];
}
