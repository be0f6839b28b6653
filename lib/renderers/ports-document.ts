import type { HostTable } from '../model/host-table';
import type { DocumentedFlow, PortRow, PortTable, Supplement } from '../model/port-table';
import { discrepancySection, documentLines, line, SAID_BY } from './document-lines';
import { hostTableSection } from './hosts-section';

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
export function portsDocument(tables: readonly PortTable[], hostTables: readonly HostTable[]): string {
  return [
    '# Documented ports',
    '',
    'Everything that the constructs of this package open, with the place where it is documented. This page is generated from',
    '`lib/catalog`: change the catalog, then run `npm run docs`.',
    '',
    ...tables.flatMap(tableSection),
    ...hostTables.flatMap(hostTableSection),
  ].join('\n');
}

function tableSection(table: PortTable): string[] {
  const { flows, supplements = [], discrepancies = [] } = table;
  return [
    ...documentLines(table),
    ...flows.flatMap(flowSection),
    ...supplements.flatMap(supplementSection),
    ...discrepancySection(discrepancies),
  ];
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
  return [line(COLUMNS), line(COLUMNS.map(() => '---')), ...rows.map((row) => line(cells(row))), ''];
}

function cells(row: PortRow): string[] {
  return [
    `\`${String(row.port)}\``,
    `\`${row.name}\``,
    row.description,
    row.purpose ?? '',
    row.whenClosed ?? '',
    row.section,
    SAID_BY[row.protocolFrom],
    row.clusterInternal ? 'refused' : 'with a reason',
  ];
}
