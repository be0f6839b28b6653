import { nearestName, refusal, shown } from '../input';
import { type Cidr, parseCidr, sortedRanges } from '../net';
import type { TracedFlow, TracedHostname, TracedPeer } from '../provenance';

/** All flows and hostnames of stacks, external ones included. */
export interface ReadAccess {
  readonly flows: readonly TracedFlow[];
  readonly hostnames: readonly TracedHostname[];
}

/** IP ranges by the label of a host group or peer, such as `security group workers`. */
type RangesByLabel = Readonly<Record<string, readonly string[]>>;

/** Returns flows and hostnames with the given IP ranges of host groups, and of peers whose ranges are known after apply. */
export function withRanges(access: ReadAccess, given: RangesByLabel, place: string): ReadAccess {
  const { flows, hostnames } = access;
  const clients = hostnames.flatMap((hostname) => hostname.clients ?? []);
  const peers = new Set([...flows.flatMap(({ source, destination }) => [source, destination]), ...clients]);
  const labels = new Set([...peers].flatMap(labelsToGive));
  const ranges = new Map(
    Object.entries(given).map(([label, texts]) => [label, readRanges(label, texts, labels, place)]),
  );
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
  };
}

function readRanges(label: string, texts: readonly string[], labels: ReadonlySet<string>, place: string): Cidr[] {
  if (!labels.has(label)) {
    const known = [...labels].sort();
    const near = nearestName(label, known);
    const names = known.join(', ') || 'there are none';
    const need = `every name must be a host group, or a peer whose ranges are known after apply (${names})`;
    throw refusal(place, 'ip-ranges-name-unknown', need, shown(label), near && shown(near));
  }
  if (texts.length === 0) throw refusal(place, 'ranges-missing', `${label} must have at least one IP range`, 'none');
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
