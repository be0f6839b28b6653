import { AddressFamily } from './ip-address';
import { hasPorts, hasTypes, nameOfProtocol, PROTOCOL_COUNT, PROTOCOLS, protocolNumber } from './protocols';

const PORTS = 65_536;
const CODES = 256;

/** An interval of the axis of all ports: from the first number up to, but not including, the second. */
export type PortInterval = readonly [from: number, to: number];

/**
 * All ports of all protocols. Each is one number, the protocol number times 65,536 plus 16 bits, so "everything" is one interval.
 *
 * The 16 bits are the port, or for ICMP the type and the code. For other protocols they have no meaning: such a protocol always
 * has all 65,536 numbers.
 */
export const ALL_PORTS: PortInterval = [0, PROTOCOL_COUNT * PORTS];

/** The first numbers of the protocols that exist in only one family, and those after them. */
export const FAMILY_BOUNDARIES: readonly number[] = [PROTOCOLS.icmp, PROTOCOLS.icmpv6].flatMap((protocol) => [
  protocol * PORTS,
  (protocol + 1) * PORTS,
]);

/** Whether packets with these ports exist in a family: ICMP is a protocol of IPv4, and ICMPv6 one of IPv6. */
export function existsIn(family: AddressFamily, [from, to]: PortInterval): boolean {
  const protocol = protocolOf(from);
  const isOfOne = to <= (protocol + 1) * PORTS;
  return !(isOfOne && protocol === (family === AddressFamily.IPV4 ? PROTOCOLS.icmpv6 : PROTOCOLS.icmp));
}

/** Returns the ports of a protocol from `first` to `last`, inclusive. */
export function portInterval(protocol: number, first = 0, last = PORTS - 1): PortInterval {
  return [protocol * PORTS + first, protocol * PORTS + last + 1];
}

/** Returns an ICMP type with its codes; -1 means all types or all codes. */
export function typeInterval(protocol: number, type: number, code: number): PortInterval {
  if (type < 0) return portInterval(protocol);
  return code < 0
    ? portInterval(protocol, type * CODES, type * CODES + CODES - 1)
    : portInterval(protocol, type * CODES + code, type * CODES + code);
}

/** Whether two lists of intervals have a port in common. */
export function overlap(a: readonly PortInterval[], b: readonly PortInterval[]): boolean {
  return a.some(([from, to]) => b.some(([first, end]) => from < end && first < to));
}

/** Returns the protocol number of a port on the axis of all ports. */
export function protocolOf(port: number): number {
  return Math.floor(port / PORTS);
}

/**
 * Returns an interval as texts, one for each protocol: `443/tcp`, `30000-32767/udp`, `8/icmp` for a type, `9-255/icmp` for several,
 * `3.4/icmp` for a type with its code, `icmp` for all types, `50/ip` for a protocol without ports, `all`.
 */
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

/** Consecutive whole protocols without ports are one piece. */
function firstPiece(from: number, to: number): [end: number, text: string] {
  const protocol = protocolOf(from);
  const end = Math.min(to, (protocol + 1) * PORTS);
  const [first, last] = [from - protocol * PORTS, end - 1 - protocol * PORTS];
  if (hasPorts(protocol)) return [end, `${rangeText(first, last)}/${nameOfProtocol(protocol)!}`];
  const isWhole = first === 0 && last === PORTS - 1;
  if (hasTypes(protocol)) return isWhole ? [end, nameOfProtocol(protocol)!] : typePiece(from, to, protocol);
  let after = protocol + 1;
  while (isWhole && !hasPorts(after) && !hasTypes(after) && (after + 1) * PORTS <= to) after++;
  return [isWhole ? after * PORTS : end, `${rangeText(protocol, after - 1)}/ip`];
}

/** Consecutive whole types are one piece. */
function typePiece(from: number, to: number, protocol: number): [end: number, text: string] {
  const [type, code] = [Math.floor((from % PORTS) / CODES), from % CODES];
  const types = Math.floor((Math.min(to, (protocol + 1) * PORTS) - from) / CODES);
  if (code === 0 && types > 1) {
    return [from + types * CODES, `${rangeText(type, type + types - 1)}/${nameOfProtocol(protocol)!}`];
  }
  const end = Math.min(to, (Math.floor(from / CODES) + 1) * CODES);
  const last = (end - 1) % CODES;
  const codes = code === 0 && last === CODES - 1 ? '' : `.${rangeText(code, last)}`;
  return [end, `${type}${codes}/${nameOfProtocol(protocol)!}`];
}

function rangeText(first: number, last: number): string {
  return first === last ? String(first) : `${first}-${last}`;
}

const NUMBER = '(0|[1-9]\\d{0,4})';
const WITH_NUMBERS = new RegExp(`^${NUMBER}(?:[-:]${NUMBER})?/([a-z][a-z\\d]*|${NUMBER})$`, 'i');
const WITH_CODES = new RegExp(`^${NUMBER}\\.${NUMBER}(?:-${NUMBER})?/(icmp|icmpv6)$`, 'i');

/** Parses a text in the form that `portTexts` returns, with protocols by name or number; returns nothing for any other text. */
export function parsePorts(text: string): PortInterval | undefined {
  if (text === 'all') return ALL_PORTS;
  const [, first, last = first, name] = WITH_NUMBERS.exec(text) ?? [];
  if (first === undefined) return parseCodes(text) ?? parseProtocol(text);
  const [from, to] = [Number(first), Number(last)];
  if (from > to) return undefined;
  if (name.toLowerCase() === 'ip') {
    return to < PROTOCOL_COUNT ? [portInterval(from)[0], portInterval(to)[1]] : undefined;
  }
  const protocol = protocolNumber(name);
  if (protocol === undefined) return undefined;
  if (hasTypes(protocol)) return to < CODES ? portInterval(protocol, from * CODES, to * CODES + CODES - 1) : undefined;
  return hasPorts(protocol) && to < PORTS ? portInterval(protocol, from, to) : undefined;
}

/** What is needed in place of a text that is no port, for errors. */
export const PORTS_NEED =
  'must be a port with its protocol, such as "6443/tcp" or "30000-32767/udp", or a protocol without ports';

/** What outputs print after the port of a row that was moved: `10350/tcp, document: 10250/tcp`. */
const DOCUMENTED = /(?:, | \()(?:document|its source): [^()]+\)?$/;

/**
 * Parses a text in a form that some output prints: that of `parsePorts`, two protocols of one number (`53/tcp+udp`), or with the port of the
 * document behind it. Returns nothing for any other text.
 */
export function parsePrintedPorts(text: string): readonly PortInterval[] | undefined {
  const own = text.replace(DOCUMENTED, '');
  const [, numbers, first, second] = /^([\d.:-]+)\/(\w+)\+(\w+)$/.exec(own) ?? [];
  const texts = numbers === undefined ? [own] : [`${numbers}/${first}`, `${numbers}/${second}`];
  const parts = texts.map(parsePorts);
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

/**
 * Returns the port that a text means which is not one: blanks and zeros around it have no meaning, a number without a protocol usually means
 * TCP, and the protocol may come first, or the ports in the wrong order. Returns nothing for any other text.
 */
export function meantPorts(text: string): string | undefined {
  const known = (one: string): string | undefined => parsePrintedPorts(one) && one;
  const strict = known(text.trim().replace(/\b0+(?=\d)/g, ''));
  if (strict !== undefined) return strict;
  if (/^\d{1,5}(?:[-:]\d{1,5})?$/.test(text)) return known(`${text}/tcp`);
  const [, protocol, port] = /^([a-z]+)[/: ](\d{1,5}(?:-\d{1,5})?)$/i.exec(text) ?? [];
  if (port !== undefined) return known(`${port}/${protocol.toLowerCase()}`);
  const [, first, last, name] = /^(\d{1,5})[-:](\d{1,5})\/([a-z]+)$/i.exec(text) ?? [];
  const isPort = name !== undefined && hasPorts(protocolNumber(name) ?? -1);
  return isPort ? known(`${last}-${first}/${name}`) : undefined;
}

/** `3.4/icmp`, `1.0-4/icmpv6`. */
function parseCodes(text: string): PortInterval | undefined {
  const [, type, first, last = first, name] = WITH_CODES.exec(text) ?? [];
  if (type === undefined) return undefined;
  const isIn = [type, first, last].every((number) => Number(number) < CODES) && Number(first) <= Number(last);
  const start = Number(type) * CODES;
  return isIn ? portInterval(protocolNumber(name)!, start + Number(first), start + Number(last)) : undefined;
}

/** A protocol without numbers: `esp`, `icmp`, `tcp`. */
function parseProtocol(text: string): PortInterval | undefined {
  const protocol = /^[a-z]/i.test(text) ? protocolNumber(text) : undefined;
  return protocol === undefined ? undefined : portInterval(protocol);
}
