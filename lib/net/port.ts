import { isNumberToken, readOnly, refusal, shown } from '../input';
import { AddressFamily } from './ip-address';
import { type PortInterval, portInterval, typeInterval } from './port-space';
import { hasPorts, hasTypes, nameOfProtocol, PROTOCOL_COUNT, PROTOCOLS, protocolNumber } from './protocols';

/** A protocol that vendors document ports for. */
export enum Protocol {
  /** TCP, protocol number 6. */
  TCP = 'tcp',
  /** UDP, protocol number 17. */
  UDP = 'udp',
  /** The same port of TCP and of UDP, which is two rules on AWS. */
  TCP_AND_UDP = 'tcp+udp',
  /** SCTP, protocol number 132. Security groups on AWS have no SCTP ports. */
  SCTP = 'sctp',
  /** ICMP of IPv4, protocol number 1. */
  ICMP = 'icmp',
  /** ICMP of IPv6, protocol number 58. */
  ICMPV6 = 'icmpv6',
  /** An IP protocol by its number, which has no ports: `112/ip` is VRRP. */
  IP = 'ip',
}

/** The highest port. */
export const LAST_PORT = 65535;
/** The default range of the kube-apiserver flag `--service-node-port-range`. */
export const NODE_PORTS = { first: 30000, last: 32767 } as const;
/** The highest type and the highest code of ICMP. */
const LAST_TYPE = 255;
/** Every type or every code of ICMP, in the form of AWS. */
const EVERY = -1;
/** The form of ports in text, for errors. */
export const PORT_NEED =
  'a port must be written as "6443/tcp", "2379-2380/tcp", "53/tcp+udp", "8/icmp" or, for an IP protocol, "112/ip"';
const PORT_TEXT = /^(0|[1-9]\d*)(?:[-:](0|[1-9]\d*))?\/(tcp|udp|tcp\+udp|sctp)$/i;
const TYPE_TEXT = /^(?:(0|[1-9]\d{0,2})(?:\.(0|[1-9]\d{0,2}))?\/)?(icmp|icmpv6)$/i;
const IP_TEXT = /^(0|[1-9]\d{0,2})\/ip$/i;
/** A port with blanks around it or leading zeros, which other programs read in different ways. */
const LOOSE_PORT_TEXT = /^\s*0*(\d+)(?:([-:])0*(\d+))?\/(tcp|udp|tcp\+udp|sctp|icmp|icmpv6|ip)\s*$/i;

/**
 * What a row opens: a port or an inclusive range of ports with its protocol, a type of ICMP, or an IP protocol without ports: `6443/tcp`,
 * `2379-2380/tcp`, `53/tcp+udp`, `8/icmp`, `112/ip`.
 */
export class Port {
  /**
   * Returns a TCP port.
   * @param port from 1 to 65535
   */
  public static tcp(port: number): Port {
    // a rest parameter would be public API in every language; JavaScript ignores a second number
    // eslint-disable-next-line prefer-rest-params
    checkOnePort(arguments, 'Port.tcp');
    return Port.ofRange(Protocol.TCP, port, port, 'Port.tcp');
  }

  /**
   * Returns a UDP port.
   * @param port from 1 to 65535
   */
  public static udp(port: number): Port {
    // a rest parameter would be public API in every language; JavaScript ignores a second number
    // eslint-disable-next-line prefer-rest-params
    checkOnePort(arguments, 'Port.udp');
    return Port.ofRange(Protocol.UDP, port, port, 'Port.udp');
  }

  /**
   * Returns a port of both TCP and UDP, as one row: `53/tcp+udp`.
   * @param port from 1 to 65535
   */
  public static tcpAndUdp(port: number): Port {
    // a rest parameter would be public API in every language; JavaScript ignores a second number
    // eslint-disable-next-line prefer-rest-params
    checkOnePort(arguments, 'Port.tcpAndUdp');
    return Port.ofRange(Protocol.TCP_AND_UDP, port, port, 'Port.tcpAndUdp');
  }

  /**
   * Returns an SCTP port. Security groups on AWS cannot open one: the constructs throw `protocol-not-in-cloud`.
   * @param port from 1 to 65535
   */
  public static sctp(port: number): Port {
    // a rest parameter would be public API in every language; JavaScript ignores a second number
    // eslint-disable-next-line prefer-rest-params
    checkOnePort(arguments, 'Port.sctp');
    return Port.ofRange(Protocol.SCTP, port, port, 'Port.sctp');
  }

  /**
   * Returns a range of TCP ports.
   * @param fromPort the first port, from 1 to 65535
   * @param toPort the last port, inclusive
   */
  public static tcpRange(fromPort: number, toPort: number): Port {
    return Port.ofRange(Protocol.TCP, fromPort, toPort, 'Port.tcpRange');
  }

  /**
   * Returns a range of UDP ports.
   * @param fromPort the first port, from 1 to 65535
   * @param toPort the last port, inclusive
   */
  public static udpRange(fromPort: number, toPort: number): Port {
    return Port.ofRange(Protocol.UDP, fromPort, toPort, 'Port.udpRange');
  }

  /**
   * Returns a range of ports of both TCP and UDP, as one row: `30000-32767/tcp+udp`.
   * @param fromPort the first port, from 1 to 65535
   * @param toPort the last port, inclusive
   */
  public static tcpAndUdpRange(fromPort: number, toPort: number): Port {
    return Port.ofRange(Protocol.TCP_AND_UDP, fromPort, toPort, 'Port.tcpAndUdpRange');
  }

  /**
   * Returns a range of SCTP ports. Security groups on AWS cannot open one: the constructs throw `protocol-not-in-cloud`.
   * @param fromPort the first port, from 1 to 65535
   * @param toPort the last port, inclusive
   */
  public static sctpRange(fromPort: number, toPort: number): Port {
    return Port.ofRange(Protocol.SCTP, fromPort, toPort, 'Port.sctpRange');
  }

  /**
   * Returns ICMP of IPv4: `icmp`, `8/icmp`, `3.4/icmp`. Firewalls on GCP have no types: the constructs throw `protocol-not-in-cloud`
   * unless every type is opened.
   * @param type from 0 to 255, such as 8 for an echo request; every type if it is left out
   * @param code from 0 to 255; every code if it is left out
   */
  public static icmp(type?: number, code?: number): Port {
    return Port.ofType(Protocol.ICMP, type, code, 'Port.icmp');
  }

  /**
   * Returns ICMP of IPv6: `icmpv6`, `128/icmpv6`. Firewalls on GCP have no types: the constructs throw `protocol-not-in-cloud` unless
   * every type is opened.
   * @param type from 0 to 255, such as 128 for an echo request; every type if it is left out
   * @param code from 0 to 255; every code if it is left out
   */
  public static icmpv6(type?: number, code?: number): Port {
    return Port.ofType(Protocol.ICMPV6, type, code, 'Port.icmpv6');
  }

  /**
   * Returns an IP protocol without ports: `4/ip` (IP-in-IP), `47/ip` (GRE), `50/ip` (ESP), `51/ip` (AH), `112/ip` (VRRP).
   * @param number the protocol number, from 0 to 255; TCP, UDP, SCTP and ICMP have methods of their own
   */
  public static ip(number: number): Port {
    return Port.ofProtocol(number, 'Port.ip');
  }

  /**
   * Returns the port in text: `6443/tcp`, `2379-2380/tcp` or `2379:2380/tcp`, `53/tcp+udp`, `8/icmp`, `icmpv6`, `112/ip`. The names
   * `ipip`, `gre`, `esp`, `ah` and `vrrp` are accepted for their numbers.
   * @param text the port or range, a slash, and the protocol
   */
  public static parse(text: string): Port {
    return Port._parse(text, 'Port.parse');
  }

  /**
   * Returns the port in text. Errors name the call in `place`.
   * @internal
   */
  public static _parse(text: unknown, place: string): Port {
    const given = typeof text === 'string' ? text : '';
    const [, type, code, icmp] = TYPE_TEXT.exec(given) ?? [];
    if (icmp !== undefined) return Port.ofType(protocolOf(icmp), numberIn(type), numberIn(code), place);
    const ip = IP_TEXT.exec(given)?.[1] ?? numberOfName(given);
    if (ip !== undefined) return Port.ofProtocol(Number(ip), place);
    const match = PORT_TEXT.exec(given);
    if (!match) {
      const fix = isPortNumber(text) ? shown(`${text}/tcp`) : strictText(text);
      throw refusal(place, 'port-invalid', PORT_NEED, shown(text), fix);
    }
    const [, from, to = from, protocol] = match;
    const [fromPort, toPort] = [Number(from), Number(to)];
    checkPortNumber(fromPort, place);
    checkPortNumber(toPort, place);
    if (toPort < fromPort) {
      const fix = shown(`${toPort}-${fromPort}/${protocol}`);
      throw refusal(place, 'port-range-descends', 'a port range must run upwards', shown(text), fix);
    }
    return new Port(protocolOf(protocol), fromPort, toPort);
  }

  private static ofRange(protocol: Protocol, fromPort: number, toPort: number, place: string): Port {
    checkPortNumber(fromPort, place);
    checkPortNumber(toPort, place);
    if (toPort < fromPort) {
      const fix = `${place}(${toPort}, ${fromPort})`;
      throw refusal(place, 'port-range-descends', 'a port range must run upwards', `${fromPort}-${toPort}`, fix);
    }
    return new Port(protocol, fromPort, toPort);
  }

  private static ofType(protocol: Protocol, type: number | undefined, code: number | undefined, place: string): Port {
    checkType(type, 'type', place);
    checkType(code, 'code', place);
    if (type === undefined && code !== undefined) {
      throw refusal(place, 'port-invalid', 'an ICMP code must have a type', `code ${code} without one`);
    }
    return new Port(protocol, type ?? EVERY, code ?? EVERY);
  }

  private static ofProtocol(number: number, place: string): Port {
    if (!isIntegerUpTo(PROTOCOL_COUNT - 1, number)) {
      const need = `an IP protocol must be a whole number from 0 to ${PROTOCOL_COUNT - 1}`;
      throw refusal(place, 'port-invalid', need, shown(number));
    }
    if (hasPorts(number) || hasTypes(number)) {
      const name = nameOfProtocol(number)!;
      const need = `${name} must be given with its ${hasPorts(number) ? 'ports' : 'types'}, not by its number`;
      const fix = place === 'Port.ip' ? `Port.${name}()` : shown(name);
      throw refusal(place, 'port-invalid', need, shown(`${number}/ip`), hasTypes(number) ? fix : undefined);
    }
    return new Port(Protocol.IP, number, number);
  }

  /** The protocol. */
  public readonly protocol: Protocol;
  /** The first port; of ICMP the type, or -1 for every type; of an IP protocol its number. */
  public readonly fromPort: number;
  /** The last port, which for a single port equals `fromPort`; of ICMP the code, or -1 for every code; of an IP protocol its number. */
  public readonly toPort: number;

  private constructor(protocol: Protocol, fromPort: number, toPort: number) {
    this.protocol = protocol;
    this.fromPort = fromPort;
    this.toPort = toPort;
    readOnly(this);
  }

  /** The numbers without the protocol: `6443`, `2379-2380`; of ICMP `8`, `3.4`, or nothing for every type; of an IP protocol `112`. */
  public get numbers(): string {
    const { fromPort, toPort } = this;
    if (isIcmp(this.protocol)) {
      return [fromPort, toPort].filter((number) => number !== EVERY).join('.');
    }
    return fromPort === toPort ? String(fromPort) : `${fromPort}-${toPort}`;
  }

  /** The port in the form of documents: `6443/tcp`, `2379-2380/tcp`, `8/icmp`, `icmp`, `112/ip`. */
  public get text(): string {
    const { numbers, protocol } = this;
    return numbers === '' ? protocol : `${numbers}/${protocol}`;
  }

  /** Returns `text`. */
  public toString(): string {
    return this.text;
  }

  /**
   * Returns the ports of each protocol, because a rule has only one: two of `53/tcp+udp`, and the port itself of every other.
   * @internal
   */
  public _ofOneProtocol(): Port[] {
    if (this.protocol !== Protocol.TCP_AND_UDP) return [this];
    return [Protocol.TCP, Protocol.UDP].map((protocol) => new Port(protocol, this.fromPort, this.toPort));
  }

  /**
   * Returns the intervals on the axis of all ports, one for each protocol.
   * @internal
   */
  public _intervals(): PortInterval[] {
    return this._ofOneProtocol().map(({ protocol, fromPort, toPort }) => {
      if (protocol === Protocol.IP) return portInterval(fromPort);
      const number = PROTOCOLS[protocol as keyof typeof PROTOCOLS];
      return isIcmp(protocol) ? typeInterval(number, fromPort, toPort) : portInterval(number, fromPort, toPort);
    });
  }
}

/** Whether packets with a port exist in a family: ICMP is a protocol of IPv4, and ICMPv6 one of IPv6. */
export function hasPackets(port: Port, family: AddressFamily): boolean {
  return port.protocol !== (family === AddressFamily.IPV4 ? Protocol.ICMPV6 : Protocol.ICMP);
}

/** Whether a protocol has types and codes in place of ports. */
export function isIcmp(protocol: Protocol): boolean {
  return protocol === Protocol.ICMP || protocol === Protocol.ICMPV6;
}

/** Returns the number of a protocol without ports by its name, such as `vrrp`. */
function numberOfName(text: string): number | undefined {
  const number = /^[a-z]/i.test(text) ? protocolNumber(text) : undefined;
  return number === undefined || hasPorts(number) ? undefined : number;
}

function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function isIntegerUpTo(last: number, value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= last;
}

function checkType(value: number | undefined, what: string, place: string): void {
  if (value === undefined || isIntegerUpTo(LAST_TYPE, value)) return;
  if (isNumberToken(value)) {
    throw refusal(place, 'port-not-known', `the ICMP ${what} must be known at synthesis`, shown(value));
  }
  throw refusal(place, 'port-invalid', `the ICMP ${what} must be a whole number from 0 to ${LAST_TYPE}`, shown(value));
}

/** Throws if a call for one port has several arguments. */
function checkOnePort(args: ArrayLike<unknown>, place: string): void {
  if (args.length < 2 || args[1] === undefined) return;
  const fix = isPortNumber(args[0]) && isPortNumber(args[1]) ? `${place}Range(${args[0]}, ${args[1]})` : undefined;
  throw refusal(place, 'port-invalid', 'one port is needed', Array.from(args, shown).join(', '), fix);
}

/** Throws unless `port` is a number from 1 to 65535. Errors name the call in `place`. */
export function checkPortNumber(port: number, place: string): void {
  if (isNumberToken(port)) {
    throw refusal(place, 'port-not-known', 'a port must be known at synthesis', shown(port));
  }
  if (!isPortNumber(port)) {
    throw refusal(
      place,
      'port-invalid',
      `a port must be a whole number from 1 to ${LAST_PORT}`,
      shown(port),
      numberMeant(port, place),
    );
  }
}

/** Returns the call with the number that a text has. */
function numberMeant(port: unknown, place: string): string | undefined {
  if (typeof port !== 'string' || !/^\d+$/.test(port) || !isPortNumber(Number(port))) return undefined;
  return /^Port\.(?:tcp|udp|tcpAndUdp|sctp)$/.test(place) ? `${place}(${Number(port)})` : undefined;
}

/** Returns whether a value is a number from 1 to 65535. */
export function isPortNumber(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LAST_PORT;
}

/** Returns the port that a text with blanks or leading zeros means, in quotes; nothing for any other text. */
function strictText(text: unknown): string | undefined {
  const match = typeof text === 'string' ? LOOSE_PORT_TEXT.exec(text) : null;
  const [, from, dash = '', to = '', protocol] = match ?? [];
  const strict = `${from}${dash}${to}/${protocol}`;
  if (from === undefined || suggestedPort(strict, Protocol.TCP) === undefined) return undefined;
  return shown(strict);
}

function protocolOf(text: string): Protocol {
  const name = text.toLowerCase();
  return Object.values(Protocol).find((protocol) => String(protocol) === name)!;
}

/** The methods that create ports. */
const METHODS: Readonly<Partial<Record<Protocol, string>>> = {
  [Protocol.TCP]: 'tcp',
  [Protocol.UDP]: 'udp',
  [Protocol.TCP_AND_UDP]: 'tcpAndUdp',
  [Protocol.SCTP]: 'sctp',
};

/** Returns the call that creates a port: `Port.tcp(5000)`, `Port.udpRange(8472, 8473)`, `Port.icmp(8)`, `Port.ip(112)`. */
export function portCall(protocol: Protocol, fromPort: number, toPort: number): string {
  const method = METHODS[protocol];
  if (method === undefined) {
    const numbers = protocol === Protocol.IP ? [fromPort] : [fromPort, toPort].filter((number) => number !== EVERY);
    return `Port.${protocol}(${numbers.join(', ')})`;
  }
  return fromPort === toPort ? `Port.${method}(${fromPort})` : `Port.${method}Range(${fromPort}, ${toPort})`;
}

/** Returns the call that creates the port meant by a number, of this protocol, or by a text; nothing for any other value. */
export function suggestedPort(value: unknown, protocol: Protocol): string | undefined {
  if (isPortNumber(value) && METHODS[protocol] !== undefined) return portCall(protocol, value, value);
  try {
    const port = Port.parse(value as string);
    return portCall(port.protocol, port.fromPort, port.toPort);
  } catch {
    return undefined;
  }
}

/** Returns whether a value was created by one of the factories. */
export function isPort(value: unknown): value is Port {
  return value instanceof Port;
}

/** Compares ports by protocol, then by number, for `sort`. */
export function byPort(a: Port, b: Port): number {
  return a.protocol.localeCompare(b.protocol) || a.fromPort - b.fromPort || a.toPort - b.toPort;
}
