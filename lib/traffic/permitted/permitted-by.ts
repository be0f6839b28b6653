import { ALL_INSTANCES, ANY_MACHINE, type Direction, type GroupName, type PeerName, type Rule } from '../rule';
import {
  aligned,
  ALL_PORTS,
  type Bounds,
  EMPTY,
  FAMILIES,
  isSame,
  overlap,
  type Region,
  regionDifference,
  regionOf,
  regionUnion,
  type Slab,
  union,
  WHOLE,
} from '../sets';
import { byNameCount, type Cell, overridesOf, type Pair, pairKey, PermittedTraffic } from './permitted-traffic';

/** Returns the traffic that rules permit together, including deny rules, priorities and the default egress of GCP networks. */
export function permittedBy(rules: readonly Rule[]): PermittedTraffic {
  return evaluated(rules, true);
}

/** Returns the traffic that rules allow themselves, without the egress that GCP networks allow by default. */
export function allowedBy(rules: readonly Rule[]): PermittedTraffic {
  return evaluated(rules, false);
}

function evaluated(rules: readonly Rule[], allowsEgressByDefault: boolean): PermittedTraffic {
  const cells: Cell[] = [];
  for (const scope of scopesOf(rules)) {
    const isOrdered = scope.rules.some(({ action }) => action !== 'allow');
    const found = isOrdered ? orderedCells(scope, allowsEgressByDefault) : unorderedCells(scope, allowsEgressByDefault);
    found.forEach((cell) => cells.push(cell));
  }
  return new PermittedTraffic(cells, allowsEgressByDefault);
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
function unorderedCells(scope: Scope, allowsEgressByDefault: boolean): Cell[] {
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
  return withBases(found, allowsEgressByDefault, added);
}

/** Makes cells of regions, beginning with the pairs with the fewest names, because the bases of the other pairs come from them. */
function withBases(
  found: readonly { pair: Pair; region: Region }[],
  allowsEgressByDefault: boolean,
  overrides: (region: Region, base: Region) => readonly Slab[],
): Cell[] {
  const cells: Cell[] = [];
  for (const level of byNameCount(found, ({ pair }) => pair)) {
    const known = new PermittedTraffic(cells, allowsEgressByDefault);
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
function orderedCells(scope: Scope, allowsEgressByDefault: boolean): Cell[] {
  const found = FAMILIES.flatMap((family) =>
    pairsOf(scope.rules).map(([group, peer]) => {
      const pair = { direction: scope.direction, network: scope.network, group, peer, family };
      return { pair, region: permittedRegion(matching(scope.rules, pair), pair, allowsEgressByDefault) };
    }),
  );
  return withBases(found, allowsEgressByDefault, overridesOf);
}

/** Returns the pairs of names within one rule; for a deny rule that selects a side by name, also that name with every other name. */
function pairsOf(rules: readonly Rule[]): [GroupName, PeerName][] {
  const groups = new Set<GroupName>([ALL_INSTANCES, ...rules.flatMap((rule) => rule.groups)]);
  const peers = new Set<PeerName>([ANY_MACHINE, ...rules.flatMap((rule) => rule.peers.map(({ name }) => name))]);
  const pairs = new Map<string, [GroupName, PeerName]>();
  const add = (group: GroupName, peer: PeerName): unknown => pairs.set(`${group}|${peer}`, [group, peer]);
  groups.forEach((group) => add(group, ANY_MACHINE));
  peers.forEach((peer) => add(ALL_INSTANCES, peer));
  for (const rule of rules) {
    const isAllow = rule.action === 'allow';
    for (const group of rule.groups) {
      for (const { name } of rule.peers) {
        add(group, name);
        if (!isAllow && group !== ALL_INSTANCES) peers.forEach((peer) => add(group, peer));
        if (!isAllow && name !== ANY_MACHINE) groups.forEach((other) => add(other, name));
      }
    }
  }
  return [...pairs.values()];
}

/** The part of a rule that matches packets between one pair. */
interface Match {
  readonly rule: Rule;
  readonly boxes: readonly Slab[];
}

function matching(rules: readonly Rule[], { group, peer, family }: Pair): Match[] {
  return rules
    .filter(({ groups }) => groups.includes(group) || groups.includes(ALL_INSTANCES))
    .map((rule) => {
      const ranges = rule.peers.filter(
        (other) => other.family === family && (other.name === peer || other.name === ANY_MACHINE),
      );
      const addresses = ranges.reduce<Bounds>((all, range) => union(all, range.addresses), []);
      return { rule, boxes: rule.ports.map(([from, to]) => ({ from, to, addresses })) };
    })
    .filter(({ boxes }) => boxes.some(({ addresses }) => addresses.length > 0));
}

/** Evaluates rules in their order: the first that matches decides, and `next` passes the packet on to the next stage. */
function permittedRegion(
  matches: readonly Match[],
  { direction, family }: Pair,
  allowsEgressByDefault: boolean,
): Region {
  let [permitted, decided, matched, stage] = [EMPTY, EMPTY, EMPTY, NaN];
  for (const { action, stage: of, boxes } of batches(matches)) {
    if (of !== stage) [matched, stage] = [decided, of];
    const fresh = regionDifference(regionOf(boxes), matched);
    matched = regionUnion(matched, fresh);
    if (action !== 'next') decided = regionUnion(decided, fresh);
    if (action === 'allow') permitted = regionUnion(permitted, fresh);
  }
  if (direction === 'ingress' || !allowsEgressByDefault) return permitted;
  const everything = [{ from: ALL_PORTS[0], to: ALL_PORTS[1], addresses: WHOLE[family] }];
  return regionUnion(permitted, regionDifference(everything, decided));
}

/** Joins rules that are evaluated directly one after the other and have the same action and stage. */
function batches(matches: readonly Match[]): { action: Rule['action']; stage: number; boxes: Slab[] }[] {
  const result: { action: Rule['action']; stage: number; boxes: Slab[] }[] = [];
  for (const { rule, boxes } of [...matches].sort((a, b) => byPrecedence(a.rule, b.rule))) {
    const last = result.at(-1);
    if (last?.action === rule.action && last.stage === rule.precedence.stage) last.boxes.push(...boxes);
    else result.push({ action: rule.action, stage: rule.precedence.stage, boxes: [...boxes] });
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

/**
 * Returns the rules that deny by a name although a later rule allows something by a different name.
 *
 * Permitted traffic is exact for machines with one name. If a machine has several names, these rules may deny what a different
 * name of the machine allows.
 */
export function deniesByName(rules: readonly Rule[]): Rule[] {
  const denies = rules.filter((rule) => rule.action !== 'allow' && namesIn(rule).length > 0);
  if (denies.length === 0) return [];
  return denies.filter((deny) => {
    const own = new Set(namesIn(deny));
    return rules.some(
      (rule) =>
        rule.action === 'allow' &&
        rule.network === deny.network &&
        rule.direction === deny.direction &&
        byPrecedence(deny, rule) < 0 &&
        namesIn(rule).some((name) => !own.has(name)) &&
        overlap(deny.ports, rule.ports),
    );
  });
}

function namesIn({ groups, peers }: Rule): string[] {
  const near = groups.filter((group) => group !== ALL_INSTANCES).map((group) => `near ${group}`);
  return [...near, ...peers.filter(({ name }) => name !== ANY_MACHINE).map(({ name }) => `far ${name}`)];
}
