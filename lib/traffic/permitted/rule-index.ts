import { ADDRESS_BITS } from '../../net';
import { ALL_INSTANCES, ANY_MACHINE, type GroupName, type Rule } from '../rule';
import { hostBitsOf, networkOf, type Point, rangesIn } from '../sets';
import { broaderNames, hasBroaderPairs } from './broader-names';
import { byPrecedence } from './permitted-by';
import { type Pair, pairKey } from './permitted-traffic';

/** One packet in numbers: its pair, its port and its IP address at the far end. */
export interface PacketPoint {
  readonly pair: Pair;
  readonly port: number;
  readonly address: Point;
}

/** An index that finds the rules that match a packet without looking at every rule. */
export class RuleIndex {
  private readonly byRange = new Map<string, Rule[]>();
  private readonly machines = new Set<GroupName>();

  constructor(rules: Iterable<Rule>) {
    for (const rule of rules) {
      for (const group of rule.groups) {
        if (group.startsWith('machines:')) this.machines.add(group);
        for (const { name, family, addresses } of rule.peers) {
          const { direction, network } = rule;
          const key = pairKey({ direction, network, group, peer: name, family });
          for (const range of rangesIn(addresses)) this.add(`${key}|${range[0]}|${hostBitsOf(range)}`, rule);
        }
      }
    }
  }

  /** Returns the rules that match a packet, in the order in which they are evaluated. */
  public matching({ pair, port, address }: PacketPoint): Rule[] {
    const found = new Set<Rule>();
    const names = hasBroaderPairs(pair) ? broaderNames(pair, this.machines) : namesOf(pair);
    for (const [group, peer] of names) {
      const key = pairKey({ ...pair, group, peer });
      for (let bits = 0; bits <= ADDRESS_BITS[pair.family]; bits++) {
        const rules = this.byRange.get(`${key}|${networkOf(address, bits)}|${bits}`);
        rules
          ?.filter(({ ports }) => ports.some(([from, to]) => from <= port && port < to))
          .forEach((rule) => found.add(rule));
      }
    }
    return [...found].sort(byPrecedence);
  }

  private add(key: string, rule: Rule): void {
    const rules = this.byRange.get(key);
    if (rules) rules.push(rule);
    else this.byRange.set(key, [rule]);
  }
}

/** The names under which rules match a pair: its own, and those that select every machine. */
function namesOf({ group, peer }: Pair): (readonly [Pair['group'], Pair['peer']])[] {
  const groups = [...new Set([group, ALL_INSTANCES] as const)];
  const peers = [...new Set([peer, ANY_MACHINE] as const)];
  return groups.flatMap((someGroup) => peers.map((somePeer) => [someGroup, somePeer] as const));
}
