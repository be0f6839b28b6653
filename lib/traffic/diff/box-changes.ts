import { addTo } from '../../input';
import {
  type Bounds,
  type Box,
  BoxIndex,
  enclosingRange,
  partIn,
  type Region,
  regionDifference,
  regionOf,
  Remainder,
  sizeOf,
  slabOf,
  widestBoxes,
} from '../sets';
import { AllowedBoxes, extents, isWithin, type ShownBox, type Side } from './around-denies';

/** One difference between two regions of ports and IP addresses. */
export interface BoxChange {
  readonly kind: 'opened' | 'closed' | 'widened' | 'narrowed';
  /** For `opened` and `widened` the box that is open now, for `closed` and `narrowed` the box that was open. */
  readonly box: ShownBox;
  /** The smaller boxes that a widened box replaces or a narrowed box leaves open; the part of an opened or closed box that is in both. */
  readonly counterparts: readonly ShownBox[];
  /** The part that passes in only one of the two regions. */
  readonly difference: Region;
}

/** What passes only after a change, and only before it. */
interface Differences {
  readonly gained: Region;
  readonly lost: Region;
}

/**
 * Lists the differences between two sides, by the widest boxes that changed. A box that replaces smaller boxes within it has widened;
 * any other box is opened, even if a part of it was open before. Pieces that denies left of one allowed box are one change.
 */
export function boxChanges(before: Side, after: Side, { gained, lost }: Differences): BoxChange[] {
  const [old, now] = [widestBoxes(before.permitted), widestBoxes(after.permitted)];
  const [oldKeys, nowKeys] = [new Set(old.map(boxKey)), new Set(now.map(boxKey))];
  const gone = old.filter((box) => !nowKeys.has(boxKey(box)));
  const added = now.filter((box) => !oldKeys.has(boxKey(box)));
  const [were, are] = [new AllowedBoxes(before), new AllowedBoxes(after)];
  return [
    ...oneWay(['widened', 'opened'], { boxes: added, allowed: are, others: gone, otherAllowed: were, changed: gained }),
    ...oneWay(['narrowed', 'closed'], { boxes: gone, allowed: were, others: added, otherAllowed: are, changed: lost }),
  ];
}

/** What only one side has: its boxes that the other does not have, and the part of its traffic that does not pass there. */
interface OneWay {
  readonly boxes: readonly Box[];
  readonly allowed: AllowedBoxes;
  /** The boxes that only the other side has. */
  readonly others: readonly Box[];
  readonly otherAllowed: AllowedBoxes;
  readonly changed: Region;
}

type Kinds = readonly ['widened', 'opened'] | readonly ['narrowed', 'closed'];

function oneWay(kinds: Kinds, sides: OneWay): BoxChange[] {
  const others = new BoxIndex(sides.others.map((box) => ({ box: extents(box), value: box })));
  const wide = withoutRepeated(replaced(kinds[0], sides, others));
  return aroundDenies(kinds, sides, { pieces: [...wide, ...rest(kinds[1], sides, wide)], others });
}

/** Joins the changes of pieces of one allowed box. */
function aroundDenies(
  kinds: Kinds,
  { allowed, otherAllowed, changed }: OneWay,
  { pieces, others }: { readonly pieces: readonly BoxChange[]; readonly others: BoxIndex<Box> },
): BoxChange[] {
  const byAllowed = allowed.containing(pieces, ({ box }) => box);
  const joined = new Set([...byAllowed.values()].flat());
  const whole = [...byAllowed.keys()].map((box): BoxChange => {
    const denied = regionOf(box.except.map(slabOf));
    const isReplaced = within(others, box).some((one) => partIn(denied, one).length === 0);
    return {
      kind: isReplaced ? kinds[0] : kinds[1],
      box,
      counterparts: otherAllowed.within(box),
      difference: partIn(changed, box),
    };
  });
  return [...whole, ...pieces.filter((piece) => !joined.has(piece))];
}

function replaced(kind: Kinds[0], { boxes, otherAllowed, changed }: OneWay, others: BoxIndex<Box>): BoxChange[] {
  return boxes.flatMap((box) => {
    const counterparts = within(others, box);
    const difference = counterparts.length === 0 ? [] : partIn(changed, box);
    if (difference.length === 0) return [];
    return [{ kind, box: { ...box, except: [] }, counterparts: otherAllowed.joined(counterparts, box), difference }];
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

/** The boxes that are part of a box, in ascending order. */
function within(others: BoxIndex<Box>, box: Box): Box[] {
  const found = others.within(extents(box)).filter((one) => isWithin(one, box));
  return found.sort((a, b) => (a.range[0] < b.range[0] ? -1 : a.range[0] > b.range[0] ? 1 : 0) || a.from - b.from);
}

/** Reports what no other change covers: each box whole, with the part of it that is in both regions. */
function rest(kind: Kinds[1], { boxes, otherAllowed, changed }: OneWay, reported: readonly BoxChange[]): BoxChange[] {
  const done = reported.map(({ box }) => slabOf(box));
  const left = new Remainder(done.length === 0 ? changed : regionDifference(changed, regionOf(done)));
  const found: BoxChange[] = [];
  for (const box of [...boxes].sort(widestFirst)) {
    const difference = left.take(box);
    if (difference.length === 0) continue;
    found.push({ kind, box: { ...box, except: [] }, counterparts: otherAllowed.within(box), difference });
  }
  return found.sort((a, b) => inOrder(a.box, b.box));
}

function widestFirst(a: Box, b: Box): number {
  const [sizeOfA, sizeOfB] = [a, b].map(({ range }) => Number(sizeOf(range)));
  return sizeOfB - sizeOfA || b.to - b.from - (a.to - a.from) || inOrder(a, b);
}

function inOrder(a: Box, b: Box): number {
  return a.from - b.from || (a.range[0] < b.range[0] ? -1 : a.range[0] > b.range[0] ? 1 : 0) || a.to - b.to;
}

/** Equal boxes have equal keys. */
function boxKey({ from, to, range }: Box): string {
  return `${from}-${to}|${rangeKey(range)}`;
}

function rangeKey(range: Bounds): string {
  return range.join('-');
}

/** Equal boxes without equal parts have equal keys. */
export function shownKey({ except, ...box }: ShownBox): string {
  return [box, ...except].map(boxKey).join(' except ');
}
