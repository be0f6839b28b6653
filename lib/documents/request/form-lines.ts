import { placeholder, type TracedPeer } from '../../provenance';
import { groupsWithoutRanges, nameWithoutRanges, peerRangeTexts } from '../peer-text';

/** Names that could be mistaken for a line of the form. */
const FORM_LINE =
  /^\s*(?:#|---|(?:SOURCE|DESTINATION|ROUTING|ADDRESSES|(?:OTHER )?PORT ACCESS|VIP ACCESS|KUBERNETES HIGH)\b|[\da-f.:]+\/)/i;

/** Returns the lines of a peer in the vendor's form: the name, if there is one, without its ranges, and a line for each range. */
export function formPeerLines(peer: TracedPeer): string[] {
  const name = nameWithoutRanges(peer);
  return [
    ...(name === undefined ? [] : [FORM_LINE.test(name) ? JSON.stringify(name) : name]),
    ...peerRangeTexts(peer),
    ...groupsWithoutRanges(peer).map((machines) => placeholder(`IP ranges of ${machines}`)),
  ];
}

/** Renders the machines that route connections from a virtual address on one line. */
export function routedByText(loadBalancer: TracedPeer): string {
  return `Routed by: ${formPeerLines(loadBalancer).join(', ')}`;
}
