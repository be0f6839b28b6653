import { refusal, shown } from '../model/refusal';
import type { Block } from './block';
import { ALL_PORTS, hasPorts, portInterval, protocolNumber, type PortInterval } from './port-space';
import { isUnknown, UnknownValue } from './unknown-value';

const PORTS = /^(\d{1,5})(?:-(\d{1,5}))?$/;
const LAST_PORT = 65_535;

/** The ports of the blocks in which a firewall rule lists protocols. A protocol without ports has all of them. */
export function gcpPorts(blocks: readonly Block[], protocolAttribute: string): readonly PortInterval[] | UnknownValue {
  const ports: PortInterval[] = [];
  for (const block of blocks) {
    const part = blockPorts(block, protocolAttribute);
    if (isUnknown(part)) return part;
    ports.push(...part);
  }
  return ports;
}

function blockPorts(block: Block, protocolAttribute: string): readonly PortInterval[] | UnknownValue {
  const protocol = block.text(protocolAttribute);
  if (isUnknown(protocol)) return protocol;
  if (protocol?.toLowerCase() === 'all') return [ALL_PORTS];
  if (protocol?.toLowerCase() === 'ipip') {
    return new UnknownValue(undefined, 'ipip, of which GCP does not say the number');
  }
  const number = protocol === undefined ? undefined : protocolNumber(protocol);
  if (number === undefined) {
    throw refusal(block.place, `${protocolAttribute} must be a protocol or all`, shown(protocol));
  }
  const texts = block.texts('ports');
  const unknown = texts.find(isUnknown);
  if (unknown !== undefined) return unknown;
  if (texts.length === 0) return [portInterval(number)];
  if (!hasPorts(number)) throw refusal(block.place, 'ports are for tcp, udp and sctp', `ports of ${protocol!}`);
  return texts.map((text) => interval(block, number, text as string));
}

function interval(block: Block, protocol: number, text: string): PortInterval {
  const [, first, last = first] = PORTS.exec(text) ?? [];
  if (first === undefined || Number(last) > LAST_PORT) {
    throw refusal(block.place, `ports must be numbers from 0 to ${LAST_PORT}, as "443" or "8000-8100"`, shown(text));
  }
  if (Number(first) > Number(last)) {
    throw refusal(block.place, 'ports must run upwards', shown(text), shown(`${last}-${first}`));
  }
  return portInterval(protocol, Number(first), Number(last));
}
