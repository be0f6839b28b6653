import { AddressFamily } from '../model/address-family';
import { ADDRESS_BITS } from '../model/address-family';
import { rangesIn } from './address-space';
import type { Bounds, Point } from './bounds';
import { pairKey } from './permitted-traffic';
import type { PortInterval } from './port-space';
import type { Rule } from './rule';

/** Rules that only let through, each with one that lets all of the same through. Of two that are alike the second is found. */
export function coveringRule(rules: readonly Rule[]): [Rule, Rule][] {
  const denying = new Set(rules.filter(({ action }) => action !== 'allow').map(scopeOf));
  const allowing = rules.filter((rule) => !denying.has(scopeOf(rule)));
  const entries = new Map<string, Entry[]>();
  allowing.forEach((rule, order) => {
    for (const [key, ports] of partsOf(rule)) {
      const list = entries.get(key);
      const entry = { rule, order, ports };
      if (list) list.push(entry);
      else entries.set(key, [entry]);
    }
  });
  const index = new Map([...entries].map(([key, list]) => [key, new PortCover(list)]));
  return allowing.flatMap((rule, order): [Rule, Rule][] => {
    const covers = partsOf(rule).map(([key, ports]) => coverOf(key, ports, order, index));
    const [first] = covers;
    return first !== undefined && covers.every((cover) => cover !== undefined) ? [[rule, first]] : [];
  });
}

interface Entry {
  readonly rule: Rule;
  readonly order: number;
  readonly ports: PortInterval;
}

/** Finds among rules of one range one that has all ports of an interval. */
class PortCover {
  private readonly sorted: readonly Entry[];
  /** Of each place, the rule up to it whose ports reach farthest, and of those that reach as far the first given. */
  private readonly farthest: readonly (readonly [Entry, Entry?])[];

  constructor(entries: readonly Entry[]) {
    this.sorted = [...entries].sort((a, b) => a.ports[0] - b.ports[0] || b.ports[1] - a.ports[1] || a.order - b.order);
    const farthest: [Entry, Entry?][] = [];
    for (const entry of this.sorted) {
      const [best, second] = farthest.at(-1) ?? [];
      if (best === undefined || entry.ports[1] > best.ports[1]) farthest.push([entry, best]);
      else if (second === undefined || entry.ports[1] > second.ports[1]) farthest.push([best, entry]);
      else farthest.push([best, second]);
    }
    this.farthest = farthest;
  }

  /** A rule other than the one of that order; one that is just alike only where it was given before. */
  public find([from, to]: PortInterval, order: number, isSameRange: boolean): Rule | undefined {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.sorted[middle].ports[0] <= from) low = middle + 1;
      else high = middle;
    }
    const candidates = low === 0 ? [] : this.farthest[low - 1];
    return candidates.find((entry): entry is Entry => {
      if (entry === undefined || entry.order === order || entry.ports[1] < to) return false;
      const isAlike = isSameRange && entry.ports[0] === from && entry.ports[1] === to;
      return !isAlike || entry.order < order;
    })?.rule;
  }
}

function coverOf(
  key: Part,
  ports: PortInterval,
  order: number,
  index: ReadonlyMap<string, PortCover>,
): Rule | undefined {
  for (const wider of widerKeys(key)) {
    const found = index.get(wider)?.find(ports, order, wider === key);
    if (found) return found;
  }
  return undefined;
}

type Part = string;

function partsOf(rule: Rule): [Part, PortInterval][] {
  const { direction, network, groups, peers, ports } = rule;
  return groups.flatMap((group) =>
    peers.flatMap(({ name, family, addresses }) =>
      rangesIn(addresses).flatMap((range) =>
        ports.map((interval): [Part, PortInterval] => [
          `${pairKey({ direction, network, group, peer: name, family })}|${rangeKey(range)}`,
          interval,
        ]),
      ),
    ),
  );
}

function rangeKey([first, end]: Bounds): string {
  return `${first}/${typeof first === 'number' ? Math.log2(Number(end) - first) : (BigInt(end) - first).toString(2).length - 1}`;
}

/** The keys of a range and of all ranges that it lies in. */
function widerKeys(key: Part): string[] {
  const at = key.lastIndexOf('|');
  const [first, bits] = key.slice(at + 1).split('/');
  const isIpv6 = key.slice(0, at).endsWith(AddressFamily.IPV6);
  const most = ADDRESS_BITS[isIpv6 ? AddressFamily.IPV6 : AddressFamily.IPV4];
  const point: Point = isIpv6 ? BigInt(first) : Number(first);
  return Array.from({ length: most - Number(bits) + 1 }, (_, index) => {
    const size = Number(bits) + index;
    return `${key.slice(0, at)}|${networkOf(point, size)}/${size}`;
  });
}

function networkOf(point: Point, bits: number): Point {
  if (typeof point === 'number') return point - (point % 2 ** bits);
  return (point >> BigInt(bits)) << BigInt(bits);
}

function scopeOf({ direction, network }: Rule): string {
  return `${direction}|${network}`;
}
