import type { AddressFamily } from './address-family';
import { ADDRESS_BITS } from './address-family';
import type { Cidr } from './cidr';

/** Sorts ranges by family and address, and drops those that are given twice. */
export function sortedRanges(ranges: readonly Cidr[]): Cidr[] {
  const distinct = [...new Map(ranges.map((range) => [String(range), range])).values()];
  return distinct.sort(byAddress);
}

/** The ranges of one family. */
export function rangesOf(family: AddressFamily, ranges: readonly Cidr[]): Cidr[] {
  return ranges.filter((range) => range.family === family);
}

/** Whether ranges of one family, sorted by address, leave no address of it out. */
export function coverAll(family: AddressFamily, ranges: readonly Cidr[]): boolean {
  let next = 0n;
  for (const range of ranges) {
    if (range._first > next) return false;
    if (range._last >= next) next = range._last + 1n;
  }
  return next === 1n << BigInt(ADDRESS_BITS[family]);
}

function byAddress(a: Cidr, b: Cidr): number {
  return (
    ADDRESS_BITS[a.family] - ADDRESS_BITS[b.family] || sign(a._first - b._first) || a.prefixLength - b.prefixLength
  );
}

function sign(difference: bigint): number {
  return Number(difference > 0n) - Number(difference < 0n);
}
