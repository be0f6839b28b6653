import type { Point } from './bounds';

/** The numbers from the first up to, but not including, the second. */
export type Extent = readonly [from: Point, to: Point];

/** A box with something in it. */
interface Entry<T> {
  /** One extent for each axis. */
  readonly box: readonly Extent[];
  readonly value: T;
  /** A search can pass over all entries of a kind. */
  readonly kind?: string;
}

/** Boxes that are next to each other in the order of the index, and the box around all of them. */
interface Node<T> {
  readonly around: readonly Extent[];
  /** The kind of all entries; absent if they have several. */
  readonly kind?: string;
  readonly parts: readonly Node<T>[];
  readonly entry?: Entry<T>;
}

/** Finds the boxes that have something in common with a box, without looking at every box. */
export class BoxIndex<T> {
  private readonly root: Node<T> | undefined;

  constructor(entries: readonly Entry<T>[]) {
    const sorted = [...entries].sort((a, b) => inOrder(a.box, b.box));
    let level = sorted.map((entry): Node<T> => ({ around: entry.box, kind: entry.kind, parts: [], entry }));
    while (level.length > 1) {
      const next: Node<T>[] = [];
      for (let index = 0; index < level.length; index += FANOUT) next.push(joined(level.slice(index, index + FANOUT)));
      level = next;
    }
    this.root = level.at(0);
  }

  /** Whether a value satisfies `holds`, among those whose boxes have something in common with `box`. */
  public some(box: readonly Extent[], holds: (value: T) => boolean, skips?: (kind: string) => boolean): boolean {
    const visit = ({ around, kind, parts, entry }: Node<T>): boolean => {
      if (!meet(around, box) || (kind !== undefined && skips?.(kind) === true)) return false;
      return entry === undefined ? parts.some(visit) : holds(entry.value);
    };
    return this.root !== undefined && visit(this.root);
  }

  /** Yields the values whose boxes have something in common with `box`, in ascending order of where they begin on the last axis. */
  public static *ascending<T>(indexes: Iterable<BoxIndex<T>>, box: readonly Extent[]): Generator<T> {
    const waiting = new Heap<Node<T>>(({ around }) => around[box.length - 1][0]);
    for (const { root } of indexes) if (root !== undefined) waiting.push(root);
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (!meet(node.around, box)) continue;
      if (node.entry === undefined) node.parts.forEach((part) => waiting.push(part));
      else yield node.entry.value;
    }
  }

  /** Returns the values whose boxes have something in common with `box`. */
  public within(box: readonly Extent[]): T[] {
    const found: T[] = [];
    this.some(box, (value) => {
      found.push(value);
      return false;
    });
    return found;
  }
}

/** Returns its items in ascending order. */
class Heap<T> {
  private readonly items: T[] = [];

  constructor(private readonly keyOf: (item: T) => Point) {}

  public push(item: T): void {
    const { items, keyOf } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (keyOf(items[parent]) <= keyOf(item)) break;
      items[at] = items[parent];
      at = parent;
    }
    items[at] = item;
  }

  public pop(): T | undefined {
    const { items, keyOf } = this;
    const [least, last] = [items.at(0), items.pop()];
    if (last === undefined || items.length === 0) return last;
    let at = 0;
    for (let child = 1; child < items.length; child = 2 * at + 1) {
      if (child + 1 < items.length && keyOf(items[child + 1]) < keyOf(items[child])) child++;
      if (keyOf(last) <= keyOf(items[child])) break;
      items[at] = items[child];
      at = child;
    }
    items[at] = last;
    return least;
  }
}

const FANOUT = 8;

function joined<T>(parts: readonly Node<T>[]): Node<T> {
  const [{ around, kind }] = parts;
  const box = around.map(([from, to], axis): Extent => {
    let [least, most] = [from, to];
    for (const part of parts) {
      const [start, end] = part.around[axis];
      if (start < least) least = start;
      if (end > most) most = end;
    }
    return [least, most];
  });
  return { around: box, kind: parts.every((part) => part.kind === kind) ? kind : undefined, parts };
}

function meet(a: readonly Extent[], b: readonly Extent[]): boolean {
  return a.every(([from, to], axis) => from < b[axis][1] && b[axis][0] < to);
}

function inOrder(a: readonly Extent[], b: readonly Extent[]): number {
  for (let axis = 0; axis < a.length; axis++) {
    const [first, second] = [a[axis][0], b[axis][0]];
    if (first !== second) return first < second ? -1 : 1;
  }
  return 0;
}
