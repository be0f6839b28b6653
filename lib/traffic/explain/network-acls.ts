import { PROTOCOLS } from '../../net';
import type { Configuration, NotEvaluated } from '../configuration';
import type { NetworkAcl, Subnet, Subnets } from '../network-acl';
import { ONLY_EXPLAINED } from '../register';
import { ANY_MACHINE, type EndName, type RulePeer } from '../rule';
import { contains, hasPorts, isWhole, type PortInterval, portInterval, protocolOf, typeInterval } from '../sets';
import { type AclPackets, judgedByAcl } from '../verdict';
import { type EvaluatedGate, NETWORK_ACL, type Verdict, VERDICTS } from './answer';
import type { QuestionEnd } from './ends';

/** A subnet that an end may be in: a known one, none that has a network ACL in these files, or one that is not known. */
type Placement = Subnet | 'elsewhere' | 'not known';

/** The subnets of both ends of a packet. */
interface Crossing {
  readonly from: Placement;
  readonly to: Placement;
}

type Side = keyof Crossing;

/** The packets that leave and enter subnets, from the request to its answer. */
interface Step {
  readonly side: Side;
  readonly packet: EvaluatedGate['packet'];
  readonly direction: AclPackets['direction'];
}

const STEPS: readonly Step[] = [
  { side: 'from', packet: 'request', direction: 'egress' },
  { side: 'to', packet: 'request', direction: 'ingress' },
  { side: 'to', packet: 'answer', direction: 'egress' },
  { side: 'from', packet: 'answer', direction: 'ingress' },
];

/**
 * The ports from which clients open connections, whatever their operating system
 * (https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html).
 */
const EPHEMERAL = [1024, 65_535] as const;

/**
 * Judges a packet, and the answer to it, by the network ACLs of the subnets of both ends. Packets within a subnet pass none. Returns no gate
 * for a subnet whose network ACL is not in these files.
 */
export function judgedBySubnets(
  from: QuestionEnd,
  to: QuestionEnd,
  port: PortInterval,
  subnets: Subnets | undefined,
): readonly EvaluatedGate[] {
  if (subnets === undefined || aclsOf(subnets).length === 0) return [];
  const crossings = placementsOf(from, subnets).flatMap((one) =>
    placementsOf(to, subnets).map((other): Crossing => ({ from: one, to: other })),
  );
  return STEPS.flatMap((step) => {
    const answers = crossings.map((crossing) => gateAt(step, crossing, { ends: { from, to }, port, subnets }));
    return joinedGates(answers) ?? [];
  });
}

/** Returns the network ACLs of subnets, each once. */
export function aclsOf({ all, anywhere }: Subnets): NetworkAcl[] {
  return [...new Set([...all.flatMap(({ acl }) => acl ?? []), ...anywhere])];
}

/** Returns what could not be evaluated, apart from the network ACLs that are: every other output lists these too. */
export function withoutEvaluatedAcls({ subnets, notEvaluated }: Configuration): readonly NotEvaluated[] {
  if (subnets === undefined) return notEvaluated;
  const reasons = new Map<string, string | undefined>();
  for (const { name, rules, uncertain, unknown } of aclsOf(subnets)) {
    const missing = [...uncertain.ingress, ...uncertain.egress];
    for (const { address } of [...rules.ingress, ...rules.egress]) reasons.set(address, unknown);
    for (const { rule, reason } of missing) reasons.set(rule.address, unknown ?? reason);
    // inline rules are listed as their network ACL
    const inline = missing.find(({ rule }) => rule.address === name || rule.address.startsWith(`${name}.`));
    reasons.set(name, unknown ?? inline?.reason);
  }
  return notEvaluated.flatMap((one) => {
    if (one.reason !== ONLY_EXPLAINED || !reasons.has(one.address)) return [one];
    const reason = reasons.get(one.address);
    return reason === undefined ? [] : [{ ...one, reason }];
  });
}

/** Returns the subnets that an end may be in. */
function placementsOf({ end, peers }: QuestionEnd, subnets: Subnets): readonly Placement[] {
  const atAddress = peers.filter(({ family, addresses }) => !isWhole(family, addresses));
  const isOnAws = end.groups.some((group) => group.startsWith('sg:'));
  if (atAddress.length > 0) {
    const found = subnets.all.filter(({ ranges }) => atAddress.every((peer) => isIn(peer, ranges)));
    if (found.length > 0) return found;
    return isOnAws && hasUnknownRanges(subnets) ? ['not known'] : ['elsewhere'];
  }
  if (!isOnAws) return ['elsewhere'];
  return end.groups.flatMap((group): Placement[] => {
    const known = subnets.ofGroups.get(group as EndName) ?? [];
    const isPart = known.length === 0 || subnets.unplaced.has(group as EndName);
    return [...new Set(known), ...(isPart ? (['not known'] as const) : [])];
  });
}

function isIn({ family, addresses }: RulePeer, ranges: Subnet['ranges']): boolean {
  return ranges.some((range) => range.family === family && contains(range.bounds, addresses));
}

function hasUnknownRanges({ all, anywhere }: Subnets): boolean {
  return anywhere.length > 0 || all.some(({ acl, ranges }) => acl !== undefined && ranges.length === 0);
}

/** What all gates of a question have in common. */
interface Asked {
  readonly ends: Readonly<Record<Side, QuestionEnd>>;
  readonly port: PortInterval;
  readonly subnets: Subnets;
}

/** Returns what the network ACL of one subnet does; nothing if there is none. */
function gateAt({ side, packet, direction }: Step, crossing: Crossing, asked: Asked): EvaluatedGate | undefined {
  const { ends, port, subnets } = asked;
  const own = crossing[side];
  const other = crossing[side === 'from' ? 'to' : 'from'];
  const ports = packet === 'request' ? port : answerTo(port);
  const isSameSubnet = own === other && own !== 'not known';
  if (own === 'elsewhere' || isSameSubnet || ports === undefined) return undefined;
  const end = ends[side === 'from' ? 'to' : 'from'];
  const far = farEnds(end, other).filter((peer) => mayHave(own, peer));
  // of no packets, every network ACL would let all pass
  const packets: AclPackets = { direction, peers: far.length === 0 ? end.peers : far, ports };
  const gate = { kind: NETWORK_ACL, end: side === 'from' ? 'source' : 'destination', packet } as const;
  if (own === 'not known') {
    const passesAll = aclsOf(subnets).every((acl) => verdictOf(acl, packets, packet).verdict === 'passes');
    if (passesAll) return undefined;
    const reason =
      'these files do not say in which subnet the machines are, and not every network ACL lets the packet pass';
    return { ...gate, name: 'of an unknown subnet', verdict: 'not known', reason, rules: [] };
  }
  const { acl, name } = own;
  if (acl === undefined) {
    const isAny = subnets.anywhere.some((one) => verdictOf(one, packets, packet).verdict !== 'passes');
    const reason = 'it is not known whether this subnet has one of the network ACLs';
    return isAny ? { ...gate, name: `of ${name}`, verdict: 'not known', reason, rules: [] } : undefined;
  }
  return { ...gate, name: `${acl.name} of ${name}`, ...verdictOf(acl, packets, packet) };
}

function verdictOf(
  acl: NetworkAcl,
  packets: AclPackets,
  packet: EvaluatedGate['packet'],
): Pick<EvaluatedGate, 'verdict' | 'reason' | 'rules'> {
  const { verdict, rules } = judgedByAcl(acl, packets);
  const deciding = rules.map(({ address, number, action }) => ({ address, number, action }));
  const missing = acl.unknown ?? decidingReason(acl, packets);
  if (missing !== undefined) return { verdict: 'not known', reason: missing, rules: deciding };
  if (packet === 'request' || verdict === 'passes') return { verdict, rules: deciding };
  if (!isAlwaysAnswered(packets.ports)) {
    const reason = 'an answer in this protocol is not allowed, and not every program that uses it answers';
    return { verdict: 'not known', reason, rules: deciding };
  }
  if (verdict === 'refused') return { verdict, rules: deciding };
  const reason = `the answer is sent to a port that the client chooses, and not all from ${EPHEMERAL.join(' to ')} are allowed`;
  return { verdict: 'not known', reason, rules: deciding };
}

/** Returns why it is not known what the rules do; nothing if those of which something is not known decide nothing, whatever they are. */
function decidingReason({ rules, uncertain }: NetworkAcl, packets: AclPackets): string | undefined {
  const { direction } = packets;
  const missing = uncertain[direction];
  if (missing.length === 0) return undefined;
  const judged = (['allow', 'deny'] as const).map((action) => {
    const assumed = missing.filter(({ actions }) => actions.includes(action)).map(({ rule }) => ({ ...rule, action }));
    const all = [...assumed, ...rules[direction]].sort((a, b) => a.number - b.number);
    return judgedByAcl({ rules: { ...rules, [direction]: all } }, packets).verdict;
  });
  const [most, least] = judged;
  return most === least && most !== 'depends on the IP address' ? undefined : missing[0].reason;
}

/** Returns the far ends as a network ACL sees them: machines that are given by name have an IP address of their subnet. */
function farEnds({ peers }: QuestionEnd, placement: Placement): readonly RulePeer[] {
  if (typeof placement === 'string' || placement.ranges.length === 0) return peers;
  return peers.flatMap((peer) => {
    if (!isWhole(peer.family, peer.addresses)) return [peer];
    const ranges = placement.ranges.filter(({ family }) => family === peer.family);
    return ranges.map(({ family, bounds }) => ({ name: ANY_MACHINE, family, addresses: bounds }));
  });
}

/** Whether machines in a subnet may have packets of the family of a far end. */
function mayHave(own: Placement, { family }: RulePeer): boolean {
  return typeof own === 'string' || own.ranges.length === 0 || own.ranges.some((range) => range.family === family);
}

/** Returns what the answer to a packet is sent to; nothing if there is no answer. */
function answerTo(port: PortInterval): PortInterval | undefined {
  const protocol = protocolOf(port[0]);
  if (hasPorts(protocol)) return portInterval(protocol, ...EPHEMERAL);
  const isRequest = (icmp: number, type: number): boolean =>
    protocol === icmp && portsContain(typeInterval(icmp, type, -1), port);
  if (isRequest(PROTOCOLS.icmp, 8)) return typeInterval(PROTOCOLS.icmp, 0, 0);
  if (isRequest(PROTOCOLS.icmpv6, 128)) return typeInterval(PROTOCOLS.icmpv6, 129, 0);
  const hasTypes = protocol === PROTOCOLS.icmp || protocol === PROTOCOLS.icmpv6;
  return hasTypes ? undefined : port;
}

/** Whether a packet that passes is always answered: UDP and protocols without ports, such as those of tunnels, may go one way only. */
function isAlwaysAnswered([from]: PortInterval): boolean {
  const protocol = protocolOf(from);
  return (
    protocol !== PROTOCOLS.udp && (hasPorts(protocol) || protocol === PROTOCOLS.icmp || protocol === PROTOCOLS.icmpv6)
  );
}

function portsContain([from, to]: PortInterval, [first, end]: PortInterval): boolean {
  return from <= first && end <= to;
}

/** Joins what the gates of several possible subnets do: their common answer, else that it depends on the subnet. */
function joinedGates(answers: readonly (EvaluatedGate | undefined)[]): EvaluatedGate | undefined {
  const found = answers.flatMap((answer) => answer ?? []);
  if (found.length === 0) return undefined;
  const verdicts = new Set<Verdict>(answers.map((answer) => answer?.verdict ?? 'passes'));
  const names = [...new Set(found.map(({ name }) => name))];
  const rules = [...new Map(found.flatMap((gate) => gate.rules.map((rule) => [rule.address, rule]))).values()];
  const joined = { ...found[0], name: names.join(', '), rules };
  if (verdicts.size === 1) return joined;
  const verdict = VERDICTS.find((one) => verdicts.has(one) && one !== 'refused' && one !== 'passes') ?? 'not known';
  const each = found.map(({ name, verdict: own }) => `${own} at ${name}`);
  return { ...joined, verdict, reason: `it depends on the subnet: ${[...new Set(each)].join(', ')}` };
}
