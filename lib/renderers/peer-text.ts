import { firstSentence } from '../model/first-sentence';
import { referenceText } from '../model/terraform-text';
import type { TracedRanges, TracedFlow, TracedPeer } from '../model/traced-flow';

/** Labels that only repeat ranges: `10.0.0.0/8`, `10.1.0.0/16, 10.2.0.0/16 and 3 more`. */
const RANGES_ALONE =
  /^(?:(?:[\da-f.:]+\/\d+|a range known to Terraform|ranges known to Terraform)(?:, |$| and \d+ more$))+$/i;

/** What people call a peer, if they call it anything but its ranges. */
export function peerName({ label }: Pick<TracedPeer, 'label'>): string | undefined {
  return RANGES_ALONE.test(label) ? undefined : label;
}

/** All addresses that are known of a peer: its own, and those of its machines. */
export function rangesText(peer: TracedPeer): TracedRanges {
  const parts: TracedRanges[] = [peer, ...peer.hostGroups.flatMap(({ ipRanges }) => ipRanges ?? [])];
  return {
    ranges: [...new Map(parts.flatMap(({ ranges }) => ranges).map((range) => [String(range), range])).values()],
    references: [...new Set(parts.flatMap(({ references }) => references))],
  };
}

/** The addresses as text, those that Terraform alone knows as what they refer to: `<aws_vpc.main.cidr_block>`. */
export function addressTexts(peer: TracedPeer): string[] {
  const { ranges, references } = rangesText(peer);
  return [...ranges.map(String), ...references.map(referenceText)];
}

/** The machines of a peer of which nobody said where they have their addresses. */
export function withoutAddresses(peer: TracedPeer): string[] {
  return peer.hostGroups.filter(({ ipRanges }) => ipRanges === undefined).map(({ label }) => label);
}

/** A peer in one place of a table: its name, or its ranges where it has none. */
export function peerText(peer: TracedPeer): string {
  return peerName(peer) ?? addressTexts(peer).join(', ');
}

/** What a port is for, on one line: `Default NodePort for Apinizer API Gateway access (prod)`. */
export function purposeText({ description, environment }: Pick<TracedFlow, 'description' | 'environment'>): string {
  return firstSentence(description) + (environment === undefined ? '' : ` (${environment})`);
}
