import { peerRanges, peerText } from '../documents';
import { nearestName, refusal, shown } from '../input';
import { ADDRESS_BITS, type Cidr, formatIpAddress, parseIpAddress, type Port, Protocol } from '../net';
import type { TracedFlow, TracedPeer } from '../provenance';

/** Longer port ranges are not tried, because that would be a port scan. */
const MAX_PORTS = 16;
const MACHINE_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*\.?$/i;

/** The endpoints that a machine can try, and the flows that it cannot check. */
export interface CheckPlan {
  readonly endpoints: readonly CheckedEndpoint[];
  readonly notCheckable: readonly NotCheckable[];
}

/** One port of one machine that must be reachable. */
export interface CheckedEndpoint {
  /** The name or IP address of the machine. */
  readonly host: string;
  readonly port: number;
  /** The flows that need it, at least one. */
  readonly flows: readonly TracedFlow[];
}

/** A flow that cannot be checked, and the reason. */
export interface NotCheckable {
  readonly flow: TracedFlow;
  readonly reason: string;
}

/** The role of the machine that checks, and the machines of each destination. */
interface CheckPlanOptions {
  /** The id of the role of this machine. */
  readonly as: string;
  /**
   * The names or IP addresses of machines, by the label of their destination or the id of its role.
   * @default - only destinations that are single IP addresses are tried
   */
  readonly hosts?: HostsByName;
  /** How errors name the call: `verify`. */
  readonly place: string;
}

type HostsByName = Readonly<Record<string, readonly string[]>>;

/** Plans which endpoints a machine of a role tries: single IP addresses and the machines in `hosts`, never whole ranges. */
export function checkPlan(flows: readonly TracedFlow[], { as, hosts = {}, place }: CheckPlanOptions): CheckPlan {
  const fromRole = flowsFrom(flows, as, place);
  const given = hostsOf(fromRole, hosts, place);
  const endpoints = new Map<string, { host: string; port: number; flows: TracedFlow[] }>();
  const notCheckable: NotCheckable[] = [];
  for (const flow of fromRole) {
    const targets = given(flow) ?? singleAddresses(flow.destination);
    const reason = whyNot(flow, targets);
    if (reason !== undefined) notCheckable.push({ flow, reason });
    if (flow.port.protocol !== Protocol.TCP || isLong(flow.port)) continue;
    for (const host of targets) {
      for (let port = flow.port.fromPort; port <= flow.port.toPort; port++) {
        const endpoint = endpoints.get(`${host} ${port}`) ?? { host, port, flows: [] };
        endpoint.flows.push(flow);
        endpoints.set(`${host} ${port}`, endpoint);
      }
    }
  }
  return { endpoints: [...endpoints.values()], notCheckable };
}

function flowsFrom(flows: readonly TracedFlow[], role: string, place: string): TracedFlow[] {
  const roles = [...new Set(flows.map(({ sourceRole }) => sourceRole.id))].sort();
  if (roles.length === 0) throw refusal(place, 'flows-missing', 'at least one flow is needed', 'none');
  if (!roles.includes(role)) {
    const near = nearestName(role, roles);
    const need = `the role must be the source of a flow: ${roles.join(', ')}`;
    throw refusal(place, 'role-unknown', need, shown(role), near === undefined ? undefined : shown(near));
  }
  return flows.filter(({ sourceRole }) => sourceRole.id === role);
}

/** Returns a function that finds the machines given for the destination of a flow. */
function hostsOf(
  flows: readonly TracedFlow[],
  hosts: HostsByName,
  place: string,
): (flow: TracedFlow) => readonly string[] | undefined {
  const names = [
    ...new Set(flows.flatMap(({ destination, destinationRole }) => [destination.label, destinationRole.id])),
  ];
  for (const [name, given] of Object.entries(hosts)) {
    if (!names.includes(name)) {
      const near = nearestName(name, names);
      const need = `hosts must belong to a destination of the role: ${[...names].sort().join(', ')}`;
      throw refusal(place, 'destination-unknown', need, shown(name), near === undefined ? undefined : shown(near));
    }
    given.forEach((host) => checkHost(host, place));
  }
  const named = new Map(Object.entries(hosts));
  return ({ destination, destinationRole }) => {
    const given = named.get(destination.label) ?? named.get(destinationRole.id);
    given?.forEach((host) => checkWithin(host, destination, place));
    return given;
  };
}

function checkHost(host: string, place: string): void {
  if (!parseIpAddress(host) && !MACHINE_NAME.test(host)) {
    throw refusal(place, 'host-invalid', 'a host must be the name or IP address of a machine', shown(host));
  }
}

/** Throws for a machine outside of the destination's ranges: its answer would say nothing about the flow. */
function checkWithin(host: string, peer: TracedPeer, place: string): void {
  const address = parseIpAddress(host);
  const { ranges, references } = peerRanges(peer);
  if (!address || ranges.length === 0 || references.length > 0) return;
  const isWithin = (range: Cidr): boolean =>
    range.family === address.family && range._first <= address.value && address.value <= range._last;
  if (!ranges.some(isWithin)) {
    const need = `a host of ${peer.label} must be within ${ranges.map(String).join(', ')}`;
    throw refusal(place, 'host-outside-ranges', need, formatIpAddress(address));
  }
}

/** Returns the ranges of a peer that are one IP address each. */
function singleAddresses(peer: TracedPeer): string[] {
  return peerRanges(peer)
    .ranges.filter(({ family, prefixLength }) => prefixLength === ADDRESS_BITS[family])
    .map((range) => String(range).replace(/\/\d+$/, ''));
}

function whyNot({ port, destination }: TracedFlow, targets: readonly string[]): string | undefined {
  if (port.protocol !== Protocol.TCP) return 'UDP gives no answer that tells open from closed';
  if (isLong(port)) return `port ranges of more than ${MAX_PORTS} ports are not tried`;
  return targets.length > 0 ? undefined : `${whatIsKnown(destination)}: name its machines with --hosts`;
}

function whatIsKnown(peer: TracedPeer): string {
  const { ranges, references } = peerRanges(peer);
  if (ranges.length + references.length === 0) return `the IP ranges of ${peerText(peer)} are missing`;
  return ranges.length === 0
    ? `the IP ranges of ${peerText(peer)} are known after apply`
    : `${ranges.map(String).join(', ')} is more than one IP address`;
}

function isLong({ fromPort, toPort }: Port): boolean {
  return toPort - fromPort >= MAX_PORTS;
}
