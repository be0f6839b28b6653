import { isDnsName } from '../model/dns-name';
import { formatIpAddress, parseIpAddress } from '../model/ip-address';
import { checkPortNumber } from '../model/port';
import { AddressFamily } from '../model/address-family';
import { refusal, shown } from '../model/refusal';
import { checkText } from '../model/text';

/** Where the API server of Kubernetes listens. */
export const API_SERVER_PORT = 6443;

const SERVER_NAME = /^[A-Za-z0-9_.-]{1,63}$/;

/** A server of the control plane. */
export interface HaproxyServer {
  /** Its name in logs and statistics: letters, digits, dots, hyphens and underscores. */
  readonly name: string;
  /** Its address or DNS name, without a port. */
  readonly address: string;
  /**
   * The port of its API server.
   * @default 6443
   */
  readonly port?: number;
}

/** Refuses servers that HAProxy would not take, would take for more than one thing, or would take twice, or for itself. */
export function serverLines(servers: readonly HaproxyServer[], bind: string, place: string): string[] {
  if (!Array.isArray(servers) || servers.length === 0) {
    throw refusal(place, 'servers must have at least one entry', shown(servers));
  }
  const read = (servers as readonly HaproxyServer[]).map((server, index) =>
    readServer(server, `${place}, servers[${index}]`),
  );
  for (const part of ['name', 'endpoint'] as const) {
    const values = read.map((server) => (part === 'endpoint' ? server[part].toLowerCase() : server[part]));
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined) throw refusal(place, `every server must have ${WHOSE[part]} of its own`, `${twice} twice`);
  }
  const itself = read.find((server) => server.endpoint.toLowerCase() === bind.toLowerCase());
  if (itself) {
    const need = 'bindAddress and port must not be those of a server, to which HAProxy connects';
    throw refusal(place, need, itself.endpoint, 'the virtual address');
  }
  return read.map(({ name, endpoint }) => `server ${name} ${endpoint}`);
}

/** An address and a port as HAProxy writes them: `10.1.0.1:6443`, `[2001:db8::1]:6443`, `cp-1.example.com:6443`. */
export function endpoint(address: string, port: number, place: string): string {
  checkPortNumber(port, place);
  const text = checkText(address, place, 'address');
  const ip = parseIpAddress(text);
  if (ip) return ip.family === AddressFamily.IPV6 ? `[${formatIpAddress(ip)}]:${port}` : `${text}:${port}`;
  if (isDnsName(text)) return `${text}:${port}`;
  throw refusal(
    place,
    'address must be an address or a DNS name, without prefix length and port',
    shown(text),
    asAddress(text),
  );
}

const WHOSE = { name: 'a name', endpoint: 'an address and port' } as const;

function readServer(server: HaproxyServer, place: string): { name: string; endpoint: string } {
  if (typeof server !== 'object' || server === null) {
    throw refusal(place, 'a server must have a name and an address', shown(server), '{ name, address }');
  }
  const { name, address, port = API_SERVER_PORT } = server;
  if (!SERVER_NAME.test(checkText(name, place, 'name'))) {
    throw refusal(place, 'name must be at most 63 letters, digits, dots, hyphens and underscores', shown(name));
  }
  return { name, endpoint: endpoint(address, port, place) };
}

/** What was meant by an address with something after it. */
function asAddress(text: string): string | undefined {
  const [, address, port] = /^(.*?)(?:\/\d+|:(\d+))$/.exec(text) ?? [];
  if (address === undefined || !(parseIpAddress(address) ?? isDnsName(address))) return undefined;
  return port === undefined ? shown(address) : `address: ${shown(address)}, port: ${port}`;
}
