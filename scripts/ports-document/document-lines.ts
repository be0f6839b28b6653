import { comparedText } from '../../lib/documents/catalog';
import { markdownTable, type TableCell } from '../../lib/text/text-table';
import { HOSTNAME_REASONS } from '../../lib/products/catalog';
import type {
  HostnameParameter,
  HostnameRow,
  HostnameSupplement,
  HostnameTable,
} from '../../lib/tables/hostname-table';
import { choicesOf, conditionText } from '../../lib/tables/options';
import { Basis, type Discrepancy, type PortTable, tableKey, type TableOption } from '../../lib/tables/port-table';

/** The words for each basis of a row. */
export const BASIS_TEXT: Readonly<Record<Basis, string>> = {
  [Basis.TABLE]: 'the table',
  [Basis.COMMAND]: 'the command',
  [Basis.REQUEST_TEMPLATE]: 'the request template',
  [Basis.TEXT]: 'the text',
  [Basis.INFERRED]: 'inferred',
  [Basis.FLAGS]: 'the list of flags',
  [Basis.MANIFEST]: 'the manifest',
  [Basis.SOURCE_CODE]: 'the source code',
};

/** Renders the heading of a table, and the document behind it. */
export function documentLines(table: PortTable | HostnameTable): string[] {
  const { title, reference, checkedFor } = table;
  const checked = checkedFor ? ` Checked by the vendor for ${checkedFor.join(' and ')}.` : '';
  return [`## ${tableKey(table)}`, '', `[${title}](${reference}). ${comparedText(table)}${checked}`, ''];
}

/** Renders the options of a table. */
export function optionSection(options: readonly TableOption[]): string[] {
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

function parameterSection(parameters: readonly HostnameParameter[]): string[] {
  if (parameters.length === 0) return [];
  const columns = ['Parameter', 'Meaning', 'Example'];
  const rows = parameters.map(({ id, title, example }): TableCell[] => [{ code: `{${id}}` }, title, { code: example }]);
  return ['### Parameters', '', ...markdownTable({ columns, rows }).split('\n')];
}

/** Renders the contradictions and gaps of the document. */
export function discrepancySection(discrepancies: readonly Discrepancy[]): string[] {
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

/** Renders a row of a Markdown table. */
export function line(values: readonly string[]): string {
  return `| ${values.map((value) => value.replaceAll('|', '\\|')).join(' | ')} |`;
}

const COLUMNS = ['Hostname', 'Ports', 'Row', 'Section', 'Basis of the ports'];
const CONDITION = 'Allowed only with';

/** Renders a hostname table as a section of the document. */
export function hostnameTableSection(table: HostnameTable): string[] {
  const { hostnames, supplements = [], discrepancies = [] } = table;
  return [
    ...documentLines(table),
    ...optionSection(table.options ?? []),
    ...parameterSection(table.parameters ?? []),
    ...rowTable([...COLUMNS, ...conditionColumn(hostnames), 'The document says'], hostnames, (row) => [
      ...conditionCell(row, hostnames),
      row.remark ?? '',
    ]),
    ...reasonSection(tableKey(table)),
    ...supplementSection(supplements),
    ...discrepancySection(discrepancies),
  ];
}

/** Renders why hostnames are needed for which the document refers to a different one. */
function reasonSection(key: string): string[] {
  const reasons = HOSTNAME_REASONS.filter(({ tables }) => tables.includes(key));
  if (reasons.length === 0) return [];
  return [
    ...reasons.map(
      ({ row, reason, references }) =>
        `\`${row}\`: ${reason} (${references.map((each, index) => `[source ${index + 1}](${each})`).join(', ')}).`,
    ),
    '',
  ];
}

function supplementSection(supplements: readonly HostnameSupplement[]): string[] {
  if (supplements.length === 0) return [];
  return [
    '### Supplements',
    '',
    'Not in the document. Each one is allowed only if `supplements` names its row.',
    '',
    ...rowTable([...COLUMNS, ...conditionColumn(supplements), 'Why'], supplements, (row) => [
      ...conditionCell(row, supplements),
      `${row.reason} ([source](${row.reference}))`,
    ]),
  ];
}

/** Returns the column of conditions, if any row has one. */
function conditionColumn(rows: readonly HostnameRow[]): string[] {
  return rows.some(({ when }) => when !== undefined) ? [CONDITION] : [];
}

function conditionCell({ when }: HostnameRow, rows: readonly HostnameRow[]): string[] {
  return conditionColumn(rows).map(() => (when === undefined ? '' : conditionText(when)));
}

function rowTable<T extends HostnameRow>(columns: string[], rows: readonly T[], last: (row: T) => string[]): string[] {
  const cells = (row: T): string[] => [
    `\`${row.hostname}\``,
    row.ports.map((port) => `\`${String(port)}\``).join(', '),
    `\`${row.name}\``,
    row.section,
    BASIS_TEXT[row.portsBasis],
    ...last(row),
  ];
  return [line(columns), line(columns.map(() => '---')), ...rows.map((row) => line(cells(row))), ''];
}
