import { ADDRESS_BITS } from '../../net';
import { ALL_INSTANCES, ANY_MACHINE, type GroupName, type Rule } from '../rule';
import { BoxIndex, type Extent, hostBitsOf, networkOf, type Point, rangesIn } from '../sets';
import { broaderNames, hasBroaderNames, hasBroaderPairs } from './broader-names';
import { byPrecedence } from './permitted-by';
import { type Pair, pairKey } from './traffic-set';

/** One packet in numbers: its pair, its port and its IP address at the far end. */
export interface PacketPoint {
  readonly pair: Pair;
  readonly port: number;
  readonly address: Point;
}

/** An index that finds the rules that match a packet without looking at every rule. */
export class RuleIndex {
  private readonly byRange = new Map<string, Rule[]>();
  /** The same rules by port, as far as they were needed. */
  private readonly byPort = new Map<string, BoxIndex<Rule>>();
  private readonly machines = new Set<GroupName>();

  constructor(rules: Iterable<Rule>) {
    for (const rule of rules) {
      for (const group of rule.groups) {
        if (hasBroaderNames(group)) this.machines.add(group);
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
        for (const rule of this.atPort(`${key}|${networkOf(address, bits)}|${bits}`, port)) found.add(rule);
      }
    }
    return [...found].sort(byPrecedence);
  }

  private atPort(key: string, port: number): readonly Rule[] {
    const rules = this.byRange.get(key);
    if (rules === undefined) return [];
    const index = this.byPort.get(key) ?? new BoxIndex(rules.flatMap(portEntries));
    this.byPort.set(key, index);
    return index.within([[port, port + 1]]);
  }

  private add(key: string, rule: Rule): void {
    const rules = this.byRange.get(key);
    if (rules) rules.push(rule);
    else this.byRange.set(key, [rule]);
  }
}

function portEntries(rule: Rule): { box: readonly Extent[]; value: Rule }[] {
  return rule.ports.map((interval) => ({ box: [interval], value: rule }));
}

/** The names under which rules match a pair: its own, and those that select every machine. */
function namesOf({ group, peer }: Pair): (readonly [Pair['group'], Pair['peer']])[] {
  const groups = [...new Set([group, ALL_INSTANCES] as const)];
  const peers = [...new Set([peer, ANY_MACHINE] as const)];
  return groups.flatMap((someGroup) => peers.map((somePeer) => [someGroup, somePeer] as const));
}
