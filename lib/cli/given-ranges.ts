import { NameIndex, refusal } from '../input';
import { type Cidr, parseCidr, sortedRanges } from '../net';
import {
  groupNames,
  type HostGroupJson,
  isOnlyGroup,
  peerNames,
  referenceText,
  type ProvenanceJson,
  type TracedFlow,
  type TracedHostGroup,
  type TracedHostname,
  type TracedOmission,
  type TracedOpening,
  type TracedPeer,
  type TracedRanges,
  isListOfRanges,
} from '../provenance';
import type { GivenRangesOfEnd, PeerName } from '../traffic';

/** All flows and hostnames of stacks, external ones included. */
export interface ReadAccess {
  readonly flows: readonly TracedFlow[];
  readonly hostnames: readonly TracedHostname[];
  /** The rows that constructs leave closed because of `omit`. */
  readonly omitted: readonly TracedOmission[];
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

/** Where users give IP ranges, and whether every name must be of a host group or peer. */
interface GivenPlace {
  readonly place: string;
  readonly areAllKnown: boolean;
}

/** Finds the host groups and peers that users give IP ranges for. Throws for a name that is none of them, or several. */
export function givenRanges(access: ReadAccess, given: RangesByName, { place, areAllKnown }: GivenPlace): GivenRanges {
  const things = new Map<string, readonly string[]>();
  for (const [key, names] of [...peersIn(access)].flatMap(thingsToGive)) {
    things.set(key, [...new Set([...(things.get(key) ?? []), ...names])]);
  }
  const index = new NameIndex([...things]);
  const ranges = new Map<string, Cidr[]>();
  for (const [name, texts] of Object.entries(given)) {
    const found = index.all(name);
    if (found.length === 0 && !areAllKnown) continue;
    const isOne = found.length > 1 && areSame(found.map((key) => things.get(key)!));
    const keys = isOne ? found : [index.only(name, place, ERRORS)];
    if (texts.length === 0) throw refusal(place, 'ranges-missing', `${name} must have at least one IP range`, 'none');
    keys.forEach((key) => ranges.set(key, sortedRanges(texts.map((text) => parseCidr(text, place)))));
  }
  return ranges;
}

/** Returns flows and hostnames with the given IP ranges of host groups, and of peers whose ranges are known after apply. */
export function withRanges(access: ReadAccess, ranges: GivenRanges): ReadAccess {
  const { flows, hostnames, omitted, undocumented } = access;
  const filled = new Map([...peersIn(access)].map((peer) => [peer, filledPeer(peer, ranges)]));
  const withFilledEnds = <T extends Pick<TracedFlow, 'source' | 'destination'>>(of: T): T => ({
    ...of,
    source: filled.get(of.source)!,
    destination: filled.get(of.destination)!,
  });
  return {
    flows: flows.map(withFilledEnds),
    hostnames: hostnames.map((hostname) => ({
      ...hostname,
      clients: hostname.clients && filled.get(hostname.clients),
    })),
    omitted: omitted.map(withFilledEnds),
    undocumented: undocumented.map(withFilledEnds),
  };
}

/**
 * Returns the given ranges of peers that are one expression, by the placeholder of the expression. Commands cannot have both families in
 * one rule on GCP, and several expressions cannot be told apart.
 */
export function rangesByPlaceholder(access: ReadAccess, given: GivenRanges): Map<string, readonly string[]> {
  return new Map(
    [...peersIn(access)].flatMap((peer) => {
      const [reference, ...others] = peer.references;
      const own = given.get(keyOfPeer(peer));
      const isOne = own !== undefined && others.length === 0 && peer.ranges.length + peer.hostGroups.length === 0;
      if (!isOne || reference === undefined || new Set(own.map(({ family }) => family)).size > 1) return [];
      return [[referenceText(reference), own.map(String)] as const];
    }),
  );
}

/** A stack, with what judges its flows. */
export interface PrintedStack {
  /** The peers of the provenance as outputs print them, in the same order. */
  readonly peers: readonly TracedPeer[];
  /** What rules allow and no row documents. */
  readonly undocumented: readonly TracedOpening[];
}

/**
 * Returns the provenance of a stack with the IP ranges of its machines that only a state or a user gives, to judge its flows by them. Ranges
 * of peers and of prefix lists keep their names, because rules have these: they are a list of their own.
 *
 * @param printed the stack with the values of its state
 */
export function withKnownRanges(
  provenance: ProvenanceJson,
  { peers: printed, undocumented }: PrintedStack,
  given: GivenRanges,
): { readonly provenance: ProvenanceJson; readonly ranges: readonly Omit<GivenRangesOfEnd, 'file'>[] } {
  const filled = printed.map((peer) => filledPeer(peer, given));
  const peers = provenance.peers.map((peer, at) => ({
    ...peer,
    hostGroups: peer.hostGroups.map((group, index): HostGroupJson => {
      const known = knownOf(group.ipRanges, filled[at].hostGroups[index].ipRanges);
      if (known === undefined || isListOfRanges(group.selectedBy?.kind)) return group;
      return { ...group, ipRanges: { ranges: known, references: [] } };
    }),
  }));
  const ofPeers = provenance.peers.flatMap((peer, at) => {
    const own = peer.references.length === 0 ? undefined : knownOf(peer, filled[at]);
    return own === undefined ? [] : [{ end: { peer: at }, ranges: own }];
  });
  const ofLists = provenance.peers.flatMap(({ hostGroups }, at) =>
    hostGroups.flatMap(({ selectedBy, ipRanges }, group) => {
      const known = knownOf(ipRanges, filled[at].hostGroups[group].ipRanges);
      return known === undefined || !isListOfRanges(selectedBy?.kind)
        ? []
        : [{ end: { peer: at, group }, ranges: known }];
    }),
  );
  return {
    provenance: { ...provenance, peers },
    ranges: [...ofPeers, ...ofLists, ...rangesOfNames(undocumented, given)],
  };
}

/** Returns the given ranges of far ends that only rules name. */
function rangesOfNames(
  undocumented: readonly TracedOpening[],
  given: GivenRanges,
): { readonly end: PeerName; readonly ranges: readonly string[] }[] {
  const ends = undocumented.flatMap(({ source, destination }) => [source, destination]);
  return ends.flatMap((peer) => {
    const [reference, ...others] = peer.references;
    const known = reference === undefined || others.length > 0 ? undefined : given.get(keyOfPeer(peer));
    return known === undefined ? [] : [{ end: `unknown:${reference}` as PeerName, ranges: known.map(String) }];
  });
}

/** Returns ranges that are known now; nothing if they were known before, or if some of them still are not. */
function knownOf(
  before: { readonly references: readonly string[] } | undefined,
  now: TracedRanges | undefined,
): string[] | undefined {
  const isNew = before === undefined || before.references.length > 0;
  const isKnown = now?.references.length === 0 && now.ranges.length > 0;
  return isNew && isKnown ? now.ranges.map(String) : undefined;
}

function peersIn({ flows, hostnames, omitted, undocumented }: ReadAccess): Set<TracedPeer> {
  return new Set([
    ...[...flows, ...omitted, ...undocumented].flatMap(({ source, destination }) => [source, destination]),
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

function keyOfGroup({ cloud, label, account, region, network, owner }: TracedHostGroup, { stack }: TracedPeer): string {
  return JSON.stringify(['host group', stack, cloud, label, account, region, network, owner]);
}

function filledPeer(peer: TracedPeer, given: GivenRanges): TracedPeer {
  const own = peer.references.length > 0 ? given.get(keyOfPeer(peer)) : undefined;
  // what is given is the value of what is not known: the rules have the known ranges, too
  if (own && peer.hostGroups.length === 0) {
    return { ...peer, ranges: sortedRanges([...peer.ranges, ...own]), references: [] };
  }
  if (!peer.hostGroups.some((group) => given.has(keyOfGroup(group, peer)))) return peer;
  const hostGroups = peer.hostGroups.map((group) => {
    const ranges = given.get(keyOfGroup(group, peer));
    return ranges ? { ...group, ipRanges: { ranges, references: [] } } : group;
  });
  return { ...peer, hostGroups };
}
