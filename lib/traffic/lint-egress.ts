import { FAMILIES } from './address-space';
import type { Finding } from './finding';
import type { EndName } from './names';
import { permittedBy } from './permitted-by';
import type { Pair, PermittedTraffic } from './permitted-traffic';
import { portTexts } from './port-space';
import { addressesAt } from './region';
import type { Rule } from './rule';

/** Rules that let a group of the configuration in somewhere, when nothing lets it out: a new group on AWS has no egress. */
export function missingEgress(rules: readonly Rule[], groups: ReadonlyMap<EndName, readonly string[]>): Finding[] {
  const permitted = permittedBy(rules.filter(({ direction, network }) => direction === 'egress' && network === ''));
  return rules
    .filter(({ direction, network }) => direction === 'ingress' && network === '')
    .flatMap((rule) => {
      const sources = new Set(rule.peers.map(({ name }) => name).filter((name) => groups.has(name as EndName)));
      return [...sources].flatMap((source) => {
        const closed = rule.ports.filter(
          ([port]) => !rule.groups.some((group) => isLetOut(permitted, source as EndName, group, port)),
        );
        if (closed.length === 0) return [];
        const message = `it lets ${source} in on ${closed.flatMap(portTexts).join(', ')}, and no rule lets that group out there`;
        return [
          { kind: 'egress-missing', address: rule.address, file: rule.file, message, related: [] } satisfies Finding,
        ];
      });
    });
}

/** To any address at all: where the machines of the other group are is not known. */
function isLetOut(permitted: PermittedTraffic, group: EndName, to: Rule['groups'][number], port: number): boolean {
  return FAMILIES.some((family) => {
    const pair: Pair = { direction: 'egress', network: '', group, peer: to as EndName, family };
    return addressesAt(permitted.at(pair), port).length > 0;
  });
}
