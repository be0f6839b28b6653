import { grouped } from '../../input';
import { type Action, ALL_INSTANCES, ANY_MACHINE, type GroupName, type PeerName, type Rule } from '../rule';
import { BoxIndex, type Extent, extentsOf, intersection, type Region, regionDifference, regionOf } from '../sets';
import { pairKey } from './traffic-set';
import { identityOf, ranksOf, RuleParts, slabsOf } from './rule-parts';

/**
 * Returns the rules before a change that denied something that they may no longer deny, without a difference in permitted traffic.
 *
 * - A rule that goes, is narrowed or is evaluated later: what it denied may be allowed by rules of other stacks, or that could not be
 *   evaluated.
 * - A rule by a name that a new rule for a different name is evaluated before: permitted traffic is exact for machines with one name, and
 *   a machine may have both.
 */
export function deniesLost(before: readonly Rule[], after: readonly Rule[]): Rule[] {
  const denies = before.filter((rule) => rule.action !== 'allow');
  if (denies.length === 0) return [];
  const scopes = new Set(denies.map(scopeOf));
  const [old, now] = [before, after].map((rules) => rules.filter((rule) => scopes.has(scopeOf(rule))));
  const ranks = ranksOf([...old, ...now]);
  const known = new Set(old.map(identityOf));
  const formerly = new FormerAllows(old, ranks);
  const allowed = new Coverage(old, ranks, ['allow']);
  const denied = new Coverage(now, ranks, ['deny']);
  const skipped = new Coverage(now, ranks, ['deny', 'next']);
  const added = now
    .filter((rule) => rule.action !== 'deny' && rule.network !== '' && !known.has(identityOf(rule)))
    .map((rule): Allow => {
      // a rule that continues with the next stage may lead to any rule there
      const latest = rule.action === 'next' ? Number.MAX_SAFE_INTEGER : formerly.latest(rule);
      return { rule, rank: ranks.get(rule)!, latest };
    });
  const openers = allowsByScope(added);
  const skippers = allowsByScope(added.filter(({ rule }) => rule.action === 'next'));
  return denies.filter((deny) => {
    const rank = ranks.get(deny)!;
    const upTo = (deny.action === 'deny' ? denied : skipped).upTo(deny, rank);
    if (upTo > rank) return allowed.upTo(deny, rank) > rank;
    // what a rule for all machines denied is in the permitted traffic, unless a rule of the next stage allows it by a different name
    const allows = (namesIn(deny).length > 0 ? openers : skippers).get(scopeOf(deny));
    return allows !== undefined && mayMeet(deny, allows, { after: rank, upTo });
  });
}

/**
 * Returns the rules after a change that allow something before any rule allowed it until now. A rule in between may have denied it, if
 * there are rules that could not be evaluated.
 */
export function allowsAdvanced(before: readonly Rule[], after: readonly Rule[]): Rule[] {
  const known = new Set(before.map(identityOf));
  const added = after.filter((rule) => rule.action !== 'deny' && rule.network !== '' && !known.has(identityOf(rule)));
  const ranks = ranksOf([...before, ...added]);
  const allowed = new Coverage(before, ranks, ['allow']);
  return added.filter((rule) => allowed.upTo(rule, ranks.get(rule)!) > ranks.get(rule)!);
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

function allowsByScope(allows: readonly Allow[]): Map<string, BoxIndex<Rule>> {
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

/** Finds whether rules with some actions match everything that a rule matches. */
class Coverage {
  private readonly byPair: RuleParts;

  constructor(rules: readonly Rule[], ranks: ReadonlyMap<Rule, number>, actions: readonly Action[]) {
    this.byPair = new RuleParts(
      rules.filter(({ action }) => actions.includes(action)),
      ranks,
    );
  }

  /** Returns the first rank up to which rules match everything that a rule matches; no number is that high if those up to `last` do not. */
  public upTo({ direction, network, groups, peers, ports }: Rule, last: number): number {
    const found = groups.flatMap((group) =>
      peers.map(({ name, family, addresses }) => {
        const region = regionOf(ports.map(([from, to]) => ({ from, to, addresses })));
        const nears = new Set<GroupName>([group, ALL_INSTANCES]);
        const fars = new Set<PeerName>([name, ANY_MACHINE]);
        const keys = [...nears].flatMap((near) =>
          [...fars].map((far) => pairKey({ direction, network, group: near, peer: far, family })),
        );
        return this.coveredAt(keys, region, last);
      }),
    );
    return found.reduce((most, rank) => Math.max(most, rank), -1);
  }

  private coveredAt(keys: readonly string[], region: Region, last: number): number {
    if (region.length === 0) return -1;
    const found = new Set(
      region.flatMap((slab) =>
        keys.flatMap((key) => this.byPair.between(key)?.within([...extentsOf(slab), [-1, last + 1]]) ?? []),
      ),
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
