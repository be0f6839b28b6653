import { notKnownText } from '../provenance';
import type { AddressFamily } from '../net';
import { namedEnds } from './named-ends';
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
  /** Whether its ends have no IP addresses of one family in common, as the code gives the IP ranges of machines. */
  readonly isWithoutPackets?: true;
  /** The account of the security group on AWS; absent if it is not known. */
  readonly account?: string;
  /** The region of the security group on AWS; absent if it is not known. */
  readonly region?: string;
}

/** Returns what rules permit, and which of it a rule that could not be evaluated may deny. */
export function shownTraffic(configuration: Configuration): ShownRow[] {
  const judge = new EndJudge(configuration);
  const familiesOf = knownFamilies(configuration);
  const unenforced = new Set(configuration.rules.flatMap((rule) => (rule.unenforced === undefined ? [] : rule.groups)));
  return shownRows(configuration.rules).map((row) => {
    const isUncertain = judge.mayBeDenied(row.network ?? '') || unenforced.has(row.from as GroupName);
    const reason = row.permitted && isUncertain ? reasonFor(row, judge) : undefined;
    const place = configuration.places?.get(row.direction === 'ingress' ? row.to : row.from);
    const [from, to] = [row.from, row.to].map(familiesOf);
    const isWithoutPackets = row.permitted && !from.some((family) => to.includes(family));
    return {
      ...row,
      ...(reason !== undefined && { notKnown: notKnownText(reason) }),
      ...(isWithoutPackets && { isWithoutPackets }),
      ...knownPlace(place),
    };
  });
}

/** Returns a function that finds the families in which an end of a row has IP addresses: both if the IP ranges of machines are not known. */
function knownFamilies(configuration: Configuration): (end: string) => readonly AddressFamily[] {
  const families = new Map<string, readonly AddressFamily[]>();
  const ends = configuration.provenance.size === 0 ? [] : namedEnds(configuration);
  for (const { names, groups, addresses } of ends) {
    if (groups.length === 0) continue;
    // machines of one name may be in several networks
    const own = FAMILIES.filter((family) => groups.some((group) => addresses.get(group)?.[family].length !== 0));
    for (const name of names) families.set(name, [...(families.get(name) ?? []), ...own]);
  }
  return (end) => {
    const { name = end, range } = parseWrittenEnd(end) ?? {};
    const known: readonly AddressFamily[] = families.get(name) ?? FAMILIES;
    return range === undefined ? known : known.filter((family) => family === range.family);
  };
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
