import { shown } from '../../../input';
import type { AclRule, UncertainAclRule } from '../../network-acl';
import {
  type AddressRange,
  ALL_PORTS,
  FAMILIES,
  hasPorts,
  hasTypes,
  parseRange,
  portInterval,
  type PortInterval,
  protocolNumber,
  typeInterval,
  WHOLE,
} from '../../sets';
import { type Block, isUnknown, unreadable, type UnknownValue } from '../../terraform';

/** The names of the attributes of a rule: a resource of its own and a nested block call some of them differently. */
export interface AclRuleNames {
  readonly number: string;
  readonly action: string;
}

const MAX_PORT = 65_535;

const OF_PORTS = ['protocol', 'from_port', 'to_port', 'icmp_type', 'icmp_code'];
const OF_RANGES = ['cidr_block', 'ipv6_cidr_block'];

/** Returns a rule as everything that it may be, once for each family, because something of it is not known. */
export function uncertainRules(block: Block, names: AclRuleNames, reason: string): UncertainAclRule[] {
  const isKnown = (all: readonly string[]): boolean => !all.some((name) => isUnknown(block.value(name)));
  const [number, action] = [block.value(names.number), block.value(names.action)].map(String);
  const range = isKnown(OF_RANGES) ? rangeIn(block) : undefined;
  const given = /^(?:allow|deny)$/i.test(action) ? [action.toLowerCase() as AclRule['action']] : undefined;
  return FAMILIES.filter((family) => range === undefined || range.family === family).map((family) => ({
    rule: {
      address: block.address,
      // a rule whose number is not known may come first
      number: /^\d+$/.test(number) ? Number(number) : 0,
      action: 'allow',
      family,
      addresses: range?.bounds ?? WHOLE[family],
      ports: isKnown(OF_PORTS) ? portsOf(block) : ALL_PORTS,
    },
    actions: given ?? ['allow', 'deny'],
    reason,
  }));
}

/** Reads a rule of a network ACL. Returns the attribute that is not known, if there is one. Throws if it contradicts itself. */
export function readAclRule(block: Block, names: AclRuleNames): AclRule | { readonly unknown: string } {
  const all = [names.number, names.action, ...OF_PORTS, ...OF_RANGES];
  const unknown = all.find((name) => isUnknown(block.value(name)));
  if (unknown !== undefined) return { unknown: `${unknown} is ${(block.value(unknown) as UnknownValue).reason}` };
  const action = (block.text(names.action) as string | undefined)?.toLowerCase();
  if (action !== 'allow' && action !== 'deny') throw unreadable(`${names.action} must be allow or deny`, shown(action));
  const number = block.integer(names.number) as number | undefined;
  if (number === undefined) throw unreadable(`${names.number} must be a whole number`, 'nothing');
  const { family, bounds: addresses } = rangeIn(block);
  return { address: block.address, number, action, family, addresses, ports: portsOf(block) };
}

function rangeIn(block: Block): AddressRange {
  const text = OF_RANGES.map((name) => block.text(name)).find((one) => one !== undefined && one !== '');
  if (text === undefined) throw unreadable('a rule must have cidr_block or ipv6_cidr_block', 'neither');
  const range = parseRange(text as string);
  if ('problem' in range) throw unreadable(`cidr_block ${range.problem}`, shown(text));
  return range;
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
