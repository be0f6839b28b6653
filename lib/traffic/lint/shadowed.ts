import { grouped, addTo } from '../../input';
import { byPrecedence, type Pair, RuleIndex } from '../permitted';
import { ALL_INSTANCES, ANY_MACHINE, type Rule, type RulePeer } from '../rule';
import { overlap, regionDifference, regionOf, type Slab } from '../sets';
import { type Finding, findingAt } from './finding';

/** Finds rules without effect, because rules that are evaluated earlier decide about everything that they match. */
export function shadowedRules(rules: readonly Rule[]): Finding[] {
  return scopesOf(rules).flatMap((scope) => {
    const index = new RuleIndex(scope);
    const byGroup = new Map<string, Rule[]>();
    for (const rule of scope) for (const group of new Set(rule.groups)) addTo(byGroup, group, rule);
    return [...scope].sort(byPrecedence).flatMap((rule) => {
      if (!isFirstPacketDecided(rule, index)) return [];
      const near = new Set([...rule.groups, ALL_INSTANCES].flatMap((group) => byGroup.get(group) ?? []));
      const earlier = [...near]
        .filter((other) => byPrecedence(other, rule) < 0 && overlaps(other, rule))
        .sort(byPrecedence);
      if (!earlier.some(({ action }) => action !== rule.action) || !isCovered(rule, earlier)) return [];
      const related = earlier.map(({ address }) => address);
      const message = `it has no effect: ${related.join(', ')} ${related.length === 1 ? 'decides' : 'decide'} first`;
      return [findingAt(rule, 'shadowed', message, related)];
    });
  });
}

/** Whether an earlier rule decides about one packet that a rule matches. If not, which is quick to find, it has an effect. */
function isFirstPacketDecided(rule: Rule, index: RuleIndex): boolean {
  const [peer] = rule.peers;
  const pair: Pair = {
    direction: rule.direction,
    network: rule.network,
    group: rule.groups[0],
    peer: peer.name,
    family: peer.family,
  };
  const packet = { pair, port: rule.ports[0][0], address: peer.addresses[0] };
  return index.matching(packet).some((other) => byPrecedence(other, rule) < 0);
}

/** Groups the rules by direction and network, and keeps the groups in which not every rule allows. */
function scopesOf(rules: readonly Rule[]): Rule[][] {
  const onNetworks = rules.filter(({ network }) => network !== '');
  const scopes = grouped(onNetworks, ({ direction, network }) => `${direction}|${network}`);
  return [...scopes.values()].filter((scope) => scope.some(({ action }) => action !== 'allow'));
}

function overlaps(a: Rule, b: Rule): boolean {
  const isSameGroup = a.groups.some((group) => group === ALL_INSTANCES || b.groups.includes(group));
  return isSameGroup && overlap(a.ports, b.ports);
}

/** Whether earlier rules decide about everything that a rule matches, for each of its groups and far ends. */
function isCovered(rule: Rule, earlier: readonly Rule[]): boolean {
  return rule.groups.every((group) => {
    const applying = earlier.filter(({ groups }) => groups.includes(group) || groups.includes(ALL_INSTANCES));
    return rule.peers.every((peer) => {
      const matched = regionOf(boxesOf(rule, peer));
      const decided = applying.flatMap((other) =>
        other.peers.filter((far) => includes(far, peer)).flatMap((far) => boxesOf(other, far)),
      );
      return regionDifference(matched, regionOf(decided)).length === 0;
    });
  });
}

function includes(far: RulePeer, { name, family }: RulePeer): boolean {
  return far.family === family && (far.name === name || far.name === ANY_MACHINE);
}

function boxesOf({ ports }: Rule, { addresses }: RulePeer): Slab[] {
  return ports.map(([from, to]) => ({ from, to, addresses }));
}
