import type { TracedFlow, TracedHostname, TracedPeer } from '../../provenance';
import { groupsWithoutRanges, peerRangeTexts } from '../peer-text';

/** A cache, because peers can have thousands of ranges and be in thousands of flows. */
const keys = new WeakMap<TracedPeer, string>();

/** The flows and hostnames of a request: only those that the firewall team must open, or all. */
export type RequestScope = 'external' | 'all';

/** The flows from one peer to another that the same team opens: one block of the vendor's form. */
export interface RequestBlock {
  readonly source: TracedPeer;
  readonly destination: TracedPeer;
  readonly external: boolean;
  /** At least one, in the order of the documents. */
  readonly flows: readonly TracedFlow[];
}

/** Returns the flows that a request lists. */
export function requestedFlows(flows: readonly TracedFlow[], scope: RequestScope): TracedFlow[] {
  return flows.filter(({ external }) => external || scope === 'all');
}

/** Groups flows into blocks, in the order of the constructs. */
export function requestBlocks(flows: readonly TracedFlow[]): RequestBlock[] {
  const blocks = new Map<string, TracedFlow[]>();
  for (const flow of flows) {
    const key = JSON.stringify([peerKey(flow.source), peerKey(flow.destination), flow.external]);
    const block = blocks.get(key);
    if (block) block.push(flow);
    else blocks.set(key, [flow]);
  }
  return [...blocks.values()].map((ofBlock) => {
    const [{ source, destination, external }] = ofBlock;
    return { source, destination, external, flows: ofBlock };
  });
}

/** Returns the labels of peers and host groups whose IP ranges are missing in the request, sorted. */
export function missingRanges(flows: readonly TracedFlow[], hostnames: readonly TracedHostname[] = []): string[] {
  const clients = hostnames.flatMap((hostname) => hostname.clients ?? []);
  const peers = [...flows.flatMap(({ source, destination }) => [source, destination]), ...clients];
  return [...new Set(peers.flatMap((peer) => [...groupsWithoutRanges(peer), ...withReferences(peer)]))].sort();
}

function withReferences({ label, references, hostGroups }: TracedPeer): string[] {
  const ofGroups = hostGroups.filter(({ ipRanges }) => ipRanges !== undefined && ipRanges.references.length > 0);
  return [...(references.length > 0 ? [label] : []), ...ofGroups.map((group) => group.label)];
}

/** Returns a key that is equal for peers with the same name and IP ranges. */
export function peerKey(peer: TracedPeer): string {
  const key = keys.get(peer) ?? JSON.stringify([peer.label, peerRangeTexts(peer)]);
  keys.set(peer, key);
  return key;
}

/** Returns the first of all peers with the same name and IP ranges. */
export function distinctPeers(peers: readonly TracedPeer[]): TracedPeer[] {
  return [...new Map(peers.map((peer) => [peerKey(peer), peer])).values()];
}
