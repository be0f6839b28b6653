import { firstSentence } from '../access';
import {
  isOnlyGroup,
  peerName,
  rangeTexts,
  type TracedFlow,
  type TracedHostGroup,
  type TracedPeer,
  type TracedRanges,
} from '../provenance';

/** Returns all known IP ranges of a peer: its own and those of its host groups. */
export function peerRanges(peer: TracedPeer): TracedRanges {
  const parts: TracedRanges[] = [peer, ...peer.hostGroups.flatMap(({ ipRanges }) => ipRanges ?? [])];
  return {
    ranges: [...new Map(parts.flatMap(({ ranges }) => ranges).map((range) => [String(range), range])).values()],
    references: [...new Set(parts.flatMap(({ references }) => references))],
  };
}

/** Returns the IP ranges as text, with placeholders such as `<aws_vpc.main.cidr_block>` for those that are known after apply. */
export function peerRangeTexts(peer: TracedPeer): string[] {
  return rangeTexts(peerRanges(peer));
}

/** Returns the labels of the host groups whose IP ranges are not given. */
export function groupsWithoutRanges(peer: TracedPeer): string[] {
  return peer.hostGroups.filter(({ ipRanges }) => ipRanges === undefined).map((group) => groupLabel(group, peer));
}

/** Returns the label of a host group of a peer; that of the peer, which may have the network or the stack, if the peer is nothing else. */
export function groupLabel({ label }: TracedHostGroup, peer: TracedPeer): string {
  return isOnlyGroup(peer) ? peer.label : label;
}

/** Returns a peer in one cell of a table: its name, or its ranges if it has no name. */
export function peerText(peer: TracedPeer): string {
  return peerName(peer) ?? peerRangeTexts(peer).join(', ');
}

/** Returns what a port is for, on one line: `Default NodePort for Apinizer API Gateway access (prod)`. */
export function purposeText({
  description,
  environment,
  notDocumented,
}: Pick<TracedFlow, 'description' | 'environment'> & Pick<Partial<TracedFlow>, 'notDocumented'>): string {
  if (notDocumented !== undefined) return 'not documented';
  return firstSentence(description) + (environment === undefined ? '' : ` (${environment})`);
}
