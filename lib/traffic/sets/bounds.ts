import { firstIndex } from './binary-search';

/** A number on an axis: a port, an IPv4 address, or (as a bigint) an IPv6 address. All numbers of one axis have the same type. */
export type Point = number | bigint;

/**
 * A set of numbers, written as the borders at which its intervals begin and end: `[10, 20, 30, 40]` is 10 to 19 and 30 to 39.
 *
 * Borders are in strictly ascending order, so each set has exactly one form. The end of an interval is not part of it, so no
 * operation has to add or subtract one.
 */
export type Bounds = readonly Point[];

/** The empty set. */
export const NOTHING: Bounds = [];

/** False and true as sets, so that an operation on sets can be applied to booleans. */
export const WHOLE_OR_NOTHING: readonly [Bounds, Bounds] = [NOTHING, [0, 1]];

/** Returns the set of all numbers in the given intervals. Each interval is a pair of borders; the pairs may be in any order. */
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

/** Returns the numbers that are in at least one of the two sets. */
export function union(a: Bounds, b: Bounds): Bounds {
  if (a.length === 0 || a === b) return b;
  if (b.length === 0) return a;
  return combined(a, b, (inA, inB) => inA || inB);
}

/** Returns the numbers that are in both sets. */
export function intersection(a: Bounds, b: Bounds): Bounds {
  if (a === b) return a;
  if (a.length === 0 || b.length === 0) return NOTHING;
  return combined(a, b, (inA, inB) => inA && inB);
}

/** Returns the numbers of the first set that are not in the second. */
export function difference(a: Bounds, b: Bounds): Bounds {
  if (a === b || a.length === 0) return NOTHING;
  if (b.length === 0) return a;
  return combined(a, b, (inA, inB) => inA && !inB);
}

/** Whether two sets have the same numbers. */
export function isSame(a: Bounds, b: Bounds): boolean {
  return a === b || (a.length === b.length && a.every((border, index) => border === b[index]));
}

/** Whether a number is in a set. */
export function has(bounds: Bounds, point: Point): boolean {
  return firstIndex(bounds, (border) => border > point) % 2 === 1;
}

/** Whether all numbers of one interval are in a set. */
function hasInterval(bounds: Bounds, [first, end]: Bounds): boolean {
  const index = firstIndex(bounds, (border) => border > first);
  return index % 2 === 1 && bounds[index] >= end;
}

/** Whether all numbers of one set are in a different one. */
export function contains(bounds: Bounds, part: Bounds): boolean {
  if (part.length === 2) return hasInterval(bounds, part);
  return difference(part, bounds).length === 0;
}

/** Returns how many numbers a set has. */
export function sizeOf(bounds: Bounds): bigint {
  let size = 0n;
  for (let index = 0; index < bounds.length; index += 2) size += BigInt(bounds[index + 1]) - BigInt(bounds[index]);
  return size;
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

/** The indexes at which the pairs begin, in ascending order of their first border. */
function orderOf(pairs: readonly Point[]): Uint32Array {
  const order = new Uint32Array(pairs.length / 2).map((_, index) => 2 * index);
  const isSorted = order.every((index) => index === 0 || pairs[index - 2] <= pairs[index]);
  return isSorted ? order : order.sort((i, j) => (pairs[i] < pairs[j] ? -1 : pairs[i] > pairs[j] ? 1 : 0));
}
