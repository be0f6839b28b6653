import { NameIndex, refusal } from '../input';
import { type Cidr, parseCidr, sortedRanges } from '../net';
import {
  groupNames,
  type HostGroupJson,
  isOnlyGroup,
  peerNames,
  type ProvenanceJson,
  type TracedFlow,
  type TracedHostGroup,
  type TracedHostname,
  type TracedOpening,
  type TracedPeer,
} from '../provenance';

/** All flows and hostnames of stacks, external ones included. */
export interface ReadAccess {
  readonly flows: readonly TracedFlow[];
  readonly hostnames: readonly TracedHostname[];
  /** What rules allow and no row documents. */
  readonly undocumented: readonly TracedOpening[];
}

/** IP ranges by the name of a host group or peer, such as `security group workers`. */
type RangesByName = Readonly<Record<string, readonly string[]>>;

const ERRORS = {
  need: 'every name must be a host group, or a peer whose ranges are known after apply',
  unknown: 'ip-ranges-name-unknown',
  ambiguous: 'group-ambiguous',
} as const;
/** Ids, which mean the same machines in every stack. */
const GLOBAL_NAME = /^(?:sg:(?:\d{12}\/)?sg|list:pl)-[0-9a-z]+$/;

/** The IP ranges that users give, by what they are for. */
export type GivenRanges = ReadonlyMap<string, readonly Cidr[]>;

/** Finds the host groups and peers that users give IP ranges for. Throws for a name that is none of them, or several. */
export function givenRanges(access: ReadAccess, given: RangesByName, place: string): GivenRanges {
  const things = new Map<string, readonly string[]>();
  for (const [key, names] of [...peersIn(access)].flatMap(thingsToGive)) {
    things.set(key, [...new Set([...(things.get(key) ?? []), ...names])]);
  }
  const index = new NameIndex([...things]);
  const ranges = new Map<string, Cidr[]>();
  for (const [name, texts] of Object.entries(given)) {
    const found = index.all(name);
    const isOne = found.length > 1 && areSame(found.map((key) => things.get(key)!));
    const keys = isOne ? found : [index.only(name, place, ERRORS)];
    if (texts.length === 0) throw refusal(place, 'ranges-missing', `${name} must have at least one IP range`, 'none');
    keys.forEach((key) => ranges.set(key, sortedRanges(texts.map((text) => parseCidr(text, place)))));
  }
  return ranges;
}

/** Returns flows and hostnames with the given IP ranges of host groups, and of peers whose ranges are known after apply. */
export function withRanges(access: ReadAccess, ranges: GivenRanges): ReadAccess {
  const { flows, hostnames, undocumented } = access;
  const filled = new Map([...peersIn(access)].map((peer) => [peer, filledPeer(peer, ranges)]));
  return {
    flows: flows.map((flow) => ({
      ...flow,
      source: filled.get(flow.source)!,
      destination: filled.get(flow.destination)!,
    })),
    hostnames: hostnames.map((hostname) => ({
      ...hostname,
      clients: hostname.clients && filled.get(hostname.clients),
    })),
    undocumented: undocumented.map((opening) => ({
      ...opening,
      source: filled.get(opening.source)!,
      destination: filled.get(opening.destination)!,
    })),
  };
}

/**
 * Returns the provenance of a stack with the given IP ranges of its machines, to judge its flows by them.
 *
 * @param flows the flows of the provenance as outputs print them, in the same order
 */
export function withRangesOfMachines(
  provenance: ProvenanceJson,
  flows: readonly TracedFlow[],
  ranges: GivenRanges,
): ProvenanceJson {
  const printed = new Map(
    provenance.flows.flatMap(({ source, destination }, at) => [
      [source, flows[at].source] as const,
      [destination, flows[at].destination] as const,
    ]),
  );
  const filled = (group: HostGroupJson, peer: number, index: number): HostGroupJson => {
    const end = printed.get(peer);
    const given = end && ranges.get(keyOfGroup(end.hostGroups[index], end));
    if (given === undefined || group.selectedBy?.kind === 'prefix-list') return group;
    return { ...group, ipRanges: { ranges: given.map(String), references: [] } };
  };
  const peers = provenance.peers.map((peer, at) => ({
    ...peer,
    hostGroups: peer.hostGroups.map((group, index) => filled(group, at, index)),
  }));
  return { ...provenance, peers };
}

function peersIn({ flows, hostnames, undocumented }: ReadAccess): Set<TracedPeer> {
  return new Set([
    ...[...flows, ...undocumented].flatMap(({ source, destination }) => [source, destination]),
    ...hostnames.flatMap((hostname) => hostname.clients ?? []),
  ]);
}

/** Whether host groups of several stacks have an id in common. */
function areSame(things: readonly (readonly string[])[]): boolean {
  const [first = [], ...others] = things;
  return first.some((name) => GLOBAL_NAME.test(name) && others.every((names) => names.includes(name)));
}

/** Returns what may get IP ranges, by key, with its names. */
function thingsToGive(peer: TracedPeer): [string, readonly string[]][] {
  return [
    ...(peer.references.length > 0 ? [[keyOfPeer(peer), peerNames(peer)] satisfies [string, string[]]] : []),
    ...peer.hostGroups.map((group): [string, string[]] => [
      keyOfGroup(group, peer),
      // outputs may print the label of a peer that is only this host group with its network or stack
      [...groupNames(group, peer.stack), ...(isOnlyGroup(peer) ? peerNames(peer) : [])],
    ]),
  ];
}

function keyOfPeer({ stack, label, references }: TracedPeer): string {
  return JSON.stringify(['peer', stack, label, references]);
}

function keyOfGroup({ cloud, label, network, owner }: TracedHostGroup, { stack }: TracedPeer): string {
  return JSON.stringify(['host group', stack, cloud, label, network, owner]);
}

function filledPeer(peer: TracedPeer, given: GivenRanges): TracedPeer {
  const own = peer.references.length > 0 ? given.get(keyOfPeer(peer)) : undefined;
  if (own && peer.hostGroups.length === 0) return { ...peer, ranges: own, references: [] };
  if (!peer.hostGroups.some((group) => given.has(keyOfGroup(group, peer)))) return peer;
  const hostGroups = peer.hostGroups.map((group) => {
    const ranges = given.get(keyOfGroup(group, peer));
    return ranges ? { ...group, ipRanges: { ranges, references: [] } } : group;
  });
  return { ...peer, hostGroups };
}
