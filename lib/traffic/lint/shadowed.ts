import { addTo, grouped } from '../../input';
import type { Configuration } from '../configuration';
import { byPrecedence, pairKey, type Part, ranksOf, RuleParts } from '../permitted';
import { ALL_INSTANCES, ANY_MACHINE, type GroupName, type Rule } from '../rule';
import { BoxIndex, type Extent, extentsOf, has, isSameRegion, type Region, regionDifference, type Slab } from '../sets';
import { type Finding, findingAt, namesFor } from './finding';

/** Finds rules without effect, because rules that are evaluated earlier decide about everything that they match. */
export function shadowedRules({ rules, stackNames }: Pick<Configuration, 'rules' | 'stackNames'>): Finding[] {
  return scopesOf(rules).flatMap((scope) => {
    const order = new Order(scope);
    return [...scope].sort(byPrecedence).flatMap((rule) => {
      const deciding = order.someDoOtherwise(rule) ? order.decidingFirst(rule) : undefined;
      if (deciding === undefined) return [];
      const first = [...deciding].sort(byPrecedence);
      const names = namesFor(rule, first, stackNames);
      const message = `it has no effect: ${names.join(', ')} ${names.length === 1 ? 'decides' : 'decide'} first`;
      const related = first.map(({ address }) => address);
      return [findingAt(rule, 'shadowed', message, related)];
    });
  });
}

/** Groups the rules by direction and network, and keeps the groups in which not every rule allows. */
function scopesOf(rules: readonly Rule[]): Rule[][] {
  const onNetworks = rules.filter(({ network }) => network !== '');
  const scopes = grouped(onNetworks, ({ direction, network }) => `${direction}|${network}`);
  return [...scopes.values()].filter((scope) => scope.some(({ action }) => action !== 'allow'));
}

/** The order in which the rules of one network and direction are evaluated. */
class Order {
  private readonly ranks: ReadonlyMap<Rule, number>;
  private readonly parts: RuleParts;
  /** The rules for each group, by their ports and their place in the order. */
  private readonly byGroup: ReadonlyMap<GroupName, BoxIndex<Rule>>;

  constructor(rules: readonly Rule[]) {
    this.ranks = ranksOf(rules);
    this.parts = new RuleParts(rules, this.ranks);
    const entries = new Map<GroupName, { box: Extent[]; value: Rule; kind: string }[]>();
    for (const rule of rules) {
      const rank = this.ranks.get(rule)!;
      for (const group of new Set(rule.groups)) {
        for (const ports of rule.ports) {
          addTo(entries, group, { box: [ports, [rank, rank + 1]], value: rule, kind: rule.action });
        }
      }
    }
    this.byGroup = new Map([...entries].map(([group, some]) => [group, new BoxIndex(some)]));
  }

  /** Whether a rule that is evaluated earlier, for the same ports of the same group, does something else. */
  public someDoOtherwise(rule: Rule): boolean {
    const earlier: Extent = [-1, this.ranks.get(rule)!];
    return namesOf(rule.groups, ALL_INSTANCES).some((group) =>
      rule.ports.some((ports) =>
        this.byGroup.get(group)?.some(
          [ports, earlier],
          () => true,
          (action) => action === rule.action,
        ),
      ),
    );
  }

  /** Returns the rules that decide about everything that a rule matches before it does; nothing if it decides about something. */
  public decidingFirst(rule: Rule): ReadonlySet<Rule> | undefined {
    const rank = this.ranks.get(rule)!;
    const { direction, network } = rule;
    const matched = rule.groups.flatMap((group) =>
      rule.peers.flatMap(({ name, family, addresses }) => {
        const indexes = namesOf([group], ALL_INSTANCES).flatMap((near) =>
          namesOf([name], ANY_MACHINE).flatMap(
            (far) => this.parts.between(pairKey({ direction, network, group: near, peer: far, family })) ?? [],
          ),
        );
        return rule.ports.map(([from, to]) => ({ slab: { from, to, addresses }, indexes }));
      }),
    );
    // most rules have an effect, which is quick to find
    if (!matched.every(({ slab, indexes }) => isFirstPacketDecided(slab, indexes, rank))) return undefined;
    const deciding = new Set<Rule>();
    const isDecided = matched.every(({ slab, indexes }) => {
      let left: Region = [slab];
      for (const part of BoxIndex.ascending(indexes, [...extentsOf(slab), [-1, rank]])) {
        const rest = regionDifference(left, [part.slab]);
        if (!isSameRegion(left, rest)) deciding.add(part.rule);
        left = rest;
        if (left.length === 0) return true;
      }
      return false;
    });
    return isDecided ? deciding : undefined;
  }
}

function isFirstPacketDecided({ from, addresses }: Slab, indexes: readonly BoxIndex<Part>[], rank: number): boolean {
  const [address] = addresses;
  const packet: Extent[] = [
    [from, from + 1],
    [address, typeof address === 'number' ? address + 1 : address + 1n],
    [-1, rank],
  ];
  return indexes.some((index) => index.some(packet, ({ slab }) => has(slab.addresses, address)));
}

/** The names by which rules select the same machines: their own, and the one that every machine has. */
function namesOf<T>(own: readonly T[], every: T): T[] {
  return [...new Set([...own, every])];
}
