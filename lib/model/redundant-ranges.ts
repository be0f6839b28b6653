import type { Cidr } from './cidr';

/** A range that another range of the same list includes. */
export interface RedundantRange {
  readonly range: Cidr;
  readonly within: Cidr;
}

/** Finds what is included in something else, in ranges that are sorted by address. */
export function redundantRanges(ranges: readonly Cidr[]): RedundantRange[] {
  const redundant: RedundantRange[] = [];
  let widest: Cidr | undefined;
  for (const range of ranges) {
    if (widest?.family === range.family && range._last <= widest._last) redundant.push({ range, within: widest });
    else widest = range;
  }
  return redundant;
}
