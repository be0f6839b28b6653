import { Basis } from '../model/basis';
import { tableKey } from '../model/flow';
import type { HostnameTable } from '../model/host-table';
import type { Discrepancy, PortTable } from '../model/port-table';

/** Where a document says something, in words. */
export const SAID_BY: Readonly<Record<Basis, string>> = {
  [Basis.TABLE]: 'the table',
  [Basis.COMMAND]: 'the command',
  [Basis.REQUEST_TEMPLATE]: 'the request template',
  [Basis.TEXT]: 'the text',
  [Basis.INFERRED]: 'inferred',
};

/** Which document a table is taken from. */
export function documentLines(table: PortTable | HostnameTable): string[] {
  const { title, reference, checkedFor, comparedOn } = table;
  const checked = checkedFor ? `, checked by the vendor for ${checkedFor.join(' and ')}` : '';
  return [`## ${tableKey(table)}`, '', `[${title}](${reference}), compared on ${comparedOn}${checked}.`, ''];
}

/** What the document contradicts or leaves open. */
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

/** A line of a Markdown table. */
export function line(values: readonly string[]): string {
  return `| ${values.map((value) => value.replaceAll('|', '\\|')).join(' | ')} |`;
}
