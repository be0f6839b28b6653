import { addTo, grouped } from '../../input';
import { ALL_INSTANCES, ANY_MACHINE, type Rule } from '../rule';
import { overlap, regionDifference, regionIntersection, regionOf, type Slab } from '../sets';
import { byPrecedence } from './permitted-by';

/**
 * Returns the rules before a change that denied by a name what rules for other names allow, and that no longer do.
 *
 * Permitted traffic is exact for machines with one name. If a machine also has a name by which a rule denies, then that rule decides
 * about traffic that is allowed by its other names, until it goes, is narrowed, or is evaluated later than the rule that allows.
 */
export function deniesLost(before: readonly Rule[], after: readonly Rule[]): Rule[] {
  const denies = before.filter((rule) => rule.action !== 'allow' && namesIn(rule).length > 0);
  if (denies.length === 0) return [];
  const [old, now] = [before, after].map(allowsByScope);
  const known = new Set(before.map(identityOf));
  const kept = new Set(after.map(identityOf));
  const denied = deniedBy(after);
  return denies.filter((deny) => {
    const scope = scopeOf(deny);
    const isKept = kept.has(identityOf(deny));
    return (now.get(scope) ?? []).some((allow) => {
      const isKnown = known.has(identityOf(allow));
      if ((isKept && isKnown) || !mayMeet(deny, allow)) return false;
      const wasBlocked = isKnown
        ? byPrecedence(deny, allow) < 0
        : (old.get(scope) ?? []).some((other) => byPrecedence(deny, other) < 0 && shares(allow, other));
      return wasBlocked && !isDeniedBefore(deny, allow, denied);
    });
  });
}

/** Whether rules that are evaluated before one that allows deny everything that a rule denied. */
function isDeniedBefore(deny: Rule, allow: Rule, denied: ReadonlyMap<string, readonly Denied[]>): boolean {
  return slabsOf(deny).every(([key, slabs]) => {
    const earlier = (denied.get(key) ?? []).filter(({ rule }) => byPrecedence(rule, allow) < 0);
    return regionDifference(regionOf(slabs), regionOf(earlier.flatMap((one) => one.slabs))).length === 0;
  });
}

function scopeOf({ direction, network }: Rule): string {
  return `${direction}|${network}`;
}

function namesIn({ groups, peers }: Rule): string[] {
  const near = groups.filter((group) => group !== ALL_INSTANCES).map((group) => `near ${group}`);
  return [...near, ...peers.filter(({ name }) => name !== ANY_MACHINE).map(({ name }) => `far ${name}`)];
}

/** Whether a machine may match both rules, because each selects by a name that the other does not have. */
function mayMeet(deny: Rule, allow: Rule): boolean {
  const own = new Set(namesIn(deny));
  return namesIn(allow).some((name) => !own.has(name)) && overlap(deny.ports, allow.ports);
}

function allowsByScope(rules: readonly Rule[]): Map<string, Rule[]> {
  return grouped(
    rules.filter(({ action, network }) => action === 'allow' && network !== ''),
    scopeOf,
  );
}

/** What a rule denies between one pair of names. */
interface Denied {
  readonly rule: Rule;
  readonly slabs: readonly Slab[];
}

function deniedBy(rules: readonly Rule[]): Map<string, Denied[]> {
  const denied = new Map<string, Denied[]>();
  for (const rule of rules) {
    if (rule.action === 'allow') continue;
    for (const [key, slabs] of slabsOf(rule)) addTo(denied, key, { rule, slabs });
  }
  return denied;
}

function slabsOf(rule: Rule): [string, Slab[]][] {
  return rule.groups.flatMap((group) =>
    rule.peers.map(({ name, family, addresses }): [string, Slab[]] => [
      [scopeOf(rule), group, name, family].join('|'),
      rule.ports.map(([from, to]) => ({ from, to, addresses })),
    ]),
  );
}

/** Whether a rule matches traffic of a different rule: between the same names, or between all machines. */
function shares(one: Rule, other: Rule): boolean {
  const regions = new Map(slabsOf(other).map(([key, slabs]) => [key, regionOf(slabs)]));
  return one.groups.some((group) =>
    one.peers.some(({ name, family, addresses }) => {
      const region = regionOf(one.ports.map(([from, to]) => ({ from, to, addresses })));
      return [group, ALL_INSTANCES].some((near) =>
        [name, ANY_MACHINE].some((far) => {
          const known = regions.get([scopeOf(one), near, far, family].join('|'));
          return known !== undefined && regionIntersection(region, known).length > 0;
        }),
      );
    }),
  );
}

/** Rules with equal texts match the same and are evaluated at the same place. */
function identityOf(rule: Rule): string {
  const { stage, priority } = rule.precedence;
  const parts = slabsOf(rule).map(([key, slabs]) => {
    const texts = slabs.map(({ from, to, addresses }) => `${from}-${to} ${addresses.join(',')}`);
    return `${key} ${texts.join(';')}`;
  });
  return `${rule.action} ${stage} ${priority} ${parts.sort().join(' ')}`;
}
