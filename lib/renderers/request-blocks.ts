import type { TracedFlow, TracedPeer } from '../model/traced-flow';
import { addressTexts, withoutAddresses } from './peer-text';

/** Peers have thousands of ranges and stand in thousands of flows. */
const keys = new WeakMap<TracedPeer, string>();

/** Which flows a request is about: those that others must open, or all. */
export type RequestScope = 'external' | 'all';

/** The flows from one peer to another that the same people open: one block of the vendor's form. */
export interface RequestBlock {
  readonly source: TracedPeer;
  readonly destination: TracedPeer;
  readonly external: boolean;
  /** At least one, in the order of the documents. */
  readonly flows: readonly TracedFlow[];
}

/** The flows that a request is about. */
export function requestedFlows(flows: readonly TracedFlow[], scope: RequestScope): TracedFlow[] {
  return flows.filter(({ external }) => external || scope === 'all');
}

/** Puts together what goes into one block, in the order in which it was asked for. */
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

/** Who must have addresses before anybody can act on a request, sorted. */
export function missingAddresses(flows: readonly TracedFlow[]): string[] {
  const peers = flows.flatMap(({ source, destination }) => [source, destination]);
  return [...new Set(peers.flatMap((peer) => [...withoutAddresses(peer), ...withReferences(peer)]))].sort();
}

function withReferences({ label, references, hostGroups }: TracedPeer): string[] {
  const ofGroups = hostGroups.filter(({ ipRanges }) => ipRanges !== undefined && ipRanges.references.length > 0);
  return [...(references.length > 0 ? [label] : []), ...ofGroups.map((group) => group.label)];
}

/** What makes two peers the same for people who know names and addresses. */
export function peerKey(peer: TracedPeer): string {
  const key = keys.get(peer) ?? JSON.stringify([peer.label, addressTexts(peer)]);
  keys.set(peer, key);
  return key;
}
