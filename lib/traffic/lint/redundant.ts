import { grouped } from '../../input';
import { ADDRESS_BITS, AddressFamily } from '../../net';
import type { DocumentedRowIndex } from '../documented-row';
import { broaderNames, hasBroaderPairs, type Pair, pairKey, ranksOf } from '../permitted';
import type { Rule } from '../rule';
import {
  type Bounds,
  BoxIndex,
  firstIndex,
  hostBitsOf,
  networkOf,
  type Point,
  type PortInterval,
  rangesIn,
} from '../sets';
import { type Finding, findingAt } from './finding';

/** Finds rules that open nothing that other rules do not open too. */
export function redundantRules(rules: readonly Rule[], documented: DocumentedRowIndex): Finding[] {
  return coveredRules(rules).map(({ rule, covers }) => {
    const related = covers.map(({ address }) => address);
    const isByHand = documented.of(rule).length > 0 && covers.every((cover) => documented.of(cover).length === 0);
    const names = related.join(' and ');
    const message = isByHand
      ? `${names} ${related.length === 1 ? 'opens' : 'open'} the same, and no known document asks for that`
      : `it opens nothing that ${names} ${related.length === 1 ? 'does' : 'do'} not open`;
    return findingAt(rule, 'redundant', message, related);
  });
}

/** A rule, and the rules that allow everything that it allows. */
interface CoveredRule {
  readonly rule: Rule;
  readonly covers: readonly Rule[];
}

/** Finds the covered rules; of two equal rules, only the second is covered. */
function coveredRules(rules: readonly Rule[]): CoveredRule[] {
  const between = new DeniesBetween(rules);
  const allowing = rules.filter(({ action }) => action === 'allow');
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
  const machines = new Set(allowing.flatMap(({ groups }) => groups.filter((group) => group.startsWith('machines:'))));
  return allowing.flatMap((rule, order) => {
    const covers = partsOf(rule).map(([key, ports, pair]) => {
      const broader = hasBroaderPairs(pair) ? broaderNames(pair, machines) : [];
      const keys = broader.map(([group, peer]) => keyOf({ ...pair, group, peer }, key));
      return [key, ...keys].reduce<Rule | undefined>(
        (found, one) => found ?? coverOf(one, ports, order, { index, isOwn: one === key }),
        undefined,
      );
    });
    const isCovered = covers.length > 0 && covers.every((cover) => cover !== undefined);
    if (!isCovered || covers.some((cover) => between.matters(rule, cover))) return [];
    return [{ rule, covers: [...new Set(covers)] }];
  });
}

/** Finds rules that deny between two rules that allow. */
class DeniesBetween {
  private readonly ranks: ReadonlyMap<Rule, number>;
  private readonly byScope: ReadonlyMap<string, BoxIndex<Rule>>;

  constructor(rules: readonly Rule[]) {
    this.ranks = ranksOf(rules);
    const denies = grouped(
      rules.filter(({ action }) => action !== 'allow'),
      scopeOf,
    );
    this.byScope = new Map(
      [...denies].map(([scope, some]) => {
        const entries = some.flatMap((value) => {
          const rank = this.ranks.get(value)!;
          return value.ports.map((ports) => ({ box: [ports, [rank, rank + 1]] as const, value }));
        });
        return [scope, new BoxIndex(entries)];
      }),
    );
  }

  /** Whether the place of a rule matters although a different one allows the same: it is shadowed by that, or a deny is between them. */
  public matters(rule: Rule, cover: Rule): boolean {
    const denies = this.byScope.get(scopeOf(rule));
    if (denies === undefined) return false;
    const [own, covering] = [this.ranks.get(rule)!, this.ranks.get(cover)!];
    return covering < own || rule.ports.some((ports) => denies.some([ports, [own + 1, covering]], () => true));
  }
}

interface Entry {
  readonly rule: Rule;
  readonly order: number;
  readonly ports: PortInterval;
}

/** Among rules for the same range, finds one that has all ports of an interval. */
class PortCover {
  private readonly sorted: readonly Entry[];
  /** For each index, the two rules up to it with the highest last ports; of equal ones, the earlier rule comes first. */
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

  /** Finds a rule other than number `order`; an equal rule only if it comes before that. */
  public find([from, to]: PortInterval, order: number, isSameRange: boolean): Rule | undefined {
    const next = firstIndex(this.sorted, ({ ports }) => ports[0] > from);
    const candidates = next === 0 ? [] : this.farthest[next - 1];
    return candidates.find((entry): entry is Entry => {
      if (entry === undefined || entry.order === order || entry.ports[1] < to) return false;
      const isEqual = isSameRange && entry.ports[0] === from && entry.ports[1] === to;
      return !isEqual || entry.order < order;
    })?.rule;
  }
}

/** The rules in which a cover is looked for, and whether it must come first if it is for the same names and range. */
interface Covering {
  readonly index: ReadonlyMap<string, PortCover>;
  readonly isOwn: boolean;
}

function coverOf(key: string, ports: PortInterval, order: number, { index, isOwn }: Covering): Rule | undefined {
  for (const wider of widerKeys(key)) {
    const found = index.get(wider)?.find(ports, order, isOwn && wider === key);
    if (found) return found;
  }
  return undefined;
}

function partsOf(rule: Rule): [key: string, ports: PortInterval, pair: Pair][] {
  const { direction, network, groups, peers, ports } = rule;
  return groups.flatMap((group) =>
    peers.flatMap(({ name, family, addresses }) =>
      rangesIn(addresses).flatMap((range) =>
        ports.map((interval): [string, PortInterval, Pair] => {
          const pair = { direction, network, group, peer: name, family };
          return [`${pairKey(pair)}|${rangeKey(range)}`, interval, pair];
        }),
      ),
    ),
  );
}

/** Returns the key of a different pair with the same range. */
function keyOf(pair: Pair, key: string): string {
  return `${pairKey(pair)}${key.slice(key.lastIndexOf('|'))}`;
}

function rangeKey(range: Bounds): string {
  return `${range[0]}/${hostBitsOf(range)}`;
}

/** The keys of a range and of all ranges that contain it. */
function widerKeys(key: string): string[] {
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

function scopeOf({ direction, network }: Rule): string {
  return `${direction}|${network}`;
}
