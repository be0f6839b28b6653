import { grouped } from '../../input';
import { ALL_INSTANCES, ANY_MACHINE, type Rule } from '../rule';
import { BoxIndex, type Extent, extentsOf, intersection, regionDifference, regionOf, type Slab } from '../sets';
import { ranksOf, RuleParts, slabsOf } from './rule-parts';

/**
 * Returns the rules before a change that denied by a name what rules for other names allow, and that no longer do.
 *
 * Permitted traffic is exact for machines with one name. If a machine also has a name by which a rule denies, then that rule decides
 * about traffic that is allowed by its other names, until it goes, is narrowed, or is evaluated later than the rule that allows.
 */
export function deniesLost(before: readonly Rule[], after: readonly Rule[]): Rule[] {
  const denies = before.filter((rule) => rule.action !== 'allow' && namesIn(rule).length > 0);
  if (denies.length === 0) return [];
  const scopes = new Set(denies.map(scopeOf));
  const [old, now] = [before, after].map((rules) => rules.filter((rule) => scopes.has(scopeOf(rule))));
  const ranks = ranksOf([...old, ...now]);
  const [known, kept] = [old, now].map((rules) => new Set(rules.map(identityOf)));
  const formerly = new FormerAllows(old, ranks);
  const denied = new Denied(now, ranks);
  const allowing = now
    .filter(({ action, network }) => action === 'allow' && network !== '')
    .map((rule): Allow => {
      const isKnown = known.has(identityOf(rule));
      const rank = ranks.get(rule)!;
      return { rule, rank, isKnown, latest: isKnown ? rank : formerly.latest(rule) };
    });
  const [all, added] = [allowing, allowing.filter(({ isKnown }) => !isKnown)].map(allowsByScope);
  return denies.filter((deny) => {
    const isKept = kept.has(identityOf(deny));
    const allows = (isKept ? added : all).get(scopeOf(deny));
    const rank = ranks.get(deny)!;
    if (allows === undefined || !mayMeet(deny, allows, { after: rank, upTo: isKept ? rank : Infinity })) return false;
    return mayMeet(deny, allows, { after: rank, upTo: denied.lastPossible(deny) });
  });
}

/**
 * Returns the rules that deny by a name although a later rule allows something by a different name.
 *
 * Permitted traffic is exact for machines with one name. If a machine has several names, these rules may deny what a different
 * name of the machine allows.
 */
export function deniesByName(rules: readonly Rule[]): Rule[] {
  const denies = rules.filter((rule) => rule.action !== 'allow' && namesIn(rule).length > 0);
  if (denies.length === 0) return [];
  const ranks = ranksOf(rules);
  const allowing = rules.filter(({ action }) => action === 'allow');
  const allows = allowsByScope(allowing.map((rule) => ({ rule, rank: ranks.get(rule)!, latest: ranks.get(rule)! })));
  return denies.filter((deny) => {
    const some = allows.get(scopeOf(deny));
    return some !== undefined && mayMeet(deny, some, { after: ranks.get(deny)!, upTo: Infinity });
  });
}

/** A rule that allows after the change. */
interface Allow {
  readonly rule: Rule;
  readonly rank: number;
  /** Whether it existed before. */
  readonly isKnown: boolean;
  /** The rank of the last rule by which any of its traffic was allowed before, or -1. */
  readonly latest: number;
}

/** Which rules that allow are meant: those that had traffic later than `after` before the change, and are not later than `upTo` now. */
interface Window {
  readonly after: number;
  readonly upTo: number;
}

/** Whether a machine may match a rule that denies and one that allows, because each selects by a name that the other does not have. */
function mayMeet(deny: Rule, allows: BoxIndex<Rule>, { after, upTo }: Window): boolean {
  const own = new Set(namesIn(deny));
  const isOwn = (names: string): boolean => names.split('\n').every((name) => name === '' || own.has(name));
  return deny.ports.some((ports) => {
    const box: Extent[] = [ports, [-1, upTo + 1], [after + 1, Infinity]];
    return allows.some(box, (allow) => namesIn(allow).some((name) => !own.has(name)), isOwn);
  });
}

function allowsByScope(allows: readonly Omit<Allow, 'isKnown'>[]): Map<string, BoxIndex<Rule>> {
  const byScope = grouped(allows, ({ rule }) => scopeOf(rule));
  return new Map(
    [...byScope].map(([scope, some]) => {
      const entries = some.flatMap(({ rule, rank, latest }) => {
        const kind = namesIn(rule).sort().join('\n');
        return rule.ports.map((ports) => {
          const box: Extent[] = [ports, [rank, rank + 1], [latest, latest + 1]];
          return { box, value: rule, kind };
        });
      });
      return [scope, new BoxIndex(entries)];
    }),
  );
}

/** The rules that allowed something before a change. */
class FormerAllows {
  private readonly byPair: RuleParts;
  private readonly lastRank: number;

  constructor(rules: readonly Rule[], ranks: ReadonlyMap<Rule, number>) {
    const allowing = rules.filter(({ action, network }) => action === 'allow' && network !== '');
    this.byPair = new RuleParts(allowing, ranks);
    this.lastRank = allowing.reduce((last, rule) => Math.max(last, ranks.get(rule)!), -1);
  }

  /** Returns the rank of the last rule that allowed traffic that a rule allows, or -1. */
  public latest(rule: Rule): number {
    let [none, least, most] = [-1, 0, this.lastRank];
    while (least <= most) {
      const middle = (least + most) >>> 1;
      if (this.shares(rule, middle)) {
        none = middle;
        least = middle + 1;
      } else {
        most = middle - 1;
      }
    }
    return none;
  }

  /** Whether a rule of this rank or a later one allowed traffic that a rule allows. */
  private shares(rule: Rule, rank: number): boolean {
    return slabsOf(withAllMachines(rule)).some(([key, slabs]) => {
      const known = this.byPair.between(key);
      return slabs.some(
        (slab) =>
          slab.addresses.length > 0 &&
          known?.some(
            [...extentsOf(slab), [rank, Infinity]],
            (other) => intersection(slab.addresses, other.slab.addresses).length > 0,
          ),
      );
    });
  }
}

/** Returns a rule that also matches the same traffic of machines without a name: what all may do, machines with a name may too. */
function withAllMachines(rule: Rule): Rule {
  const unnamed = rule.peers.map((peer) => ({ ...peer, name: ANY_MACHINE }) as const);
  return { ...rule, groups: [...rule.groups, ALL_INSTANCES], peers: [...rule.peers, ...unnamed] };
}

/** The rules that deny something after a change. */
class Denied {
  private readonly byPair: RuleParts;

  constructor(rules: readonly Rule[], ranks: ReadonlyMap<Rule, number>) {
    this.byPair = new RuleParts(
      rules.filter(({ action }) => action !== 'allow'),
      ranks,
    );
  }

  /** Returns the last rank at which rules could allow what a rule denied: everything later is denied by other rules too. */
  public lastPossible(deny: Rule): number {
    return slabsOf(deny).reduce((last, [key, slabs]) => Math.max(last, this.coveredAt(key, slabs)), -1);
  }

  /** Returns the first rank up to which rules deny all of these slabs; no number is that high if they never do. */
  private coveredAt(key: string, slabs: readonly Slab[]): number {
    const region = regionOf(slabs);
    if (region.length === 0) return -1;
    const found = new Set(
      region.flatMap((slab) => this.byPair.between(key)?.within([...extentsOf(slab), [-1, Infinity]]) ?? []),
    );
    const parts = [...found].sort((a, b) => a.rank - b.rank);
    const covers = (count: number): boolean =>
      regionDifference(region, regionOf(parts.slice(0, count).map(({ slab }) => slab))).length === 0;
    if (!covers(parts.length)) return Infinity;
    let [least, most] = [1, parts.length];
    while (least < most) {
      const middle = (least + most) >>> 1;
      if (covers(middle)) most = middle;
      else least = middle + 1;
    }
    return parts[least - 1].rank;
  }
}

function scopeOf({ direction, network }: Rule): string {
  return `${direction}|${network}`;
}

function namesIn({ groups, peers }: Rule): string[] {
  const near = groups.filter((group) => group !== ALL_INSTANCES).map((group) => `near ${group}`);
  return [...near, ...peers.filter(({ name }) => name !== ANY_MACHINE).map(({ name }) => `far ${name}`)];
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
