import type { HostRow, HostSupplement, HostTable } from '../model/host-table';
import { discrepancySection, documentLines, line, SAID_BY } from './document-lines';

const COLUMNS = ['Host', 'Ports', 'Row', 'Section', 'Ports from'];

/** Renders a table of hosts as a section of the Markdown document that people read. */
export function hostTableSection(table: HostTable): string[] {
  const { hosts, supplements = [], discrepancies = [] } = table;
  return [
    ...documentLines(table),
    ...rowTable([...COLUMNS, 'The document says'], hosts, ({ remark = '' }) => [remark]),
    ...supplementSection(supplements),
    ...discrepancySection(discrepancies),
  ];
}

function supplementSection(supplements: readonly HostSupplement[]): string[] {
  if (supplements.length === 0) return [];
  return [
    '### Supplements',
    '',
    'Not in the document, and each let out only where its row is named in `supplements`.',
    '',
    ...rowTable([...COLUMNS, 'Why'], supplements, ({ reason, reference }) => [`${reason} ([source](${reference}))`]),
  ];
}

function rowTable<T extends HostRow>(columns: string[], rows: readonly T[], last: (row: T) => string[]): string[] {
  const cells = (row: T): string[] => [
    `\`${row.host}\``,
    row.ports.map((port) => `\`${String(port)}\``).join(', '),
    `\`${row.name}\``,
    row.section,
    SAID_BY[row.portsFrom],
    ...last(row),
  ];
  return [line(columns), line(columns.map(() => '---')), ...rows.map((row) => line(cells(row))), ''];
}
