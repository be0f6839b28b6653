import { refusal, shown } from '../../input';
import { AddressFamily } from '../../net';
import type { NotEvaluated } from '../configuration';
import { type Direction, type EndName, UNORDERED } from '../rule';
import { ALL_PORTS, hasPorts, hasTypes, portInterval, type PortInterval, protocolNumber, typeInterval } from '../sets';
import { type Block, isUnknown, UnknownValue } from '../terraform';
import { type AwsContext, type AwsNames, prefixListPeers } from './aws-names';
import {
  attributeNotEvaluated,
  joinedPeers,
  joinedResults,
  namedPeers,
  NO_PEERS,
  NO_RULES,
  type Peers,
  rangePeers,
  type ReadResult,
} from './peers';

const IPV4 = [AddressFamily.IPV4];
const IPV6 = [AddressFamily.IPV6];
const VPC_RULE_FAR_ENDS = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'];
const GROUP_RULE_FAR_ENDS = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids', 'source_security_group_id', 'self'];

/** Reads an `aws_vpc_security_group_ingress_rule` or `_egress_rule`, which has exactly one far end. */
export function readVpcRule(block: Block, direction: Direction, context: AwsContext): ReadResult {
  const peer = vpcRulePeers(block, context);
  return readRule(block, direction, 'ip_protocol', block.text('security_group_id'), context, peer);
}

/** Reads an `aws_security_group_rule`. */
export function readGroupRule(block: Block, context: AwsContext): ReadResult {
  const type = block.text('type');
  if (isUnknown(type)) return { rules: [], notEvaluated: [attributeNotEvaluated(block, 'type', type)] };
  if (type !== 'ingress' && type !== 'egress') {
    throw refusal(block.place, 'rule-direction-invalid', 'type must be ingress or egress', shown(type));
  }
  const source = block.text('source_security_group_id');
  const groups = source === undefined ? [] : [source];
  const own = block.text('security_group_id');
  const { peers, count } = listedPeers(block, { name: 'source_security_group_id', ids: groups }, own, context);
  if (count === 0) {
    const need = `a rule must have one of ${GROUP_RULE_FAR_ENDS.join(', ')}`;
    throw refusal(block.place, 'rule-far-end-missing', need, 'none');
  }
  const isAmbiguous = source !== undefined && (block.flag('self') === true || hasRanges(block));
  if (isAmbiguous) {
    const need = 'source_security_group_id must not be combined with cidr_blocks, ipv6_cidr_blocks or self';
    throw refusal(block.place, 'rule-far-end-ambiguous', need, 'both');
  }
  return readRule(block, type, 'protocol', own, context, peers);
}

/** Reads the inline rules of an `aws_security_group` in one direction. */
export function readInlineRules(group: Block, direction: Direction, context: AwsContext): ReadResult {
  const own = new UnknownValue(group.address, 'the security group itself');
  const blocks = group.blocks(direction);
  if (isUnknown(blocks)) return { rules: [], notEvaluated: [attributeNotEvaluated(group, direction, blocks)] };
  return joinedResults(
    blocks.map((block) => {
      const groups = { name: 'security_groups', ids: block.texts('security_groups') };
      const { peers } = listedPeers(block, groups, own, context);
      return readRule(block, direction, 'protocol', own, context, peers);
    }),
  );
}

function readRule(
  block: Block,
  direction: Direction,
  protocolAttribute: string,
  id: string | UnknownValue | undefined,
  context: AwsContext,
  { peers, notEvaluated }: Peers,
): ReadResult {
  const ports = awsPorts(block, protocolAttribute);
  if (id === undefined) {
    throw refusal(block.place, 'rule-group-missing', 'security_group_id must be a security group', 'nothing');
  }
  const group = context.names.group(id);
  if ('value' in ports) {
    return { rules: [], notEvaluated: [...notEvaluated, attributeNotEvaluated(block, ports.name, ports.value)] };
  }
  if (group === undefined) {
    return {
      rules: [],
      notEvaluated: [...notEvaluated, attributeNotEvaluated(block, 'security_group_id', id as UnknownValue)],
    };
  }
  if (peers.length === 0) return notEvaluated.length === 0 ? NO_RULES : { rules: [], notEvaluated };
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
    entries: ruleEntries(block, context),
  };
  return { rules: [rule], notEvaluated };
}

function vpcRulePeers(block: Block, { names, lists }: AwsContext): Peers {
  const given = VPC_RULE_FAR_ENDS.filter((name) => block.value(name) !== undefined);
  if (given.length !== 1) {
    const need = `a rule must have exactly one of ${VPC_RULE_FAR_ENDS.join(', ')}`;
    if (given.length === 0) throw refusal(block.place, 'rule-far-end-missing', need, 'none');
    throw refusal(block.place, 'rule-far-end-ambiguous', need, given.join(' and '));
  }
  const [name] = given;
  const value = block.text(name)!;
  if (name === 'cidr_ipv4') return rangePeers(block, name, [value], IPV4);
  if (name === 'cidr_ipv6') return rangePeers(block, name, [value], IPV6);
  if (name === 'prefix_list_id') return listPeers(block, name, value, names, lists);
  return groupPeers(block, name, value, names);
}

/** Reads the far ends of a rule that may have several; `count` is the number of attributes and ids that are given. */
function listedPeers(
  block: Block,
  groups: { readonly name: string; readonly ids: readonly (string | UnknownValue)[] },
  own: string | UnknownValue | undefined,
  { names, lists }: AwsContext,
): { peers: Peers; count: number } {
  const self = block.flag('self');
  const parts = [
    rangePeers(block, 'cidr_blocks', block.ranges('cidr_blocks'), IPV4),
    rangePeers(block, 'ipv6_cidr_blocks', block.ranges('ipv6_cidr_blocks'), IPV6),
    ...block.texts('prefix_list_ids').map((id) => listPeers(block, 'prefix_list_ids', id, names, lists)),
    ...groups.ids.map((id) => groupPeers(block, groups.name, id, names)),
    ...(self === true && own !== undefined ? [groupPeers(block, 'self', own, names)] : []),
    ...(isUnknown(self) ? [{ peers: [], notEvaluated: [attributeNotEvaluated(block, 'self', self)] }] : []),
  ];
  const given = parts.filter((part) => part !== NO_PEERS);
  return { peers: joinedPeers(given), count: given.length };
}

function hasRanges(block: Block): boolean {
  return block.texts('cidr_blocks').length + block.texts('ipv6_cidr_blocks').length > 0;
}

function listPeers(
  block: Block,
  name: string,
  id: string | UnknownValue,
  names: AwsNames,
  lists: AwsContext['lists'],
): Peers {
  const known = prefixListPeers(id, names, lists);
  if (!known) return { peers: [], notEvaluated: [attributeNotEvaluated(block, name, id as UnknownValue)] };
  return { peers: known.peers, notEvaluated: [...known.notEvaluated, ...moreMembers(block, name, id)] };
}

/** Reports a list that is not known: only the id that it refers to is evaluated, and the list may contain more ids. */
function moreMembers(block: Block, name: string, id: string | UnknownValue): NotEvaluated[] {
  return isUnknown(id) && id.count === 'any' ? [attributeNotEvaluated(block, name, id)] : [];
}

function groupPeers(block: Block, name: string, id: string | UnknownValue, names: AwsNames): Peers {
  const group: EndName | undefined = names.group(id);
  if (group !== undefined) return { peers: namedPeers(group), notEvaluated: moreMembers(block, name, id) };
  return { peers: [], notEvaluated: [attributeNotEvaluated(block, name, id as UnknownValue)] };
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
    throw refusal(block.place, 'protocol-unknown', need, shown(protocol));
  }
  if (!hasPorts(number) && !hasTypes(number)) return portInterval(number);
  if (number === SCTP) return portInterval(number); // EC2 ignores the ports of SCTP
  const [from, to] = [block.integer('from_port'), block.integer('to_port')];
  if (isUnknown(from)) return { name: 'from_port', value: from };
  if (isUnknown(to)) return { name: 'to_port', value: to };
  return hasPorts(number) ? ports(block, number, from, to) : types(block, number, from, to);
}

function ports(block: Block, protocol: number, from: number | undefined, to: number | undefined): PortInterval {
  checkNumber(block, 'from_port', from, 0, MAX_PORT);
  checkNumber(block, 'to_port', to, 0, MAX_PORT);
  if (from > to) {
    const [got, fix] = [
      [from, to],
      [to, from],
    ].map(([first, last]) => `from_port ${first} and to_port ${last}`);
    throw refusal(block.place, 'port-range-descends', 'from_port must not be greater than to_port', got, fix);
  }
  return portInterval(protocol, from, to);
}

function types(block: Block, protocol: number, type: number | undefined, code: number | undefined): PortInterval {
  if (protocol !== 1 && type === undefined && code === undefined) return portInterval(protocol);
  checkNumber(block, 'from_port', type, -1, MAX_TYPE);
  checkNumber(block, 'to_port', code, -1, MAX_TYPE);
  if (type === -1 && code !== -1) {
    const need = 'to_port must be -1 (all ICMP codes) if from_port is -1 (all ICMP types)';
    throw refusal(block.place, 'icmp-code-without-type', need, String(code), '-1');
  }
  return typeInterval(protocol, type, code);
}

function checkNumber(
  block: Block,
  name: string,
  value: number | undefined,
  min: number,
  max: number,
): asserts value is number {
  if (value === undefined || value < min || value > max) {
    const need = `${name} must be a whole number from ${min} to ${max}`;
    throw refusal(block.place, 'number-invalid', need, shown(value));
  }
}

/**
 * Counts how much of the quota of a security group a rule uses, by family: one per range, one per group, and the maximum number of
 * entries of a prefix list.
 */
function ruleEntries(block: Block, { names, listSizes }: AwsContext): Record<AddressFamily, number> {
  const groups = countOf(block, ['referenced_security_group_id', 'source_security_group_id'], 'security_groups');
  const self = block.value('self') === true ? 1 : 0;
  const entries = {
    [AddressFamily.IPV4]: countOf(block, ['cidr_ipv4'], 'cidr_blocks') + groups + self,
    [AddressFamily.IPV6]: countOf(block, ['cidr_ipv6'], 'ipv6_cidr_blocks') + groups + self,
  };
  for (const id of [block.text('prefix_list_id') ?? [], block.texts('prefix_list_ids')].flat()) {
    const size = listSizes.get(names.list(id) ?? '');
    if (size) entries[size.family] += size.maxEntries;
    else entries[AddressFamily.IPV4] += 1;
  }
  return entries;
}

function countOf(block: Block, single: readonly string[], list: string): number {
  return single.filter((name) => block.value(name) !== undefined).length + block.texts(list).length;
}
