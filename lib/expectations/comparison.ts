import { alignedTable } from '../text';
import { oneLine } from '../input';
import { type Configuration, type Direction, type NotEvaluated, rowText, type TrafficRow } from '../traffic';
import { type PermittedRow, type TrafficDifferences, TrafficDirection } from './rows';

/** The tables of a comparison: what is expected and not permitted, and what is permitted and not expected. */
interface Section {
  readonly title: string;
  readonly rows: readonly TrafficRow[];
}

/** Differences that are not traffic. */
interface TitledLines {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Permitted traffic, compared with what a test expects. */
export interface Comparison {
  /** @default - nothing can be missing */
  readonly missing?: Section;
  /** @default - nothing can be permitted in addition */
  readonly extra?: Section;
  /** @default - none */
  readonly lists?: readonly TitledLines[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** The title of rows that a destination may receive, and their source may not send. */
export const CLOSED = 'Closed: outbound rules of the source stop it';

const MAX_LINES = 25;

/** Returns the tables of a comparison that are not empty, and the rules that were not evaluated; empty text if there are none. */
function comparisonText({ missing, extra, lists = [], notEvaluated }: Comparison): string {
  const sections = [missing, extra].flatMap((section) => section ?? []);
  return [
    ...sections.map(({ title, rows }) => part(title, rows.length > 0 ? tableLines(rows) : [])),
    ...lists.map(({ title, lines }) => part(title, lines)),
    part('Not evaluated:', notEvaluated.map(reasonText)),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Returns a comparison as data for the caller. */
export function differencesIn(comparison: Comparison): TrafficDifferences {
  const { missing, extra, lists = [], notEvaluated } = comparison;
  return {
    text: comparisonText(comparison),
    missing: (missing?.rows ?? []).map(permittedRow),
    extra: (extra?.rows ?? []).map(permittedRow),
    others: lists.flatMap(({ title, lines }) => lines.map((line) => `${title}: ${line}`)),
    notEvaluated: notEvaluated.map(reasonText),
  };
}

/** Returns a row as data for the caller. */
export function permittedRow(row: TrafficRow): PermittedRow {
  const { direction, port, from, to, network, permitted } = row;
  const place = network === undefined ? {} : { network };
  return { direction: DIRECTIONS[direction], port, from, to, ...place, permitted, text: oneLine(rowText(row)) };
}

const DIRECTIONS: Readonly<Record<Direction, TrafficDirection>> = {
  ingress: TrafficDirection.INGRESS,
  egress: TrafficDirection.EGRESS,
};

/** Returns what could not be evaluated as one line. */
export function reasonText({ address, reason }: NotEvaluated): string {
  return oneLine(`${address}: ${reason}`);
}

/** Returns what could not be evaluated and is not compared under a name either. */
export function notCompared({ notEvaluated }: Pick<Configuration, 'notEvaluated'>): NotEvaluated[] {
  return notEvaluated.filter(({ comparedAs }) => comparedAs === undefined);
}

function part(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const more = lines.length > MAX_LINES ? [`and ${lines.length - MAX_LINES} more`] : [];
  return [title, ...[...lines.slice(0, MAX_LINES), ...more].map((line) => `  ${line}`)].join('\n');
}

/** Leaves out the direction if all rows are ingress, and the network if no row has one. */
function tableLines(rows: readonly TrafficRow[]): string[] {
  const hasEgress = rows.some(({ direction }) => direction === 'egress');
  const hasNetwork = rows.some(({ network }) => network !== undefined);
  const pick = (...[port, from, to, direction, network]: string[]): string[] => [
    port,
    from,
    to,
    ...(hasEgress ? [direction] : []),
    ...(hasNetwork ? [network] : []),
  ];
  const table = alignedTable({
    columns: pick('port', 'from', 'to', 'direction', 'network'),
    rows: rows.map(({ port, from, to, direction, network }) => pick(port, from, to, direction, network ?? '')),
  });
  return table.trimEnd().split('\n');
}
