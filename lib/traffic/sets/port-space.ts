import { AddressFamily } from '../../net';

const PORTS = 65_536;
const PROTOCOLS = 256;

/** An interval of the axis of all ports: from the first number up to, but not including, the second. */
export type PortInterval = readonly [from: number, to: number];

/**
 * All ports of all protocols. Each is one number, the protocol number times 65,536 plus 16 bits, so "everything" is one interval.
 *
 * The 16 bits are the port, or for ICMP the type and the code. For other protocols they have no meaning: such a protocol always
 * has all 65,536 numbers.
 */
export const ALL_PORTS: PortInterval = [0, PROTOCOLS * PORTS];

const NUMBERS: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  esp: 50,
  ah: 51,
  icmpv6: 58,
  sctp: 132,
};
const NAMES = new Map(Object.entries(NUMBERS).map(([name, number]) => [number, name]));
const WITH_PORTS = new Set([NUMBERS.tcp, NUMBERS.udp, NUMBERS.sctp]);
const WITH_TYPES = new Set([NUMBERS.icmp, NUMBERS.icmpv6]);

/** Returns the number of a protocol in any spelling that the clouds accept, or nothing if the text is not a protocol. */
export function protocolNumber(text: string): number | undefined {
  const lower = text.toLowerCase();
  if (Object.hasOwn(NUMBERS, lower)) return NUMBERS[lower];
  return /^\d{1,3}$/.test(lower) && Number(lower) < PROTOCOLS ? Number(lower) : undefined;
}

/** Whether a protocol has ports. */
export function hasPorts(protocol: number): boolean {
  return WITH_PORTS.has(protocol);
}

/** Whether a protocol has types and codes instead of ports. */
export function hasTypes(protocol: number): boolean {
  return WITH_TYPES.has(protocol);
}

/** Whether packets with these ports exist in a family: ICMP is a protocol of IPv4, and ICMPv6 one of IPv6. */
export function existsIn(family: AddressFamily, [from, to]: PortInterval): boolean {
  const protocol = protocolOf(from);
  const isOfOne = to <= (protocol + 1) * PORTS;
  return !(isOfOne && protocol === (family === AddressFamily.IPV4 ? NUMBERS.icmpv6 : NUMBERS.icmp));
}

/** Returns the ports of a protocol from `first` to `last`, inclusive. */
export function portInterval(protocol: number, first = 0, last = PORTS - 1): PortInterval {
  return [protocol * PORTS + first, protocol * PORTS + last + 1];
}

/** Returns an ICMP type with its codes; -1 means all types or all codes. */
export function typeInterval(protocol: number, type: number, code: number): PortInterval {
  if (type < 0) return portInterval(protocol);
  return code < 0
    ? portInterval(protocol, type * 256, type * 256 + 255)
    : portInterval(protocol, type * 256 + code, type * 256 + code);
}

/** Whether two lists of intervals have a port in common. */
export function overlap(a: readonly PortInterval[], b: readonly PortInterval[]): boolean {
  return a.some(([from, to]) => b.some(([first, end]) => from < end && first < to));
}

/** Returns the protocol number of a port on the axis of all ports. */
export function protocolOf(port: number): number {
  return Math.floor(port / PORTS);
}

/** Returns an interval as texts, one for each protocol: `443/tcp`, `30000-32767/udp`, `icmp type 8`, `esp`, `all`. */
export function portTexts([from, to]: PortInterval): string[] {
  if (from === ALL_PORTS[0] && to === ALL_PORTS[1]) return ['all'];
  const texts: string[] = [];
  let start = from;
  while (start < to) {
    const [end, text] = firstPiece(start, to);
    texts.push(text);
    start = end;
  }
  return texts;
}

/** Consecutive whole protocols that have no names are one piece. */
function firstPiece(from: number, to: number): [end: number, text: string] {
  const protocol = protocolOf(from);
  const end = Math.min(to, (protocol + 1) * PORTS);
  const [first, last] = [from - protocol * PORTS, end - 1 - protocol * PORTS];
  const isWhole = first === 0 && last === PORTS - 1;
  if (hasPorts(protocol)) return [end, `${first === last ? first : `${first}-${last}`}/${NAMES.get(protocol)!}`];
  if (hasTypes(protocol) && !isWhole) return typePiece(from, to, protocol);
  const name = NAMES.get(protocol);
  if (name !== undefined) return [end, name];
  let after = protocol + 1;
  while (!NAMES.has(after) && (after + 1) * PORTS <= to) after++;
  return [
    isWhole ? after * PORTS : end,
    after === protocol + 1 ? `protocol ${protocol}` : `protocols ${protocol}-${after - 1}`,
  ];
}

function typePiece(from: number, to: number, protocol: number): [end: number, text: string] {
  const [type, code] = [Math.floor((from % PORTS) / 256), from % 256];
  const end = Math.min(to, (Math.floor(from / 256) + 1) * 256);
  const last = (end - 1) % 256;
  const codes = code === 0 && last === 255 ? '' : code === last ? ` code ${code}` : ` codes ${code}-${last}`;
  return [end, `${NAMES.get(protocol)!} type ${type}${codes}`];
}

/** Whether an interval is one port, one ICMP type and code, or one protocol that has neither. */
export function isOnePort([from, to]: PortInterval): boolean {
  const protocol = protocolOf(from);
  return to - from === (hasPorts(protocol) || hasTypes(protocol) ? 1 : PORTS);
}

/** Parses a text in the form that `portTexts` returns; returns nothing for any other text. */
export function parsePorts(text: string): PortInterval | undefined {
  if (text === 'all') return ALL_PORTS;
  // other programs read leading zeros as octal, or not at all
  if (/\b0\d/.test(text)) return undefined;
  const match = /^(?:(\d{1,5})(?:[-:](\d{1,5}))?\/)?([a-z\d]+)$/i.exec(text);
  if (!match) return parseTypes(text) ?? parseProtocols(text);
  const [, first, last = first, name] = match;
  const protocol = protocolNumber(name);
  if (protocol === undefined) return undefined;
  if (first === undefined) return portInterval(protocol);
  const isRange = hasPorts(protocol) && Number(first) <= Number(last) && Number(last) < PORTS;
  return isRange ? portInterval(protocol, Number(first), Number(last)) : undefined;
}

/** Returns the text without blanks around it and leading zeros, if it then is a port. */
export function strictPorts(text: string): string | undefined {
  const strict = text.trim().replace(/\b0+(?=\d)/g, '');
  return parsePorts(strict) && strict;
}

/** `icmp type 8`, `icmp type 3 code 4`, `icmpv6 type 1 codes 0-4`. */
function parseTypes(text: string): PortInterval | undefined {
  const match = /^(icmp|icmpv6) type (\d{1,3})(?: codes? (\d{1,3})(?:-(\d{1,3}))?)?$/i.exec(text);
  if (!match) return undefined;
  const [, name, type, first = '0', last = match[3] ?? '255'] = match;
  const isIn = [type, first, last].every((number) => Number(number) < 256) && Number(first) <= Number(last);
  const start = Number(type) * 256;
  return isIn ? portInterval(protocolNumber(name)!, start + Number(first), start + Number(last)) : undefined;
}

/** `protocol 47`, `protocols 18-49`. */
function parseProtocols(text: string): PortInterval | undefined {
  const [, first, last = first] = /^protocols? (\d{1,3})(?:-(\d{1,3}))?$/i.exec(text) ?? [];
  if (first === undefined || Number(first) > Number(last) || Number(last) >= PROTOCOLS) return undefined;
  return [portInterval(Number(first))[0], portInterval(Number(last))[1]];
}
