import {
  type Box,
  BoxIndex,
  contains,
  type Extent,
  intersection,
  partIn,
  type Region,
  regionDifference,
  slabOf,
  widestBoxes,
} from '../sets';

/** A box without some of its parts: what a person allowed, next to rules that deny a part of it. */
export interface ShownBox extends Box {
  /** What is not permitted of it. */
  readonly except: readonly Box[];
}

/** What passes between two ends on one side of a change. */
export interface Side {
  readonly permitted: Region;
  /** What rules allow, as if none denied anything. Computed when it is needed. */
  readonly allowed: () => Region;
}

/** Finds the boxes that rules allowed and of which denies left only pieces. */
export class AllowedBoxes {
  private found: BoxIndex<Box> | undefined;

  constructor(private readonly side: Side) {}

  /** Returns items by the allowed box that contains them, if there are several and the box is not longer to write. */
  public containing<T>(items: readonly T[], boxOf: (item: T) => Box, place?: Box): Map<ShownBox, T[]> {
    if (items.length < 2 || this.side.allowed() === this.side.permitted) return new Map();
    this.found ??= new BoxIndex(widestBoxes(this.side.allowed()).map((box) => ({ box: extents(box), value: box })));
    const pieces = new Map<Box, T[]>();
    for (const item of items) {
      const piece = boxOf(item);
      for (const box of this.found.within(extents(piece))) {
        if (isWithin(piece, box)) pieces.set(box, [...(pieces.get(box) ?? []), item]);
      }
    }
    const left = new Set(items);
    const shown = new Map<ShownBox, T[]>();
    for (const [allowed, all] of [...pieces].sort(([, a], [, b]) => b.length - a.length)) {
      const some = all.filter((item) => left.has(item));
      if (some.length < 2) continue;
      const box = place === undefined ? allowed : commonBox(allowed, place);
      const except = widestBoxes(regionDifference([slabOf(box)], this.side.permitted));
      if (1 + except.length > some.length) continue;
      some.forEach((item) => left.delete(item));
      shown.set({ ...box, except }, some);
    }
    return shown;
  }

  /** Joins boxes that are pieces of one allowed box. All of them must be within `place`. */
  public joined(boxes: readonly Box[], place: Box): ShownBox[] {
    const byAllowed = this.containing(boxes, (box) => box, place);
    const joined = new Set([...byAllowed.values()].flat());
    return [
      ...byAllowed.keys(),
      ...boxes.filter((box) => !joined.has(box)).map((box): ShownBox => ({ ...box, except: [] })),
    ];
  }

  /** Returns what is permitted in a box. */
  public within(place: Box): ShownBox[] {
    return this.joined(widestBoxes(partIn(this.side.permitted, place)), place);
  }
}

/** Returns the ports and the IP addresses around a box, for an index. */
export function extents({ from, to, range }: Box): [ports: Extent, addresses: Extent] {
  return [
    [from, to],
    [range[0], range[range.length - 1]],
  ];
}

/** Whether a box is a part of a different one. */
export function isWithin(part: Box, { from, to, range }: Box): boolean {
  return from <= part.from && part.to <= to && contains(range, part.range);
}

function commonBox(a: Box, b: Box): Box {
  return { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to), range: intersection(a.range, b.range) };
}
