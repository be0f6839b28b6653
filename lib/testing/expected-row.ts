import { nearestName } from '../model/nearest-name';
import { refusal, shown } from '../model/refusal';
import { hasPorts, parsePorts, protocolNumber, type PortInterval } from '../traffic/port-space';
import type { Direction } from '../traffic/rule';

/**
 * Traffic that a test expects: `{ port: '6443/tcp', from: '172.16.0.0/28', to: 'tag:k8s-control-plane' }`.
 *
 * Machines are written as `sg:`, `tag:`, `account:`, `secure-tag:` and their name, or `all-instances`. A security group of the
 * configuration has its Terraform address as its name (`sg:aws_security_group.web`), or what it is called in AWS (`sg:web`).
 */
export interface ExpectedRow {
  /** A port with its protocol: `6443/tcp`, `30000-32767/udp`; or a protocol alone: `esp`, `icmp`, `all`; or `icmp type 8`. */
  readonly port: string;
  /** Who opens the connections: machines, a range (`10.0.0.0/8`), a prefix list (`list:pl-...`), or both (`tag:web in 10.0.0.0/8`). */
  readonly from: string;
  /** Who receives them, in the same words. */
  readonly to: string;
  /**
   * Whether the rule stands at those who receive the connections, or at those who open them.
   * @default - egress where `to` is a range or a prefix list, else ingress
   */
  readonly direction?: Direction;
  /**
   * The network on GCP, as the tables of failures have it: `net-host/prod`.
   * @default - the one network of the configuration
   */
  readonly network?: string;
}

const NEEDED = ['port', 'from', 'to'] as const;
const KNOWN = [...NEEDED, 'direction', 'network'];

/** Checks the form of rows; what their texts mean is looked at later. */
export function checkRows(rows: unknown, place: string): readonly ExpectedRow[] {
  if (!Array.isArray(rows)) throw refusal(place, 'a list of rows is needed', shown(rows));
  rows.forEach((row: unknown, index) => checkRow(row, rowPlace(place, index)));
  return rows as readonly ExpectedRow[];
}

/** How errors name a row. */
export function rowPlace(place: string, index: number): string {
  return `${place}, rows[${index}]`;
}

/** Reads the port of a row. */
export function expectedPorts(port: string, place: string): PortInterval {
  const ports = parsePorts(port);
  if (ports) return ports;
  const need = 'port must be a port with its protocol, as "6443/tcp" or "30000-32767/udp", or a protocol alone';
  throw refusal(place, need, shown(port), meantPort(port));
}

function checkRow(row: unknown, place: string): void {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    throw refusal(place, 'a row must be an object with port, from and to', shown(row));
  }
  const given = row as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) {
    throw refusal(place, `a row may have ${KNOWN.join(', ')}`, shown(unknown), nearestName(unknown, KNOWN));
  }
  for (const name of NEEDED) {
    if (typeof given[name] !== 'string' || given[name] === '') {
      throw refusal(place, `${name} must be given as text`, shown(given[name]));
    }
  }
  const { direction, network } = given;
  if (direction !== undefined && direction !== 'ingress' && direction !== 'egress') {
    throw refusal(place, 'direction must be "ingress" or "egress"', shown(direction));
  }
  if (network !== undefined && (typeof network !== 'string' || network === '')) {
    throw refusal(place, 'network must be text', shown(network));
  }
}

/** A number without a protocol is mostly TCP; a protocol may stand before the port, or ports may be the wrong way round. */
function meantPort(text: string): string | undefined {
  if (/^\d{1,5}(?:[-:]\d{1,5})?$/.test(text)) return meantIfPort(`${text}/tcp`);
  const [, before, after] = /^([a-z]+)[/: ](\d{1,5}(?:-\d{1,5})?)$/i.exec(text) ?? [];
  if (after !== undefined) return meantIfPort(`${after}/${before.toLowerCase()}`);
  const [, first, last, name] = /^(\d{1,5})[-:](\d{1,5})\/([a-z]+)$/i.exec(text) ?? [];
  const isPort = name !== undefined && hasPorts(protocolNumber(name) ?? -1);
  return isPort ? meantIfPort(`${last}-${first}/${name}`) : undefined;
}

function meantIfPort(text: string): string | undefined {
  return parsePorts(text) ? shown(text) : undefined;
}
