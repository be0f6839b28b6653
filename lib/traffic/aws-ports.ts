import { refusal, shown } from '../model/refusal';
import type { Block } from './block';
import {
  ALL_PORTS,
  hasPorts,
  hasTypes,
  portInterval,
  protocolNumber,
  typeInterval,
  type PortInterval,
} from './port-space';
import { isUnknown, type UnknownValue } from './unknown-value';

const LAST_PORT = 65_535;
const LAST_TYPE = 255;

/** An attribute that is not known. */
export interface UnknownAttribute {
  readonly name: string;
  readonly value: UnknownValue;
}

/** The ports of a rule of a security group, whose protocol stands in the attribute of that name. */
export function awsPorts(block: Block, protocolAttribute: string): PortInterval | UnknownAttribute {
  const protocol = block.text(protocolAttribute);
  if (isUnknown(protocol)) return { name: protocolAttribute, value: protocol };
  if (protocol === '-1' || protocol?.toLowerCase() === 'all') return ALL_PORTS;
  const number = protocol === undefined ? undefined : protocolNumber(protocol);
  if (number === undefined) {
    const need = `${protocolAttribute} must be a protocol, its number or -1`;
    throw refusal(block.place, need, shown(protocol));
  }
  if (!hasPorts(number) && !hasTypes(number)) return portInterval(number);
  if (protocol!.toLowerCase() === 'sctp' || number === 132) return portInterval(number); // EC2 knows no ports of SCTP
  const [from, to] = [block.integer('from_port'), block.integer('to_port')];
  if (isUnknown(from)) return { name: 'from_port', value: from };
  if (isUnknown(to)) return { name: 'to_port', value: to };
  return hasPorts(number) ? ports(block, number, from, to) : types(block, number, from, to);
}

function ports(block: Block, protocol: number, from: number | undefined, to: number | undefined): PortInterval {
  checkNumber(block, 'from_port', from, 0, LAST_PORT);
  checkNumber(block, 'to_port', to, 0, LAST_PORT);
  if (from > to) throw refusal(block.place, 'ports must run upwards', `${from}-${to}`, `${to}-${from}`);
  return portInterval(protocol, from, to);
}

function types(block: Block, protocol: number, type: number | undefined, code: number | undefined): PortInterval {
  if (protocol !== 1 && type === undefined && code === undefined) return portInterval(protocol);
  checkNumber(block, 'from_port', type, -1, LAST_TYPE);
  checkNumber(block, 'to_port', code, -1, LAST_TYPE);
  if (type === -1 && code !== -1) throw refusal(block.place, 'all ICMP types have all codes', `code ${code}`, '-1');
  return typeInterval(protocol, type, code);
}

function checkNumber(
  block: Block,
  name: string,
  value: number | undefined,
  least: number,
  most: number,
): asserts value is number {
  if (value === undefined || value < least || value > most) {
    throw refusal(block.place, `${name} must be a whole number from ${least} to ${most}`, shown(value));
  }
}
