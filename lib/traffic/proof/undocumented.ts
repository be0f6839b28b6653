import { ClusterPortsError } from '../../input';
import type { FlowJson, HostnameJson, PeerJson, ProvenanceJson } from '../../provenance';
import type { AwsPlace } from '../configuration';
import { allowedBy, coversName, trafficDifference, type TrafficRow, trafficRows } from '../permitted';
import {
  egressToDns,
  egressToEverything,
  neededBy,
  neededByHostname,
  type ProvenanceContext,
  selectedGroups,
} from '../read';
import {
  ALL_INSTANCES,
  ANY_MACHINE,
  type Direction,
  type EndName,
  type GroupName,
  notAttachedReason,
  type PeerName,
  resourceAddress,
  type Rule,
  type RulePeer,
} from '../rule';
import { type AddressRange, intersection, isWhole, isWorldWide, overlap, parsePorts, parseWrittenText } from '../sets';
import { Coverage } from './coverage';

/** A far end in a row: a name, and the part of its IP addresses. */
export const FAR_END = /^(.*?)(?: in (.*)| over IPv[46])?$/;

/** Traffic that rules of a stack allow and that no flow or hostname of its provenance is for. */
export interface UndocumentedTraffic {
  readonly direction: Direction;
  /** As in `TrafficRow`. */
  readonly port: string;
  readonly from: UndocumentedEnd;
  readonly to: UndocumentedEnd;
  /** The Terraform addresses of the rules that allow it. */
  readonly rules: readonly string[];
  /** Why it is not known whether the rules apply; absent if it is known. */
  readonly notKnown?: string;
  /** Whether its ends have no IP addresses of one family in common. */
  readonly isWithoutPackets?: true;
}

/** One end of traffic. */
interface UndocumentedEnd {
  /** As in `TrafficRow`. */
  readonly name: string;
  /** The network on GCP that the name belongs to; absent for IP ranges and security groups. */
  readonly network?: string;
  /** The account and the region of a security group, as far as they are known. */
  readonly place?: AwsPlace;
  /** The same machines in the provenance; absent if it does not have them. */
  readonly machines?: ProvenMachines;
  /** Whether rules or the provenance have the same name in a different network too. */
  readonly isInSeveralNetworks?: true;
  /** The machines in the provenance that have the same name in different networks. */
  readonly namesakes: readonly ProvenMachines[];
  /** Whether it is most of the internet. */
  readonly isWorld: boolean;
}

/** A host group in a provenance. */
interface ProvenMachines {
  /** The index of a peer. */
  readonly peer: number;
  /** The index of one of its host groups. */
  readonly group: number;
}

/** The rules of a stack with its provenance. */
interface RulesOfStack {
  readonly provenance: ProvenanceJson;
  readonly context: ProvenanceContext;
  readonly rules: readonly Rule[];
}

/** What rules may be for, as far as it holds. */
interface Believed {
  readonly flows: readonly FlowJson[];
  readonly hostnames: readonly HostnameJson[];
}

/** Returns what the rules of a stack allow, without what the believed flows and hostnames need. */
export function undocumentedTraffic(stack: RulesOfStack, believed: Believed): UndocumentedTraffic[] {
  const { provenance, context, rules } = stack;
  const needed = [
    ...believed.flows.flatMap(neededBy(provenance, context)),
    ...believed.hostnames.flatMap((hostname) => neededByHostname(hostname, provenance.peers, context)),
    ...egressToEverything(
      provenance.peers.flatMap((peer) => groupsOf(peer, context)),
      context,
    ),
    ...egressToDns(believed.flows, (peer) => groupsOf(provenance.peers[peer], context), context),
  ];
  const coverage = new Coverage(needed);
  const others = rules.filter((rule) => rule.action === 'allow' && !coverage.hasAll(byPort(rule)));
  if (others.length === 0) return [];
  const scopes = new Set(others.map(scopeOf));
  const [allowed, documented] = [rules, needed].map((all) =>
    allowedBy(all.filter((rule) => scopes.has(scopeOf(rule)))),
  );
  const rows = trafficRows(trafficDifference(allowed, documented)).filter(({ permitted }) => permitted);
  const machines = new NamesInNetworks(rules, machinesIn(stack));
  return rows.map((row) => withPlaces(traffic(row, others, machines), context));
}

function withPlaces(found: UndocumentedTraffic, { aws }: ProvenanceContext): UndocumentedTraffic {
  const [from, to] = [found.from, found.to].map((end): UndocumentedEnd => {
    const place = end.name.startsWith('sg:') ? aws.placeOf(end.name as EndName) : undefined;
    return place === undefined ? end : { ...end, place };
  });
  return { ...found, from, to };
}

/** The rules of one direction and network are evaluated together. */
function scopeOf({ direction, network }: Rule): string {
  return `${direction}|${network}`;
}

/** Returns a rule for each port of a rule, because flows have one port each. */
function byPort(rule: Rule): Rule[] {
  return rule.ports.map((ports) => ({ ...rule, ports: [ports] }));
}

/** A selector that cannot be read selects nothing that could be compared. */
function groupsOf(peer: PeerJson, context: ProvenanceContext): ReturnType<typeof selectedGroups> {
  try {
    return selectedGroups(peer, context);
  } catch (error) {
    if (error instanceof ClusterPortsError) return [];
    throw error;
  }
}

function traffic(row: TrafficRow, rules: readonly Rule[], machines: NamesInNetworks): UndocumentedTraffic {
  const { direction, port, network } = row;
  const opening = rulesFor(row, rules);
  const applied = rules.filter((rule) => opening.includes(resourceAddress(rule)));
  const unenforced = applied.every((rule) => rule.unenforced !== undefined) ? applied.at(0)?.unenforced : undefined;
  const reason = (network === undefined ? undefined : notAttachedReason(network)) ?? unenforced;
  const [from, to] = [row.from, row.to].map((name): UndocumentedEnd => {
    const range = rangeOf(name);
    if (range !== undefined) return { name, namesakes: [], isWorld: isWorldWide(range.family, range.bounds) };
    return { name, ...(network !== undefined && { network }), ...machines.find(name, network ?? ''), isWorld: false };
  });
  return {
    direction,
    port,
    from,
    to,
    rules: opening,
    ...(reason === undefined ? {} : { notKnown: reason }),
  };
}

/** Returns the machines in a provenance by the names that rules have for them. */
function machinesIn({ provenance, context }: RulesOfStack): Map<string, ProvenMachines> {
  const found = new Map<string, ProvenMachines>();
  provenance.peers.forEach((peer, index) => {
    peer.hostGroups.forEach((group, at) => {
      for (const { group: name, network } of groupsOf({ ...peer, hostGroups: [group] }, context)) {
        const key = machinesKey(name, network);
        // a peer that is nothing else comes first
        if (!found.has(key) || peer.hostGroups.length === 1) found.set(key, { peer: index, group: at });
      }
    });
  });
  return found;
}

function machinesKey(name: string, network: string): string {
  return `${network}|${name}`;
}

/** Tells in which networks rules and the provenance have a name. */
class NamesInNetworks {
  private readonly networks = new Map<string, Set<string>>();

  constructor(
    rules: readonly Rule[],
    private readonly machines: ReadonlyMap<string, ProvenMachines>,
  ) {
    const add = (name: string, network: string): unknown =>
      network === '' || notAttachedReason(network) !== undefined
        ? undefined
        : this.networks.set(name, (this.networks.get(name) ?? new Set()).add(network));
    for (const { groups, peers, network } of rules) {
      groups.forEach((group) => add(group, network));
      peers.forEach(({ name }) => (name === ANY_MACHINE ? undefined : add(name, network)));
    }
    for (const key of machines.keys()) {
      const [network, name] = [key.slice(0, key.indexOf('|')), key.slice(key.indexOf('|') + 1)];
      add(name, network);
    }
  }

  public find(name: string, network: string): Pick<UndocumentedEnd, 'machines' | 'isInSeveralNetworks' | 'namesakes'> {
    const found = this.machines.get(machinesKey(name, network));
    const others = [...(this.networks.get(name) ?? [])].filter(
      (other) => network !== '' && notAttachedReason(network) === undefined && other !== network,
    );
    return {
      ...(found && { machines: found }),
      ...(others.length > 0 && { isInSeveralNetworks: true }),
      namesakes: others.flatMap((other) => this.machines.get(machinesKey(name, other)) ?? []),
    };
  }
}

/** Returns the rules that allow a row. A row of all machines is also of those that rules name. */
function rulesFor(row: TrafficRow, rules: readonly Rule[]): string[] {
  const [near, far] = row.direction === 'ingress' ? [row.to, row.from] : [row.from, row.to];
  const [asked, isFar] = [parsePorts(row.port), isFarEnd(far)];
  const matching = rules.filter(
    ({ direction, network, ports, peers }) =>
      direction === row.direction &&
      network === (row.network ?? '') &&
      asked !== undefined &&
      overlap(ports, [asked]) &&
      peers.some(isFar),
  );
  const naming = matching.filter(
    ({ groups }) => near === ALL_INSTANCES || groups.some((group) => coversName(group, near as GroupName)),
  );
  const ofAll = matching.filter(({ groups }) => groups.includes(ALL_INSTANCES));
  return [...new Set((naming.length > 0 ? naming : ofAll).map(resourceAddress))];
}

/** Returns a function that tells whether a far end of a rule has some of the far end of a row. */
function isFarEnd(far: string): (peer: RulePeer) => boolean {
  const [, named, within] = FAR_END.exec(far)!;
  const range = rangeOf(within ?? far);
  return ({ name, family, addresses }) => {
    if (range !== undefined && range.family !== family) return false;
    if (range !== undefined && intersection(range.bounds, addresses).length === 0) return false;
    if (name === ANY_MACHINE) return range !== undefined;
    // a row of any IP address is also of machines that rules name
    if (within === undefined && range !== undefined) return isWhole(family, range.bounds);
    return coversName(name, named as PeerName);
  };
}

/** Returns the IP range that a row names; nothing for other ends. */
export function rangeOf(text: string): AddressRange | undefined {
  const range = parseWrittenText(text);
  return 'problem' in range ? undefined : range;
}
