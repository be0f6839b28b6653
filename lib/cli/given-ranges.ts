import { NameIndex, refusal } from '../input';
import { type Cidr, parseCidr, sortedRanges } from '../net';
import {
  groupNames,
  isOnlyGroup,
  peerNames,
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

/** Returns flows and hostnames with the given IP ranges of host groups, and of peers whose ranges are known after apply. */
export function withRanges(access: ReadAccess, given: RangesByName, place: string): ReadAccess {
  const { flows, hostnames, undocumented } = access;
  const clients = hostnames.flatMap((hostname) => hostname.clients ?? []);
  const peers = new Set([
    ...[...flows, ...undocumented].flatMap(({ source, destination }) => [source, destination]),
    ...clients,
  ]);
  const things = new Map<string, readonly string[]>();
  for (const [key, names] of [...peers].flatMap(thingsToGive)) {
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
  const filled = new Map([...peers].map((peer) => [peer, filledPeer(peer, ranges)]));
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

function filledPeer(peer: TracedPeer, given: ReadonlyMap<string, Cidr[]>): TracedPeer {
  const own = peer.references.length > 0 ? given.get(keyOfPeer(peer)) : undefined;
  if (own && peer.hostGroups.length === 0) return { ...peer, ranges: own, references: [] };
  if (!peer.hostGroups.some((group) => given.has(keyOfGroup(group, peer)))) return peer;
  const hostGroups = peer.hostGroups.map((group) => {
    const ranges = given.get(keyOfGroup(group, peer));
    return ranges ? { ...group, ipRanges: { ranges, references: [] } } : group;
  });
  return { ...peer, hostGroups };
}
