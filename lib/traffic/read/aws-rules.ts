import { shown } from '../../input';
import { AddressFamily } from '../../net';
import type { KnownPart, NotEvaluated, PossibleRule } from '../configuration';
import { type Direction, type EndName, UNORDERED } from '../rule';
import { ALL_PORTS, hasPorts, hasTypes, portInterval, type PortInterval, protocolNumber, typeInterval } from '../sets';
import { type Block, isUnknown, UnknownValue, unreadable } from '../terraform';
import { type FarEndAttribute, GivenFarEndFacts, type GivenFarEnds, listedFarEnds, OneFarEnd } from './aws-far-ends';
import { type AwsContext, prefixListPeers } from './aws-names';
import {
  attributeNotEvaluated,
  joinedPeers,
  joinedResults,
  namedPeers,
  NO_PEERS,
  NO_RULES,
  type Peers,
  rangePeers,
  readable,
  type ReadResult,
  unknownMachines,
} from './peers';

const IPV4 = [AddressFamily.IPV4];
const IPV6 = [AddressFamily.IPV6];
const VPC_RULE_FAR_ENDS: readonly FarEndAttribute[] = [
  'cidr_ipv4',
  'cidr_ipv6',
  'prefix_list_id',
  'referenced_security_group_id',
];
const GROUP_RULE_FAR_ENDS = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids', 'source_security_group_id', 'self'];

/** Reads an `aws_vpc_security_group_ingress_rule` or `_egress_rule`, which has exactly one far end. */
export function readVpcRule(block: Block, direction: Direction, context: AwsContext): ReadResult {
  const name = vpcRuleFarEnd(block);
  const value = block.text(name)!;
  const peers = vpcRulePeers(block, name, value, context);
  const id = block.text('security_group_id');
  return readRule(
    { block, direction, protocol: 'ip_protocol', id, farEnds: new OneFarEnd(name, value) },
    context,
    peers,
  );
}

function vpcRulePeers(block: Block, name: FarEndAttribute, value: string | UnknownValue, context: AwsContext): Peers {
  if (name === 'cidr_ipv4') return rangePeers(block, name, [value], IPV4);
  if (name === 'cidr_ipv6') return rangePeers(block, name, [value], IPV6);
  if (name === 'prefix_list_id') return listPeers(block, name, value, context);
  return groupPeers(block, name, value, context);
}

/** Reads an `aws_security_group_rule`. */
export function readGroupRule(block: Block, context: AwsContext): ReadResult {
  const type = block.text('type');
  if (!isUnknown(type) && type !== 'ingress' && type !== 'egress') {
    throw unreadable('type must be ingress or egress', shown(type));
  }
  const isExcluded = block.flag('self') === true || hasRanges(block);
  const given = block.text('source_security_group_id');
  const source = isUnknown(given) && isExcluded ? undefined : given;
  const groups = source === undefined ? [] : [source];
  const own = block.text('security_group_id');
  const { peers, count } = listedPeers(block, { name: 'source_security_group_id', ids: groups }, own, context);
  if (count === 0) {
    const need = `a rule must have one of ${GROUP_RULE_FAR_ENDS.join(', ')}`;
    throw unreadable(need, 'none');
  }
  if (source !== undefined && isExcluded) {
    const need = 'source_security_group_id must not be combined with cidr_blocks, ipv6_cidr_blocks or self';
    throw unreadable(need, 'both');
  }
  if (isUnknown(type)) {
    const known: KnownPart = { action: 'allow', direction: 'ingress', peers: peers.peers };
    return { rules: [], notEvaluated: [{ ...attributeNotEvaluated(block, 'type', type), known }] };
  }
  const written: WrittenRule = { block, direction: type, protocol: 'protocol', id: own, farEnds: listedFarEnds(block) };
  return readRule(written, context, peers);
}

/** Reads the inline rules of an `aws_security_group` in one direction. */
export function readInlineRules(group: Block, direction: Direction, context: AwsContext): ReadResult {
  const own = new UnknownValue(group.address, 'the security group itself');
  const blocks = group.blocks(direction);
  if (isUnknown(blocks)) {
    const { peers } = rangePeers(group, direction, [blocks], [...IPV4, ...IPV6]);
    const known: KnownPart = { action: 'allow', direction, peers };
    const name = context.names.group(own, context.place);
    const possible = name && [{ action: 'allow' as const, direction, groups: [name] }];
    return { rules: [], notEvaluated: [{ ...attributeNotEvaluated(group, direction, blocks), known, possible }] };
  }
  return joinedResults(
    blocks.flatMap((block) =>
      readable(block, () => {
        const groups = { name: 'security_groups', ids: block.texts('security_groups') };
        const { peers } = listedPeers(block, groups, own, context);
        const written = { block, direction, protocol: 'protocol', id: own, farEnds: listedFarEnds(block) };
        return [readRule(written, context, peers)];
      }),
    ),
  );
}

/** A rule as it is written. */
interface WrittenRule {
  readonly block: Block;
  readonly direction: Direction;
  /** The attribute that has the protocol. */
  readonly protocol: string;
  /** The security group. */
  readonly id: string | UnknownValue | undefined;
  readonly farEnds: GivenFarEnds;
}

function readRule(
  { block, direction, protocol, id, farEnds }: WrittenRule,
  context: AwsContext,
  { peers, notEvaluated }: Peers,
): ReadResult {
  const ports = awsPorts(block, protocol);
  if (id === undefined) throw unreadable('security_group_id must be a security group', 'nothing');
  const known = context.names.group(id, context.place);
  const part: KnownPart = { action: 'allow', direction, peers };
  const possible: PossibleRule[] = [
    { ...part, groups: known && [known], ports: 'value' in ports ? undefined : [ports] },
  ];
  const stopping = (one: NotEvaluated): NotEvaluated => ({ ...one, known: part, possible });
  if ('value' in ports) {
    const missing = stopping(attributeNotEvaluated(block, ports.name, ports.value));
    return { rules: [], notEvaluated: [...notEvaluated, missing] };
  }
  const isKnown = known !== undefined;
  const missing = isKnown
    ? notEvaluated
    : [...notEvaluated, stopping(attributeNotEvaluated(block, 'security_group_id', id as UnknownValue))];
  if (peers.length === 0) return missing.length === 0 ? NO_RULES : { rules: [], notEvaluated: missing };
  const group = isKnown ? known : unknownMachines('sg', id as UnknownValue, block, 'security_group_id');
  const description = block.text('description');
  const rule = {
    address: block.address,
    file: block.file,
    direction,
    network: '',
    groups: [group],
    peers,
    ports: [ports],
    action: 'allow' as const,
    precedence: UNORDERED,
    description: isUnknown(description) ? undefined : description,
    farEnds: new GivenFarEndFacts(farEnds, group, context),
  };
  return { rules: [rule], notEvaluated: missing };
}

/** Returns the attribute that has the far end of a rule. */
function vpcRuleFarEnd(block: Block): FarEndAttribute {
  const given = withoutExcluded(block, VPC_RULE_FAR_ENDS);
  if (given.length === 1) return given[0];
  const need = `a rule must have exactly one of ${VPC_RULE_FAR_ENDS.join(', ')}`;
  throw unreadable(need, given.length === 0 ? 'none' : given.join(' and '));
}

/**
 * Returns the attributes that are given. A plan marks an attribute that was given as null as unknown; it is null if a different one
 * of the attributes has a value, because the provider accepts only one of them.
 */
function withoutExcluded<T extends string>(block: Block, names: readonly T[]): T[] {
  const given: T[] = [];
  for (const name of names) if (block.value(name) !== undefined) given.push(name);
  if (given.length <= 1) return given;
  const known = given.filter((name) => !isUnknown(block.value(name)));
  return known.length === 1 ? known : given;
}

/** Reads the far ends of a rule that may have several; `count` is the number of attributes and ids that are given. */
function listedPeers(
  block: Block,
  groups: { readonly name: string; readonly ids: readonly (string | UnknownValue)[] },
  own: string | UnknownValue | undefined,
  context: AwsContext,
): { peers: Peers; count: number } {
  const self = block.flag('self');
  const parts = [
    rangePeers(block, 'cidr_blocks', block.ranges('cidr_blocks'), IPV4),
    rangePeers(block, 'ipv6_cidr_blocks', block.ranges('ipv6_cidr_blocks'), IPV6),
    ...block.texts('prefix_list_ids').map((id) => listPeers(block, 'prefix_list_ids', id, context)),
    ...groups.ids.map((id) => groupPeers(block, groups.name, id, context)),
    ...(self === true && own !== undefined ? [selfPeers(block, own, context)] : []),
    ...(isUnknown(self) ? [{ peers: [], notEvaluated: [attributeNotEvaluated(block, 'self', self)] }] : []),
  ];
  const given = parts.filter((part) => part !== NO_PEERS);
  return { peers: joinedPeers(given), count: given.length };
}

/** Whether a rule has IP ranges that are known. */
function hasRanges(block: Block): boolean {
  return ['cidr_blocks', 'ipv6_cidr_blocks'].some((name) => {
    const value = block.value(name);
    return !isUnknown(value) && block.texts(name).some((text) => !isUnknown(text));
  });
}

function listPeers(block: Block, name: string, id: string | UnknownValue, context: AwsContext): Peers {
  const known = prefixListPeers(id, context.place, context);
  if (!known) {
    const lists = namedPeers(unknownMachines('list', id as UnknownValue, block, name));
    return { peers: lists, notEvaluated: [attributeNotEvaluated(block, name, id as UnknownValue)] };
  }
  return { peers: known.peers, notEvaluated: [...known.notEvaluated, ...moreMembers(block, name, id)] };
}

/** Reports a list that is not known: only the id that it refers to is evaluated, and the list may contain more ids. */
function moreMembers(block: Block, name: string, id: string | UnknownValue): NotEvaluated[] {
  return isUnknown(id) && id.count === 'any' ? [attributeNotEvaluated(block, name, id)] : [];
}

function groupPeers(block: Block, name: string, id: string | UnknownValue, { names, place }: AwsContext): Peers {
  const group: EndName | undefined = names.group(id, place);
  if (group !== undefined) return { peers: namedPeers(group), notEvaluated: moreMembers(block, name, id) };
  const machines = unknownMachines('sg', id as UnknownValue, block, name);
  return { peers: namedPeers(machines), notEvaluated: [attributeNotEvaluated(block, name, id as UnknownValue)] };
}

/** Returns the group of a rule as its far end. If it is not known, it has the name that it has as the group of the rule. */
function selfPeers(block: Block, own: string | UnknownValue, { names, place }: AwsContext): Peers {
  const group = names.group(own, place) ?? unknownMachines('sg', own as UnknownValue, block, 'security_group_id');
  return { peers: namedPeers(group), notEvaluated: [] };
}

const MAX_PORT = 65_535;
const MAX_TYPE = 255;
const SCTP = 132;

/** An attribute that is not known. */
interface UnknownAttribute {
  readonly name: string;
  readonly value: UnknownValue;
}

/** Returns the ports of a rule; `protocolAttribute` is the name of the attribute that has the protocol. */
function awsPorts(block: Block, protocolAttribute: string): PortInterval | UnknownAttribute {
  const protocol = block.text(protocolAttribute);
  if (isUnknown(protocol)) return { name: protocolAttribute, value: protocol };
  if (protocol === '-1' || protocol?.toLowerCase() === 'all') return ALL_PORTS;
  const number = protocol === undefined ? undefined : protocolNumber(protocol);
  if (number === undefined) {
    const need = `${protocolAttribute} must be a protocol name, a protocol number or -1`;
    throw unreadable(need, shown(protocol));
  }
  if (!hasPorts(number) && !hasTypes(number)) return portInterval(number);
  if (number === SCTP) return portInterval(number); // EC2 ignores the ports of SCTP
  const [from, to] = [block.integer('from_port'), block.integer('to_port')];
  if (isUnknown(from)) return { name: 'from_port', value: from };
  if (isUnknown(to)) return { name: 'to_port', value: to };
  return hasPorts(number) ? ports(number, from, to) : types(number, from, to);
}

function ports(protocol: number, from: number | undefined, to: number | undefined): PortInterval {
  checkNumber('from_port', from, 0, MAX_PORT);
  checkNumber('to_port', to, 0, MAX_PORT);
  if (from > to) {
    throw unreadable('from_port must not be greater than to_port', `from_port ${from} and to_port ${to}`);
  }
  return portInterval(protocol, from, to);
}

function types(protocol: number, type: number | undefined, code: number | undefined): PortInterval {
  if (protocol !== 1 && type === undefined && code === undefined) return portInterval(protocol);
  checkNumber('from_port', type, -1, MAX_TYPE);
  checkNumber('to_port', code, -1, MAX_TYPE);
  if (type === -1 && code !== -1) {
    const need = 'to_port must be -1 (all ICMP codes) if from_port is -1 (all ICMP types)';
    throw unreadable(need, String(code));
  }
  return typeInterval(protocol, type, code);
}

function checkNumber(name: string, value: number | undefined, min: number, max: number): asserts value is number {
  if (value === undefined || value < min || value > max) {
    const need = `${name} must be a whole number from ${min} to ${max}`;
    throw unreadable(need, shown(value));
  }
}
