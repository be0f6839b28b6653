import { addTo } from '../../input';
import type { Rule, RulePeer } from '../rule';
import { type Bounds, boundsOf, contains } from '../sets';

/** What rules allow, by the names of the two ends. */
export class Coverage {
  private readonly byEnds = new Map<string, { ports: Bounds; addresses: Bounds }[]>();

  constructor(rules: readonly Rule[]) {
    for (const rule of rules.filter(({ action }) => action === 'allow')) {
      const ports = boundsOf(rule.ports.flat());
      for (const group of rule.groups) {
        for (const peer of rule.peers) {
          addTo(this.byEnds, endKey(rule, group, peer), { ports, addresses: peer.addresses });
        }
      }
    }
  }

  /** Whether the rules allow everything that is needed. Ends are compared by name. */
  public hasAll(needed: readonly Rule[]): boolean {
    return needed.every((need) =>
      need.groups.every((group) => need.peers.every((peer) => this.has(need, endKey(need, group, peer), peer))),
    );
  }

  private has(need: Rule, key: string, peer: RulePeer): boolean {
    const ports = boundsOf(need.ports.flat());
    const allowing = (this.byEnds.get(key) ?? []).filter((each) => contains(each.ports, ports));
    const [first, ...others] = allowing.map(({ addresses }) => addresses);
    if (first === undefined) return false;
    return contains(others.length === 0 ? first : boundsOf([first, ...others].flat()), peer.addresses);
  }
}

function endKey({ direction, network }: Rule, group: string, { name, family }: RulePeer): string {
  return `${direction}|${network}|${group}|${name}|${family}`;
}
