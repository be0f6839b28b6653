/** A number on an axis: a port, an IPv4 address, or (as a bigint) an IPv6 address. All of one axis have one type. */
export type Point = number | bigint;

/**
 * A set of numbers as the borders at which it begins and ends, in turn: `[10, 20, 30, 40]` is 10 to 19 and 30 to 39.
 *
 * Borders rise strictly, so one set has one form. The end of an interval does not belong to it: no operation has to add one.
 */
export type Bounds = readonly Point[];

/** The set without members. */
export const NOTHING: Bounds = [];

/** The set without members, and one with one: what an operation makes of truth values. */
export const WHOLE_OR_NOTHING: readonly [Bounds, Bounds] = [NOTHING, [0, 1]];

/** All numbers that are in one of the intervals, which are pairs of borders in any order. */
export function boundsOf(pairs: readonly Point[]): Bounds {
  if (pairs.length === 2) return pairs[0] < pairs[1] ? pairs : NOTHING;
  const order = orderOf(pairs);
  const bounds: Point[] = [];
  for (const index of order) {
    const [from, to] = [pairs[index], pairs[index + 1]];
    if (from >= to) continue;
    const last = bounds.length - 1;
    if (last < 0 || bounds[last] < from) bounds.push(from, to);
    else if (bounds[last] < to) bounds[last] = to;
  }
  return bounds;
}

/** The numbers that are in one set or the other. */
export function union(a: Bounds, b: Bounds): Bounds {
  if (a.length === 0 || a === b) return b;
  if (b.length === 0) return a;
  return combined(a, b, (inA, inB) => inA || inB);
}

/** The numbers that are in both sets. */
export function intersection(a: Bounds, b: Bounds): Bounds {
  if (a === b) return a;
  if (a.length === 0 || b.length === 0) return NOTHING;
  return combined(a, b, (inA, inB) => inA && inB);
}

/** The numbers of the first set that are not in the second. */
export function difference(a: Bounds, b: Bounds): Bounds {
  if (a === b || a.length === 0) return NOTHING;
  if (b.length === 0) return a;
  return combined(a, b, (inA, inB) => inA && !inB);
}

/** Whether two sets have the same members. */
export function isSame(a: Bounds, b: Bounds): boolean {
  return a === b || (a.length === b.length && a.every((border, index) => border === b[index]));
}

/** Whether every number of the second set is in the first. */
export function contains(a: Bounds, b: Bounds): boolean {
  return difference(b, a).length === 0;
}

/** Whether a number is in a set. */
export function has(bounds: Bounds, point: Point): boolean {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bounds[middle] <= point) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}

function combined(a: Bounds, b: Bounds, keeps: (inA: boolean, inB: boolean) => boolean): Bounds {
  const bounds: Point[] = [];
  let [i, j, isIn] = [0, 0, false];
  while (i < a.length || j < b.length) {
    const takesA = j >= b.length || (i < a.length && a[i] <= b[j]);
    const border = takesA ? a[i] : b[j];
    if (i < a.length && a[i] === border) i++;
    if (j < b.length && b[j] === border) j++;
    if (keeps(i % 2 === 1, j % 2 === 1) !== isIn) {
      bounds.push(border);
      isIn = !isIn;
    }
  }
  return bounds;
}

/** Where the pairs begin, in rising order of their first border. */
function orderOf(pairs: readonly Point[]): Uint32Array {
  const order = new Uint32Array(pairs.length / 2).map((_, index) => 2 * index);
  const isSorted = order.every((index) => index === 0 || pairs[index - 2] <= pairs[index]);
  return isSorted ? order : order.sort((i, j) => (pairs[i] < pairs[j] ? -1 : pairs[i] > pairs[j] ? 1 : 0));
}
