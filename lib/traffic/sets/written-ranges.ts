import type { AddressFamily } from '../../net';
import {
  type AddressRange,
  enclosingRange,
  hostBitsOf,
  parseRange,
  type RangeProblem,
  rangesIn,
  rangeText,
  upperHalf,
} from './address-space';
import { type Bounds, boundsOf, contains, difference, intersection, isSame, type Point, sizeOf } from './bounds';

/** An exception is harder to read than a range. */
const COST_OF_EXCEPTION = 2;
/** A few ranges are always easier to read than an exception. */
const MOST_PLAIN_RANGES = 4;

/**
 * Splits a set of IP addresses into the parts that a person would write, in ascending order: ranges with a prefix length, and such
 * ranges without some of their parts. `10.0.0.0/8` without one address is one part, and not 24 ranges.
 */
export function writtenRanges(addresses: Bounds): readonly Bounds[] {
  const ranges = rangesIn(addresses);
  // if every interval is one range, exceptions would be longer
  const isPlain = ranges.length <= MOST_PLAIN_RANGES || ranges.length === addresses.length / 2;
  return isPlain ? ranges : written(addresses).parts;
}

/** Returns a part as text: `10.0.0.0/8`, or `10.0.0.0/8 except 10.1.0.0/16, 10.3.0.0/24`. */
export function writtenText(family: AddressFamily, part: Bounds): string {
  const whole = enclosingRange(part);
  if (isSame(part, whole)) return rangeText(family, whole);
  const exceptions = rangesIn(difference(whole, part)).map((range) => rangeText(family, range));
  return `${rangeText(family, whole)} except ${exceptions.join(', ')}`;
}

/** Parses what `writtenText` returns, in any unambiguous spelling of the ranges; returns the problem if the text is something else. */
export function parseWrittenText(text: string): AddressRange | RangeProblem {
  const [first, ...listed] = text.split(/ except |, /);
  const whole = parseRange(first);
  if ('problem' in whole) return whole;
  const exceptions: Point[] = [];
  for (const exception of listed) {
    const range = parseRange(exception);
    if ('problem' in range) return { code: range.code, problem: range.problem };
    if (range.family !== whole.family || !contains(whole.bounds, range.bounds)) {
      return { code: 'range-invalid', problem: 'must contain its exceptions' };
    }
    exceptions.push(...range.bounds);
  }
  const bounds = listed.length === 0 ? whole.bounds : difference(whole.bounds, boundsOf(exceptions));
  if (bounds.length > 0) return { family: whole.family, bounds };
  return { code: 'range-invalid', problem: 'must have an IP address that is not an exception' };
}

/** How a set of IP addresses is written. */
interface Written {
  readonly parts: readonly Bounds[];
  readonly cost: number;
  /** How many ranges make up the rest of the range that encloses the set. */
  readonly exceptions: number;
}

function written(addresses: Bounds): Written {
  const whole = enclosingRange(addresses);
  if (isSame(addresses, whole)) return { parts: [whole], cost: 1, exceptions: 0 };
  const [lower, upper] = halvesOf(whole).map((half) => writtenHalf(intersection(addresses, half), half));
  const [cost, exceptions] = [lower.cost + upper.cost, lower.exceptions + upper.exceptions];
  const costAsOne = COST_OF_EXCEPTION * (1 + exceptions);
  const isAsOne = costAsOne < cost && 2n * sizeOf(addresses) > sizeOf(whole);
  return isAsOne
    ? { parts: [addresses], cost: costAsOne, exceptions }
    : { parts: [...lower.parts, ...upper.parts], cost, exceptions };
}

/** Counts as exceptions also what is outside of the range that encloses the addresses of a half: one range per bit between the two. */
function writtenHalf(addresses: Bounds, half: Bounds): Written {
  const found = written(addresses);
  return { ...found, exceptions: found.exceptions + hostBitsOf(half) - hostBitsOf(enclosingRange(addresses)) };
}

function halvesOf(range: Bounds): readonly [Bounds, Bounds] {
  const upper = upperHalf(range);
  return [[range[0], upper[0]], upper];
}
