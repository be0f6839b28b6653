import { byPrecedence } from '../permitted';
import { ALL_INSTANCES, ANY_MACHINE, type Rule, type RulePeer } from '../rule';
import { overlap, regionDifference, regionOf, type Slab } from '../sets';
import { type Finding, findingAt } from './finding';

/** Finds rules without effect, because rules that are evaluated earlier decide about everything that they match. */
export function shadowedRules(rules: readonly Rule[]): Finding[] {
  return scopesOf(rules).flatMap((scope) => {
    const sorted = [...scope].sort(byPrecedence);
    return sorted.flatMap((rule, index) => {
      const earlier = sorted.slice(0, index).filter((other) => byPrecedence(other, rule) < 0 && overlaps(other, rule));
      if (!earlier.some(({ action }) => action !== rule.action) || !isCovered(rule, earlier)) return [];
      const related = earlier.map(({ address }) => address);
      const message = `it has no effect: ${related.join(', ')} ${related.length === 1 ? 'decides' : 'decide'} first`;
      return [findingAt(rule, 'shadowed', message, related)];
    });
  });
}

/** Groups the rules by direction and network, and keeps the groups in which not every rule allows. */
function scopesOf(rules: readonly Rule[]): Rule[][] {
  const scopes = new Map<string, Rule[]>();
  for (const rule of rules) {
    if (rule.network === '') continue;
    const key = `${rule.direction}|${rule.network}`;
    scopes.set(key, [...(scopes.get(key) ?? []), rule]);
  }
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
