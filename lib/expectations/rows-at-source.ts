import type { NameIndex } from '../input';
import {
  ALL_INSTANCES,
  EndJudge,
  type JudgedEnd,
  type NamedEnd,
  type NearEnd,
  peersOfEnd,
  type Configuration,
  type Rule,
} from '../traffic';
import { namesInConfiguration } from './expected-rules';
import type { ExpectedRow } from './rows';

/** A row that its source may not send, although its destination may receive it. */
interface ClosedRow {
  /** The index of the row. */
  readonly at: number;
  readonly reason: string;
  /** Whether all of it is closed, and not only some IP addresses or ports. */
  readonly isWhole: boolean;
}

/** What outbound rules of their sources do with rows. */
interface RowsAtSource {
  readonly closed: readonly ClosedRow[];
  /** The rules that could not be evaluated and may deny rows, with why. */
  readonly notKnown: readonly string[];
}

/**
 * Judges rows by the outbound rules of their source. A row with a direction is only about the rules of that direction, and
 * machines without any outbound rule may get them from a configuration that is not tested.
 */
export function rowsAtSource(
  rows: readonly ExpectedRow[],
  rules: readonly Rule[],
  configuration: Configuration,
): RowsAtSource {
  const index = namesInConfiguration(configuration);
  const judge = new EndJudge(configuration);
  const judged = rows.flatMap(({ direction, from, to }, at): JudgedRow[] => {
    const rule = rules[at];
    if (direction !== undefined || rule.direction !== 'ingress') return [];
    const [source, destination] = [endOf(from, index), endOf(to, index)];
    if (source === undefined || destination === undefined) return [];
    const peers = peersOfEnd(destination);
    const ends = source.groups.flatMap((group) => {
      const near: NearEnd = { direction: 'egress', network: /^(?:sg|pods):/.test(group) ? '' : rule.network, group };
      const found = judge.judge(near, peers, rule.ports[0]);
      const isDecided = found?.hasRules === true || found?.verdict === 'not known';
      return isDecided ? [{ ...found, mayBeDenied: judge.mayBeDenied(near.network) }] : [];
    });
    return [{ at, source, destination, ends }];
  });
  const ends = judged.flatMap((row) => row.ends);
  return {
    closed: judged.flatMap((row) => closedRow(row) ?? []),
    notKnown: ends.flatMap(({ mayBeDenied, reason }) => (mayBeDenied ? (reason ?? []) : [])),
  };
}

/** A row, and what the outbound rules of each of its sources do with it. */
interface JudgedRow {
  readonly at: number;
  readonly source: NamedEnd;
  readonly destination: NamedEnd;
  readonly ends: readonly (JudgedEnd & { readonly mayBeDenied: boolean })[];
}

function closedRow({ at, source, destination, ends }: JudgedRow): ClosedRow | undefined {
  const stopping = ends.filter(
    ({ verdict }) =>
      verdict === 'refused' ||
      (verdict === 'depends on the IP address' &&
        destination.groups.every((group) => destination.addresses.has(group))),
  );
  if (stopping.length === 0) return undefined;
  const isWhole = stopping.length === source.groups.length && stopping.every(({ verdict }) => verdict === 'refused');
  const denying = stopping.flatMap((end) => end.rules.filter(({ action }) => action !== 'allow'));
  const by = [...new Set(denying.map(({ address }) => address))].join(', ');
  const some = isWhole ? 'it' : 'some of it';
  const reason = by === '' ? `no outbound rule allows ${some}` : `outbound rules deny ${some}: ${by}`;
  return { at, reason, isWhole };
}

/** Returns machines that rules select; nothing for IP ranges and for names that are not clear. */
function endOf(text: string, index: NameIndex<NamedEnd>): NamedEnd | undefined {
  const found = index.all(text).filter(({ groups }) => groups.length > 0 && !groups.includes(ALL_INSTANCES));
  return found.length === 1 ? found[0] : undefined;
}
