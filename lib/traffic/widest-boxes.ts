import { rangesIn } from './address-space';
import type { Bounds } from './bounds';
import type { Slab } from './region';

/** Ports with one range of addresses that has a prefix length. */
export interface Box {
  readonly from: number;
  readonly to: number;
  readonly range: Bounds;
}

/**
 * All boxes in a region that are in no wider one: what a person would have written, whatever else is open beside it.
 *
 * They may overlap: 443 for everyone, and everything for one office, are two boxes and not the pieces between them. A region has
 * one set of widest boxes, and they make it up.
 */
export function widestBoxes(slabs: readonly Slab[]): Box[] {
  const boxes: Box[] = [];
  const ends = new Map<string, number>();
  slabs.forEach((slab, index) => {
    for (const range of rangesIn(slab.addresses)) {
      const key = keyOf(range);
      if ((ends.get(key) ?? -1) > slab.from) continue;
      const [first, last] = [reach(slabs, index, range, -1), reach(slabs, index, range, 1)];
      boxes.push({ from: slabs[first].from, to: slabs[last].to, range });
      ends.set(key, slabs[last].to);
    }
  });
  return boxes;
}

/** As text, because maps are slow where keys are bigints that end alike. */
function keyOf([first, end]: Bounds): string {
  return typeof first === 'number' ? `${first}-${end}` : `${first.toString(36)}-${(BigInt(end) - first).toString(36)}`;
}

/** How far slabs that touch have a whole range. */
function reach(slabs: readonly Slab[], start: number, range: Bounds, step: 1 | -1): number {
  let index = start;
  while (touches(slabs[index], slabs[index + step], step) && isWithin(range, slabs[index + step].addresses)) {
    index += step;
  }
  return index;
}

function touches(slab: Slab, next: Slab | undefined, step: 1 | -1): boolean {
  return next !== undefined && (step === 1 ? slab.to === next.from : next.to === slab.from);
}

/** Whether a region has a whole box. */
export function hasBox(region: readonly Slab[], { from, to, range }: Box): boolean {
  let [low, high] = [0, region.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (region[middle].to <= from) low = middle + 1;
    else high = middle;
  }
  let reached = from;
  for (let index = low; index < region.length && reached < to; index++) {
    const slab = region[index];
    if (slab.from > reached || !isWithin(range, slab.addresses)) return false;
    reached = slab.to;
  }
  return reached >= to;
}

/** Whether one interval is in a set. */
function isWithin([first, end]: Bounds, addresses: Bounds): boolean {
  let [low, high] = [0, addresses.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (addresses[middle] <= first) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1 && addresses[low] >= end;
}
