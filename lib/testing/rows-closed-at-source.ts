import type { NameIndex } from '../input';
import {
  ALL_INSTANCES,
  EndJudge,
  type NamedEnd,
  type NearEnd,
  peersOfEnd,
  type Configuration,
  type Rule,
} from '../traffic';
import { type ExpectedRow, namesInConfiguration } from './expected-rules';

/** A row that its source may not send, although its destination may receive it. */
interface ClosedRow {
  /** The index of the row. */
  readonly at: number;
  readonly reason: string;
  /** Whether all of it is closed, and not only some IP addresses or ports. */
  readonly isWhole: boolean;
}

/**
 * Returns the rows that outbound rules of their source stop. A row with a direction is only about the rules of that direction, and
 * machines without any outbound rule may get them from a configuration that is not tested.
 */
export function rowsClosedAtSource(
  rows: readonly ExpectedRow[],
  rules: readonly Rule[],
  configuration: Configuration,
): ClosedRow[] {
  const index = namesInConfiguration(configuration);
  const judge = new EndJudge(configuration);
  return rows.flatMap((row, at): ClosedRow[] => {
    const rule = rules[at];
    if (row.direction !== undefined || rule.direction !== 'ingress') return [];
    const [source, destination] = [endOf(row.from, index), endOf(row.to, index)];
    if (source === undefined || destination === undefined) return [];
    const peers = peersOfEnd(destination);
    const judged = source.groups.flatMap((group) => {
      const near: NearEnd = { direction: 'egress', network: group.startsWith('sg:') ? '' : rule.network, group };
      const found = judge.judge(near, peers, rule.ports[0]);
      return found?.hasRules === true ? [found] : [];
    });
    const stopping = judged.filter(
      ({ verdict }) =>
        verdict === 'refused' || (verdict === 'depends on the IP address' && destination.addresses !== undefined),
    );
    if (stopping.length === 0) return [];
    const isWhole = stopping.length === source.groups.length && stopping.every(({ verdict }) => verdict === 'refused');
    const denying = stopping.flatMap((end) => end.rules.filter(({ action }) => action !== 'allow'));
    const by = [...new Set(denying.map(({ address }) => address))].join(', ');
    const some = isWhole ? 'it' : 'some of it';
    const reason = by === '' ? `no outbound rule allows ${some}` : `outbound rules deny ${some}: ${by}`;
    return [{ at, reason, isWhole }];
  });
}

/** Returns machines that rules select; nothing for IP ranges and for names that are not clear. */
function endOf(text: string, index: NameIndex<NamedEnd>): NamedEnd | undefined {
  const found = index.all(text).filter(({ groups }) => groups.length > 0 && !groups.includes(ALL_INSTANCES));
  return found.length === 1 ? found[0] : undefined;
}
