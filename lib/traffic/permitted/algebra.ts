import { ALL_INSTANCES, ANY_MACHINE } from '../rule';
import { type Bounds, combine, difference, intersection, WHOLE_OR_NOTHING } from '../sets';
import { byNameCount, type Cell, overridesOf, type Pair, pairKey, PermittedTraffic } from './permitted-traffic';

type Operation = (a: Bounds, b: Bounds) => Bounds;

/** Returns the traffic that both permit. */
export function trafficIntersection(a: PermittedTraffic, b: PermittedTraffic): PermittedTraffic {
  return combineTraffic(a, b, intersection);
}

/** Returns the traffic that the first permits and the second does not. */
export function trafficDifference(a: PermittedTraffic, b: PermittedTraffic): PermittedTraffic {
  return combineTraffic(a, b, difference);
}

/** Whether the first permits everything that the second permits. */
export function containsTraffic(a: PermittedTraffic, b: PermittedTraffic): boolean {
  return isNothing(trafficDifference(b, a));
}

function isNothing(traffic: PermittedTraffic): boolean {
  return (
    !traffic.allowsEgressByDefault &&
    traffic.cells.every(({ overrides }) => overrides.every((slab) => slab.addresses.length === 0))
  );
}

/** Combines the regions of two configurations pair by pair, with an operation on sets such as `intersection`. */
function combineTraffic(a: PermittedTraffic, b: PermittedTraffic, operation: Operation): PermittedTraffic {
  const allowsEgressByDefault =
    operation(WHOLE_OR_NOTHING[Number(a.allowsEgressByDefault)], WHOLE_OR_NOTHING[Number(b.allowsEgressByDefault)])
      .length > 0;
  const cells: Cell[] = [];
  for (const pairs of byNameCount(pairsOf(a, b), (pair) => pair)) {
    const known = new PermittedTraffic(cells, allowsEgressByDefault);
    for (const pair of pairs) {
      const region = combine(a.at(pair), b.at(pair), operation);
      cells.push({ ...pair, overrides: overridesOf(region, known.baseOf(pair)) });
    }
  }
  return new PermittedTraffic(cells, allowsEgressByDefault);
}

/** All pairs whose combined traffic may differ from their base. */
function pairsOf(a: PermittedTraffic, b: PermittedTraffic): Pair[] {
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
  return [...pairs.values()].map(({ direction, network, group, peer, family }) => ({
    direction,
    network,
    group,
    peer,
    family,
  }));
}
