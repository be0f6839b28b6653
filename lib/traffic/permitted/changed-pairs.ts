import { grouped } from '../../input';
import { ALL_INSTANCES, ANY_MACHINE, type GroupName, type PeerName, type Rule } from '../rule';
import { BoxIndex, extentsOf, type Region, type Slab } from '../sets';
import { trafficDifference } from './algebra';
import { hasBroaderPairs } from './broader-names';
import { byPrecedence, permittedBy } from './permitted-by';
import { type Pair, pairKey, type TrafficSet } from './traffic-set';
import { identityOf } from './rule-parts';

/** Two ends between which something passes on only one side of a change, and does not follow from pairs with fewer names. */
interface ChangedPair {
  readonly pair: Pair;
  /** Everything that is permitted between the two ends. */
  readonly before: Region;
  readonly after: Region;
  /** What is permitted only after the change, at the ports at which it differs from what follows from pairs with fewer names. */
  readonly gained: Region;
  readonly lost: Region;
}

/** The rules of two configurations. */
interface Sides {
  readonly before: readonly Rule[];
  readonly after: readonly Rule[];
}

/** Returns the pairs between which a change opens or closes something, in the order of their keys. */
export function changedPairs(before: readonly Rule[], after: readonly Rule[]): ChangedPair[] {
  const hasSources = [before, after].some((rules) => rules.some(selectsSources));
  const scopes = hasSources ? scopesOf({ before, after }) : [];
  const crossing = scopes.filter(isCrossing);
  const others = crossing.length === 0 ? { before, after } : joined(scopes.filter((scope) => !isCrossing(scope)));
  const found = [...pairsOf(others, others), ...crossing.flatMap(pairsByNames)];
  const byKey = found.map((one): [string, ChangedPair] => [pairKey(one.pair), one]);
  return byKey.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** Separates the rules of each network and direction. */
function scopesOf({ before, after }: Sides): Sides[] {
  const scopeOf = ({ direction, network }: Rule): string => `${direction}|${network}`;
  const [old, now] = [grouped(before, scopeOf), grouped(after, scopeOf)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.map((name) => ({ before: old.get(name) ?? [], after: now.get(name) ?? [] }));
}

function joined(scopes: readonly Sides[]): Sides {
  return { before: scopes.flatMap(({ before }) => before), after: scopes.flatMap(({ after }) => after) };
}

/** Whether a rule selects machines by a name at the far end, for all machines of a network. */
function selectsSources({ groups, peers }: Rule): boolean {
  return groups.includes(ALL_INSTANCES) && peers.some(({ name }) => name !== ANY_MACHINE);
}

/** Whether rules have many pairs of names, and no name may include a different one. */
function isCrossing(scope: Sides): boolean {
  return hasManyPairs(scope) && ![...scope.before, ...scope.after].some(hasBroaderEnds);
}

function hasBroaderEnds({ network, groups, peers }: Rule): boolean {
  return (
    groups.some((group) => hasBroaderPairs({ network, group, peer: ANY_MACHINE })) ||
    peers.some(({ name }) => hasBroaderPairs({ network, group: ALL_INSTANCES, peer: name }))
  );
}

/** Whether names at one end, each with a name at the other end, make more pairs than there are rules. */
function hasManyPairs({ before, after }: Sides): boolean {
  const [near, far] = [new Set<GroupName>(), new Set<PeerName>()];
  for (const { groups, peers } of [...before, ...after]) {
    if (peers.some(({ name }) => name === ANY_MACHINE)) groups.forEach((group) => near.add(group));
    if (groups.includes(ALL_INSTANCES)) peers.forEach(({ name }) => far.add(name));
  }
  near.delete(ALL_INSTANCES);
  far.delete(ANY_MACHINE);
  return near.size * far.size > before.length + after.length;
}

/** Finds the pairs that some rules make different, and what all rules permit between them. */
function pairsOf(some: Sides, all: Sides): ChangedPair[] {
  const [old, now] = [permittedBy(some.before), permittedBy(some.after)];
  const [gained, lost] = [trafficDifference(now, old), trafficDifference(old, now)];
  const pairs = new Map<string, Pair>([...gained.cells, ...lost.cells].map((cell) => [pairKey(cell), cell]));
  const passing = (traffic: TrafficSet, pair: Pair): Region =>
    (traffic.cellAt(pair)?.overrides ?? []).filter(({ addresses }) => addresses.length > 0);
  const changes = [...pairs.values()]
    .map((pair) => ({ pair, gained: passing(gained, pair), lost: passing(lost, pair) }))
    .filter((change) => change.gained.length + change.lost.length > 0);
  const [oldOfAll, nowOfAll] =
    some === all ? [old, now] : [all.before, all.after].map((rules) => permittedBy(rulesAt(changes, rules)));
  return changes.map((change) => ({ ...change, before: oldOfAll.at(change.pair), after: nowOfAll.at(change.pair) }));
}

/** Returns at least the rules that match some packets between pairs. */
function rulesAt(changes: readonly { readonly pair: Pair }[], rules: readonly Rule[]): Rule[] {
  const near = new Set<GroupName>([ALL_INSTANCES, ...changes.map(({ pair }) => pair.group)]);
  const far = new Set<PeerName>([ANY_MACHINE, ...changes.map(({ pair }) => pair.peer)]);
  return rules.filter(
    ({ groups, peers }) => groups.some((group) => near.has(group)) && peers.some(({ name }) => far.has(name)),
  );
}

/**
 * Finds the same pairs if there are many names: only where rules changed, and once for all names that no rule tells from each other.
 */
function pairsByNames(scope: Sides): ChangedPair[] {
  const sides = inRuns(scope);
  const near = equalNames(sides, (rule) => {
    const same = identityOf({ ...rule, groups: [ALL_INSTANCES] });
    return rule.groups.map((group) => [group, same]);
  });
  const ofGroups = forEach(sides, (rule) => ({
    ...rule,
    groups: rule.groups.filter((group) => group === ALL_INSTANCES || near.has(group)),
  }));
  const far = equalNames(ofGroups, (rule) =>
    rule.peers.map((peer) => [peer.name, identityOf({ ...rule, peers: [{ ...peer, name: ANY_MACHINE }] })]),
  );
  const ofNames = forEach(ofGroups, (rule) => ({
    ...rule,
    peers: rule.peers.filter(({ name }) => name === ANY_MACHINE || far.has(name)),
  }));
  return pairsOf(whereChanged(ofNames), ofNames).flatMap((change) =>
    (near.get(change.pair.group) ?? [change.pair.group]).flatMap((group) =>
      (far.get(change.pair.peer) ?? [change.pair.peer]).map((peer) => ({
        ...change,
        pair: { ...change.pair, group, peer },
      })),
    ),
  );
}

/** Gives rules the same priority if they do the same and no rule that does something else is evaluated between them. */
function inRuns(sides: Sides): Sides {
  const runs = new Map<Rule, number>();
  let [run, last]: [number, Rule | undefined] = [0, undefined];
  for (const rule of [...sides.before, ...sides.after].sort(byPrecedence)) {
    if (last?.action !== rule.action || last.precedence.stage !== rule.precedence.stage) run++;
    runs.set(rule, run);
    last = rule;
  }
  return forEach(sides, (rule) => ({
    ...rule,
    precedence: { ...rule.precedence, priority: runs.get(rule)! },
  }));
}

/** Changes the rules of both sides; drops those without machines at an end. */
function forEach({ before, after }: Sides, change: (rule: Rule) => Rule): Sides {
  const [old, now] = [before, after].map((rules) =>
    rules.map(change).filter(({ groups, peers }) => groups.length > 0 && peers.length > 0),
  );
  return { before: old, after: now };
}

/** Returns the first of the names that are in the same rules, with all of them. `namesIn` tells what else is in the rule of a name. */
function equalNames<T extends GroupName | PeerName>(
  { before, after }: Sides,
  namesIn: (rule: Rule) => (readonly [name: T, rule: string])[],
): ReadonlyMap<T, readonly T[]> {
  const numbers = new Map<string, number>();
  const rulesOf = new Map<T, Set<number>>();
  [before, after].forEach((rules, side) => {
    for (const [name, text] of rules.flatMap(namesIn)) {
      if (name === ALL_INSTANCES || name === ANY_MACHINE) continue;
      const key = `${side} ${text}`;
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      const known = rulesOf.get(name);
      if (known) known.add(number);
      else rulesOf.set(name, new Set([number]));
    }
  });
  const byRules = grouped(rulesOf, ([, rules]) => [...rules].sort((a, b) => a - b).join());
  return new Map([...byRules.values()].map((same) => [same[0][0], same.map(([name]) => name)]));
}

/** Leaves out the rules that have no packet in common with a rule that is on one side only: what they decide is the same on both. */
function whereChanged({ before, after }: Sides): Sides {
  const [old, now] = [before, after].map((rules) => new Set(rules.map(identityOf)));
  const changed = new Places([
    ...before.filter((rule) => !now.has(identityOf(rule))),
    ...after.filter((rule) => !old.has(identityOf(rule))),
  ]);
  const isChanged = (rule: Rule): boolean => changed.meet(rule);
  return { before: before.filter(isChanged), after: after.filter(isChanged) };
}

const ANY_NAME = '*';

/** What rules match, by the names at both ends. */
class Places {
  private readonly byNames = new Map<string, BoxIndex<Slab>>();

  constructor(rules: readonly Rule[]) {
    const places = rules.flatMap((rule) =>
      rule.groups.flatMap((group) =>
        rule.peers.flatMap(({ name, family, addresses }) => {
          if (addresses.length === 0) return [];
          const slabs = rule.ports.map(([from, to]): Slab => ({ from, to, addresses }));
          return slabs.flatMap((slab) =>
            [group, ANY_NAME].flatMap((near) =>
              [name, ANY_NAME].map((far) => ({ key: [family, near, far].join('|'), slab })),
            ),
          );
        }),
      ),
    );
    for (const [key, some] of grouped(places, (place) => place.key)) {
      this.byNames.set(key, new BoxIndex(some.map(({ slab }) => ({ box: extentsOf(slab), value: slab }))));
    }
  }

  /** Whether a rule may match a packet that one of these rules matches, of machines with at most one name. */
  public meet({ groups, peers, ports }: Rule): boolean {
    return groups.some((group) => {
      const nears = group === ALL_INSTANCES ? [ANY_NAME] : [group, ALL_INSTANCES];
      return peers.some(({ name, family, addresses }) => {
        const fars = name === ANY_MACHINE ? [ANY_NAME] : [name, ANY_MACHINE];
        const indexes = nears.flatMap((near) => fars.map((far) => this.byNames.get([family, near, far].join('|'))));
        return (
          addresses.length > 0 &&
          ports.some(([from, to]) =>
            indexes.some((index) => index?.some(extentsOf({ from, to, addresses }), () => true)),
          )
        );
      });
    });
  }
}
