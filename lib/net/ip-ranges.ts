import type { Cidr } from './cidr';
import { ADDRESS_BITS, type AddressFamily } from './ip-address';

/** Returns ranges without duplicates, sorted by family and first IP address. */
export function sortedRanges(ranges: readonly Cidr[]): Cidr[] {
  if (ranges.length < 2) return [...ranges];
  const distinct = [...new Map(ranges.map((range) => [String(range), range])).values()];
  return distinct.sort(byAddress);
}

/** Returns the ranges of one family. */
export function rangesOf(family: AddressFamily, ranges: readonly Cidr[]): Cidr[] {
  return ranges.filter((range) => range.family === family);
}

function byAddress(a: Cidr, b: Cidr): number {
  return (
    ADDRESS_BITS[a.family] - ADDRESS_BITS[b.family] || sign(a._first - b._first) || a.prefixLength - b.prefixLength
  );
}

function sign(difference: bigint): number {
  return Number(difference > 0n) - Number(difference < 0n);
}

/** A range that is contained in a wider range of the same list. */
interface RedundantRange {
  readonly range: Cidr;
  readonly within: Cidr;
}

/** Returns the ranges that a wider one contains. The ranges must be sorted by address. */
export function redundantRanges(ranges: readonly Cidr[]): RedundantRange[] {
  const redundant: RedundantRange[] = [];
  let widest: Cidr | undefined;
  for (const range of ranges) {
    if (widest?.family === range.family && range._last <= widest._last) redundant.push({ range, within: widest });
    else widest = range;
  }
  return redundant;
}
