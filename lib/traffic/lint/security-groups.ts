import { grouped } from '../../input';
import { type AddressFamily, FAMILY_NAMES } from '../../net';
import type { Configuration, InlineGroup, NotEvaluated } from '../configuration';
import { isUnknownFarEnd, type Pair, permittedBy, type TrafficSet } from '../permitted';
import type { EndName, Rule, RulePeer } from '../rule';
import { addressesAt, FAMILIES, overlap, type PortInterval, portTexts, WHOLE } from '../sets';
import { PossibleRules } from '../verdict';
import { EKS_CLUSTER } from './collisions';
import { about, type Finding, findingAt, isInline } from './finding';

/**
 * Finds ingress rules that allow a security group of the configuration as their source, if no egress rule of that group allows
 * the traffic: a new security group on AWS has no egress rules.
 */
export function missingEgress(configuration: Configuration): Finding[] {
  const { rules, groups } = configuration;
  const possible = new PossibleRules(configuration);
  const outbound = rules.filter(({ direction, network }) => direction === 'egress' && network === '');
  const permitted = permittedBy(outbound);
  const toUnknown = outbound.filter(({ peers }) => peers.some(({ name }) => isUnknownFarEnd(name)));
  return rules
    .filter(({ direction, network }) => direction === 'ingress' && network === '')
    .flatMap((rule) => {
      const names = rule.peers.map(({ name }) => name).filter((name) => groups.has(name as EndName));
      // AWS adds a group to EKS clusters that allows all outbound traffic
      const sources = new Set(names.filter((name) => !EKS_CLUSTER.test(name)));
      return [...sources].flatMap((source) => {
        const closed = rule.ports.filter(
          (ports) =>
            !rule.groups.some(
              (group) =>
                allowsOutbound(permitted, source as EndName, group, ports[0]) ||
                mayAllowOutbound(possible, source as EndName, group, ports),
            ) && !toUnknown.some((one) => one.groups.includes(source as EndName) && overlap(one.ports, [ports])),
        );
        if (closed.length === 0) return [];
        const ports = closed.flatMap(portTexts).join(', ');
        const message = `it allows ${ports} from ${source}, and no egress rule of that group allows this`;
        return [about(findingAt(rule, 'egress-missing', message), `${ports} from ${source}`)];
      });
    });
}

/** Whether outbound traffic to any IP address is allowed; the IP addresses of the destination are not known. */
function allowsOutbound(permitted: TrafficSet, from: EndName, to: Rule['groups'][number], port: number): boolean {
  return FAMILIES.some((family) => {
    const pair: Pair = { direction: 'egress', network: '', group: from, peer: to as EndName, family };
    return addressesAt(permitted.at(pair), port).length > 0;
  });
}

/** Whether an outbound rule that could not be evaluated may allow it. */
function mayAllowOutbound(
  possible: PossibleRules,
  from: EndName,
  to: Rule['groups'][number],
  ports: PortInterval,
): boolean {
  const peers = FAMILIES.map((family): RulePeer => ({ name: to as EndName, family, addresses: WHOLE[family] }));
  return possible.reasonFor({ direction: 'egress', network: '', group: from, peers, ports }) !== undefined;
}

/** Finds groups whose inline rules and separate rules of one direction overwrite each other. An empty inline list counts too. */
export function inlineAndSeparate(rules: readonly Rule[], listed: readonly InlineGroup[]): Finding[] {
  const ofGroups = rules.filter(({ farEnds }) => farEnds !== undefined);
  const [inline, separate] = [ofGroups.filter(isInline), ofGroups.filter((rule) => !isInline(rule))];
  const groups = [...listed, ...inline.map((rule) => ({ ...rule, group: rule.groups[0] }))];
  const complete = new Map(groups.map((one) => [JSON.stringify([one.group, one.direction]), one]));
  const separateOf = grouped(separate, ({ groups: [group], direction }) => JSON.stringify([group, direction]));
  return [...complete].flatMap(([key, { group, direction, file }]) => {
    const related = [...new Set(separateOf.get(key)?.map(({ address }) => address))].sort();
    if (related.length === 0) return [];
    const others = related.length === 1 ? related[0] : `${related.length} separate resources`;
    const message = `its inline ${direction} rules and ${others} overwrite each other: every apply removes what the last one created`;
    return [about(findingAt({ address: group, file }, 'inline-and-separate', message, related), direction)];
  });
}

/** The number of rules that AWS allows by default per security group, direction and family. */
export const DEFAULT_QUOTA = 60;
const QUOTA_WARNING = 0.8;

interface Count {
  readonly file: string;
  readonly group: string;
  readonly direction: string;
  readonly family: AddressFamily;
  readonly count: number;
  readonly isLeast: boolean;
}

/** Finds security groups that have nearly as many rules as AWS allows, or more. */
export function fullGroups(rules: readonly Rule[], quota: number): Finding[] {
  const allowed = quota === DEFAULT_QUOTA ? `${quota} by default` : `${quota}`;
  return countsOf(rules)
    .filter(({ count }) => count >= quota * QUOTA_WARNING)
    .map(({ file, group, direction, family, count, isLeast }) => {
      const kind = `${direction} rules for ${FAMILY_NAMES[family]}`;
      const message = `it has ${isLeast ? 'at least ' : ''}${count} ${kind}; AWS allows ${allowed}`;
      const finding = about(findingAt({ address: group, file }, 'quota', message), `${direction} ${family}`);
      return { ...finding, level: count > quota ? 'error' : finding.level };
    });
}

function countsOf(rules: readonly Rule[]): Count[] {
  const counts = new Map<string, Count>();
  for (const { farEnds, groups, direction, file } of rules) {
    if (farEnds === undefined) continue;
    const { entries, uncountedLists } = farEnds;
    for (const family of FAMILIES) {
      const key = `${groups[0]}|${direction}|${family}`;
      const known = counts.get(key) ?? { file, group: groups[0], direction, family, count: 0, isLeast: false };
      const isLeast = known.isLeast || uncountedLists.length > 0;
      counts.set(key, { ...known, count: known.count + entries[family], isLeast });
    }
  }
  return [...counts.values()];
}

/** Lists the prefix lists that count in a quota, and nobody knows how often. */
export function notCounted(rules: readonly Rule[]): NotEvaluated[] {
  const first = new Map<string, NotEvaluated>();
  for (const { address, file, farEnds } of rules) {
    for (const list of farEnds?.uncountedLists ?? []) {
      const reason = `AWS counts ${list} in the quota of the group as its max_entries, which are not known; it is counted once`;
      if (!first.has(list)) first.set(list, { file, address, reason });
    }
  }
  return [...first.values()];
}
