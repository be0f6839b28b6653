import { notKnownText } from '../provenance';
import type { Configuration } from './configuration';
import { shownRows, type TrafficRow } from './permitted';
import { namedPeers } from './read';
import { ALL_INSTANCES, ANY_MACHINE, type EndName, type GroupName, type RulePeer } from './rule';
import { FAMILIES, parsePorts, WHOLE } from './sets';
import { knownPlace } from './stack-networks';
import { EndJudge } from './verdict';
import { parseWrittenEnd, withinRange } from './written-ends';

/** A row of permitted traffic, with why it is not known whether it is permitted. */
export interface ShownRow extends TrafficRow {
  /** Absent if it is known. */
  readonly notKnown?: string;
  /** The account of the security group on AWS; absent if it is not known. */
  readonly account?: string;
  /** The region of the security group on AWS; absent if it is not known. */
  readonly region?: string;
}

/** Returns what rules permit, and which of it a rule that could not be evaluated may deny. */
export function shownTraffic(configuration: Configuration): ShownRow[] {
  const judge = new EndJudge(configuration);
  return shownRows(configuration.rules).map((row) => {
    const reason = row.permitted && judge.mayBeDenied(row.network ?? '') ? reasonFor(row, judge) : undefined;
    const place = configuration.places?.get(row.direction === 'ingress' ? row.to : row.from);
    return { ...row, ...(reason !== undefined && { notKnown: notKnownText(reason) }), ...knownPlace(place) };
  });
}

function reasonFor({ direction, network = '', port, from, to }: TrafficRow, judge: EndJudge): string | undefined {
  const [near, far] = direction === 'ingress' ? [to, from] : [from, to];
  const ports = parsePorts(port);
  if (ports === undefined) return undefined;
  const found = judge.judge({ direction, network, group: near as GroupName }, peersOf(far), ports);
  return found?.verdict === 'not known' ? found.reason : undefined;
}

/** Returns the far end of a row, which may be a part of the IP addresses of machines. */
function peersOf(far: string): readonly RulePeer[] {
  const { name = far, range } = parseWrittenEnd(far) ?? {};
  if (range !== undefined && name === far) {
    return [{ name: ANY_MACHINE, family: range.family, addresses: range.bounds }];
  }
  const peers = name === ALL_INSTANCES ? FAMILIES.map(anyOf) : namedPeers(name as EndName);
  return range === undefined ? peers : (withinRange(peers, range) ?? peers);
}

function anyOf(family: RulePeer['family']): RulePeer {
  return { name: ANY_MACHINE, family, addresses: WHOLE[family] };
}
