import { boundsOf, type Bounds } from './bounds';
import { regionDifference, regionOf, type Region } from './region';
import { widestBoxes, type Box } from './widest-boxes';

/** What became of ports and addresses between one pair. */
export interface BoxChange {
  readonly kind: 'opened' | 'closed' | 'widened' | 'narrowed';
  /** What is open now; for what was closed or narrowed, what was open. */
  readonly box: Box;
  /** What a wider box took in, or what is left of one that was narrowed. */
  readonly others: readonly Box[];
  /** What passes now and did not, or does not pass any more. */
  readonly difference: Region;
}

/** Tells what two regions have of each other's: a box in the place of one within it is wider, not another. */
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
    const others = within(sorted, box.range).filter(
      (other) => box.from <= other.from && other.to <= box.to && contains(box.range, other.range),
    );
    const difference = others.length === 0 ? [] : common(changed, box);
    return difference.length === 0 ? [] : [{ kind, box, others, difference }];
  });
}

/** The boxes that begin in a range. */
function within(sorted: readonly Box[], [first, end]: Bounds): Box[] {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle].range[0] < first) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < sorted.length && sorted[last].range[0] < end) last++;
  return sorted.slice(low, last);
}

function rest(kind: 'opened' | 'closed', changed: Region, told: readonly BoxChange[]): BoxChange[] {
  const boxes = told.map(({ box: { from, to, range } }) => ({ from, to, addresses: range }));
  const left = boxes.length === 0 ? changed : regionDifference(changed, regionOf(boxes));
  return widestBoxes(left).map((box) => ({
    kind,
    box,
    others: [],
    difference: [{ from: box.from, to: box.to, addresses: box.range }],
  }));
}

/** What of a region is in a box. */
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

/** Tells boxes apart. */
export function boxKey({ from, to, range }: Box): string {
  return `${from}-${to}|${range[0]}-${range[1]}`;
}
