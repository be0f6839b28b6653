import {
  type Bounds,
  boundsOf,
  type Box,
  firstIndex,
  type Point,
  type Region,
  regionDifference,
  regionOf,
  widestBoxes,
} from '../sets';

/** One difference between two regions of ports and IP addresses. */
export interface BoxChange {
  readonly kind: 'opened' | 'closed' | 'widened' | 'narrowed';
  /** For `opened` and `widened` the box that is open now, for `closed` and `narrowed` the box that was open. */
  readonly box: Box;
  /** The smaller boxes that a widened box replaces, or that a narrowed box leaves open. */
  readonly counterparts: readonly Box[];
  /** The part that passes in only one of the two regions. */
  readonly difference: Region;
}

/** Lists the differences between two regions. A box that replaces smaller boxes within it has widened; it is not opened anew. */
export function boxChanges(before: Region, after: Region, gained: Region, lost: Region): BoxChange[] {
  const [old, now] = [widestBoxes(before), widestBoxes(after)];
  const [oldKeys, nowKeys] = [new Set(old.map(boxKey)), new Set(now.map(boxKey))];
  const gone = old.filter((box) => !nowKeys.has(boxKey(box)));
  const added = now.filter((box) => !oldKeys.has(boxKey(box)));
  const widened = replaced('widened', added, gone, gained);
  const narrowed = replaced('narrowed', gone, added, lost);
  return [...widened, ...rest('opened', gained, widened), ...narrowed, ...rest('closed', lost, narrowed)];
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

/** The boxes that begin in a range. */
function within(sorted: readonly Box[], [first, end]: Bounds): Box[] {
  const startOf = (bound: Point): number => firstIndex(sorted, ({ range }) => range[0] >= bound);
  return sorted.slice(startOf(first), startOf(end));
}

function rest(kind: 'opened' | 'closed', changed: Region, reported: readonly BoxChange[]): BoxChange[] {
  const boxes = reported.map(({ box: { from, to, range } }) => ({ from, to, addresses: range }));
  const left = boxes.length === 0 ? changed : regionDifference(changed, regionOf(boxes));
  return widestBoxes(left).map((box) => ({
    kind,
    box,
    counterparts: [],
    difference: [{ from: box.from, to: box.to, addresses: box.range }],
  }));
}

/** The part of a region that is in a box. */
function common(region: Region, { from, to, range }: Box): Region {
  const outside = boundsOf([...range]);
  return region
    .filter((slab) => slab.to > from && slab.from < to)
    .map((slab) => ({
      from: Math.max(from, slab.from),
      to: Math.min(to, slab.to),
      addresses: cut(slab.addresses, outside),
    }))
    .filter(({ addresses }) => addresses.length > 0);
}

function cut(addresses: Bounds, [first, end]: Bounds): Bounds {
  const inside = [];
  for (let index = 0; index < addresses.length; index += 2) {
    const [from, to] = [addresses[index], addresses[index + 1]];
    if (to > first && from < end) inside.push(from > first ? from : first, to < end ? to : end);
  }
  return inside;
}

function contains([first, end]: Bounds, [from, to]: Bounds): boolean {
  return first <= from && to <= end;
}

/** Equal boxes have equal keys. */
export function boxKey({ from, to, range }: Box): string {
  return `${from}-${to}|${range[0]}-${range[1]}`;
}
