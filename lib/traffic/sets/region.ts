import { firstIndex } from './binary-search';
import type { Extent } from './box-index';
import { type Bounds, boundsOf, difference, intersection, isSame, NOTHING, type Point, union } from './bounds';

/** Ports from `from` up to, but not including, `to`, and a set of IP addresses that is the same for each of them. */
export interface Slab {
  readonly from: number;
  readonly to: number;
  readonly addresses: Bounds;
}

/**
 * A set of pairs of a port and an IP address.
 *
 * Slabs are in ascending order, do not overlap, are not empty, and have different IP addresses if they touch. So each set has
 * exactly one form.
 */
export type Region = readonly Slab[];

/** The empty region. */
export const EMPTY: Region = [];

/** Returns the union of slabs that may overlap. Slabs with the same ports are joined first, so that many IP addresses cost one sort. */
export function regionOf(slabs: readonly Slab[]): Region {
  const layers = layersOf(slabs);
  if (layers.length === 1) return withoutEmpty(layers);
  const borders = boundaries(layers);
  const pieces: Slab[] = [];
  let active: Slab[] = [];
  let next = 0;
  borders.forEach((from, index) => {
    active = active.filter((layer) => layer.to > from);
    while (next < layers.length && layers[next].from === from) active.push(layers[next++]);
    if (active.length > 0) pieces.push({ from, to: borders[index + 1], addresses: unionOf(active) });
  });
  return joined(pieces);
}

/** Returns the pairs that are in at least one of the two regions. */
export function regionUnion(a: Region, b: Region): Region {
  if (a.length === 0) return b;
  return b.length === 0 ? a : combine(a, b, union);
}

/** Returns the pairs that are in both regions. */
export function regionIntersection(a: Region, b: Region): Region {
  return a.length === 0 || b.length === 0 ? EMPTY : combine(a, b, intersection);
}

/** Returns the pairs of the first region that are not in the second. */
export function regionDifference(a: Region, b: Region): Region {
  return a.length === 0 || b.length === 0 ? a : combine(a, b, difference);
}

/** Combines the IP addresses of two regions port by port. */
export function combine(a: Region, b: Region, operation: (a: Bounds, b: Bounds) => Bounds): Region {
  return joined(
    aligned(a, b).map(({ from, to, first, second }) => ({ from, to, addresses: operation(first, second) })),
  );
}

/** Whether two regions have the same pairs. */
export function isSameRegion(a: Region, b: Region): boolean {
  return a.length === b.length && a.every((slab, index) => isSameSlab(slab, b[index]));
}

function isSameSlab(a: Slab, b: Slab): boolean {
  return a.from === b.from && a.to === b.to && isSame(a.addresses, b.addresses);
}

/** Cuts two regions at the borders of both; each piece has the IP addresses that the two regions have there. */
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

/** Returns the IP addresses that a region has at one port. */
export function addressesAt(region: Region, port: number): Bounds {
  const index = firstIndex(region, ({ to }) => to > port);
  return index < region.length && region[index].from <= port ? region[index].addresses : NOTHING;
}

/** Returns the part of slabs, in ascending order, that is at some ports. */
export function atPorts(slabs: readonly Slab[], ports: Bounds): Slab[] {
  const found: Slab[] = [];
  for (let index = 0; index < ports.length; index += 2) {
    const [first, end] = [Number(ports[index]), Number(ports[index + 1])];
    for (let at = firstIndex(slabs, ({ to }) => to > first); at < slabs.length && slabs[at].from < end; at++) {
      const { from, to, addresses } = slabs[at];
      found.push(
        first <= from && to <= end ? slabs[at] : { from: Math.max(from, first), to: Math.min(to, end), addresses },
      );
    }
  }
  return found;
}

/** Returns the box around a slab, which must not be empty. */
export function extentsOf({ from, to, addresses }: Slab): [ports: Extent, addresses: Extent] {
  return [
    [from, to],
    [addresses[0], addresses[addresses.length - 1]],
  ];
}

/** Returns the ports of slabs. */
export function portsOf(slabs: readonly Slab[]): Bounds {
  return boundsOf(slabs.flatMap(({ from, to }) => [from, to]));
}

/** Joins slabs that touch and have the same IP addresses, and drops empty slabs. */
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

/** Joins slabs that have the same ports; returns the results in ascending order. */
function layersOf(slabs: readonly Slab[]): Slab[] {
  const byPorts = new Map<number, Map<number, Point[][]>>();
  for (const { from, to, addresses } of slabs) {
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
