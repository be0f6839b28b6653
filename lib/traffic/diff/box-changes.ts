import { addTo } from '../../input';
import {
  type Bounds,
  type Box,
  contains,
  enclosingRange,
  firstIndex,
  intersection,
  type Point,
  type Region,
  regionDifference,
  regionOf,
  sizeOf,
  type Slab,
  widestBoxes,
} from '../sets';

/** One difference between two regions of ports and IP addresses. */
export interface BoxChange {
  readonly kind: 'opened' | 'closed' | 'widened' | 'narrowed';
  /** For `opened` and `widened` the box that is open now, for `closed` and `narrowed` the box that was open. */
  readonly box: Box;
  /** The smaller boxes that a widened box replaces or a narrowed box leaves open; the part of an opened or closed box that is in both. */
  readonly counterparts: readonly Box[];
  /** The part that passes in only one of the two regions. */
  readonly difference: Region;
}

/**
 * Lists the differences between two regions, by the widest boxes that changed. A box that replaces smaller boxes within it has
 * widened; any other box is opened, even if a part of it was open before.
 */
export function boxChanges(before: Region, after: Region, gained: Region, lost: Region): BoxChange[] {
  const [old, now] = [widestBoxes(before), widestBoxes(after)];
  const [oldKeys, nowKeys] = [new Set(old.map(boxKey)), new Set(now.map(boxKey))];
  const gone = old.filter((box) => !nowKeys.has(boxKey(box)));
  const added = now.filter((box) => !oldKeys.has(boxKey(box)));
  const widened = withoutRepeated(replaced('widened', added, gone, gained));
  const narrowed = withoutRepeated(replaced('narrowed', gone, added, lost));
  return [
    ...widened,
    ...rest('opened', added, gained, before, widened),
    ...narrowed,
    ...rest('closed', gone, lost, after, narrowed),
  ];
}

function replaced(
  kind: 'widened' | 'narrowed',
  wide: readonly Box[],
  small: readonly Box[],
  changed: Region,
): BoxChange[] {
  const sorted = [...small].sort((a, b) => (a.range[0] < b.range[0] ? -1 : a.range[0] > b.range[0] ? 1 : 0));
  return wide.flatMap((box) => {
    const counterparts = within(sorted, box.range).filter(
      (one) => box.from <= one.from && one.to <= box.to && contains(box.range, one.range),
    );
    const difference = counterparts.length === 0 ? [] : common(changed, box);
    return difference.length === 0 ? [] : [{ kind, box, counterparts, difference }];
  });
}

/** Drops a change of a range with exceptions if changes of the whole range, without exceptions, already show it. */
function withoutRepeated(changes: readonly BoxChange[]): BoxChange[] {
  const whole = new Map<string, BoxChange[]>();
  for (const change of changes) {
    if (change.box.range.length === 2) addTo(whole, rangeKey(change.box.range), change);
  }
  return changes.filter(({ box: { range }, difference }) => {
    if (range.length === 2) return true;
    const others = whole.get(rangeKey(enclosingRange(range))) ?? [];
    return !others.some((other) => regionDifference(difference, other.difference).length === 0);
  });
}

/** The boxes that begin in a range. */
function within(sorted: readonly Box[], range: Bounds): Box[] {
  const [first, end] = [range[0], range[range.length - 1]];
  const startOf = (bound: Point): number => firstIndex(sorted, ({ range }) => range[0] >= bound);
  return sorted.slice(startOf(first), startOf(end));
}

/** Reports what no other change covers: each box whole, with the part of it that is in both regions. */
function rest(
  kind: 'opened' | 'closed',
  boxes: readonly Box[],
  changed: Region,
  other: Region,
  reported: readonly BoxChange[],
): BoxChange[] {
  const done = reported.map(({ box }) => slabOf(box));
  let left = done.length === 0 ? changed : regionDifference(changed, regionOf(done));
  const found: BoxChange[] = [];
  for (const box of [...boxes].sort(widestFirst)) {
    if (left.length === 0) break;
    const difference = common(left, box);
    if (difference.length === 0) continue;
    left = regionDifference(left, [slabOf(box)]);
    found.push({ kind, box, counterparts: widestBoxes(common(other, box)), difference });
  }
  return found.sort((a, b) => inOrder(a.box, b.box));
}

function slabOf({ from, to, range }: Box): Slab {
  return { from, to, addresses: range };
}

function widestFirst(a: Box, b: Box): number {
  const [sizeOfA, sizeOfB] = [a, b].map(({ range }) => Number(sizeOf(range)));
  return sizeOfB - sizeOfA || b.to - b.from - (a.to - a.from) || inOrder(a, b);
}

function inOrder(a: Box, b: Box): number {
  return a.from - b.from || (a.range[0] < b.range[0] ? -1 : a.range[0] > b.range[0] ? 1 : 0) || a.to - b.to;
}

/** The part of a region that is in a box. */
function common(region: Region, { from, to, range }: Box): Region {
  return region
    .filter((slab) => slab.to > from && slab.from < to)
    .map((slab) => ({
      from: Math.max(from, slab.from),
      to: Math.min(to, slab.to),
      addresses: intersection(slab.addresses, range),
    }))
    .filter(({ addresses }) => addresses.length > 0);
}

/** Equal boxes have equal keys. */
export function boxKey({ from, to, range }: Box): string {
  return `${from}-${to}|${rangeKey(range)}`;
}

function rangeKey(range: Bounds): string {
  return range.join('-');
}
