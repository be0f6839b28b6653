import { AddressFamily } from '../model/address-family';
import { refusal } from '../model/refusal';
import type { AwsContext } from './aws-context';
import type { AwsNames } from './aws-names';
import { ruleEntries } from './aws-entries';
import { awsPorts } from './aws-ports';
import { prefixListPeers } from './aws-prefix-lists';
import type { Block } from './block';
import type { NotEvaluated } from './configuration';
import { allFindings, NO_FINDINGS, unreadAttribute, unreadBlock, type Findings } from './findings';
import { allPeers, namedPeers, NO_PEERS, rangePeers, type Peers } from './peers';
import type { EndName } from './names';
import { UNORDERED, type Direction } from './rule';
import { isUnknown, UnknownValue } from './unknown-value';

const IPV4 = [AddressFamily.IPV4];
const IPV6 = [AddressFamily.IPV6];

/** Reads an `aws_vpc_security_group_ingress_rule` or `_egress_rule`: one port and one far end. */
export function readVpcRule(block: Block, direction: Direction, context: AwsContext): Findings {
  const peer = vpcRulePeers(block, context);
  return readRule(block, direction, 'ip_protocol', block.text('security_group_id'), context, peer);
}

/** Reads an `aws_security_group_rule`. */
export function readGroupRule(block: Block, context: AwsContext): Findings {
  const type = block.text('type');
  if (isUnknown(type)) return { rules: [], notEvaluated: [unreadAttribute(block, 'type', type)] };
  if (type !== 'ingress' && type !== 'egress') {
    throw refusal(block.place, 'type must be ingress or egress', String(type));
  }
  const source = block.text('source_security_group_id');
  const groups = source === undefined ? [] : [source];
  const own = block.text('security_group_id');
  const { peers, count } = listedPeers(block, { name: 'source_security_group_id', ids: groups }, own, context);
  if (count === 0) throw refusal(block.place, 'a rule must have a far end', 'none');
  const isTwo = source !== undefined && (block.flag('self') === true || hasRanges(block));
  if (isTwo) throw refusal(block.place, 'source_security_group_id must be the only far end', 'another beside it');
  return readRule(block, type, 'protocol', own, context, peers);
}

/** Reads the rules of a direction that stand within an `aws_security_group`. */
export function readInlineRules(group: Block, direction: Direction, context: AwsContext): Findings {
  const own = new UnknownValue(group.address, 'the group itself');
  const blocks = group.blocks(direction);
  if (isUnknown(blocks)) return { rules: [], notEvaluated: [unreadAttribute(group, direction, blocks)] };
  return allFindings(
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
): Findings {
  const ports = awsPorts(block, protocolAttribute);
  if (id === undefined) throw refusal(block.place, 'security_group_id must be a security group', 'nothing');
  const group = context.names.group(id);
  if ('value' in ports) {
    return { rules: [], notEvaluated: [...notEvaluated, unreadAttribute(block, ports.name, ports.value)] };
  }
  if (group === undefined) {
    return {
      rules: [],
      notEvaluated: [...notEvaluated, unreadAttribute(block, 'security_group_id', id as UnknownValue)],
    };
  }
  if (peers.length === 0) return notEvaluated.length === 0 ? NO_FINDINGS : { rules: [], notEvaluated };
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
  const given = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'].filter(
    (name) => block.value(name) !== undefined,
  );
  if (given.length !== 1) {
    const need = 'a rule must have one of cidr_ipv4, cidr_ipv6, prefix_list_id and referenced_security_group_id';
    throw refusal(block.place, need, given.length === 0 ? 'none' : given.join(' and '));
  }
  const [name] = given;
  const value = block.text(name)!;
  if (name === 'cidr_ipv4') return rangePeers(block, name, [value], IPV4);
  if (name === 'cidr_ipv6') return rangePeers(block, name, [value], IPV6);
  if (name === 'prefix_list_id') return listPeers(block, name, value, names, lists);
  return groupPeers(block, name, value, names);
}

/** The far ends of a rule that may have several, with how many are given. */
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
    ...(isUnknown(self) ? [{ peers: [], notEvaluated: [unreadAttribute(block, 'self', self)] }] : []),
  ];
  const given = parts.filter((part) => part !== NO_PEERS);
  return { peers: allPeers(given), count: given.length };
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
  if (!known) return { peers: [], notEvaluated: [unreadAttribute(block, name, id as UnknownValue)] };
  return { peers: known.peers, notEvaluated: [...known.notEvaluated, ...othersIn(block, name, id)] };
}

/** A list of which one member is known by its name may have others. */
function othersIn(block: Block, name: string, id: string | UnknownValue): NotEvaluated[] {
  return isUnknown(id) && id.stands === 'list' ? [unreadAttribute(block, name, id)] : [];
}

function groupPeers(block: Block, name: string, id: string | UnknownValue, names: AwsNames): Peers {
  const group: EndName | undefined = names.group(id);
  if (group !== undefined) return { peers: namedPeers(group), notEvaluated: othersIn(block, name, id) };
  return { peers: [], notEvaluated: [isUnknown(id) ? unreadAttribute(block, name, id) : unreadBlock(block, name)] };
}
