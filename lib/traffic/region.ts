import { boundsOf, difference, intersection, isSame, NOTHING, union, type Bounds, type Point } from './bounds';

/** Ports from the first up to, and without, the second, with the addresses that go with each of them. */
export interface Slab {
  readonly from: number;
  readonly to: number;
  readonly addresses: Bounds;
}

/**
 * A set of pairs of a port and an address.
 *
 * Slabs rise, do not overlap, have addresses, and differ from a neighbour that they touch: one set has one form.
 */
export type Region = readonly Slab[];

/** The region without members. */
export const EMPTY: Region = [];

/** The pairs that are in one of the boxes. Boxes of the same ports are joined first, so that many addresses cost one sort. */
export function regionOf(boxes: readonly Slab[]): Region {
  const layers = layersOf(boxes);
  if (layers.length === 1) return withoutEmpty(layers);
  const borders = boundaries(layers);
  const slabs: Slab[] = [];
  let active: Slab[] = [];
  let next = 0;
  borders.forEach((from, index) => {
    active = active.filter((layer) => layer.to > from);
    while (next < layers.length && layers[next].from === from) active.push(layers[next++]);
    if (active.length > 0) slabs.push({ from, to: borders[index + 1], addresses: unionOf(active) });
  });
  return joined(slabs);
}

/** The pairs that are in one region or the other. */
export function regionUnion(a: Region, b: Region): Region {
  if (a.length === 0) return b;
  return b.length === 0 ? a : combine(a, b, union);
}

/** The pairs that are in both regions. */
export function regionIntersection(a: Region, b: Region): Region {
  return a.length === 0 || b.length === 0 ? EMPTY : combine(a, b, intersection);
}

/** The pairs of the first region that are not in the second. */
export function regionDifference(a: Region, b: Region): Region {
  return a.length === 0 || b.length === 0 ? a : combine(a, b, difference);
}

/** Whether two regions have the same members. */
export function isSameRegion(a: Region, b: Region): boolean {
  return (
    a.length === b.length &&
    a.every(({ from, to, addresses }, index) => {
      const other = b[index];
      return from === other.from && to === other.to && isSame(addresses, other.addresses);
    })
  );
}

/** Puts the addresses of two regions together, port by port. */
export function combine(a: Region, b: Region, operation: (a: Bounds, b: Bounds) => Bounds): Region {
  return joined(
    aligned(a, b).map(({ from, to, first, second }) => ({ from, to, addresses: operation(first, second) })),
  );
}

/** The ports of two regions cut at the borders of both, in order. */
export function aligned(a: Region, b: Region): { from: number; to: number; first: Bounds; second: Bounds }[] {
  const borders = boundaries([...a, ...b]);
  const pieces = [];
  let [i, j] = [0, 0];
  for (let index = 0; index + 1 < borders.length; index++) {
    const from = borders[index];
    while (i < a.length && a[i].to <= from) i++;
    while (j < b.length && b[j].to <= from) j++;
    const first = i < a.length && a[i].from <= from ? a[i].addresses : NOTHING;
    const second = j < b.length && b[j].from <= from ? b[j].addresses : NOTHING;
    pieces.push({ from, to: borders[index + 1], first, second });
  }
  return pieces;
}

/** The addresses that go with one port. */
export function addressesAt(region: Region, port: number): Bounds {
  let [low, high] = [0, region.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (region[middle].to <= port) low = middle + 1;
    else high = middle;
  }
  return low < region.length && region[low].from <= port ? region[low].addresses : NOTHING;
}

/** Joins slabs that touch and have the same addresses, and drops those without. */
export function joined(slabs: readonly Slab[]): Region {
  const region: Slab[] = [];
  for (const slab of withoutEmpty(slabs)) {
    const last = region.at(-1);
    if (last?.to === slab.from && isSame(last.addresses, slab.addresses)) {
      region[region.length - 1] = { ...last, to: slab.to };
    } else {
      region.push(slab);
    }
  }
  return region;
}

/** The boxes that have the same ports as one, in rising order. */
function layersOf(boxes: readonly Slab[]): Slab[] {
  const byPorts = new Map<number, Map<number, Point[][]>>();
  for (const { from, to, addresses } of boxes) {
    const byEnd = byPorts.get(from) ?? new Map<number, Point[][]>();
    byPorts.set(from, byEnd);
    const lists = byEnd.get(to);
    if (lists) lists.push(addresses as Point[]);
    else byEnd.set(to, [addresses as Point[]]);
  }
  const layers = [...byPorts].flatMap(([from, byEnd]) =>
    [...byEnd].map(([to, lists]) => ({ from, to, addresses: lists.length === 1 ? lists[0] : boundsOf(lists.flat()) })),
  );
  return layers.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from || a.to - b.to);
}

function unionOf(layers: readonly Slab[]): Bounds {
  if (layers.length === 1) return layers[0].addresses;
  if (layers.length === 2) return union(layers[0].addresses, layers[1].addresses);
  return boundsOf(layers.flatMap(({ addresses }) => addresses));
}

function boundaries(slabs: readonly Slab[]): number[] {
  return [...new Set(slabs.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
}

function withoutEmpty(slabs: readonly Slab[]): Slab[] {
  return slabs.filter(({ addresses }) => addresses.length > 0);
}
