import { addTo, grouped } from '../../input';
import { ALL_INSTANCES, ANY_MACHINE, type Rule } from '../rule';
import { overlap, type Region, regionDifference, regionIntersection, regionOf, type Slab } from '../sets';
import { byPrecedence } from './permitted-by';

/** Rules by which a machine with several names may be permitted more. */
interface SeveralNames {
  /** Rules before the change that denied by a name what later rules for other names allow. */
  readonly lost: readonly Rule[];
  /** Rules after the change that allow by a name, and that now precede a rule that denies by a different name. */
  readonly overtaking: readonly Rule[];
}

/**
 * Compares what machines with several names are permitted. Permitted traffic is exact for machines with one name: if a machine also
 * has a name by which a rule denies, then the rule may decide about traffic that is allowed by its other name.
 */
export function deniesOfOtherNames(before: readonly Rule[], after: readonly Rule[]): SeveralNames {
  const kept = deniedBy(after);
  const allows = allowsByScope(after);
  const lost = before.filter(
    (rule) =>
      rule.action !== 'allow' &&
      namesIn(rule).length > 0 &&
      isLost(rule, kept) &&
      (allows.get(scopeOf(rule)) ?? []).some((other) => mayMeet(rule, other) && byPrecedence(rule, other) < 0),
  );
  return { lost, overtaking: overtaking(before, after) };
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

/** Returns what rules deny, for each pair of names. */
function deniedBy(rules: readonly Rule[]): Map<string, Region> {
  const boxes = new Map<string, Slab[]>();
  for (const rule of rules) {
    if (rule.action === 'allow') continue;
    for (const [key, slabs] of slabsOf(rule)) addTo(boxes, key, ...slabs);
  }
  return new Map([...boxes].map(([key, slabs]) => [key, regionOf(slabs)]));
}

function slabsOf(rule: Rule): [string, Slab[]][] {
  return rule.groups.flatMap((group) =>
    rule.peers.map(({ name, family, addresses }): [string, Slab[]] => [
      [scopeOf(rule), group, name, family].join('|'),
      rule.ports.map(([from, to]) => ({ from, to, addresses })),
    ]),
  );
}

function isLost(rule: Rule, kept: ReadonlyMap<string, Region>): boolean {
  return slabsOf(rule).some(([key, slabs]) => regionDifference(regionOf(slabs), kept.get(key) ?? []).length > 0);
}

/** Returns allow rules that are new or that are evaluated earlier, if they precede a deny that blocked the same traffic before. */
function overtaking(before: readonly Rule[], after: readonly Rule[]): Rule[] {
  const denies = after
    .filter(({ action, network }) => action !== 'allow' && network !== '')
    .filter((rule) => namesIn(rule).length > 0);
  if (denies.length === 0) return [];
  const known = new Set(before.filter(({ action }) => action === 'allow').map(identityOf));
  const old = allowsByScope(before);
  return after.filter((rule) => {
    if (rule.action !== 'allow' || rule.network === '' || known.has(identityOf(rule))) return false;
    return denies.some(
      (deny) =>
        scopeOf(deny) === scopeOf(rule) &&
        byPrecedence(rule, deny) < 0 &&
        mayMeet(deny, rule) &&
        (old.get(scopeOf(rule)) ?? []).some((other) => byPrecedence(deny, other) < 0 && shares(rule, other)),
    );
  });
}

/** Whether two rules match common traffic of the same names. */
function shares(one: Rule, other: Rule): boolean {
  const regions = new Map(slabsOf(other).map(([key, slabs]) => [key, regionOf(slabs)]));
  return slabsOf(one).some(([key, slabs]) => {
    const known = regions.get(key);
    return known !== undefined && regionIntersection(regionOf(slabs), known).length > 0;
  });
}

function identityOf(rule: Rule): string {
  const { stage, priority } = rule.precedence;
  const slabs = slabsOf(rule).map(
    ([key, parts]) => `${key} ${parts.map((slab) => `${slab.from}-${slab.to} ${slab.addresses.join(',')}`).join(';')}`,
  );
  return `${stage} ${priority} ${slabs.sort().join(' ')}`;
}
