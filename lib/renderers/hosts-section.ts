import type { HostnameRow, HostnameSupplement, HostnameTable } from '../model/host-table';
import { discrepancySection, documentLines, line, SAID_BY } from './document-lines';

const COLUMNS = ['Host', 'Ports', 'Row', 'Section', 'Ports from'];

/** Renders a table of hosts as a section of the Markdown document that people read. */
export function hostnameTableSection(table: HostnameTable): string[] {
  const { hostnames, supplements = [], discrepancies = [] } = table;
  return [
    ...documentLines(table),
    ...rowTable([...COLUMNS, 'The document says'], hostnames, ({ remark = '' }) => [remark]),
    ...supplementSection(supplements),
    ...discrepancySection(discrepancies),
  ];
}

function supplementSection(supplements: readonly HostnameSupplement[]): string[] {
  if (supplements.length === 0) return [];
  return [
    '### Supplements',
    '',
    'Not in the document, and each let out only where its row is named in `supplements`.',
    '',
    ...rowTable([...COLUMNS, 'Why'], supplements, ({ reason, reference }) => [`${reason} ([source](${reference}))`]),
  ];
}

function rowTable<T extends HostnameRow>(columns: string[], rows: readonly T[], last: (row: T) => string[]): string[] {
  const cells = (row: T): string[] => [
    `\`${row.hostname}\``,
    row.ports.map((port) => `\`${String(port)}\``).join(', '),
    `\`${row.name}\``,
    row.section,
    SAID_BY[row.portsBasis],
    ...last(row),
  ];
  return [line(columns), line(columns.map(() => '---')), ...rows.map((row) => line(cells(row))), ''];
}
