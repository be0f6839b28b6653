import { checkObject, checkOnlyProps, checkText, holdsToken, type PropsForm, readOnly, refusal, shown } from '../input';
import {
  ADDRESS_BITS,
  AddressFamily,
  checkDnsName,
  checkPortNumber,
  formatIpAddress,
  isDnsName,
  parseIpAddress,
} from '../net';
import { checkedHostGroup, checkedPeer } from './checked-ends';
import type { IPeer } from './far-end';
import type { IHostGroup } from './host-group';

const PLACE = 'ControlPlaneEndpoint';
const API_SERVER_PORT = 6443;

/** What clients of a control plane connect to, and what is behind it. */
export interface ControlPlaneEndpointProps {
  /** The servers of the control plane, which are behind the endpoint and are clients of it too. */
  readonly controlPlane: IHostGroup;
  /** The servers on which workloads run, and everyone else who may reach the endpoint. */
  readonly workers: IPeer;
  /**
   * The virtual address: the machines or the security group of the load balancer. Use `ExternalHosts` if no rule can be created for it,
   * such as for a virtual IP address on premises: `ExternalHosts.named('k8s-vip', '10.1.0.100/32')`.
   */
  readonly virtualAddress: IHostGroup;
  /**
   * The machines or IP addresses from which the load balancer connects to the control plane, such as the machines of HAProxy and
   * keepalived. `KeepalivedRules` needs a host group.
   * @default - `virtualAddress`
   */
  readonly loadBalancer?: IPeer;
  /**
   * The port of the endpoint, which is also the port of every API server behind it. It must be known at synthesis.
   * @default 6443
   */
  readonly port?: number;
  /**
   * The DNS name that clients use, such as `api.k8s.example.com`. It must be known at synthesis, because the certificates of the API
   * servers contain it.
   * @default - clients use the IP address
   */
  readonly hostname?: string;
  /**
   * The IP address for DNS and for clients without it, such as `10.1.0.100`. A value known after apply is taken to be IPv4.
   * @default - the single IP addresses of `virtualAddress`, or none if `canonicalName` is given
   */
  readonly ipAddress?: string;
  /**
   * The DNS name that a cloud gives to its load balancer, such as `lb.dnsName`. It may be known after apply. The record of `hostname`
   * is then a CNAME.
   * @default - the record has IP addresses
   */
  readonly canonicalName?: string;
  /**
   * The IP address or DNS name of each server of the control plane, by its name in HAProxy: `{ master1: '10.1.0.1' }`.
   * @default - unknown, so that `HaproxyConfig` needs them
   */
  readonly servers?: Record<string, string>;
}

const FORM: PropsForm<ControlPlaneEndpointProps> = {
  needed: 'the machines of a control plane and its virtual address',
  example: '{ controlPlane, workers, virtualAddress, hostname }',
  names: {
    controlPlane: true,
    workers: true,
    virtualAddress: true,
    loadBalancer: true,
    port: true,
    hostname: true,
    ipAddress: true,
    canonicalName: true,
    servers: true,
  },
};

/** A record that makes a DNS name lead to an endpoint, for any DNS provider. */
export interface DnsRecord {
  /** The DNS name, without a dot at its end. Google Cloud DNS needs one: `dnsName: record.name + '.'`. */
  readonly name: string;
  /** `A`, `AAAA` or `CNAME`. */
  readonly type: string;
  /** The IP addresses, or the one DNS name of a CNAME. */
  readonly values: string[];
}

/**
 * The endpoint of a control plane, declared once: a virtual address or load balancer, its port and DNS name, the servers behind it, and who
 * may reach it. It creates nothing by itself and can be used in several stacks.
 *
 * Constructs take it as `endpoint`: `ControlPlaneVipRules`, `KubeadmFlannelClusterRules`, `KubeadmRules`, `KubernetesRules`, `KubeVipRules`
 * and `KeepalivedRules`. They take its machines, and open its port in place of the documented one. A construct throws `endpoint-differs` if
 * its own props say otherwise. `HaproxyConfig.render` takes it too.
 *
 * Throws `host-group-required` and `peer-required` for machines, `port-invalid` and `port-not-known`, `hostname-invalid`,
 * `text-not-known`, `ip-address-invalid`, `endpoint-name-ambiguous` for an IP address and a canonical name, `servers-missing`,
 * `server-name-invalid`, `server-address-invalid`, `server-given-twice`, `server-outside-control-plane` and
 * `server-is-the-virtual-address`.
 *
 * @example
 * const endpoint = new ControlPlaneEndpoint({
 *   controlPlane: ExternalHosts.named('k8s-masters', '10.1.0.0/29'),
 *   workers: ExternalHosts.named('k8s-workers', '10.1.1.0/24'),
 *   virtualAddress: ExternalHosts.named('k8s-vip', '10.1.0.100/32'),
 *   hostname: 'api.k8s.example.com',
 * });
 * new ControlPlaneVipRules(stack, 'control-plane-vip', { endpoint });
 * new KubeadmFlannelClusterRules(stack, 'cluster', { endpoint, workerToWorkerFlannel: true });
 */
export class ControlPlaneEndpoint {
  /** The servers of the control plane. */
  public readonly controlPlane: IHostGroup;
  /** The servers on which workloads run. */
  public readonly workers: IPeer;
  /** The virtual address. */
  public readonly virtualAddress: IHostGroup;
  /** The machines from which the load balancer connects, if they are not those of the virtual address. */
  public readonly loadBalancer?: IPeer;
  /** The port of the endpoint and of the API servers. */
  public readonly port: number;
  /** The DNS name that clients use. */
  public readonly hostname?: string;
  /** The servers of the control plane by name, if they are known. */
  public readonly servers?: Record<string, string>;
  /** @internal */
  public readonly _canonicalName?: string;
  /** @internal */
  public readonly _ipAddresses: readonly EndpointAddress[];

  constructor(props: ControlPlaneEndpointProps) {
    checkOnlyProps(props, FORM, PLACE);
    const { port = API_SERVER_PORT, hostname, loadBalancer, servers } = props;
    this.controlPlane = checkedHostGroup(props.controlPlane, { prop: 'controlPlane', place: PLACE });
    this.workers = checkedPeer(props.workers, { prop: 'workers', place: PLACE });
    this.virtualAddress = checkedHostGroup(props.virtualAddress, { prop: 'virtualAddress', place: PLACE });
    if (loadBalancer !== undefined) {
      this.loadBalancer = checkedPeer(loadBalancer, { prop: 'loadBalancer', place: PLACE });
    }
    checkPortNumber(port, PLACE);
    this.port = port;
    if (hostname !== undefined) this.hostname = checkDnsName(hostname, PLACE, 'hostname');
    this._canonicalName = checkedCanonicalName(props);
    this._ipAddresses = Object.freeze(ipAddressesOf(props));
    if (servers !== undefined) this.servers = readOnly(checkedServers(servers, this));
    readOnly(this);
  }

  /**
   * Returns the line of kubeadm's ClusterConfiguration: `controlPlaneEndpoint: "api.k8s.example.com:6443"`. It has the DNS name, else the
   * IP address or the canonical name. Throws `endpoint-name-missing` if none of them is known.
   */
  public kubeadmLine(): string {
    const [address] = this._ipAddresses;
    const name = this.hostname ?? (address === undefined ? this._canonicalName : hostText(address));
    if (name === undefined) throw nameMissing('hostname or ipAddress must be given', 'hostname: "api.k8s.example.com"');
    return `controlPlaneEndpoint: "${name}:${this.port}"`;
  }

  /**
   * Returns the DNS records that make the hostname lead to the endpoint: a CNAME, or a record for each IP family. Throws
   * `endpoint-name-missing` without a hostname, or if neither the IP address nor a canonical name is known.
   */
  public dnsRecords(): DnsRecord[] {
    const { hostname: name } = this;
    if (name === undefined) throw nameMissing('hostname must be given', 'hostname: "api.k8s.example.com"');
    if (this._canonicalName !== undefined) return [{ name, type: 'CNAME', values: [this._canonicalName] }];
    const records = Object.values(AddressFamily).flatMap((family): DnsRecord[] => {
      const values = this._ipAddresses.filter((address) => address.family === family).map(({ text }) => text);
      return values.length === 0 ? [] : [{ name, type: RECORD_TYPES[family], values }];
    });
    if (records.length > 0) return records;
    throw nameMissing('ipAddress or canonicalName must be given', 'ipAddress: "10.1.0.100"');
  }
}

/** An IP address of an endpoint, or text that contains a token of the framework. */
interface EndpointAddress {
  readonly family: AddressFamily;
  readonly text: string;
}

const RECORD_TYPES: Readonly<Record<AddressFamily, string>> = {
  [AddressFamily.IPV4]: 'A',
  [AddressFamily.IPV6]: 'AAAA',
};

/** Returns whether a value is an endpoint of this package. */
export function isControlPlaneEndpoint(value: unknown): value is ControlPlaneEndpoint {
  return typeof value === 'object' && value !== null && '_ipAddresses' in value;
}

function nameMissing(need: string, fix: string): Error {
  return refusal(PLACE, 'endpoint-name-missing', need, 'neither', fix);
}

function hostText({ family, text }: EndpointAddress): string {
  return family === AddressFamily.IPV6 ? `[${text}]` : text;
}

function checkedCanonicalName({ canonicalName, ipAddress }: ControlPlaneEndpointProps): string | undefined {
  if (canonicalName === undefined) return undefined;
  if (ipAddress !== undefined) {
    const need = 'ipAddress or canonicalName must be given, but not both';
    throw refusal(PLACE, 'endpoint-name-ambiguous', need, 'both', 'only the one for the DNS record');
  }
  return typeof canonicalName === 'string' && holdsToken(canonicalName)
    ? canonicalName
    : checkDnsName(canonicalName, PLACE, 'canonicalName');
}

/** Returns the IP addresses that clients use: the one that was given, else the ranges of the virtual address that are one each. */
function ipAddressesOf({ ipAddress, canonicalName, virtualAddress }: ControlPlaneEndpointProps): EndpointAddress[] {
  if (canonicalName !== undefined) return [];
  if (ipAddress !== undefined) return [checkedIpAddress(ipAddress)];
  const { ranges, unknownRanges } = virtualAddress._farEnd;
  const known = ranges.filter(({ family, prefixLength }) => prefixLength === ADDRESS_BITS[family]);
  return [...known, ...unknownRanges.filter(({ text, family }) => text.endsWith(`/${ADDRESS_BITS[family]}`))].map(
    ({ family, text }) => ({ family, text: text.replace(/\/\d+$/, '') }),
  );
}

function checkedIpAddress(ipAddress: string): EndpointAddress {
  if (typeof ipAddress === 'string' && holdsToken(ipAddress)) return { family: AddressFamily.IPV4, text: ipAddress };
  const parsed = parseIpAddress(checkText(ipAddress, PLACE, 'ipAddress'));
  if (parsed) return { family: parsed.family, text: formatIpAddress(parsed) };
  const bare = ipAddress.replace(/\/\d+$/, '');
  const fix = parseIpAddress(bare) ? shown(bare) : isDnsName(ipAddress) ? `hostname: ${shown(ipAddress)}` : undefined;
  throw refusal(PLACE, 'ip-address-invalid', 'ipAddress must be one IP address', shown(ipAddress), fix);
}

function checkedServers(servers: Record<string, string>, endpoint: ControlPlaneEndpoint): Record<string, string> {
  checkObject(servers, 'the servers by name', '{ master1: "10.1.0.1" }', PLACE);
  const entries = Object.entries(servers);
  if (entries.length === 0) throw refusal(PLACE, 'servers-missing', 'servers must have at least one entry', '{}');
  const own = new Set(endpoint._ipAddresses.map(({ text }) => text));
  const known = new Set<string>();
  for (const [name, address] of entries) {
    const place = `${PLACE}, servers[${shown(name)}]`;
    checkServerName(name, place);
    const host = serverAddress(address, place);
    if (known.has(host)) {
      throw refusal(place, 'server-given-twice', 'servers must have different addresses', `${shown(address)} twice`);
    }
    known.add(host);
    if (own.has(host)) {
      const need = 'a server must have an address of its own, not the virtual one';
      throw refusal(place, 'server-is-the-virtual-address', need, shown(address));
    }
    checkOfControlPlane(address, endpoint.controlPlane, place);
  }
  return { ...servers };
}

function serverAddress(address: string, place: string): string {
  const text = checkText(address, place, 'address');
  const ip = parseIpAddress(text);
  if (ip) return formatIpAddress(ip);
  if (isDnsName(text)) return text.toLowerCase();
  const need = 'a server must have an IP address or a DNS name, without prefix length and port';
  throw refusal(place, 'server-address-invalid', need, shown(text));
}

/** Throws for an IP address outside of the ranges of the control plane, if all of these are known. */
function checkOfControlPlane(address: string, { label, ipRanges, _farEnd }: IHostGroup, place: string): void {
  const ip = parseIpAddress(address);
  const { ranges, unknownRanges, hostGroups } = _farEnd;
  if (!ip || ranges.length === 0 || unknownRanges.length + hostGroups.length > 0) return;
  const isWithin = ranges.some(
    (range) => range.family === ip.family && range._first <= ip.value && ip.value <= range._last,
  );
  if (isWithin) return;
  const need = `a server of ${label} must be within ${ipRanges.join(', ')}`;
  throw refusal(place, 'server-outside-control-plane', need, formatIpAddress(ip));
}

const NAME = /^[A-Za-z0-9_.-]{1,63}$/;

/** Throws unless HAProxy accepts the name of a server. */
export function checkServerName(name: string, place: string): void {
  if (NAME.test(checkText(name, place, 'name'))) return;
  const need = 'name must be at most 63 letters, digits, dots, hyphens and underscores';
  throw refusal(place, 'server-name-invalid', need, shown(name));
}
