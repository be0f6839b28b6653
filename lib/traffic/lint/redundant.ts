import { grouped } from '../../input';
import type { Configuration } from '../configuration';
import type { DocumentedRowIndex } from '../documented-row';
import { broaderNames, hasBroaderNames, hasBroaderPairs, pairKey } from '../permitted';
import type { GroupName, Rule } from '../rule';
import { firstIndex, hostBitsOf, networkOf, type Point, type PortInterval, portTexts } from '../sets';
import { type CoveredRule, coveredTogether, DeniesBetween, type RulePart, partsOf } from './covered-together';
import { type Finding, findingAt, namesFor } from './finding';

/** Finds rules that open nothing that other rules do not open too. */
export function redundantRules(
  { rules, stackNames }: Pick<Configuration, 'rules' | 'stackNames'>,
  documented: DocumentedRowIndex,
): Finding[] {
  const covered = coveredRules(rules, (rule) => documented.of(rule).length > 0).filter(
    ({ rule, covers }) => !covers.every((cover) => isCopyThatLogs(rule, cover)),
  );
  const allowing = grouped(
    rules.filter(({ action }) => action === 'allow'),
    placeOf,
  );
  return [...grouped(covered, ({ rule }) => placeOf(rule))].flatMap(([place, some]) => {
    const [{ rule }] = some;
    const isWhole = some.length === allowing.get(place)!.length;
    const isDocumented = documented.of(rule).length > 0;
    // a network policy needs its part for name servers, whatever other policies for its pods have
    if (!isWhole && isDocumented) return [];
    const covers = new Set(some.flatMap((one) => one.covers));
    const others = [...covers].filter((cover) => !isWhole || placeOf(cover) !== place);
    const isByHand = isDocumented && others.every((cover) => documented.of(cover).length === 0);
    const all = namesFor(rule, others, stackNames);
    const names = all.join(' and ');
    const what = isWhole ? 'it' : `its part for ${portsText(some)}`;
    const message = isByHand
      ? `${names} ${all.length === 1 ? 'opens' : 'open'} the same, and no known document asks for that`
      : `${what} opens nothing that ${names} ${all.length === 1 ? 'does' : 'do'} not open`;
    return [findingAt(rule, 'redundant', message, [...new Set(others.map(({ address }) => address))])];
  });
}

/** Identifies the resource of a rule. A network policy and a security group with inline rules have several rules. */
function placeOf({ file, address }: Rule): string {
  return `${file}\n${address}`;
}

function portsText(covered: readonly CoveredRule[]): string {
  return [...new Set(covered.flatMap(({ rule }) => rule.ports.flatMap(portTexts)))].join(', ');
}

const COPY_THAT_LOGS = /; a copy of (\S+) that logs \[/;

/** Whether a rule is the copy of another one that `shadow: true` of `GcpFirewall` makes, so that it opens the same on purpose. */
export function isCopyThatLogs({ description = '' }: Rule, original: Rule): boolean {
  const name = COPY_THAT_LOGS.exec(description)?.[1];
  return name !== undefined && original.address.endsWith(`.firewall_${name}`);
}

/**
 * Finds the covered rules; of two equal rules, only the second is covered. Documented rules that cover one together are not a reason to remove
 * one of them, because each of them has its reason: on GCP, `overlap` reports them.
 */
function coveredRules(rules: readonly Rule[], isDocumented: (rule: Rule) => boolean): CoveredRule[] {
  const between = new DeniesBetween(rules);
  const allowing = rules.filter(({ action }) => action === 'allow');
  const covered = coveredByOne(allowing, between);
  const together = coveredTogether(allowing, new Set(covered.map(({ rule }) => rule)), between);
  return [...covered, ...together.filter(({ rule, covers }) => ![rule, ...covers].every(isDocumented))];
}

/** Finds rules each part of which is within a part of one other rule. */
function coveredByOne(allowing: readonly Rule[], between: DeniesBetween): CoveredRule[] {
  const parts = allowing.map(partsOf);
  const index = new RangeCovers();
  allowing.forEach((rule, order) => {
    for (const part of parts[order]) index.add(part, { rule, order, ports: part.ports });
  });
  const machines = new Set(allowing.flatMap(({ groups }) => groups.filter(hasBroaderNames)));
  return allowing.flatMap((rule, order) => {
    const covers = parts[order].map((part) => index.find(part, order, machines));
    const isCovered = covers.length > 0 && covers.every((cover) => cover !== undefined);
    if (!isCovered || covers.some((cover) => between.matters(rule, cover))) return [];
    return [{ rule, covers: [...new Set(covers)] }];
  });
}

interface Entry {
  readonly rule: Rule;
  readonly order: number;
  readonly ports: PortInterval;
}

/** Among rules for the same range, finds one that has all ports of an interval. */
class PortCover {
  private readonly entries: Entry[] = [];
  /** For each index, the two rules up to it with the highest last ports; of equal ones, the earlier rule comes first. */
  private farthest: (readonly [Entry, Entry?])[] | undefined;

  public add(entry: Entry): void {
    this.entries.push(entry);
  }

  /** Finds a rule other than number `order`; an equal rule only if it comes before that. */
  public find([from, to]: PortInterval, order: number, isSameRange: boolean): Rule | undefined {
    if (isSameRange && this.entries.length === 1) return undefined;
    this.farthest ??= farthestOf(this.entries);
    const next = firstIndex(this.entries, ({ ports }) => ports[0] > from);
    const candidates = next === 0 ? [] : this.farthest[next - 1];
    return candidates.find((entry): entry is Entry => {
      if (entry === undefined || entry.order === order || entry.ports[1] < to) return false;
      const isEqual = isSameRange && entry.ports[0] === from && entry.ports[1] === to;
      return !isEqual || entry.order < order;
    })?.rule;
  }
}

/** Sorts entries by their first ports, and returns for each the two up to it with the highest last ports. */
function farthestOf(entries: Entry[]): [Entry, Entry?][] {
  entries.sort((a, b) => a.ports[0] - b.ports[0] || b.ports[1] - a.ports[1] || a.order - b.order);
  const farthest: [Entry, Entry?][] = [];
  for (const entry of entries) {
    const [best, second] = farthest.at(-1) ?? [];
    if (best === undefined || entry.ports[1] > best.ports[1]) farthest.push([entry, best]);
    else if (second === undefined || entry.ports[1] > second.ports[1]) farthest.push([best, entry]);
    else farthest.push([best, second]);
  }
  return farthest;
}

/** Finds rules for a range and for all ranges that contain it. */
class RangeCovers {
  /** By the pair of names, by how many bits a range leaves open, by its first address. */
  private readonly byPair = new Map<string, Map<number, Map<number | string, PortCover>>>();

  public add({ key, range }: RulePart, entry: Entry): void {
    const byBits = entryOf(this.byPair, key, () => new Map<number, Map<number | string, PortCover>>());
    const byFirst = entryOf(byBits, hostBitsOf(range), () => new Map<number | string, PortCover>());
    entryOf(byFirst, firstKey(range[0]), () => new PortCover()).add(entry);
  }

  /**
   * Finds a rule other than number `order` that allows everything in a part. Rules for the names of the part come first, then those for
   * broader names and `machines` that include its own; of each, the narrowest range comes first.
   */
  public find(part: RulePart, order: number, machines: ReadonlySet<GroupName>): Rule | undefined {
    const { pair, key } = part;
    const found = this.findAt(key, part, order);
    if (found !== undefined || !hasBroaderPairs(pair)) return found;
    for (const [group, peer] of broaderNames(pair, machines)) {
      const broader = this.findAt(pairKey({ ...pair, group, peer }), part, order);
      if (broader) return broader;
    }
    return undefined;
  }

  /** Finds a rule for the pair of names that `pairKey` identifies. */
  private findAt(pair: string, { key, range, ports }: RulePart, order: number): Rule | undefined {
    const byBits = this.byPair.get(pair);
    if (byBits === undefined) return undefined;
    const own = hostBitsOf(range);
    for (const bits of [...byBits.keys()].sort((a, b) => a - b)) {
      if (bits < own) continue;
      const found = byBits
        .get(bits)!
        .get(firstKey(networkOf(range[0], bits)))
        ?.find(ports, order, pair === key && bits === own);
      if (found) return found;
    }
    return undefined;
  }
}

/** Returns text in place of bigints, because maps are slow if their keys are bigints that end with the same digits. */
function firstKey(point: Point): number | string {
  return typeof point === 'number' ? point : point.toString(36);
}

/** Returns the value of a key, which is made if it is missing. */
function entryOf<K, V>(map: Map<K, V>, key: K, made: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = made();
  map.set(key, value);
  return value;
}
