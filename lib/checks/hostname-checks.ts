import { hostnamePurpose, peerKey, peerRanges, peerText } from '../documents';
import { type Port, Protocol } from '../net';
import { isOnlyGroup, namesBehindFilter, peerNames, type TracedHostname, type TracedPeer } from '../provenance';

/** A hostname that this machine may need. It is never tried: a TCP connection does not show whether a filter allows the name. */
export interface UncheckedHostname {
  readonly hostname: TracedHostname;
  readonly reason: string;
}

/** The machine that checks: the machines that it may be one of. */
interface CheckingMachine {
  readonly sources: readonly TracedPeer[];
  /** The stacks of its flows; empty if it has none. */
  readonly stacks: ReadonlySet<string | undefined>;
  /** Whether the user means the machines that a hostname is for. */
  readonly isMeant: (hostname: TracedHostname) => boolean;
}

/** Returns the hostnames that a machine may need. Those for different machines are left out. */
export function hostnamesOf(hostnames: readonly TracedHostname[], machine: CheckingMachine): UncheckedHostname[] {
  const { sources, stacks, isMeant } = machine;
  return hostnames
    .filter((hostname) => {
      if (isMeant(hostname)) return true;
      const { clients, stack } = hostname;
      if (!stacks.has(stack)) return false;
      return clients === undefined || sources.some((source) => mayShareMachines(source, clients));
    })
    .map((hostname) => ({ hostname, reason: reasonFor(hostname) }));
}

/** Returns the names of the machines that a hostname is for, and a key that is equal for the same machines. */
export function clientNames({ clients, through, filter, stack }: TracedHostname): [string, readonly string[]] {
  if (clients !== undefined) {
    return [machinesKey(clients), [...peerNames(clients), `${clients.label} through ${through}`]];
  }
  const names = namesBehindFilter(through, filter);
  return [
    JSON.stringify(['behind', stack, through]),
    [...names, ...(stack === undefined ? [] : names.map((name) => `${stack}/${name}`))],
  ];
}

/** Returns a key that is equal for the same machines: constructs may give a tag, an account or a group different IP ranges. */
export function machinesKey(peer: TracedPeer): string {
  if (!isOnlyGroup(peer)) return peerKey(peer);
  const [{ cloud, network, account, region }] = peer.hostGroups;
  return JSON.stringify([peer.stack, peer.label, cloud, network, account, region]);
}

/** Whether a machine can be in both ends. Host groups with different names are different machines, as far as provenance says it. */
function mayShareMachines(one: TracedPeer, other: TracedPeer): boolean {
  const [labels, otherLabels] = [one, other].map(({ hostGroups }) => hostGroups.map(({ label }) => label));
  if (labels.some((label) => otherLabels.includes(label))) return true;
  const [own, others] = [peerRanges(one), peerRanges(other)];
  if (own.ranges.some((range) => others.ranges.some((each) => overlap(range, each)))) return true;
  return isUnknown(one) !== isUnknown(other) || own.references.length + others.references.length > 0;
}

type Range = TracedPeer['ranges'][number];

function overlap(one: Range, other: Range): boolean {
  return one.family === other.family && one._first <= other._last && other._first <= one._last;
}

/** Whether no IP range of an end is known, so that it is known only by name. */
function isUnknown(peer: TracedPeer): boolean {
  return peerRanges(peer).ranges.length === 0;
}

function reasonFor({ hostname, filter }: TracedHostname): string {
  if (hostname.startsWith('*.')) return `it means every name below ${hostname.slice(2)}: try a name that you need`;
  if (filter === 'firewall-policy') return 'hostnames are not tried';
  return 'hostnames are not tried: a TCP connection does not show whether a filter allows the name';
}

/** Returns the purpose of a hostname, with the machines that it is for and what allows it. */
export function hostnameText({ hostname }: UncheckedHostname): string {
  const { clients, through } = hostname;
  const machines = clients === undefined ? '' : `${peerText(clients)} `;
  return `${machines}through ${through}: ${hostnamePurpose(hostname)}`;
}

/** Returns a hostname with its ports: `archive.ubuntu.com 443/tcp 80/tcp`. */
export function namedPorts({ hostname: { hostname, ports } }: UncheckedHostname): string {
  return [hostname, ...ports].join(' ');
}

/** How to try a hostname from a machine. */
interface HostnameCheck {
  readonly command: string;
  readonly expected: string;
}

/** Plain names: people copy the command. */
const PLAIN = /^[a-z0-9.-]+$/;
const SCHEMES: Readonly<Record<string, string>> = { '443/tcp': 'https', '80/tcp': 'http' };

/** Returns a command for each port at which a hostname can be tried; none for wildcards and UDP. */
export function hostnameChecks({ hostname: { hostname, ports, filter } }: UncheckedHostname): HostnameCheck[] {
  if (!PLAIN.test(hostname)) return [];
  return ports.flatMap((port): HostnameCheck[] => {
    const scheme = SCHEMES[String(port)];
    if (scheme !== undefined && filter !== 'firewall-policy') {
      const command = `curl -sS -o /dev/null -w '%{http_code}' ${scheme}://${hostname}/`;
      return [{ command, expected: 'a status other than 000; 403 may come from the filter' }];
    }
    return port.protocol === Protocol.TCP ? [connection(hostname, port)] : [];
  });
}

function connection(hostname: string, { numbers }: Port): HostnameCheck {
  return { command: `nc -zv ${hostname} ${numbers}`, expected: '"succeeded!"' };
}

/** Renders how to try a hostname on one line. */
export function hostnameCheckText({ command, expected }: HostnameCheck): string {
  return `by hand: ${command}, expect ${expected}`;
}
