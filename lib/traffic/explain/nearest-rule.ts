import { type DocumentedRowIndex, mention, type RuleMention } from '../documented-row';
import { coversName, type PacketPoint } from '../permitted';
import { ALL_INSTANCES, ANY_MACHINE, type Rule } from '../rule';
import { type Bounds, has, type Point, protocolOf, WHOLE } from '../sets';

/** The part of a rule that does not match a packet. */
type Mismatch = 'port' | 'peer' | 'protocol' | 'group' | 'direction' | 'order';

/** The rule that comes closest to allowing a packet, with all reasons why it does not allow it. */
export interface NearestRule extends RuleMention {
  /** The parts that do not match; `order` if all parts match, but a rule that denies is evaluated first. */
  readonly fails: readonly Mismatch[];
}

/** Likely mistakes cost less: a wrong port is likelier than a wrong far end, and that is likelier than a wrong group. */
const COSTS: Readonly<Record<Mismatch, number>> = { order: 0, port: 1, peer: 2, protocol: 4, group: 8, direction: 16 };

/** Finds the rule with the fewest and likeliest mismatches; among equals, the one with the closest ports, then IP addresses. */
export function nearestRule(
  rules: readonly Rule[],
  packet: PacketPoint,
  index: DocumentedRowIndex,
): NearestRule | undefined {
  let best: { rule: Rule; fails: Mismatch[]; rank: readonly (number | bigint)[] } | undefined;
  for (const rule of rules) {
    if (rule.action !== 'allow') continue;
    const fails = mismatches(rule, packet);
    const rank = [fails.length, cost(fails), portDistance(rule, packet.port), addressDistance(rule, packet)];
    if (best === undefined || isBefore(rank, best.rank)) best = { rule, fails, rank };
  }
  return best && { ...mention(best.rule, index), fails: best.fails.length === 0 ? ['order'] : best.fails };
}

function mismatches(rule: Rule, { pair, port, address }: PacketPoint): Mismatch[] {
  const { groups, peers, ports, direction, network } = rule;
  const isGroup =
    network === pair.network && groups.some((group) => group === ALL_INSTANCES || coversName(group, pair.group));
  const isPeer = peers.some(
    ({ name, family, addresses }) =>
      (name === ANY_MACHINE || coversName(name, pair.peer)) && family === pair.family && has(addresses, address),
  );
  const isPort = ports.some(([from, to]) => from <= port && port < to);
  const isProtocol =
    isPort ||
    ports.some(([from, to]) => protocolOf(from) <= protocolOf(port) && protocolOf(port) <= protocolOf(to - 1));
  return [
    ...(isPort ? [] : [isProtocol ? ('port' as const) : ('protocol' as const)]),
    ...(isPeer ? [] : ['peer' as const]),
    ...(isGroup ? [] : ['group' as const]),
    ...(direction === pair.direction ? [] : ['direction' as const]),
  ];
}

function cost(fails: readonly Mismatch[]): number {
  return fails.reduce((sum, one) => sum + COSTS[one], 0);
}

function portDistance({ ports }: Rule, port: number): number {
  return ports.reduce(
    (least, [from, to]) => Math.min(least, port < from ? from - port : port >= to ? port - to + 1 : 0),
    Infinity,
  );
}

function addressDistance({ peers }: Rule, { pair, address }: PacketPoint): number | bigint {
  const own = peers.filter(({ name, family }) => family === pair.family && name === ANY_MACHINE);
  const distances = own.map(({ addresses }) => distanceTo(addresses, address));
  return distances.reduce((least, one) => (one < least ? one : least), WHOLE[pair.family][1]);
}

function distanceTo(addresses: Bounds, address: Point): number | bigint {
  if (has(addresses, address)) return 0;
  const gaps = addresses.map((border) =>
    typeof border === 'number' ? Math.abs(border - Number(address)) : distance(border, BigInt(address)),
  );
  return gaps.reduce((least, one) => (one < least ? one : least));
}

function distance(a: bigint, b: bigint): bigint {
  return a < b ? b - a : a - b;
}

function isBefore(a: readonly (number | bigint)[], b: readonly (number | bigint)[]): boolean {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index >= 0 && a[index] < b[index];
}
