import { AddressFamily } from '../model/address-family';
import { rangesIn } from './address-space';
import type { Point } from './bounds';
import { ALL_INSTANCES, ANY_MACHINE } from './names';
import { pairKey, type Pair } from './permitted-traffic';
import { byPrecedence } from './permitted-by';
import type { Rule } from './rule';

/** One packet as numbers. */
export interface PacketPoint {
  readonly pair: Pair;
  readonly port: number;
  readonly address: Point;
}

const LENGTHS: Readonly<Record<AddressFamily, number>> = { [AddressFamily.IPV4]: 32, [AddressFamily.IPV6]: 128 };

/** Finds the rules that match a packet without asking all of them. */
export class RuleIndex {
  private readonly byRange = new Map<string, Rule[]>();

  constructor(rules: Iterable<Rule>) {
    for (const rule of rules) {
      for (const group of rule.groups) {
        for (const { name, family, addresses } of rule.peers) {
          const { direction, network } = rule;
          const key = pairKey({ direction, network, group, peer: name, family });
          for (const [first, end] of rangesIn(addresses)) this.add(`${key}|${first}|${sizeOf(first, end)}`, rule);
        }
      }
    }
  }

  /** The rules that match a packet, in the order in which they are asked. */
  public matching({ pair, port, address }: PacketPoint): Rule[] {
    const found = new Set<Rule>();
    for (const [group, peer] of namesOf(pair)) {
      const key = pairKey({ ...pair, group, peer });
      for (let bits = 0; bits <= LENGTHS[pair.family]; bits++) {
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

/** A pair by the names that it has and by those that all machines have. */
function namesOf({ group, peer }: Pair): (readonly [Pair['group'], Pair['peer']])[] {
  const groups = [...new Set([group, ALL_INSTANCES] as const)];
  const peers = [...new Set([peer, ANY_MACHINE] as const)];
  return groups.flatMap((one) => peers.map((other) => [one, other] as const));
}

/** How many low bits a range leaves open. */
function sizeOf(first: Point, end: Point): number {
  return typeof first === 'number' ? Math.log2(Number(end) - first) : (BigInt(end) - first).toString(2).length - 1;
}

function networkOf(address: Point, bits: number): Point {
  if (typeof address === 'number') return address - (address % 2 ** bits);
  return (address >> BigInt(bits)) << BigInt(bits);
}
