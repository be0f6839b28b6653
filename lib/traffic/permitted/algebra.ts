import { grouped } from '../../input';
import { ALL_INSTANCES, ANY_MACHINE, type PeerName } from '../rule';
import { type Bounds, combine, difference, intersection, WHOLE_OR_NOTHING } from '../sets';
import { broaderPeers, commonName, hasBroaderPairs, inProtocolOf, protocolIn } from './broader-names';
import { byNameCount, type Cell, overridesOf, type Pair, pairKey, TrafficSet } from './traffic-set';

type Operation = (a: Bounds, b: Bounds) => Bounds;

/** Returns the traffic that both permit. */
export function trafficIntersection(a: TrafficSet, b: TrafficSet): TrafficSet {
  return combineTraffic(a, b, intersection);
}

/** Returns the traffic that the first permits and the second does not. */
export function trafficDifference(a: TrafficSet, b: TrafficSet): TrafficSet {
  return combineTraffic(a, b, difference);
}

/** Whether the first permits everything that the second permits. */
export function containsTraffic(a: TrafficSet, b: TrafficSet): boolean {
  return isNothing(trafficDifference(b, a));
}

function isNothing(traffic: TrafficSet): boolean {
  return (
    !traffic.allowsEgressByDefault &&
    traffic.cells.every(({ overrides }) => overrides.every((slab) => slab.addresses.length === 0))
  );
}

/** Combines the regions of two configurations pair by pair, with an operation on sets such as `intersection`. */
function combineTraffic(a: TrafficSet, b: TrafficSet, operation: Operation): TrafficSet {
  const allowsEgressByDefault =
    operation(WHOLE_OR_NOTHING[Number(a.allowsEgressByDefault)], WHOLE_OR_NOTHING[Number(b.allowsEgressByDefault)])
      .length > 0;
  const cells: Cell[] = [];
  for (const pairs of byNameCount(pairsOf(a, b), (pair) => pair)) {
    const known = new TrafficSet(cells, allowsEgressByDefault);
    for (const pair of pairs) {
      const region = combine(a.at(pair), b.at(pair), operation);
      cells.push({ ...pair, overrides: overridesOf(region, known.baseOf(pair)) });
    }
  }
  return new TrafficSet(cells, allowsEgressByDefault);
}

/** All pairs whose combined traffic may differ from their base. */
function pairsOf(a: TrafficSet, b: TrafficSet): Pair[] {
  const pairs = new Map<string, Pair>();
  const add = (pair: Pair): unknown => pairs.set(pairKey(pair), pair);
  const cells = [...a.cells, ...b.cells];
  cells.forEach(add);
  const onNetworks = cells.filter(({ network }) => network !== '');
  const groups = onNetworks.filter(({ group, peer }) => group !== ALL_INSTANCES && peer === ANY_MACHINE);
  const peers = onNetworks.filter(({ group, peer }) => group === ALL_INSTANCES && peer !== ANY_MACHINE);
  for (const { peer, direction, network, family } of peers) {
    groups
      .filter((other) => other.direction === direction && other.network === network && other.family === family)
      .forEach(({ group }) => add({ direction, network, group, peer, family }));
  }
  for (const pair of commonPairs(a.cells, b.cells)) add(pair);
  return [...pairs.values()].map(({ direction, network, group, peer, family }) => ({
    direction,
    network,
    group,
    peer,
    family,
  }));
}

/**
 * Returns the pairs of hostnames and machines that are in a pair of each side, and that neither side has: names below a wildcard of
 * the one, from a part of the machines of the other.
 */
function commonPairs(a: readonly Cell[], b: readonly Cell[]): Pair[] {
  const [first, second] = [a, b].map((cells) => grouped(cells.filter(hasBroaderPairs), placeOf));
  return [...first.values()].flatMap((some) =>
    [...second.values()].flatMap((others) => {
      const [{ direction, network, group, family }, other] = [some[0], others[0]];
      if (other.direction !== direction || other.network !== network || other.family !== family) return [];
      const inBoth = commonName(group, other.group);
      if (inBoth === undefined) return [];
      return [...commonHosts(some, others), ...commonHosts(others, some)].map((peer) => ({
        direction,
        network,
        group: inBoth,
        peer,
        family,
      }));
    }),
  );
}

function placeOf({ direction, network, group, family, peer }: Pair): string {
  return [direction, network, group, family, protocolIn(peer)].join('|');
}

/** Returns the hostnames of the first pairs that are also in those of the second, which are all matched in one protocol or in every. */
function commonHosts(some: readonly Pair[], others: readonly Pair[]): PeerName[] {
  const known = new Set<PeerName>(others.map(({ peer }) => peer));
  return some.flatMap(({ peer }) => {
    const common = inProtocolOf(peer, others[0].peer);
    return [common, ...broaderPeers(common).flat(), ANY_MACHINE].some((name) => known.has(name as PeerName))
      ? [common]
      : [];
  });
}
