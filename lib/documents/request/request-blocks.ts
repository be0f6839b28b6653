import type { Port } from '../../net';
import type { TracedFlow, TracedHostname, TracedPeer } from '../../provenance';
import { inOwnFamily } from '../flow-family';
import { groupLabel, groupsWithoutRanges, peerRangeTexts } from '../peer-text';
import { type Opener, openerOf } from '../source-text';

/** A cache, because peers can have thousands of ranges and be in thousands of flows. */
const keys = new WeakMap<TracedPeer, string>();

/** The flows and hostnames of a request: only those that the firewall team must open, or all. */
export type RequestScope = 'external' | 'all';

/** What somebody is asked to do about a port or hostname since an earlier request. */
export type RequestChange = 'open' | 'close' | 'unchanged';

/** What has changed since an earlier request; absent if a request is not compared. */
interface WithChange<T> {
  readonly change?: RequestChange;
  /** The flow or hostname of the stacks that this is a part of: perhaps only some of its IP ranges have changed. */
  readonly whole?: T;
}

/** A flow of a request. */
export type AskedFlow = TracedFlow & WithChange<TracedFlow>;

/** A hostname of a request. */
export type AskedHostname = TracedHostname & WithChange<TracedHostname>;

/** What a request asks for. */
export interface RequestedAccess {
  readonly flows: readonly AskedFlow[];
  readonly hostnames: readonly AskedHostname[];
}

/** The flows from one peer to another that the same team opens: one block of the vendor's form. */
export interface RequestBlock {
  readonly source: TracedPeer;
  readonly destination: TracedPeer;
  readonly opener: Opener;
  readonly change?: RequestChange;
  /** At least one, in the order of the documents. */
  readonly flows: readonly AskedFlow[];
}

/** A request to the team that owns a load balancer: route connections from a virtual address to machines. */
export interface RoutingRequest {
  /** The machines that connect to the virtual address. */
  readonly sources: readonly TracedPeer[];
  readonly virtualAddress: TracedPeer;
  /** The hostname of the virtual address. */
  readonly hostname?: string;
  /**
   * The machines that route the connections.
   * @default - they are not known, or have the virtual address themselves
   */
  readonly loadBalancer?: TracedPeer;
  /** The machines to which the connections are routed. */
  readonly members: TracedPeer;
  readonly port: Port;
  /**
   * The port of the machines.
   * @default - `port`
   */
  readonly memberPort?: Port;
  /**
   * The documented flows behind it, which give the reason.
   * @default - no reason is printed
   */
  readonly flows?: readonly AskedFlow[];
}

/** Returns the flows that a request lists, each with the IP ranges that its packets can have. */
export function requestedFlows(flows: readonly TracedFlow[], scope: RequestScope): AskedFlow[] {
  return flows
    .filter(({ external }) => external || scope === 'all')
    .map((whole) => {
      const flow = inOwnFamily(whole);
      return flow === whole ? whole : { ...flow, whole };
    });
}

/** Groups flows into blocks, in the order of the constructs. */
export function requestBlocks(flows: readonly AskedFlow[]): RequestBlock[] {
  const blocks = new Map<string, AskedFlow[]>();
  for (const flow of flows) {
    const key = JSON.stringify([peerKey(flow.source), peerKey(flow.destination), openerOf(flow), flow.change]);
    const block = blocks.get(key);
    if (block) block.push(flow);
    else blocks.set(key, [flow]);
  }
  return [...blocks.values()].map((ofBlock) => {
    const [first] = ofBlock;
    const { source, destination, change } = first;
    return { source, destination, opener: openerOf(first), change, flows: ofBlock };
  });
}

/** Returns a line with the name of a stack for the comments of a request; nothing if the request is for one stack. */
export type StackLine = (stack: string | undefined) => string[];

/** Returns the names of the stacks, in the order of the flows. */
export function stacksOf(flows: readonly Pick<TracedFlow, 'stack'>[]): (string | undefined)[] {
  return [...new Set(flows.map(({ stack }) => stack))];
}

/**
 * Returns the labels of peers and host groups whose IP ranges are missing in the request, sorted. A label of several stacks has its stack
 * in front.
 */
export function missingRanges(flows: readonly TracedFlow[], hostnames: readonly TracedHostname[] = []): string[] {
  const clients = hostnames.flatMap((hostname) => hostname.clients ?? []);
  const peers = new Set([...flows.flatMap(({ source, destination }) => [source, destination]), ...clients]);
  const [missing, all] = [new Map<string, Set<string | undefined>>(), new Map<string, Set<string | undefined>>()];
  for (const peer of peers) {
    for (const label of [...groupsWithoutRanges(peer), ...withReferences(peer)]) {
      missing.set(label, (missing.get(label) ?? new Set()).add(peer.stack));
    }
    for (const label of [peer.label, ...peer.hostGroups.map((group) => group.label)]) {
      all.set(label, (all.get(label) ?? new Set()).add(peer.stack));
    }
  }
  return [...missing]
    .flatMap(([label, of]) =>
      all.get(label)?.size === 1 ? [label] : [...of].map((stack) => `${stack ?? ''}/${label}`),
    )
    .sort();
}

function withReferences(peer: TracedPeer): string[] {
  const ofGroups = peer.hostGroups.filter(({ ipRanges }) => ipRanges !== undefined && ipRanges.references.length > 0);
  return [...(peer.references.length > 0 ? [peer.label] : []), ...ofGroups.map((group) => groupLabel(group, peer))];
}

/** Returns a key that is equal for peers of one stack with the same name, IP ranges, cloud, project or account, network and region. */
export function peerKey(peer: TracedPeer): string {
  const machines = peer.hostGroups.map(({ cloud, label, account, region, network }) => [
    ...[cloud, label, network],
    ...[account, region],
  ]);
  const key = keys.get(peer) ?? JSON.stringify([peer.stack, peer.label, peerRangeTexts(peer), machines, peer.zones]);
  keys.set(peer, key);
  return key;
}

/** Returns the first of all peers with the same key. */
export function distinctPeers(peers: readonly TracedPeer[]): TracedPeer[] {
  return [...new Map(peers.map((peer) => [peerKey(peer), peer])).values()];
}
