import { addTo, grouped } from '../../input';
import { type Pair, pairKey, ranksOf } from '../permitted';
import { ALL_INSTANCES, ANY_MACHINE, type GroupName, type PeerName, type Rule } from '../rule';
import {
  type Bounds,
  BoxIndex,
  type Extent,
  extentsOf,
  isSameRegion,
  type PortInterval,
  rangesIn,
  type Region,
  regionDifference,
  type Slab,
} from '../sets';

/** A rule, and the rules that allow everything that it allows. */
export interface CoveredRule {
  readonly rule: Rule;
  readonly covers: readonly Rule[];
}

/** Finds rules that deny between two rules that allow. */
export class DeniesBetween {
  private readonly ranks: ReadonlyMap<Rule, number>;
  private readonly byScope: ReadonlyMap<string, BoxIndex<Rule>>;

  constructor(rules: readonly Rule[]) {
    this.ranks = ranksOf(rules);
    const denies = grouped(
      rules.filter(({ action }) => action !== 'allow'),
      scopeOf,
    );
    this.byScope = new Map(
      [...denies].map(([scope, some]) => {
        const entries = some.flatMap((value) => {
          const rank = this.ranks.get(value)!;
          return value.ports.map((ports) => ({ box: [ports, [rank, rank + 1]] as const, value }));
        });
        return [scope, new BoxIndex(entries)];
      }),
    );
  }

  /** Whether a rule that denies some of the same ports is evaluated after a rule, and before a later one. */
  public separate(rule: Rule, other: Rule): boolean {
    const denies = this.byScope.get(scopeOf(rule));
    if (denies === undefined) return false;
    const between: Extent = [this.ranks.get(rule)! + 1, this.ranks.get(other)!];
    return between[0] < between[1] && rule.ports.some((ports) => denies.some([ports, between], () => true));
  }

  /** Whether the place of a rule matters although a different one allows the same: it is shadowed by that, or a deny is between them. */
  public matters(rule: Rule, cover: Rule): boolean {
    if (!this.byScope.has(scopeOf(rule))) return false;
    return this.ranks.get(cover)! < this.ranks.get(rule)! || this.separate(rule, cover);
  }
}

/** Some ports and one range of a rule. */
export interface RulePart {
  readonly pair: Pair;
  /** Identifies the pair. */
  readonly key: string;
  readonly range: Bounds;
  readonly ports: PortInterval;
}

/** Returns the parts of a rule. */
export function partsOf({ direction, network, groups, peers, ports }: Rule): RulePart[] {
  return groups.flatMap((group) =>
    peers.flatMap(({ name, family, addresses }) => {
      const pair = { direction, network, group, peer: name, family };
      const key = pairKey(pair);
      return rangesIn(addresses).flatMap((range) => ports.map((interval) => ({ pair, key, range, ports: interval })));
    }),
  );
}

/** Names of machines that a rule for any machine covers. What pods, hostnames and requests have in common is decided elsewhere. */
const SELECTED = /^(?:sg|tag|account|secure-tag|list|unknown):/;

/**
 * Finds rules of which several others together, or one for any machines, allow everything. Removing all of them closes nothing, because each is
 * compared only with rules that remain. The last rules are compared first.
 *
 * @param found rules that are known to be covered, and do not count as covers
 */
export function coveredTogether(
  rules: readonly Rule[],
  found: ReadonlySet<Rule>,
  between: DeniesBetween,
): CoveredRule[] {
  const left = new Set(rules.filter((rule) => !found.has(rule) && isSelecting(rule)));
  const index = new PartIndex([...left]);
  return [...left].reverse().flatMap((rule) => {
    const covers = new Set<Rule>();
    const isOther = (other: Rule): boolean => other !== rule && left.has(other) && !between.separate(rule, other);
    const parts = partsOf(rule);
    const isCovered = parts.every((part) => {
      let rest: Region = [slabOf(part)];
      for (const { rule: other, slab } of index.overlapping(part).filter((each) => isOther(each.rule))) {
        const smaller = regionDifference(rest, [slab]);
        if (!isSameRegion(smaller, rest)) covers.add(other);
        rest = smaller;
        if (rest.length === 0) return true;
      }
      return false;
    });
    if (!isCovered || parts.length === 0) return [];
    left.delete(rule);
    return [{ rule, covers: [...covers] }];
  });
}
/** Whether a rule selects machines and far ends only by names that any machine may have, and is known to be evaluated. */
function isSelecting({ groups, peers, unenforced, request, leftOpenBy }: Rule): boolean {
  return (
    [unenforced, request, leftOpenBy].every((reason) => reason === undefined) &&
    groups.every((group) => group === ALL_INSTANCES || SELECTED.test(group)) &&
    peers.every(({ name }) => name === ANY_MACHINE || SELECTED.test(name))
  );
}

/** A part of a rule. */
interface Piece {
  readonly rule: Rule;
  readonly slab: Slab;
}

/** Finds the parts of rules for the machines of a part, or for any machines, that have packets in common with it. */
class PartIndex {
  private readonly byPair: ReadonlyMap<string, BoxIndex<Piece>>;

  constructor(rules: readonly Rule[]) {
    const entries = new Map<string, { box: readonly Extent[]; value: Piece }[]>();
    for (const rule of rules) {
      for (const part of partsOf(rule)) {
        const slab = slabOf(part);
        addTo(entries, part.key, { box: extentsOf(slab), value: { rule, slab } });
      }
    }
    this.byPair = new Map([...entries].map(([key, some]) => [key, new BoxIndex(some)]));
  }

  public overlapping(part: RulePart): Piece[] {
    const box = extentsOf(slabOf(part));
    const { group, peer } = part.pair;
    return [...new Set<GroupName>([group, ALL_INSTANCES])].flatMap((near) =>
      [...new Set<PeerName>([peer, ANY_MACHINE])].flatMap(
        (far) => this.byPair.get(pairKey({ ...part.pair, group: near, peer: far }))?.within(box) ?? [],
      ),
    );
  }
}

function slabOf({ ports: [from, to], range }: RulePart): Slab {
  return { from, to, addresses: range };
}

function scopeOf({ direction, network }: Rule): string {
  return `${direction}|${network}`;
}
