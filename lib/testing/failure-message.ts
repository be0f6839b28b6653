import { alignedTable } from '../renderers/text-table';
import type { NotEvaluated } from '../traffic/configuration';
import type { TrafficRow } from '../traffic/traffic-rows';

const MOST_LINES = 25;

/** A table of a failure, under what it is. */
export interface Section {
  readonly title: string;
  readonly rows: readonly TrafficRow[];
}

/** What a failed assertion prints: its tables that are not empty, and what could not be read. */
export function failureMessage(
  hint: string,
  sections: readonly Section[],
  notEvaluated: readonly NotEvaluated[],
): string {
  const tables = sections.filter(({ rows }) => rows.length > 0).map(({ title, rows }) => part(title, tableLines(rows)));
  const missed = notEvaluated.map(({ address, reason }) => `${address}: ${reason}`);
  return [hint, ...tables, ...(missed.length > 0 ? [part('Could not be read:', missed)] : [])].join('\n\n');
}

function part(title: string, lines: readonly string[]): string {
  const more = lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more`] : [];
  return [title, ...[...lines.slice(0, MOST_LINES), ...more].map((line) => `  ${line}`)].join('\n');
}

/** Columns in which all rows are alike and ordinary are left out. */
function tableLines(rows: readonly TrafficRow[]): string[] {
  const isOut = rows.some(({ direction }) => direction === 'egress');
  const isOnNetwork = rows.some(({ network }) => network !== undefined);
  const pick = (...[port, from, to, direction, network]: string[]): string[] => [
    port,
    from,
    to,
    ...(isOut ? [direction] : []),
    ...(isOnNetwork ? [network] : []),
  ];
  const table = alignedTable({
    columns: pick('port', 'from', 'to', 'direction', 'network'),
    rows: rows.map(({ port, from, to, direction, network }) => pick(port, from, to, direction, network ?? '')),
  });
  return table.trimEnd().split('\n');
}
