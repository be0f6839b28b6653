import { AddressFamily, FAMILY_NAMES } from '../../net';
import type { TracedFlow, TracedPeer } from '../../provenance';
import { groupsWithoutRanges, peerRanges, peerText } from '../peer-text';

/** A protocol whose packets do not go to the IP addresses of the machines. */
interface Multicast {
  readonly is: (flow: TracedFlow) => boolean;
  readonly name: string;
  readonly addresses: Readonly<Partial<Record<AddressFamily, string>>>;
  readonly source: string;
}

const VRRP = '112/ip';
const LVS_SYNC_TABLE = 'keepalived@';

const MULTICAST: readonly Multicast[] = [
  {
    is: ({ port }) => String(port) === VRRP,
    name: 'VRRP',
    addresses: { [AddressFamily.IPV4]: '224.0.0.18', [AddressFamily.IPV6]: 'ff02::12' },
    source: 'RFC 9568, https://www.rfc-editor.org/rfc/rfc9568#section-5.1.1.2',
  },
  {
    is: ({ document, row }) => document.key.startsWith(LVS_SYNC_TABLE) && row === 'lvs-sync',
    name: 'The LVS sync daemon',
    addresses: { [AddressFamily.IPV4]: '224.0.0.81' },
    source: 'keepalived.conf(5), lvs_sync_daemon',
  },
];

/** More ranges than these are counted. */
const MAX_RANGES = 4;

/**
 * Returns what a firewall needs to know about flows and their ports do not say, each once. `beside` are all flows that are asked for with
 * them.
 */
export function flowNotes(flows: readonly TracedFlow[], beside: readonly TracedFlow[] = flows): string[] {
  return [
    ...new Set(flows.flatMap((flow) => [...backendNotes(flow, beside), ...multicastNotes(flow), ...familyNotes(flow)])),
  ];
}

const FLANNEL_TABLE = 'kubeadm-flannel@';
const UDP_BACKEND = 'flannel-udp';
const VXLAN_BACKEND = 'flannel-vxlan';

/** Returns that a port is for one backend of Flannel, if the construct asks the firewall team for the port of the other one too. */
function backendNotes(flow: TracedFlow, beside: readonly TracedFlow[]): string[] {
  const [own, other] = flow.row === UDP_BACKEND ? [UDP_BACKEND, VXLAN_BACKEND] : [VXLAN_BACKEND, UDP_BACKEND];
  if (flow.row !== own || !flow.external || !flow.document.key.startsWith(FLANNEL_TABLE)) return [];
  const second = beside.find(
    ({ row, stack, constructPath, document }) =>
      row === other &&
      stack === flow.stack &&
      constructPath === flow.constructPath &&
      document.key === flow.document.key,
  );
  if (second === undefined) return [];
  const [udp, vxlan] = own === UDP_BACKEND ? [flow.port, second.port] : [second.port, flow.port];
  return [
    `Flannel carries the traffic of pods between machines, and a cluster runs one backend of it: with VXLAN, ${String(udp)} is not needed, and with UDP, ${String(vxlan)} is not. ` +
      'Both are asked for, because the requesting team has not said which one it runs: open both, or ask',
  ];
}

/** Returns the multicast address that packets go to. */
function multicastNotes(flow: TracedFlow): string[] {
  return MULTICAST.filter(({ is }) => is(flow)).map(({ name, addresses, source }) => {
    const families = knownFamilies(flow.destination);
    const all = Object.values(AddressFamily).filter((family) => addresses[family] !== undefined);
    const own = all.filter((family) => families?.has(family) ?? true);
    const texts = (own.length === 0 ? all : own).map((family) => addresses[family]);
    const noun = texts.length === 1 ? 'address' : 'addresses';
    const object = texts.length === 1 ? 'it' : 'them';
    const inCloud = flow.external ? '' : '; networks of clouds carry no multicast';
    return `${name} sends to the multicast ${noun} ${texts.join(' and ')}: a firewall that filters by destination must allow ${object} too, unless the machines are configured for unicast, which the code does not say${inCloud} (${source})`;
  });
}

/** Returns the IP ranges of one end that no packet can have, because the other end has no IP address of their family. */
function familyNotes({ source, destination, family, isWithoutPackets, external }: TracedFlow): string[] {
  if (isWithoutPackets) return [];
  return [
    ...familyNote(source, destination, 'from', family),
    // whoever opens a port to the machines of a stack has all their addresses there
    ...(external ? familyNote(destination, source, 'to', family) : []),
  ];
}

function familyNote(peer: TracedPeer, far: TracedPeer, way: 'from' | 'to', of: TracedFlow['family']): string[] {
  const families = knownFamilies(far);
  if (families?.size !== 1) return [];
  const [only] = families;
  const ranges = peerRanges(peer).ranges.filter(({ family }) => family !== only && (of ?? family) === family);
  if (ranges.length === 0) return [];
  const what =
    ranges.length > MAX_RANGES
      ? `the ${ranges.length} ${FAMILY_NAMES[ranges[0].family]} ranges of ${peerText(peer)}`
      : ranges.join(', ');
  return [`No packet ${way} ${what} can pass: in the code, ${peerText(far)} has ${FAMILY_NAMES[only]} addresses only`];
}

/** Returns the families of the IP addresses of machines; nothing unless all are known. */
function knownFamilies(peer: TracedPeer): ReadonlySet<AddressFamily> | undefined {
  const { ranges, references } = peerRanges(peer);
  if (ranges.length === 0 || references.length > 0 || groupsWithoutRanges(peer).length > 0) return undefined;
  return new Set(ranges.map(({ family }) => family));
}
