import { firstIndex } from './binary-search';
import { type Bounds, contains, intersection } from './bounds';
import { type Region, regionDifference, type Slab } from './region';
import { writtenRanges } from './written-ranges';

/** Ports from `from` up to, but not including, `to`, with one far end that a person would write. */
export interface Box {
  readonly from: number;
  readonly to: number;
  /** A range with a prefix length, or such a range without some of its parts. */
  readonly range: Bounds;
}

/**
 * Returns all boxes of a region that are not part of a wider box of it: the rules that a person would have written.
 *
 * They may overlap: 443 for everyone and all ports for one office are two boxes, not the pieces that do not overlap. The widest
 * boxes of a region are unique, and their union is the region.
 */
export function widestBoxes(slabs: readonly Slab[]): Box[] {
  const boxes: Box[] = [];
  const ends = new Map<string, number>();
  slabs.forEach((slab, index) => {
    for (const range of writtenRanges(slab.addresses)) {
      const key = keyOf(range);
      if ((ends.get(key) ?? -1) > slab.from) continue;
      const [first, last] = [reach(slabs, index, range, -1), reach(slabs, index, range, 1)];
      boxes.push({ from: slabs[first].from, to: slabs[last].to, range });
      ends.set(key, slabs[last].to);
    }
  });
  return boxes;
}

/** Returns text, because maps are slow if their keys are bigints that end with the same digits. */
function keyOf(range: Bounds): string {
  const [first, end] = range;
  if (range.length > 2) return range.map((border) => border.toString(36)).join('-');
  return typeof first === 'number' ? `${first}-${end}` : `${first.toString(36)}-${(BigInt(end) - first).toString(36)}`;
}

/** The index of the last slab, going from `start` in one direction without a gap, that has the whole range. */
function reach(slabs: readonly Slab[], start: number, range: Bounds, step: 1 | -1): number {
  let index = start;
  while (touches(slabs[index], slabs[index + step], step) && contains(slabs[index + step].addresses, range)) {
    index += step;
  }
  return index;
}

function touches(slab: Slab, next: Slab | undefined, step: 1 | -1): boolean {
  return next !== undefined && (step === 1 ? slab.to === next.from : next.to === slab.from);
}

/** Whether a whole box is in a region. */
export function hasBox(region: readonly Slab[], { from, to, range }: Box): boolean {
  let reached = from;
  for (let index = firstIndex(region, (slab) => slab.to > from); index < region.length && reached < to; index++) {
    const slab = region[index];
    if (slab.from > reached || !contains(slab.addresses, range)) return false;
    reached = slab.to;
  }
  return reached >= to;
}

/** Returns the part of a region that is in a box. */
export function partIn(region: Region, { from, to, range }: Box): Region {
  const part: Slab[] = [];
  for (let at = firstIndex(region, (slab) => slab.to > from); at < region.length && region[at].from < to; at++) {
    const slab = region[at];
    const addresses = intersection(slab.addresses, range);
    if (addresses.length > 0) part.push({ from: Math.max(from, slab.from), to: Math.min(to, slab.to), addresses });
  }
  return part;
}

/** A region from which boxes are taken one after the other. */
export class Remainder {
  private readonly slabs: Region;
  /** What is left of each slab. */
  private readonly left: Region[];

  constructor(region: Region) {
    this.slabs = region;
    this.left = region.map((slab) => [slab]);
  }

  /** Takes a box away, and returns the part of it that was left. */
  public take(box: Box): Region {
    const taken: Slab[] = [];
    const { slabs, left } = this;
    for (let at = firstIndex(slabs, ({ to }) => to > box.from); at < slabs.length && slabs[at].from < box.to; at++) {
      const part = partIn(left[at], box);
      if (part.length === 0) continue;
      taken.push(...part);
      left[at] = regionDifference(left[at], [slabOf(box)]);
    }
    return taken;
  }
}

/** Returns a box as a slab. */
export function slabOf({ from, to, range }: Box): Slab {
  return { from, to, addresses: range };
}
