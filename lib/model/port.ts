import { Protocol } from './protocol';
import { refusal, shown } from './refusal';
import { isNumberToken } from './token-text';

const LAST_PORT = 65535;
/** What text must be to be read as a port. */
export const PORT_NEED = 'a port must be written as "6443/tcp" or "2379-2380/tcp"';
const PORT_TEXT = /^(\d+)(?:[-:](\d+))?\/(tcp|udp)$/i;

/** A port, or an inclusive range of ports, with its protocol: `6443/tcp`, `2379-2380/tcp`. */
export class Port {
  /**
   * One TCP port.
   * @param port from 1 to 65535
   */
  public static tcp(port: number): Port {
    return new Port(Protocol.TCP, port, port, 'Port.tcp');
  }

  /**
   * One UDP port.
   * @param port from 1 to 65535
   */
  public static udp(port: number): Port {
    return new Port(Protocol.UDP, port, port, 'Port.udp');
  }

  /**
   * All TCP ports of a range.
   * @param fromPort the first port, from 1 to 65535
   * @param toPort the last port, which belongs to the range
   */
  public static tcpRange(fromPort: number, toPort: number): Port {
    return new Port(Protocol.TCP, fromPort, toPort, 'Port.tcpRange');
  }

  /**
   * All UDP ports of a range.
   * @param fromPort the first port, from 1 to 65535
   * @param toPort the last port, which belongs to the range
   */
  public static udpRange(fromPort: number, toPort: number): Port {
    return new Port(Protocol.UDP, fromPort, toPort, 'Port.udpRange');
  }

  /**
   * Reads a port as documents write it: `6443/tcp`, `2379-2380/tcp` or `2379:2380/tcp`.
   * @param text the port or range, a slash, and the protocol
   */
  public static parse(text: string): Port {
    return Port._parse(text, 'Port.parse');
  }

  /**
   * Reads a port on behalf of the call named by `place`.
   * @internal
   */
  public static _parse(text: unknown, place: string): Port {
    const match = typeof text === 'string' ? PORT_TEXT.exec(text.trim()) : null;
    if (!match) {
      const fix = Number.isInteger(text) ? shown(`${String(text)}/tcp`) : undefined;
      throw refusal(place, PORT_NEED, shown(text), fix);
    }
    const [, from, to = from, protocol] = match;
    return new Port(protocolOf(protocol), Number(from), Number(to), place);
  }

  /** The transport protocol. */
  public readonly protocol: Protocol;
  /** The first port. */
  public readonly fromPort: number;
  /** The last port; the same as the first for a single port. */
  public readonly toPort: number;

  private constructor(protocol: Protocol, fromPort: number, toPort: number, place: string) {
    for (const port of [fromPort, toPort]) checkPortNumber(port, place);
    if (toPort < fromPort) {
      throw refusal(place, 'a port range must run upwards', `${fromPort}-${toPort}`, `${toPort}-${fromPort}`);
    }
    this.protocol = protocol;
    this.fromPort = fromPort;
    this.toPort = toPort;
    Object.freeze(this);
  }

  /** The numbers alone: `6443`, `2379-2380`. */
  public get numbers(): string {
    return this.fromPort === this.toPort ? String(this.fromPort) : `${this.fromPort}-${this.toPort}`;
  }

  /** Returns the port as `6443/tcp` or `2379-2380/tcp`. */
  public toString(): string {
    return `${this.numbers}/${this.protocol}`;
  }
}

/** Refuses what is no port, on behalf of the call named by `place`. */
export function checkPortNumber(port: number, place: string): void {
  if (isNumberToken(port)) throw refusal(place, 'a port must be known at synthesis', 'a value known to Terraform');
  if (!Number.isInteger(port) || port < 1 || port > LAST_PORT) {
    throw refusal(place, `a port must be a whole number from 1 to ${LAST_PORT}`, shown(port));
  }
}

function protocolOf(text: string): Protocol {
  return text.toLowerCase() === 'tcp' ? Protocol.TCP : Protocol.UDP;
}

/** Whether a value was made by one of the factories. */
export function isPort(value: unknown): value is Port {
  return value instanceof Port;
}

/** Orders ports by protocol, then by number. */
export function byPort(a: Port, b: Port): number {
  return a.protocol.localeCompare(b.protocol) || a.fromPort - b.fromPort || a.toPort - b.toPort;
}
