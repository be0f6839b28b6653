import type { Finding } from './finding';
import { ALL_INSTANCES, ANY_MACHINE } from './names';
import { byPrecedence } from './permitted-by';
import { regionDifference, regionOf, type Slab } from './region';
import type { Rule, RulePeer } from './rule';

/** Rules that are never asked, because rules before them decide about everything that they match: what they say does not hold. */
export function shadowedRules(rules: readonly Rule[]): Finding[] {
  return scopesOf(rules).flatMap((scope) => {
    const sorted = [...scope].sort(byPrecedence);
    return sorted.flatMap((rule, index) => {
      const before = sorted.slice(0, index).filter((other) => byPrecedence(other, rule) < 0 && meets(other, rule));
      if (!before.some(({ action }) => action !== rule.action) || !isCovered(rule, before)) return [];
      const related = before.map(({ address }) => address);
      const message = `it has no effect: ${related.join(', ')} ${related.length === 1 ? 'decides' : 'decide'} first`;
      return [{ kind: 'shadowed', address: rule.address, file: rule.file, message, related } satisfies Finding];
    });
  });
}

/** Rules that stand beside each other and of which some deny. */
function scopesOf(rules: readonly Rule[]): Rule[][] {
  const scopes = new Map<string, Rule[]>();
  for (const rule of rules) {
    if (rule.network === '') continue;
    const key = `${rule.direction}|${rule.network}`;
    scopes.set(key, [...(scopes.get(key) ?? []), rule]);
  }
  return [...scopes.values()].filter((scope) => scope.some(({ action }) => action !== 'allow'));
}

function meets(a: Rule, b: Rule): boolean {
  const isSameGroup = a.groups.some((group) => group === ALL_INSTANCES || b.groups.includes(group));
  return isSameGroup && a.ports.some(([from, to]) => b.ports.some(([first, end]) => from < end && first < to));
}

/** Whether rules decide about all that another matches, for each of its groups and far ends. */
function isCovered(rule: Rule, before: readonly Rule[]): boolean {
  return rule.groups.every((group) => {
    const own = before.filter(({ groups }) => groups.includes(group) || groups.includes(ALL_INSTANCES));
    return rule.peers.every((peer) => {
      const matched = regionOf(boxesOf(rule, peer));
      const decided = own.flatMap((other) =>
        other.peers.filter((far) => isFor(far, peer)).flatMap((far) => boxesOf(other, far)),
      );
      return regionDifference(matched, regionOf(decided)).length === 0;
    });
  });
}

function isFor(far: RulePeer, { name, family }: RulePeer): boolean {
  return far.family === family && (far.name === name || far.name === ANY_MACHINE);
}

function boxesOf({ ports }: Rule, { addresses }: RulePeer): Slab[] {
  return ports.map(([from, to]) => ({ from, to, addresses }));
}
