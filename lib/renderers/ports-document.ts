import type { HostnameTable } from '../model/host-table';
import { PortTableDiff } from '../model/port-table-diff';
import type { DocumentedFlow, PortRow, PortTable, Supplement } from '../model/port-table';
import { discrepancySection, documentLines, SAID_BY } from './document-lines';
import { hostnameTableSection } from './hosts-section';
import { markdownTable, type TableCell } from './text-table';

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

/** Renders the catalog as the Markdown document that people read. */
export function portsDocument(tables: readonly PortTable[], hostTables: readonly HostnameTable[]): string {
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
    ...hostTables.flatMap(hostnameTableSection),
  ].join('\n');
}

/** The last of the editions of a table that stand before it. */
function latestOf(id: string, tables: readonly PortTable[]): PortTable | undefined {
  return tables.filter((table) => table.id === id).at(-1);
}

function tableSection(table: PortTable, before?: PortTable): string[] {
  const { flows, supplements = [], discrepancies = [] } = table;
  return [
    ...documentLines(table),
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

function cells(row: PortRow): TableCell[] {
  return [
    { code: String(row.port) },
    { code: row.name },
    row.description,
    row.purpose ?? '',
    row.impact ?? '',
    row.section,
    SAID_BY[row.protocolBasis],
    row.internal ? 'refused' : 'with a reason',
  ];
}
