import { firstSentence } from '../access';
import { referenceText, type TracedFlow, type TracedPeer, type TracedRanges } from '../provenance';

/** Labels that only repeat ranges: `10.0.0.0/8`, `10.1.0.0/16, 10.2.0.0/16 and 3 more`. */
const ONLY_RANGES =
  /^(?:(?:[\da-f.:]+\/\d+|(?:a range|ranges) known (?:to Terraform|after apply))(?:, |$| and \d+ more$))+$/i;

/** Returns the name of a peer, or nothing if its label only repeats its ranges. */
export function peerName({ label }: Pick<TracedPeer, 'label'>): string | undefined {
  return ONLY_RANGES.test(label) ? undefined : label;
}

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
  const { ranges, references } = peerRanges(peer);
  return [...ranges.map(String), ...references.map(referenceText)];
}

/** Returns the labels of the host groups whose IP ranges are not given. */
export function groupsWithoutRanges(peer: TracedPeer): string[] {
  return peer.hostGroups.filter(({ ipRanges }) => ipRanges === undefined).map(({ label }) => label);
}

/** Returns a peer in one cell of a table: its name, or its ranges if it has no name. */
export function peerText(peer: TracedPeer): string {
  return peerName(peer) ?? peerRangeTexts(peer).join(', ');
}

/** Returns what a port is for, on one line: `Default NodePort for Apinizer API Gateway access (prod)`. */
export function purposeText({
  description,
  environment,
  doubt,
}: Pick<TracedFlow, 'description' | 'environment' | 'doubt'>): string {
  if (doubt !== undefined) return 'not documented';
  return firstSentence(description) + (environment === undefined ? '' : ` (${environment})`);
}
