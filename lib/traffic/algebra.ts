import { difference, intersection, union, WHOLE_OR_NOTHING, type Bounds } from './bounds';
import { ALL_INSTANCES, ANY_MACHINE } from './names';
import { overridesOf, pairKey, PermittedTraffic, type Cell, type Pair } from './permitted-traffic';
import { combine, isSameRegion } from './region';

type Operation = (a: Bounds, b: Bounds) => Bounds;

/** What passes through one or the other. */
export function trafficUnion(a: PermittedTraffic, b: PermittedTraffic): PermittedTraffic {
  return together(a, b, union);
}

/** What passes through both. */
export function trafficIntersection(a: PermittedTraffic, b: PermittedTraffic): PermittedTraffic {
  return together(a, b, intersection);
}

/** What passes through the first and not through the second. */
export function trafficDifference(a: PermittedTraffic, b: PermittedTraffic): PermittedTraffic {
  return together(a, b, difference);
}

/** Whether the same passes through both. */
export function isSameTraffic(a: PermittedTraffic, b: PermittedTraffic): boolean {
  return a.letsOut === b.letsOut && pairsOf(a, b).every((pair) => isSameRegion(a.at(pair), b.at(pair)));
}

/** Whether everything that passes through the second passes through the first. */
export function containsTraffic(a: PermittedTraffic, b: PermittedTraffic): boolean {
  return isNothing(trafficDifference(b, a));
}

/** Whether nothing passes at all. */
export function isNothing(traffic: PermittedTraffic): boolean {
  return (
    !traffic.letsOut && traffic.cells.every(({ overrides }) => overrides.every((slab) => slab.addresses.length === 0))
  );
}

function together(a: PermittedTraffic, b: PermittedTraffic, operation: Operation): PermittedTraffic {
  const letsOut = operation(WHOLE_OR_NOTHING[Number(a.letsOut)], WHOLE_OR_NOTHING[Number(b.letsOut)]).length > 0;
  const cells: Cell[] = [];
  for (const pairs of byDepth(pairsOf(a, b))) {
    const known = new PermittedTraffic(cells, letsOut);
    for (const pair of pairs) {
      const region = combine(a.at(pair), b.at(pair), operation);
      cells.push({ ...pair, overrides: overridesOf(region, known.baseOf(pair)) });
    }
  }
  return new PermittedTraffic(cells, letsOut);
}

/** All pairs of which one of the two, or both together, say something. */
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

/** Pairs in the order in which one is the base of another. */
function byDepth(pairs: readonly Pair[]): Pair[][] {
  const depth = ({ group, peer }: Pair): number => (group === ALL_INSTANCES ? 0 : 1) + (peer === ANY_MACHINE ? 0 : 1);
  return [0, 1, 2].map((level) => pairs.filter((pair) => depth(pair) === level));
}
