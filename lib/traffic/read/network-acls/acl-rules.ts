import { shown } from '../../../input';
import type { AclRule } from '../../network-acl';
import {
  ALL_PORTS,
  hasPorts,
  hasTypes,
  parseRange,
  portInterval,
  type PortInterval,
  protocolNumber,
  typeInterval,
} from '../../sets';
import { type Block, isUnknown, unreadable, type UnknownValue } from '../../terraform';

/** The names of the attributes of a rule: a resource of its own and a nested block call some of them differently. */
export interface AclRuleNames {
  readonly number: string;
  readonly action: string;
}

const MAX_PORT = 65_535;

/** Reads a rule of a network ACL. Returns the attribute that is not known, if there is one. Throws if it contradicts itself. */
export function readAclRule(block: Block, names: AclRuleNames): AclRule | { readonly unknown: string } {
  const given = ['protocol', 'from_port', 'to_port', 'icmp_type', 'icmp_code', 'cidr_block', 'ipv6_cidr_block'];
  const unknown = [names.number, names.action, ...given].find((name) => isUnknown(block.value(name)));
  if (unknown !== undefined) return { unknown: `${unknown} is ${(block.value(unknown) as UnknownValue).reason}` };
  const action = (block.text(names.action) as string | undefined)?.toLowerCase();
  if (action !== 'allow' && action !== 'deny') throw unreadable(`${names.action} must be allow or deny`, shown(action));
  const number = block.integer(names.number) as number | undefined;
  if (number === undefined) throw unreadable(`${names.number} must be a whole number`, 'nothing');
  const text = [block.text('cidr_block'), block.text('ipv6_cidr_block')].find((one) => one !== undefined && one !== '');
  if (text === undefined) throw unreadable('a rule must have cidr_block or ipv6_cidr_block', 'neither');
  const range = parseRange(text as string);
  if ('problem' in range) throw unreadable(`cidr_block ${range.problem}`, shown(text));
  const { family, bounds: addresses } = range;
  return { address: block.address, number, action, family, addresses, ports: portsOf(block) };
}

/** Returns the ports that a rule whose attributes are all known matches. */
function portsOf(block: Block): PortInterval {
  const protocol = block.text('protocol') as string | undefined;
  if (protocol === '-1' || protocol?.toLowerCase() === 'all') return ALL_PORTS;
  const number = protocol === undefined ? undefined : protocolNumber(protocol);
  if (number === undefined) {
    throw unreadable('protocol must be a protocol name, a protocol number or -1', shown(protocol));
  }
  const [type = -1, code = -1] = ['icmp_type', 'icmp_code'].map((name) => block.integer(name) as number | undefined);
  if (hasTypes(number)) return typeInterval(number, type, code);
  if (!hasPorts(number)) return portInterval(number);
  const [from = 0, to = MAX_PORT] = ['from_port', 'to_port'].map((name) => block.integer(name) as number | undefined);
  if (from > to || from < 0 || to > MAX_PORT) {
    throw unreadable(`from_port and to_port must be a range from 0 to ${MAX_PORT}`, `${from} and ${to}`);
  }
  return portInterval(number, from, to);
}
