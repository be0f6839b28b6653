import { sortedRanges } from './address-ranges';
import { parseCidr, type Cidr } from './cidr';
import { nearestName } from './nearest-name';
import { refusal, shown } from './refusal';
import type { TracedFlow, TracedPeer } from './traced-flow';

/** Ranges by the label of a host group, `security group workers`, or of a peer whose ranges Terraform alone knows. */
export type AddressesByLabel = Readonly<Record<string, readonly string[]>>;

/** Flows in which host groups and peers have the addresses that somebody gives after synthesis, in place of those that were said before. */
export function withAddresses(flows: readonly TracedFlow[], given: AddressesByLabel, place: string): TracedFlow[] {
  const peers = new Set(flows.flatMap(({ source, destination }) => [source, destination]));
  const labels = new Set([...peers].flatMap(labelsToGive));
  const ranges = new Map(
    Object.entries(given).map(([label, texts]) => [label, readRanges(label, texts, labels, place)]),
  );
  const filled = new Map([...peers].map((peer) => [peer, filledPeer(peer, ranges)]));
  return flows.map((flow) => ({
    ...flow,
    source: filled.get(flow.source)!,
    destination: filled.get(flow.destination)!,
  }));
}

function readRanges(label: string, texts: readonly string[], labels: ReadonlySet<string>, place: string): Cidr[] {
  if (!labels.has(label)) {
    const known = [...labels].sort();
    const near = nearestName(label, known);
    const need = `addresses must be those of somebody whose addresses are not all known: ${known.join(', ') || 'there is none'}`;
    throw refusal(place, need, shown(label), near === undefined ? undefined : shown(near));
  }
  if (texts.length === 0) throw refusal(place, `${label} must have at least one range`, 'none');
  return sortedRanges(texts.map((text) => parseCidr(text, place)));
}

function labelsToGive({ label, references, hostGroups }: TracedPeer): string[] {
  return [...(references.length > 0 ? [label] : []), ...hostGroups.map((group) => group.label)];
}

function filledPeer(peer: TracedPeer, given: ReadonlyMap<string, Cidr[]>): TracedPeer {
  const own = peer.references.length > 0 ? given.get(peer.label) : undefined;
  if (own && peer.hostGroups.length === 0) return { ...peer, ranges: own, references: [] };
  if (!peer.hostGroups.some(({ label }) => given.has(label))) return peer;
  const hostGroups = peer.hostGroups.map((group) => {
    const ranges = given.get(group.label);
    return ranges ? { ...group, ipRanges: { ranges, references: [] } } : group;
  });
  return { ...peer, hostGroups };
}
