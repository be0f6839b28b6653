import { addTo } from '../../input';
import type { Rule } from '../rule';
import { BoxIndex, extentsOf, type Slab } from '../sets';
import { byPrecedence } from './permitted-by';
import { pairKey } from './traffic-set';

/** Returns the place of each rule in the order of evaluation; rules that are evaluated together have the same rank. */
export function ranksOf(rules: readonly Rule[]): ReadonlyMap<Rule, number> {
  const ranks = new Map<Rule, number>();
  let [rank, last]: [number, Rule | undefined] = [0, undefined];
  for (const rule of [...rules].sort(byPrecedence)) {
    if (last !== undefined && byPrecedence(last, rule) !== 0) rank++;
    ranks.set(rule, rank);
    last = rule;
  }
  return ranks;
}

/** Returns what a rule matches, for each pair of names. */
export function slabsOf({ direction, network, groups, peers, ports }: Rule): [key: string, slabs: Slab[]][] {
  return groups.flatMap((group) =>
    peers.map(({ name, family, addresses }): [string, Slab[]] => [
      pairKey({ direction, network, group, peer: name, family }),
      ports.map(([from, to]) => ({ from, to, addresses })),
    ]),
  );
}

/** Rules with equal texts match the same and are evaluated at the same place. */
export function identityOf(rule: Rule): string {
  const { stage, priority } = rule.precedence;
  const parts = slabsOf(rule).map(([key, slabs]) => {
    const texts = slabs.map(({ from, to, addresses }) => `${from}-${to} ${addresses.join(',')}`);
    return `${key} ${texts.join(';')}`;
  });
  return `${rule.action} ${stage} ${priority} ${parts.sort().join(' ')}`;
}

/** What a rule matches between one pair of names, with the place of the rule in the order of evaluation. */
export interface Part {
  readonly rule: Rule;
  readonly slab: Slab;
  readonly rank: number;
}

/** An index of what rules match, for each pair of names: by ports, IP addresses, and the place in the order of evaluation. */
export class RuleParts {
  private readonly lists = new Map<string, Part[]>();
  private readonly indexes = new Map<string, BoxIndex<Part>>();

  constructor(rules: Iterable<Rule>, ranks: ReadonlyMap<Rule, number>) {
    for (const rule of rules) {
      const rank = ranks.get(rule)!;
      for (const [key, slabs] of slabsOf(rule)) {
        for (const slab of slabs) if (slab.addresses.length > 0) addTo(this.lists, key, { rule, slab, rank });
      }
    }
  }

  /** Returns the parts that match packets between a pair of names, which `pairKey` identifies. */
  public between(key: string): BoxIndex<Part> | undefined {
    const known = this.indexes.get(key);
    const list = this.lists.get(key);
    if (known !== undefined || list === undefined) return known;
    const index = new BoxIndex(
      list.map((part) => ({ box: [...extentsOf(part.slab), [part.rank, part.rank + 1]], value: part })),
    );
    this.indexes.set(key, index);
    return index;
  }
}
