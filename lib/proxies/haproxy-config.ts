import { checkServerName, type ControlPlaneEndpoint, isControlPlaneEndpoint } from '../access';
import { checkMember, checkObject, checkPropNames, checkText, type PropNames, refusal, shown } from '../input';
import { AddressFamily, checkPortNumber, formatIpAddress, isDnsName, isPortNumber, parseIpAddress } from '../net';

/** A server of the control plane. */
export interface HaproxyServer {
  /** The name in logs and statistics: letters, digits, dots, hyphens and underscores. */
  readonly name: string;
  /** The IP address or DNS name, without a port. */
  readonly address: string;
  /**
   * The port of the API server.
   * @default - that of `endpoint`, else 6443
   */
  readonly port?: number;
}

/** How HAProxy finds out which servers of a control plane work. */
export enum HaproxyChecks {
  /** HAProxy asks each API server over TLS whether it is ready, and sends nothing to a server that does not answer 200. */
  READY = 'ready',
  /**
   * The checks of the document. Only the second of its two checks has an effect (`option ssl-hello-chk`), so a server stays up as
   * long as it answers a TLS hello, even if its API server answers 500.
   */
  DOCUMENTED = 'documented',
}

/** The servers of a control plane, and how HAProxy balances them. */
export interface HaproxyConfigProps {
  /**
   * The endpoint of the control plane: its servers, and the port of HAProxy and of every server. Props that differ from it are an error.
   * @default - the servers and ports are given one by one
   */
  readonly endpoint?: ControlPlaneEndpoint;
  /**
   * The servers of the control plane, at least one.
   * @default - those of `endpoint`; needed unless it has servers
   */
  readonly servers?: HaproxyServer[];
  /**
   * How HAProxy finds out which servers work.
   * @default HaproxyChecks.READY
   */
  readonly checks?: HaproxyChecks;
  /**
   * The file on the HAProxy machine with the certificate authority of the cluster, such as kubeadm's `/etc/kubernetes/pki/ca.crt`.
   * Checks then trust only servers with a certificate that it has signed. Only for `HaproxyChecks.READY`.
   * @default - checks accept any certificate; clients still verify it themselves
   */
  readonly caFile?: string;
  /**
   * The IP address on which HAProxy listens, such as the virtual IP address.
   * @default - every IPv4 address of the machine; every IPv6 address if `endpoint` has IPv6 addresses only, and both if it has both
   */
  readonly bindAddress?: string;
  /**
   * The port on which HAProxy listens.
   * @default - that of `endpoint`, else 6443
   */
  readonly port?: number;
}

/** Renders the part of a HAProxy configuration that gives the servers of a control plane one address, on premises. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare functions
export class HaproxyConfig {
  /**
   * Renders a frontend and a backend, which follow the `global` and `defaults` sections of HAProxy's own file. It needs HAProxy 2.2
   * or newer, on a machine of its own: on a control plane, the API server already uses the port.
   *
   * `HaproxyChecks.READY` needs API servers that answer `/readyz` without authentication, such as those of kubeadm.
   * @param props the servers, and how HAProxy balances them
   */
  public static render(props: HaproxyConfigProps): string {
    const place = 'HaproxyConfig.render';
    checkObject(props, 'servers', '{ servers: [{ name, address }] }', place);
    checkPropNames(props, PROP_NAMES, place);
    const { endpoint, checks = HaproxyChecks.READY, caFile, bindAddress } = props;
    checkEndpoint(endpoint, place);
    const defaultPort = endpoint?.port ?? API_SERVER_PORT;
    const { port = defaultPort } = props;
    checkMember(checks, CHECKS, place);
    checkPortNumber(port, place);
    checkPortOf(endpoint, { port, what: 'port' }, place);
    const binds =
      bindAddress === undefined ? everywhere(endpoint, port) : [addressAndPort({ bindAddress }, port, place)];
    const lines = serverLines(serversOf(props, place), { endpoint, defaultPort, binds, place });
    const verification = verify(caFile, checks, place);
    return checks === HaproxyChecks.READY ? ready(binds, lines, verification) : documented(binds, lines);
  }

  private constructor() {}
}

const PROP_NAMES = {
  endpoint: true,
  servers: true,
  checks: true,
  caFile: true,
  bindAddress: true,
  port: true,
} satisfies PropNames<HaproxyConfigProps>;

const CHECKS = {
  members: HaproxyChecks,
  name: 'HaproxyChecks',
  prop: 'checks',
  code: 'haproxy-checks-invalid',
} as const;

const SERVER_NAMES = { name: true, address: true, port: true } satisfies PropNames<HaproxyServer>;

const API_SERVER_PORT = 6443;
const PATH = /^\/[\w./+@-]+$/;

interface ReadServer {
  readonly name: string;
  readonly endpoint: string;
}

function checkEndpoint(endpoint: unknown, place: string): void {
  if (endpoint === undefined || isControlPlaneEndpoint(endpoint)) return;
  const need = 'endpoint must be the endpoint of a control plane';
  throw refusal(place, 'control-plane-endpoint-required', need, shown(endpoint), 'new ControlPlaneEndpoint({ ... })');
}

/** Throws for a port that differs from the one of the endpoint. */
function checkPortOf(
  endpoint: ControlPlaneEndpoint | undefined,
  { port, what }: { readonly port: number; readonly what: string },
  place: string,
): void {
  if (endpoint === undefined || port === endpoint.port) return;
  const need = `${what} must be the port of the endpoint, ${endpoint.port}`;
  throw refusal(place, 'endpoint-differs', need, `${port}`, `${what} left out`);
}

/** Returns the servers that the props or the endpoint have. Throws if both have them, or none. */
function serversOf({ servers, endpoint }: HaproxyConfigProps, place: string): readonly HaproxyServer[] {
  const declared = Object.entries(endpoint?.servers ?? {}).map(([name, address]) => ({ name, address }));
  if (servers === undefined && declared.length > 0) return declared;
  if (!Array.isArray(servers) || servers.length === 0) {
    throw refusal(place, 'servers-missing', 'servers must have at least one entry', shown(servers));
  }
  if (declared.length === 0) return servers;
  throw refusal(
    place,
    'endpoint-differs',
    'servers must be those of the endpoint',
    'different ones',
    'servers left out',
  );
}

/** What server lines have in common. */
interface Listening {
  readonly endpoint?: ControlPlaneEndpoint;
  readonly defaultPort: number;
  /** Where HAProxy listens. */
  readonly binds: readonly string[];
  readonly place: string;
}

/** Renders the server lines. Throws for servers that HAProxy would reject or use twice, and for the address of HAProxy itself. */
function serverLines(servers: readonly HaproxyServer[], { endpoint, defaultPort, binds, place }: Listening): string[] {
  const read = servers.map((server, index) => {
    const at = `${place}, servers[${index}]`;
    const one = readServer(server, defaultPort, at);
    checkPortOf(endpoint, { port: server.port ?? defaultPort, what: 'port' }, at);
    return one;
  });
  checkDistinct(
    read.map(({ name }) => name),
    'servers must have different names',
    place,
  );
  const endpoints = read.map((server) => server.endpoint.toLowerCase());
  checkDistinct(endpoints, 'servers must have different addresses or ports', place);
  const shared = binds.find((bind) => endpoints.includes(bind.toLowerCase()));
  if (shared !== undefined) {
    const need = 'bindAddress and port must be those of HAProxy, not those of a server';
    throw refusal(place, 'server-is-the-virtual-address', need, shown(shared));
  }
  return read.map(({ name, endpoint: at }) => `server ${name} ${at}`);
}

function checkDistinct(values: readonly string[], need: string, place: string): void {
  const duplicate = values.find((value, index) => values.indexOf(value) !== index);
  if (duplicate !== undefined) throw refusal(place, 'server-given-twice', need, `${shown(duplicate)} twice`);
}

function readServer(server: HaproxyServer, defaultPort: number, place: string): ReadServer {
  if (typeof server !== 'object' || server === null) {
    const need = 'a server must have a name and an address';
    throw refusal(place, 'server-invalid', need, shown(server), '{ name, address }');
  }
  checkPropNames(server, SERVER_NAMES, place);
  const { name, address, port = defaultPort } = server;
  checkServerName(name, place);
  return { name, endpoint: addressAndPort({ address }, port, place) };
}

/** Returns where HAProxy listens for an endpoint: at all addresses of the families of its own addresses. */
function everywhere(endpoint: ControlPlaneEndpoint | undefined, port: number): string[] {
  const families = new Set(endpoint?._ipAddresses.map(({ family }) => family));
  const ofIpv6 = families.has(AddressFamily.IPV6) ? [`:::${port} v6only`] : [];
  return families.size > 0 && !families.has(AddressFamily.IPV4) ? ofIpv6 : [`*:${port}`, ...ofIpv6];
}

/** Returns an address and a port in the form of HAProxy: `10.1.0.1:6443`, `[2001:db8::1]:6443`, `cp-1.example.com:6443`. */
function addressAndPort(prop: { address: string } | { bindAddress: string }, port: number, place: string): string {
  const [[what, address]] = Object.entries(prop);
  checkPortNumber(port, place);
  const text = checkText(address, place, what);
  const ip = parseIpAddress(text);
  if (ip) return ip.family === AddressFamily.IPV6 ? `[${formatIpAddress(ip)}]:${port}` : `${text}:${port}`;
  if (isDnsName(text)) return `${text}:${port}`;
  const need = `${what} must be an IP address or a DNS name, without prefix length and port`;
  throw refusal(place, 'server-address-invalid', need, shown(text), addressMeant(text, what));
}

/** Suggests props for an address that is followed by a prefix length or a port. */
function addressMeant(text: string, what: string): string | undefined {
  const [, address, port] = /^(.*?)(?:\/\d+|:(\d+))$/.exec(text) ?? [];
  if (address === undefined || !(parseIpAddress(address) ?? isDnsName(address))) return undefined;
  if (port === undefined) return shown(address);
  return isPortNumber(Number(port)) ? `${what}: ${shown(address)}, port: ${Number(port)}` : undefined;
}

function verify(caFile: string | undefined, checks: HaproxyChecks, place: string): string {
  if (caFile === undefined) return 'verify none';
  if (!PATH.test(checkText(caFile, place, 'caFile'))) {
    const need = 'caFile must be an absolute path of letters, digits and . _ - + @';
    throw refusal(place, 'ca-file-invalid', need, shown(caFile));
  }
  if (checks === HaproxyChecks.DOCUMENTED) {
    const need = 'caFile must be used with checks that verify certificates';
    throw refusal(place, 'ca-file-not-used', need, 'HaproxyChecks.DOCUMENTED', 'checks: HaproxyChecks.READY');
  }
  return `verify required ca-file ${caFile}`;
}

/** Renders a configuration in which idle streams, such as watches and followed logs, may last an hour instead of minutes. */
function ready(binds: readonly string[], servers: readonly string[], verification: string): string {
  return text([
    'frontend kubernetes-cluster',
    ...binds.map((bind) => `    bind ${bind}`),
    '    mode tcp',
    '    option tcplog',
    '    timeout client 1h',
    '    default_backend kubernetes-master',
    '',
    'backend kubernetes-master',
    '    mode tcp',
    '    option httpchk',
    '    http-check connect ssl',
    '    http-check send meth GET uri /readyz',
    '    http-check expect status 200',
    '    timeout connect 5s',
    '    timeout check 5s',
    '    timeout server 1h',
    '    balance roundrobin',
    ...servers.map((server) => `    ${server} check fall 3 rise 2 ${verification}`),
  ]);
}

/** Renders the configuration of the document, word for word. */
function documented(binds: readonly string[], servers: readonly string[]): string {
  return text([
    'frontend kubernetes-cluster',
    ...binds.map((bind) => `    bind ${bind}`),
    '    mode tcp',
    '    option tcplog',
    '    default_backend kubernetes-master',
    '',
    'backend kubernetes-master',
    '    option httpchk GET /healthz',
    '    http-check expect status 200',
    '    mode tcp',
    '    option ssl-hello-chk',
    '    balance roundrobin',
    ...servers.map((server) => `    ${server} check fall 3 rise 2`),
  ]);
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
