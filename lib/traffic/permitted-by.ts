import { FAMILIES, WHOLE } from './address-space';
import { isSame, union, type Bounds } from './bounds';
import { ALL_INSTANCES, ANY_MACHINE, type GroupName, type PeerName } from './names';
import { overridesOf, pairKey, PermittedTraffic, type Cell, type Pair } from './permitted-traffic';
import { ALL_PORTS } from './port-space';
import { aligned, EMPTY, regionDifference, regionOf, regionUnion, type Region, type Slab } from './region';
import type { Direction, Rule } from './rule';

/** What rules permit together. Deny rules and priorities are folded in, and what networks let out without any rule. */
export function permittedBy(rules: readonly Rule[]): PermittedTraffic {
  return folded(rules, true);
}

/** What rules let through by themselves: not what a network lets out because no rule says otherwise. */
export function allowedBy(rules: readonly Rule[]): PermittedTraffic {
  return folded(rules, false);
}

function folded(rules: readonly Rule[], letsOut: boolean): PermittedTraffic {
  const cells: Cell[] = [];
  for (const scope of scopesOf(rules)) {
    const isOrdered = scope.rules.some(({ action }) => action !== 'allow');
    const found = isOrdered ? orderedCells(scope, letsOut) : unorderedCells(scope, letsOut);
    found.forEach((cell) => cells.push(cell));
  }
  return new PermittedTraffic(cells, letsOut);
}

/** The rules that stand beside each other: of one network and direction. */
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

/** Rules that only let through: each pair has its own, and what its machines have under less of their names. */
function unorderedCells(scope: Scope, letsOut: boolean): Cell[] {
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
  return withBases(found, letsOut, added);
}

/** Pairs in the order in which one is the base of another. */
function withBases(
  found: readonly { pair: Pair; region: Region }[],
  letsOut: boolean,
  overrides: (region: Region, base: Region) => readonly Slab[],
): Cell[] {
  const cells: Cell[] = [];
  for (const depth of [0, 1, 2]) {
    const known = new PermittedTraffic(cells, letsOut);
    for (const { pair, region } of found) {
      if (depthOf(pair) === depth) cells.push({ ...pair, overrides: overrides(region, known.baseOf(pair)) });
    }
  }
  return cells;
}

function depthOf({ group, peer }: Pair): number {
  return (group === ALL_INSTANCES ? 0 : 1) + (peer === ANY_MACHINE ? 0 : 1);
}

/** What a region adds to its base, at the ports that it has. */
function added(region: Region, base: Region): readonly Slab[] {
  if (base.length === 0) return region;
  const pieces = aligned(region, base)
    .filter(({ first }) => first.length > 0)
    .map(({ from, to, first, second }) => ({ from, to, addresses: union(first, second), second }))
    .filter(({ addresses, second }) => !isSame(addresses, second));
  return regionOf(pieces);
}

/** Rules of which some deny: every pair that they can tell from others is worked out by itself. */
function orderedCells(scope: Scope, letsOut: boolean): Cell[] {
  const found = FAMILIES.flatMap((family) =>
    pairsOf(scope.rules).map(([group, peer]) => {
      const pair = { direction: scope.direction, network: scope.network, group, peer, family };
      return { pair, region: decided(matching(scope.rules, pair), pair, letsOut) };
    }),
  );
  return withBases(found, letsOut, overridesOf);
}

/** Names that stand in one rule, and where a rule that denies names one side, every name with it. */
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

/** What of one rule matches packets between a pair. */
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

/** Asks rules in their order: the first that matches decides, or with `next` closes its stage. Neighbours that do the same are one. */
function decided(matches: readonly Match[], { direction, family }: Pair, letsOut: boolean): Region {
  let [permitted, settled, passed, stage] = [EMPTY, EMPTY, EMPTY, NaN];
  for (const { action, stage: of, boxes } of batches(matches)) {
    if (of !== stage) [passed, stage] = [settled, of];
    const fresh = regionDifference(regionOf(boxes), passed);
    passed = regionUnion(passed, fresh);
    if (action !== 'next') settled = regionUnion(settled, fresh);
    if (action === 'allow') permitted = regionUnion(permitted, fresh);
  }
  if (direction === 'ingress' || !letsOut) return permitted;
  const everything = [{ from: ALL_PORTS[0], to: ALL_PORTS[1], addresses: WHOLE[family] }];
  return regionUnion(permitted, regionDifference(everything, settled));
}

function batches(matches: readonly Match[]): { action: Rule['action']; stage: number; boxes: Slab[] }[] {
  const result: { action: Rule['action']; stage: number; boxes: Slab[] }[] = [];
  for (const { rule, boxes } of [...matches].sort((a, b) => byPrecedence(a.rule, b.rule))) {
    const last = result.at(-1);
    if (last?.action === rule.action && last.stage === rule.precedence.stage) last.boxes.push(...boxes);
    else result.push({ action: rule.action, stage: rule.precedence.stage, boxes: [...boxes] });
  }
  return result;
}

/** Orders rules as they are asked; at one priority what denies is asked first. */
export function byPrecedence(a: Rule, b: Rule): number {
  return (
    a.precedence.stage - b.precedence.stage ||
    a.precedence.priority - b.precedence.priority ||
    ORDER[a.action] - ORDER[b.action]
  );
}

const ORDER: Readonly<Record<Rule['action'], number>> = { deny: 0, next: 1, allow: 2 };
