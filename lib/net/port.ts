import { isNumberToken, readOnly, refusal, shown } from '../input';

/** A transport protocol that vendors document ports for. */
export enum Protocol {
  /** TCP, protocol number 6. */
  TCP = 'tcp',
  /** UDP, protocol number 17. */
  UDP = 'udp',
}

/** The highest port. */
export const LAST_PORT = 65535;
/** The form of ports in text, for errors. */
export const PORT_NEED = 'a port must be written as "6443/tcp" or "2379-2380/tcp"';
const PORT_TEXT = /^(0|[1-9]\d*)(?:[-:](0|[1-9]\d*))?\/(tcp|udp)$/i;
/** The same with blanks around it or leading zeros, which other programs read in different ways. */
const LOOSE_PORT_TEXT = /^\s*0*(\d+)(?:([-:])0*(\d+))?\/(tcp|udp)\s*$/i;

/** A port, or an inclusive range of ports, with its protocol: `6443/tcp`, `2379-2380/tcp`. */
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
   * Returns the port in text: `6443/tcp`, `2379-2380/tcp` or `2379:2380/tcp`.
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
    const match = typeof text === 'string' ? PORT_TEXT.exec(text) : null;
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

  /** The transport protocol. */
  public readonly protocol: Protocol;
  /** The first port. */
  public readonly fromPort: number;
  /** The last port. For a single port, it equals `fromPort`. */
  public readonly toPort: number;

  private constructor(protocol: Protocol, fromPort: number, toPort: number) {
    this.protocol = protocol;
    this.fromPort = fromPort;
    this.toPort = toPort;
    readOnly(this);
  }

  /** The port numbers without the protocol: `6443`, `2379-2380`. */
  public get numbers(): string {
    return this.fromPort === this.toPort ? String(this.fromPort) : `${this.fromPort}-${this.toPort}`;
  }

  /** The port in the form of documents: `6443/tcp`, `2379-2380/tcp`. */
  public get text(): string {
    return `${this.numbers}/${this.protocol}`;
  }

  /** Returns `text`. */
  public toString(): string {
    return this.text;
  }
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
  return place === 'Port.tcp' || place === 'Port.udp' ? `${place}(${Number(port)})` : undefined;
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
  return text.toLowerCase() === 'tcp' ? Protocol.TCP : Protocol.UDP;
}

/** Returns the call that creates a port: `Port.tcp(5000)`, `Port.udpRange(8472, 8473)`. */
export function portCall(protocol: Protocol, fromPort: number, toPort: number): string {
  return fromPort === toPort ? `Port.${protocol}(${fromPort})` : `Port.${protocol}Range(${fromPort}, ${toPort})`;
}

/** Returns the call that creates the port meant by a number, of this protocol, or by a text; nothing for any other value. */
export function suggestedPort(value: unknown, protocol: Protocol): string | undefined {
  if (isPortNumber(value)) return portCall(protocol, value, value);
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
