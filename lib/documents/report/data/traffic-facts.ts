import { AddressFamily, FAMILY_NAMES, hasPorts, nameOfProtocol, protocolNumber } from '../../../net';
import type { TracedFlow, TracedHostname, TracedOpening, TracedPeer } from '../../../provenance';
import { inOwnFamily } from '../../flow-family';
import { groupsWithoutRanges, peerRanges, peerText } from '../../peer-text';
import type { ReportData } from './report-data';

/** What stacks open or ask for. */
interface Traffic {
  readonly flows: readonly TracedFlow[];
  readonly hostnames: readonly TracedHostname[];
  readonly undocumented: readonly TracedOpening[];
}

/** Returns what a reader wants to know of all rows together. */
export function trafficFacts(traffic: Traffic): Pick<ReportData, 'protocols' | 'ipVersions'> {
  return { protocols: protocolsText(traffic), ipVersions: ipVersionsText(traffic) };
}

/** Returns the protocols of all rows: `tcp, udp, VRRP (112/ip)`; and that there is none without ports, if so. */
function protocolsText({ flows, hostnames, undocumented }: Traffic): string {
  const ports = [
    ...flows.map(({ port }) => String(port)),
    ...hostnames.flatMap((hostname) => hostname.ports.map(String)),
    ...undocumented.map(({ port }) => port),
  ];
  const names = [...new Set(ports.map(protocolName))];
  if (names.length === 0) return 'none';
  const areAllWithPorts = names.every(isWithPorts);
  return `${names.join(', ')}${areAllWithPorts ? '; nothing without ports, such as ICMP or VRRP' : ''}`;
}

function isWithPorts(name: string): boolean {
  const protocol = protocolNumber(name);
  return protocol !== undefined && hasPorts(protocol);
}

/** Returns the name of a protocol of a port as text, with its number if it has no ports. */
function protocolName(port: string): string {
  const [numbers, protocol] = port.split('/');
  if (protocol === undefined) return port;
  if (protocol !== 'ip') return protocol;
  const name = nameOfProtocol(Number(numbers));
  return name === undefined ? port : `${name.toUpperCase()} (${port})`;
}

/** Returns over which versions of IP the rows are: `IPv4: no IP range of this page is IPv6`. */
function ipVersionsText({ flows, undocumented }: Traffic): string {
  const { names, unknown, common } = familiesOf([...flows.map(inOwnFamily), ...undocumented]);
  const notKnown =
    unknown.size === 0 ? '' : `; not known for ${[...unknown].join(', ')}, whose IP ranges are not given`;
  const [ofIpv4, ofIpv6] = [names[AddressFamily.IPV4], names[AddressFamily.IPV6]];
  if (ofIpv4.size + ofIpv6.size === 0) return 'not known: no IP range is given';
  if (ofIpv6.size === 0) return `IPv4: no IP range of this page is IPv6${notKnown}`;
  if (ofIpv4.size === 0) return `IPv6: no IP range of this page is IPv4${notKnown}`;
  if (common.has(AddressFamily.IPV6)) return `IPv4, and IPv6 for ${[...ofIpv6].join(', ')}${notKnown}`;
  return `IPv4: ${[...ofIpv6].join(', ')} has IPv6 ranges too, and the other end has none${notKnown}`;
}

/** Returns the version of IP of all flows; nothing unless all their IP ranges are known and of one. */
export function onlyIpVersion(flows: readonly TracedFlow[]): string | undefined {
  const { names, unknown } = familiesOf(flows.map(inOwnFamily));
  const present = Object.values(AddressFamily).filter((family) => names[family].size > 0);
  return unknown.size === 0 && present.length === 1 ? FAMILY_NAMES[present[0]] : undefined;
}

/** The IP ranges of rows by their families. */
interface Families {
  /** The machines that have IP ranges of a family. */
  readonly names: Readonly<Record<AddressFamily, ReadonlySet<string>>>;
  /** The machines of which not all IP ranges are known. */
  readonly unknown: ReadonlySet<string>;
  /** The families that both ends of a row may have. */
  readonly common: ReadonlySet<AddressFamily>;
}

function familiesOf(rows: readonly Pick<TracedFlow, 'source' | 'destination'>[]): Families {
  const names = { [AddressFamily.IPV4]: new Set<string>(), [AddressFamily.IPV6]: new Set<string>() };
  const unknown = new Set<string>();
  const common = new Set<AddressFamily>();
  const known = new Map<TracedPeer, ReadonlySet<AddressFamily>>();
  const familiesOfPeer = (peer: TracedPeer): ReadonlySet<AddressFamily> => {
    const { ranges, references } = peerRanges(peer);
    for (const { family } of ranges) names[family].add(peerText(peer));
    const isKnown = ranges.length > 0 && references.length === 0 && groupsWithoutRanges(peer).length === 0;
    if (!isKnown) unknown.add(peerText(peer));
    return new Set(isKnown ? ranges.map(({ family }) => family) : Object.values(AddressFamily));
  };
  for (const { source, destination } of rows) {
    for (const peer of [source, destination]) if (!known.has(peer)) known.set(peer, familiesOfPeer(peer));
    for (const family of known.get(source)!) if (known.get(destination)!.has(family)) common.add(family);
  }
  return { names, unknown, common };
}
