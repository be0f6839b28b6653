import { addTo, grouped } from '../../input';
import type { AddressFamily } from '../../net';
import { ALL_INSTANCES, ANY_MACHINE, type GroupName, type PeerName, type Rule } from '../rule';
import {
  BoxIndex,
  extentsOf,
  FAMILIES,
  type Region,
  regionDifference,
  regionIntersection,
  regionOf,
  regionUnion,
  type Slab,
} from '../sets';
import type { Pair } from './traffic-set';
import { ranksOf } from './rule-parts';

/** More pairs of names than a reader would read one by one. */
const MANY_PAIRS = 1000;

/** What machines with a name are refused, whatever rules allow to or from other names. */
export interface RefusedAlways {
  /** One end has the name; the other end is everybody. */
  readonly pair: Pair;
  readonly region: Region;
}

/** Rules, and what other rules refuse before anything allows the same. */
interface WithoutRefused {
  readonly rules: readonly Rule[];
  readonly refused: readonly RefusedAlways[];
}

/**
 * Takes out the inbound rules that deny something by a name before anything allows the same, if very many pairs of names would repeat
 * them. What the remaining rules permit, without what these refuse, is what all of them permit.
 */
export function withoutRefusedAlways(rules: readonly Rule[]): WithoutRefused {
  const parts = [...grouped(rules, ({ direction, network }) => `${direction}|${network}`).values()].map(inScope);
  return { rules: parts.flatMap((part) => part.rules), refused: parts.flatMap(({ refused }) => refused) };
}

/** The end of a rule that has a name. */
interface End {
  readonly namesOf: (rule: Rule) => readonly string[];
  /** What has no name at this end, and what has none at the other end. */
  readonly isOfEverybody: (rule: Rule) => boolean;
  /** The rule without some names at this end. */
  readonly without: (rule: Rule, names: ReadonlySet<string>) => Rule;
  readonly pairOf: (name: string) => Pick<Pair, 'group' | 'peer'>;
}

const isNamed = (name: string): boolean => name !== ANY_MACHINE && name !== ALL_INSTANCES;
const NEAR: End = {
  namesOf: ({ groups }) => groups,
  isOfEverybody: ({ peers }) => peers.every(({ name }) => name === ANY_MACHINE),
  without: (rule, names) => ({ ...rule, groups: rule.groups.filter((group) => !names.has(group)) }),
  pairOf: (name) => ({ group: name as GroupName, peer: ANY_MACHINE }),
};
const FAR: End = {
  namesOf: ({ peers }) => peers.map(({ name }) => name),
  isOfEverybody: ({ groups }) => groups.every((group) => group === ALL_INSTANCES),
  without: (rule, names) => ({ ...rule, peers: rule.peers.filter(({ name }) => !names.has(name)) }),
  pairOf: (name) => ({ group: ALL_INSTANCES, peer: name as PeerName }),
};

function inScope(rules: readonly Rule[]): WithoutRefused {
  const [{ direction }] = rules;
  if (direction !== 'ingress' || !rules.some(({ action }) => action === 'deny')) return { rules, refused: [] };
  const ofFar = atEnd(rules, FAR, NEAR);
  const ofNear = atEnd(ofFar.rules, NEAR, FAR);
  return { rules: ofNear.rules, refused: [...ofFar.refused, ...ofNear.refused] };
}

function atEnd(rules: readonly Rule[], end: End, other: End): WithoutRefused {
  const denies = deniesByName(rules, end);
  const others = new Set(
    rules
      .filter(({ action }) => action !== 'deny')
      .flatMap(other.namesOf)
      .filter(isNamed),
  );
  if (denies.size * others.size <= MANY_PAIRS) return { rules, refused: [] };
  const partsOf = new DeniedParts(rules, end);
  const refused = [...denies].flatMap(([name, some]) => partsOf.refused(some, name));
  const left = rules.flatMap((rule) => {
    const names = end.namesOf(rule).filter((name) => denies.get(name)?.includes(rule));
    return names.length === 0
      ? [rule]
      : [end.without(rule, new Set(names)), ...names.flatMap((name) => partsOf.late(rule, name))];
  });
  return { rules: left.filter(({ groups, peers }) => groups.length > 0 && peers.length > 0), refused };
}

/** Returns the rules that deny by each name that no other rule has. */
function deniesByName(rules: readonly Rule[], end: End): Map<string, Rule[]> {
  const found = new Map<string, Rule[]>();
  const excluded = new Set<string>();
  for (const rule of rules) {
    const isDeny = rule.action === 'deny' && end.isOfEverybody(rule);
    for (const name of new Set(end.namesOf(rule).filter(isNamed))) {
      if (isDeny) addTo(found, name, rule);
      else excluded.add(name);
    }
  }
  excluded.forEach((name) => found.delete(name));
  return found;
}

/** Splits what rules deny by a name: what nothing allows earlier, and the rest. */
class DeniedParts {
  private readonly ranks: ReadonlyMap<Rule, number>;
  private readonly indexes: ReadonlyMap<AddressFamily, BoxIndex<Slab>>;
  private readonly known = new Map<string, Region>();

  constructor(
    rules: readonly Rule[],
    private readonly end: End,
  ) {
    this.ranks = ranksOf(rules);
    const some = rules.filter((rule) => rule.action !== 'deny' && !end.namesOf(rule).every(isNamed));
    this.indexes = new Map(
      FAMILIES.map((family) => {
        const entries = some.flatMap((rule) => {
          const rank = this.ranks.get(rule)!;
          return slabsIn(rule, family).map((slab) => ({
            box: [...extentsOf(slab), [rank, rank + 1] as const],
            value: slab,
          }));
        });
        return [family, new BoxIndex(entries)];
      }),
    );
  }

  /** Returns what rules refuse to or from a name before anything allows the same. */
  public refused(denies: readonly Rule[], name: string): RefusedAlways[] {
    const [{ direction, network }] = denies;
    return FAMILIES.flatMap((family): RefusedAlways[] => {
      const regions = denies.map((rule) =>
        regionDifference(denied(rule, name, family), this.earlier(rule, name, family)),
      );
      const region = regions.reduce(regionUnion);
      return region.length === 0 ? [] : [{ pair: { direction, network, ...this.end.pairOf(name), family }, region }];
    });
  }

  /** Returns what a rule denies to or from a name after something has allowed a part of it. */
  public late(rule: Rule, name: string): Rule[] {
    return FAMILIES.flatMap((family) => {
      const region = regionIntersection(denied(rule, name, family), this.earlier(rule, name, family));
      const { group, peer } = this.end.pairOf(name);
      return region.map(({ from, to, addresses }): Rule => ({
        ...rule,
        groups: [group],
        peers: [{ name: peer, family, addresses }],
        ports: [[from, to]],
      }));
    });
  }

  /** Returns what rules allow before a rule denies it. Most of many denies are alike. */
  private earlier(rule: Rule, name: string, family: AddressFamily): Region {
    const [rank, slabs] = [this.ranks.get(rule)!, denied(rule, name, family)];
    const key = `${rank} ${family} ${slabs.map(({ from, to, addresses }) => `${from}-${to} ${addresses.join()}`).join(' ')}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const found = slabs.flatMap((slab) => this.indexes.get(family)!.within([...extentsOf(slab), [-1, rank]]));
    const region = regionOf(found);
    this.known.set(key, region);
    return region;
  }
}

/** Returns what a rule denies to or from a name. */
function denied(rule: Rule, name: string, family: AddressFamily): Region {
  const peers = rule.peers.filter((peer) => peer.name === name || peer.name === ANY_MACHINE);
  return regionOf(slabsIn({ ...rule, peers }, family));
}

function slabsIn({ ports, peers }: Rule, family: AddressFamily): Slab[] {
  return peers
    .filter((peer) => peer.family === family && peer.addresses.length > 0)
    .flatMap(({ addresses }) => ports.map(([from, to]) => ({ from, to, addresses })));
}
