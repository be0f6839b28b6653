import { inOwnFamily, type MissingPart, onlyFamily, peerKey, peerRanges, peerText } from '../documents';
import { NameIndex, refusal, shown } from '../input';
import { ADDRESS_BITS, FAMILY_NAMES, formatIpAddress, parseIpAddress, type Port, Protocol } from '../net';
import { peerNames, type TracedFlow, type TracedHostname, type TracedOmission, type TracedPeer } from '../provenance';
import { clientNames, hostnamesOf, machinesKey, type UncheckedHostname } from './hostname-checks';

/** Longer port ranges are not tried, because that would be a port scan. */
const MAX_PORTS = 16;
const MACHINE_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*\.?$/i;

/** The endpoints that a machine can try, and the flows that it cannot check. */
export interface CheckPlan {
  readonly endpoints: readonly CheckedEndpoint[];
  readonly notCheckable: readonly NotCheckable[];
  /**
   * The hostnames that the machine may need.
   * @default - none
   */
  readonly hostnames?: readonly UncheckedHostname[];
  /**
   * The rows from the machine that constructs omit.
   * @default - none
   */
  readonly omitted?: readonly TracedOmission[];
  /**
   * What could not be evaluated, so that more or less may be open than the rules say.
   * @default - none
   */
  readonly notEvaluated?: readonly MissingPart[];
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
  /** The id of the role of this machine, or a name of its host group or of the machines that hostnames are for. */
  readonly as: string;
  /**
   * The hostnames of the stacks, which are listed and not tried.
   * @default - none
   */
  readonly hostnames?: readonly TracedHostname[];
  /**
   * The rows that constructs of the stacks omit, which are listed and not tried.
   * @default - none
   */
  readonly omitted?: readonly TracedOmission[];
  /**
   * The names or IP addresses of machines, by a name of their destination or the id of its role.
   * @default - only destinations that are single IP addresses are tried
   */
  readonly hosts?: HostsByName;
  /**
   * What could not be evaluated in the files.
   * @default - none
   */
  readonly notEvaluated?: readonly MissingPart[];
  /** How errors name the call: `verify`. */
  readonly place: string;
}

type HostsByName = Readonly<Record<string, readonly string[]>>;

/** Plans which endpoints a machine of a role tries: single IP addresses and the machines in `hosts`, never whole ranges. */
export function checkPlan(
  flows: readonly TracedFlow[],
  { as, hosts = {}, hostnames = [], omitted = [], notEvaluated = [], place }: CheckPlanOptions,
): CheckPlan {
  const fromRole = flowsFrom(flows, hostnames, as, place);
  const given = hostsOf(fromRole, hosts, place);
  const endpoints = new Map<string, { host: string; port: number; flows: TracedFlow[] }>();
  const notCheckable: NotCheckable[] = [];
  for (const flow of fromRole) {
    const own = inOwnFamily(flow);
    const named = given(flow);
    const targets = named?.filter((host) => isOfFamily(host, flow)) ?? singleAddresses(own.destination);
    const reason = whyNot(own, targets, named);
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
  return {
    endpoints: [...endpoints.values()],
    notCheckable,
    hostnames: hostnamesFor(hostnames, fromRole, as),
    omitted: omittedFrom(omitted, fromRole, as),
    notEvaluated,
  };
}

/** Returns the omitted rows of a role, or of the machines at the source of flows. */
function omittedFrom(omitted: readonly TracedOmission[], flows: readonly TracedFlow[], as: string): TracedOmission[] {
  const isRole = flows.some(({ sourceRole }) => sourceRole.id === as);
  const sources = new Set(flows.map(({ source }) => machinesKey(source)));
  const names = omitted.flatMap(({ hostname }) => hostname ?? []);
  const needed = new Set(hostnamesFor(names, flows, as).map(({ hostname }) => hostname));
  return omitted.filter(({ hostname, sourceRole, source }) => {
    if (hostname !== undefined) return needed.has(hostname);
    return isRole ? sourceRole?.id === as : sources.has(machinesKey(source));
  });
}

function hostnamesFor(
  hostnames: readonly TracedHostname[],
  flows: readonly TracedFlow[],
  as: string,
): UncheckedHostname[] {
  const address = parseIpAddress(as);
  const sources = [...new Map(flows.map(({ source }) => [peerKey(source), source])).values()];
  const stacks = new Set(flows.map(({ stack }) => stack));
  const isMeant = (hostname: TracedHostname): boolean =>
    clientNames(hostname)[1].includes(as) ||
    hostname.machines?.includes(as) === true ||
    (address !== undefined && hostname.clients !== undefined && hasAddress(hostname.clients, address));
  return hostnamesOf(hostnames, { sources, stacks, isMeant });
}

const AS_ERRORS = {
  need: 'must be the role or the machines at the source of a flow, or the machines that hostnames are for',
  unknown: 'role-unknown',
  ambiguous: 'group-ambiguous',
} as const;
const HOSTS_ERRORS = {
  need: 'hosts must belong to a destination of the role',
  unknown: 'destination-unknown',
  ambiguous: 'group-ambiguous',
} as const;

/** Returns the flows that start at a role, or at machines with a name or an IP address; none if only hostnames are for these machines. */
function flowsFrom(
  flows: readonly TracedFlow[],
  hostnames: readonly TracedHostname[],
  name: string,
  place: string,
): TracedFlow[] {
  if (flows.length + hostnames.length === 0) {
    throw refusal(place, 'flows-missing', 'at least one flow is needed', 'none');
  }
  const ends = { end: 'source', role: 'sourceRole', errors: AS_ERRORS, hostnames } as const;
  return flowsOfEnd(flows, name, `${place}, --as`, ends);
}

interface EndOfFlows {
  readonly end: 'source' | 'destination';
  readonly role: 'sourceRole' | 'destinationRole';
  readonly errors: Parameters<NameIndex<string>['only']>[2];
  /** Hostnames whose machines may have the name, in addition to the ends of flows. */
  readonly hostnames: readonly TracedHostname[];
}

/** Returns the flows with an end that has a role or a name, or of which the IP ranges contain an IP address. */
function flowsOfEnd(flows: readonly TracedFlow[], name: string, place: string, ends: EndOfFlows): TracedFlow[] {
  const { end, role, errors, hostnames } = ends;
  const ofRole = flows.filter((flow) => flow[role].id === name);
  if (ofRole.length > 0) return ofRole;
  const address = parseIpAddress(name);
  const atAddress = address === undefined ? [] : flows.filter((flow) => hasAddress(flow[end], address));
  if (atAddress.length > 0) return atAddress;
  const ofHostname = flows.filter((flow) => hostnamesOfEnd(flow, end).includes(name));
  if (ofHostname.length > 0) return ofHostname;
  const isOfClients = hostnames.some(({ clients }) => address && clients && hasAddress(clients, address));
  if (isOfClients) return [];
  const known = [
    ...new Map(flows.map((flow) => [flow[role].id, [flow[role].id]])),
    ...new Map([...hostnames.map(clientNames), ...flows.map((flow) => namesOfEnd(flow, end))]),
  ];
  // several filters may be for the same machines, and flows may start at them
  const taken = new Set(known.flatMap(([, names]) => names));
  const behind = hostnames.map(({ machines = [] }) => machines.filter((one) => !taken.has(one)));
  const machines = new Map(behind.filter((names) => names.length > 0).map((names) => [names.join(), names]));
  const index = new NameIndex([...known, ...machines]);
  const key = index.only(name, place, errors);
  return flows.filter((flow) => machinesKey(flow[end]) === key);
}

/** Returns the hostname of a virtual address, which several may have, with and without its stack in front. */
function hostnamesOfEnd({ hostname, stack }: TracedFlow, end: EndOfFlows['end']): string[] {
  if (hostname === undefined || end === 'source') return [];
  return stack === undefined ? [hostname] : [hostname, `${stack}/${hostname}`];
}

/** Returns the names of an end of a flow, with a key that is equal for the same machines. */
function namesOfEnd(flow: TracedFlow, end: EndOfFlows['end']): [string, readonly string[]] {
  return [machinesKey(flow[end]), [...peerNames(flow[end]), ...hostnamesOfEnd(flow, end)]];
}

/** Returns a function that finds the machines given for the destination of a flow. */
function hostsOf(
  flows: readonly TracedFlow[],
  hosts: HostsByName,
  place: string,
): (flow: TracedFlow) => readonly string[] | undefined {
  const given = new Map<TracedFlow, readonly string[]>();
  const ends = { end: 'destination', role: 'destinationRole', errors: HOSTS_ERRORS, hostnames: [] } as const;
  for (const [name, ofName] of Object.entries(hosts)) {
    const found = flowsOfEnd(flows, name, `${place}, --hosts`, ends);
    ofName.forEach((host) => checkHost(host, place));
    for (const flow of found) {
      ofName.forEach((host) => checkWithin(host, flow.destination, place));
      // the name of a destination says more than its role
      if (!given.has(flow) || flow.destinationRole.id !== name) given.set(flow, ofName);
    }
  }
  return (flow) => given.get(flow);
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
  if (!hasAddress(peer, address)) {
    const need = `a host of ${peer.label} must be within ${ranges.map(String).join(', ')}`;
    throw refusal(place, 'host-outside-ranges', need, formatIpAddress(address));
  }
}

function hasAddress(peer: TracedPeer, { family, value }: IpAddress): boolean {
  return peerRanges(peer).ranges.some(
    (range) => range.family === family && range._first <= value && value <= range._last,
  );
}

type IpAddress = NonNullable<ReturnType<typeof parseIpAddress>>;

/** Returns the ranges of a peer that are one IP address each. */
function singleAddresses(peer: TracedPeer): string[] {
  return peerRanges(peer)
    .ranges.filter(({ family, prefixLength }) => prefixLength === ADDRESS_BITS[family])
    .map((range) => String(range).replace(/\/\d+$/, ''));
}

/** Whether packets of a flow can go to a machine: an IP address may be of the other family. */
function isOfFamily(host: string, flow: TracedFlow): boolean {
  const address = parseIpAddress(host);
  return address === undefined || address.family === (onlyFamily(flow) ?? address.family);
}

function whyNot(flow: TracedFlow, targets: readonly string[], given: readonly string[] = []): string | undefined {
  const { port, destination } = flow;
  if (port.protocol === Protocol.UDP) return 'UDP gives no answer that tells open from closed';
  if (port.protocol !== Protocol.TCP) return `${String(port)} has no connection to try`;
  if (isLong(port)) return `port ranges of more than ${MAX_PORTS} ports are not tried`;
  if (targets.length > 0) return undefined;
  const family = onlyFamily(flow);
  if (given.length > 0 && family !== undefined) {
    const name = FAMILY_NAMES[family];
    return `it is only for ${name}, and no ${name} address of ${peerText(destination)} is given`;
  }
  return `${whatIsKnown(destination)}: name its machines with --hosts`;
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
