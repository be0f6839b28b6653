import { addTo, grouped } from '../../input';
import type { AddressFamily } from '../../net';
import { ALL_INSTANCES, ANY_MACHINE, type Direction, type GroupName, type PeerName, type Rule } from '../rule';
import {
  aligned,
  ALL_PORTS,
  BoxIndex,
  EMPTY,
  extentsOf,
  FAMILIES,
  intersection,
  isSame,
  portsOf,
  type Region,
  regionDifference,
  regionIntersection,
  regionOf,
  regionUnion,
  type Slab,
  union,
  WHOLE,
} from '../sets';
import { byNameCount, type Cell, overridesOf, type Pair, pairKey, TrafficSet } from './traffic-set';

/** Whether the egress that networks of GCP allow by default counts. */
type EgressDefault = 'allowed' | 'not counted';

/** Returns the traffic that rules permit together, including deny rules, priorities and the default egress of GCP networks. */
export function permittedBy(rules: readonly Rule[]): TrafficSet {
  return evaluated(rules, 'allowed');
}

/** Returns the traffic that rules allow themselves, without the egress that GCP networks allow by default. */
export function allowedBy(rules: readonly Rule[]): TrafficSet {
  return evaluated(rules, 'not counted');
}

function evaluated(rules: readonly Rule[], egress: EgressDefault): TrafficSet {
  const cells: Cell[] = [];
  for (const scope of scopesOf(rules)) {
    const isOrdered = scope.rules.some(({ action }) => action !== 'allow');
    const found = isOrdered ? orderedCells(scope, egress) : unorderedCells(scope, egress);
    found.forEach((cell) => cells.push(cell));
  }
  return new TrafficSet(cells, egress === 'allowed');
}

/** The rules of one network and direction, which are evaluated together. */
interface Scope {
  readonly direction: Direction;
  readonly network: string;
  readonly rules: Rule[];
}

function scopesOf(rules: readonly Rule[]): Scope[] {
  const scopes = new Map<string, Scope>();
  for (const rule of rules) {
    const key = `${rule.direction}|${rule.network}`;
    const scope = scopes.get(key);
    if (scope) scope.rules.push(rule);
    else scopes.set(key, { direction: rule.direction, network: rule.network, rules: [rule] });
  }
  return [...scopes.values()];
}

/** Evaluates rules that only allow: a pair has the traffic of its base, and what rules for exactly this pair allow. */
function unorderedCells(scope: Scope, egress: EgressDefault): Cell[] {
  const own = new Map<string, { pair: Pair; boxes: Slab[] }>();
  for (const rule of scope.rules) {
    for (const group of rule.groups) {
      for (const { name: peer, family, addresses } of rule.peers) {
        const pair = { direction: scope.direction, network: scope.network, group, peer, family };
        const key = pairKey(pair);
        const entry = own.get(key) ?? { pair, boxes: [] };
        if (entry.boxes.length === 0) own.set(key, entry);
        for (const [from, to] of rule.ports) entry.boxes.push({ from, to, addresses });
      }
    }
  }
  const found = [...own.values()].map(({ pair, boxes }) => ({ pair, region: regionOf(boxes) }));
  return withBases(found, egress, added);
}

/** Makes cells of regions, beginning with the pairs with the fewest names, because the bases of the other pairs come from them. */
function withBases(
  found: readonly { pair: Pair; region: Region }[],
  egress: EgressDefault,
  overrides: (region: Region, base: Region) => readonly Slab[],
): Cell[] {
  const cells: Cell[] = [];
  for (const level of byNameCount(found, ({ pair }) => pair)) {
    const known = new TrafficSet(cells, egress === 'allowed');
    for (const { pair, region } of level) cells.push({ ...pair, overrides: overrides(region, known.baseOf(pair)) });
  }
  return cells;
}

/** Returns the union of a region and its base, at the ports at which the region adds something. */
function added(region: Region, base: Region): readonly Slab[] {
  if (base.length === 0) return region;
  const pieces = aligned(region, base)
    .filter(({ first }) => first.length > 0)
    .map(({ from, to, first, second }) => ({ from, to, addresses: union(first, second), second }))
    .filter(({ addresses, second }) => !isSame(addresses, second));
  return regionOf(pieces);
}

/** Evaluates rules if some of them deny: separately for every pair that the rules can distinguish. */
function orderedCells({ rules, ...scope }: Scope, egress: EgressDefault): Cell[] {
  return FAMILIES.flatMap((family) => {
    const parts = new Parts(rules, family);
    const cells: Cell[] = [];
    const pairs = pairsOf(parts).map(([group, peer]) => ({ ...scope, group, peer, family }));
    for (const level of byNameCount(pairs, (pair) => pair)) {
      const known = new TrafficSet(cells, egress === 'allowed');
      for (const pair of level) cells.push({ ...pair, overrides: orderedOverrides(pair, parts, known) });
    }
    return cells;
  });
}

/** Evaluates the rules for one pair, where rules name an end of it; everywhere else it has the traffic of its base. */
function orderedOverrides(pair: Pair, parts: Parts, known: TrafficSet): readonly Slab[] {
  const own = parts.deciding(pair);
  const place = regionOf(own.map(({ slab }) => slab));
  const ports = portsOf(place);
  const base = known.baseAtPorts(pair, ports);
  const region = permittedRegion(
    parts.matching(pair, own),
    pair,
    known.allowsEgressByDefault ? 'allowed' : 'not counted',
  );
  if (pair.group === ALL_INSTANCES && pair.peer === ANY_MACHINE) return overridesOf(region, known.baseOf(pair));
  const inside = regionIntersection(region, place);
  return overridesOf(regionUnion(inside, regionDifference(base, place)), base);
}

/** Some ports and far ends of a rule. */
interface Part {
  readonly rule: Rule;
  readonly slab: Slab;
}

/** The parts of rules in one address family, by the names of their two ends. */
class Parts {
  private readonly byPair = new Map<GroupName, Map<PeerName, Part[]>>();
  private readonly indexes = new WeakMap<readonly Part[], BoxIndex<Part>>();

  constructor(rules: readonly Rule[], family: AddressFamily) {
    for (const rule of rules) {
      for (const group of new Set(rule.groups)) {
        for (const { name, family: of, addresses } of rule.peers) {
          if (of !== family || addresses.length === 0) continue;
          const byPeer = this.byPair.get(group) ?? new Map<PeerName, Part[]>();
          this.byPair.set(group, byPeer);
          for (const [from, to] of rule.ports) addTo(byPeer, name, { rule, slab: { from, to, addresses } });
        }
      }
    }
  }

  /** All pairs of names that a rule has. */
  public get pairs(): [GroupName, PeerName][] {
    return [...this.byPair].flatMap(([group, byPeer]) =>
      [...byPeer.keys()].map((peer): [GroupName, PeerName] => [group, peer]),
    );
  }

  /** The parts of rules that have exactly these names. */
  public of(group: GroupName, peer: PeerName): readonly Part[] {
    return this.byPair.get(group)?.get(peer) ?? NO_PARTS;
  }

  /** The parts that can make a pair different from its base: those that no pair with fewer names has. */
  public deciding({ group, peer }: Pair): readonly Part[] {
    const own = this.of(group, peer);
    if (group === ALL_INSTANCES || peer === ANY_MACHINE) return own;
    // where only one of the two names is matched, the pair has the traffic of that name
    const [near, far] = [this.of(group, ANY_MACHINE), this.of(ALL_INSTANCES, peer)];
    return [...own, ...(near.length < far.length ? near : far)];
  }

  /** All parts that match packets between a pair and have something in common with some of them. */
  public matching({ group, peer }: Pair, some: readonly Part[]): ReadonlySet<Part> {
    const found = new Set(some);
    for (const near of new Set<GroupName>([group, ALL_INSTANCES])) {
      for (const far of new Set<PeerName>([peer, ANY_MACHINE])) {
        const parts = this.of(near, far);
        if (parts !== some) for (const part of this.meeting(parts, some)) found.add(part);
      }
    }
    return found;
  }

  /** The parts that have something in common with parts of a second list, found from the shorter of the two lists. */
  private meeting(parts: readonly Part[], others: readonly Part[]): Part[] {
    if (others.length < parts.length / 16) {
      return others.flatMap(({ slab }) => this.indexOf(parts).within(extentsOf(slab)));
    }
    const index = this.indexOf(others);
    return parts.filter(({ slab }) => index.some(extentsOf(slab), () => true));
  }

  private indexOf(parts: readonly Part[]): BoxIndex<Part> {
    const known = this.indexes.get(parts);
    if (known) return known;
    const index = new BoxIndex(parts.map((value) => ({ box: extentsOf(value.slab), value })));
    this.indexes.set(parts, index);
    return index;
  }
}

const NO_PARTS: readonly Part[] = [];

/**
 * Returns the pairs that may differ from their base: those of the names within one rule, and those of a name at each end, if rules
 * for the two names have packets in common and one of them does not allow them.
 */
function pairsOf(parts: Parts): [GroupName, PeerName][] {
  const pairs = new Map<string, [GroupName, PeerName]>();
  const add = (group: GroupName, peer: PeerName): unknown => pairs.set(`${group}|${peer}`, [group, peer]);
  add(ALL_INSTANCES, ANY_MACHINE);
  const [near, far] = [new Map<GroupName, readonly Part[]>(), new Map<PeerName, readonly Part[]>()];
  for (const [group, peer] of parts.pairs) {
    add(group, peer);
    if (group !== ALL_INSTANCES && peer === ANY_MACHINE) near.set(group, parts.of(group, peer));
    if (group === ALL_INSTANCES && peer !== ANY_MACHINE) far.set(peer, parts.of(group, peer));
  }
  for (const [group, peer] of crossing(near, far)) add(group, peer);
  for (const [peer, group] of crossing<PeerName, GroupName>(far, near)) add(group, peer);
  return [...pairs.values()];
}

/** Finds the names at the other end of which a rule has packets in common with a rule that does not allow. */
function crossing<A, B extends string>(
  denying: ReadonlyMap<A, readonly Part[]>,
  others: ReadonlyMap<B, readonly Part[]>,
): [A, B][] {
  const index = new BoxIndex(
    [...others].flatMap(([kind, parts]) =>
      regionOf(parts.map(({ slab }) => slab)).map((slab) => ({ box: extentsOf(slab), value: { kind, slab }, kind })),
    ),
  );
  return [...denying].flatMap(([name, parts]) => {
    const found = new Set<B>();
    const denied = parts.filter(({ rule }) => rule.action !== 'allow');
    for (const slab of regionOf(denied.map((part) => part.slab))) {
      const add = ({ kind, slab: { addresses } }: { kind: B; slab: Slab }): boolean => {
        if (intersection(slab.addresses, addresses).length > 0) found.add(kind);
        return false;
      };
      index.some(extentsOf(slab), add, (kind) => found.has(kind as B));
    }
    return [...found].map((other): [A, B] => [name, other]);
  });
}

/** Evaluates rules in their order: the first that matches decides, and `next` passes the packet on to the next stage. */
function permittedRegion(parts: Iterable<Part>, { direction, family }: Pair, egress: EgressDefault): Region {
  const stages = [...grouped(batches(parts), ({ stage }) => stage).values()].map((some) => outcomeOf(some));
  const { allowed, decided } = stages.reduce(
    (all, stage) => inOrder({ ...all, matched: all.decided }, stage),
    NO_OUTCOME,
  );
  if (direction === 'ingress' || egress !== 'allowed') return allowed;
  const everything = [{ from: ALL_PORTS[0], to: ALL_PORTS[1], addresses: WHOLE[family] }];
  return regionUnion(allowed, regionDifference(everything, decided));
}

/** What rules of one stage do together. */
interface Outcome {
  readonly allowed: Region;
  /** Allowed or denied. */
  readonly decided: Region;
  /** Decided, or passed on to the next stage. */
  readonly matched: Region;
}

const NO_OUTCOME: Outcome = { allowed: EMPTY, decided: EMPTY, matched: EMPTY };

/** Joins the halves of the halves, so that many rules cost as little as sorting them. */
function outcomeOf(stage: readonly Batch[]): Outcome {
  if (stage.length > 1) {
    const middle = stage.length >>> 1;
    return inOrder(outcomeOf(stage.slice(0, middle)), outcomeOf(stage.slice(middle)));
  }
  const [{ action, slabs }] = stage;
  const matched = regionOf(slabs);
  return { allowed: action === 'allow' ? matched : EMPTY, decided: action === 'next' ? EMPTY : matched, matched };
}

/** Joins two outcomes: packets that the first one matches never reach the second. */
function inOrder(first: Outcome, second: Outcome): Outcome {
  const allowed = regionUnion(first.allowed, regionDifference(second.allowed, first.matched));
  const matched = regionUnion(first.matched, second.matched);
  const isAllDecided = first.decided === first.matched && second.decided === second.matched;
  const decided = isAllDecided ? matched : regionUnion(first.decided, regionDifference(second.decided, first.matched));
  return { allowed, decided, matched };
}

/** Rules that are evaluated directly one after the other, and do the same. */
interface Batch {
  readonly action: Rule['action'];
  readonly stage: number;
  readonly slabs: readonly Slab[];
}

/** Joins rules that are evaluated directly one after the other and have the same action and stage. */
function batches(parts: Iterable<Part>): Batch[] {
  const result: { action: Rule['action']; stage: number; slabs: Slab[] }[] = [];
  for (const { rule, slab } of [...parts].sort((a, b) => byPrecedence(a.rule, b.rule))) {
    const last = result.at(-1);
    if (last?.action === rule.action && last.stage === rule.precedence.stage) last.slabs.push(slab);
    else result.push({ action: rule.action, stage: rule.precedence.stage, slabs: [slab] });
  }
  return result;
}

/** Orders rules as they are evaluated: by stage, then by priority; at the same priority deny rules come first. */
export function byPrecedence(a: Rule, b: Rule): number {
  return (
    a.precedence.stage - b.precedence.stage ||
    a.precedence.priority - b.precedence.priority ||
    ORDER[a.action] - ORDER[b.action]
  );
}

const ORDER: Readonly<Record<Rule['action'], number>> = { deny: 0, next: 1, allow: 2 };
