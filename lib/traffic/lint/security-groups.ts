import { type Pair, permittedBy, type PermittedTraffic } from '../permitted';
import type { EndName, Rule } from '../rule';
import { addressesAt, FAMILIES, portTexts } from '../sets';
import { type Finding, findingAt } from './finding';

/**
 * Finds ingress rules that allow a security group of the configuration as their source, if no egress rule of that group allows
 * the traffic: a new security group on AWS has no egress rules.
 */
export function missingEgress(rules: readonly Rule[], groups: ReadonlyMap<EndName, readonly string[]>): Finding[] {
  const permitted = permittedBy(rules.filter(({ direction, network }) => direction === 'egress' && network === ''));
  return rules
    .filter(({ direction, network }) => direction === 'ingress' && network === '')
    .flatMap((rule) => {
      const sources = new Set(rule.peers.map(({ name }) => name).filter((name) => groups.has(name as EndName)));
      return [...sources].flatMap((source) => {
        const closed = rule.ports.filter(
          ([port]) => !rule.groups.some((group) => allowsOutbound(permitted, source as EndName, group, port)),
        );
        if (closed.length === 0) return [];
        const ports = closed.flatMap(portTexts).join(', ');
        const message = `it allows ${ports} from ${source}, and no egress rule of that group allows this`;
        return [findingAt(rule, 'egress-missing', message)];
      });
    });
}

/** Whether outbound traffic to any IP address is allowed; the IP addresses of the destination are not known. */
function allowsOutbound(permitted: PermittedTraffic, from: EndName, to: Rule['groups'][number], port: number): boolean {
  return FAMILIES.some((family) => {
    const pair: Pair = { direction: 'egress', network: '', group: from, peer: to as EndName, family };
    return addressesAt(permitted.at(pair), port).length > 0;
  });
}

/** The number of rules that AWS allows by default per security group, direction and family. */
export const DEFAULT_QUOTA = 60;
const QUOTA_WARNING = 5 / 6;

/** Finds security groups that have nearly as many rules as AWS allows, or more. */
export function fullGroups(rules: readonly Rule[], quota: number): Finding[] {
  const allowed = quota === DEFAULT_QUOTA ? `${quota} by default` : `${quota}`;
  const counts = new Map<string, { file: string; group: string; direction: string; family: string; count: number }>();
  for (const { entries, groups, direction, file } of rules) {
    if (entries === undefined) continue;
    for (const family of FAMILIES) {
      const key = `${groups[0]}|${direction}|${family}`;
      const known = counts.get(key) ?? { file, group: groups[0], direction, family, count: 0 };
      counts.set(key, { ...known, count: known.count + entries[family] });
    }
  }
  return [...counts.values()]
    .filter(({ count }) => count >= quota * QUOTA_WARNING)
    .map(({ file, group, direction, family, count }) => {
      const rulesOfFamily = `${direction} rules for ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`;
      return findingAt({ address: group, file }, 'quota', `it has ${count} ${rulesOfFamily}; AWS allows ${allowed}`);
    });
}
