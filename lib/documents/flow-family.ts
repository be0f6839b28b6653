import { AddressFamily, type Cidr, existsIn, FAMILY_NAMES } from '../net';
import type { TracedFlow, TracedPeer, TracedRanges } from '../provenance';
import { peerRanges } from './peer-text';

const FAMILIES = Object.values(AddressFamily);

/** A flow whose row or protocol may be for one IP family only. */
type OfFamily = Pick<TracedFlow, 'port'> & Pick<Partial<TracedFlow>, 'family'>;

/** Returns the only IP family that packets of a flow can have: that of its row, or of ICMP; nothing if they can have both. */
export function onlyFamily({ family: ofRow, port }: OfFamily): AddressFamily | undefined {
  const families = FAMILIES.filter((family) => (ofRow ?? family) === family && existsIn(family, port._intervals()[0]));
  return families.length === 1 ? families[0] : undefined;
}

/** Returns a remark such as `IPv4 only` if the row is for one family; nothing for ICMP, which says so by its name. */
export function familyText({ family }: Pick<OfFamily, 'family'>): string | undefined {
  return family && `${FAMILY_NAMES[family]} only`;
}

/** Returns a flow with only those IP ranges of both ends that its packets can have. An end that has no others keeps what it has. */
export function inOwnFamily<T extends OfFamily & { readonly source: TracedPeer; readonly destination: TracedPeer }>(
  flow: T,
): T {
  const family = onlyFamily(flow);
  if (family === undefined) return flow;
  const source = ofFamily(flow.source, family);
  const destination = ofFamily(flow.destination, family);
  return source === flow.source && destination === flow.destination ? flow : { ...flow, source, destination };
}

const narrowed = new WeakMap<TracedPeer, Partial<Record<AddressFamily, TracedPeer>>>();

function ofFamily(peer: TracedPeer, family: AddressFamily): TracedPeer {
  const known = narrowed.get(peer) ?? {};
  known[family] ??= onlyOf(peer, family);
  narrowed.set(peer, known);
  return known[family];
}

function onlyOf(peer: TracedPeer, family: AddressFamily): TracedPeer {
  const { ranges, references } = peerRanges(peer);
  const own = ranges.filter((range) => range.family === family);
  if (own.length === ranges.length || own.length + references.length === 0) return peer;
  const some = <T extends TracedRanges>(of: T): T => ({
    ...of,
    ranges: of.ranges.filter((range) => range.family === family),
  });
  const hostGroups = peer.hostGroups.map((group) => {
    return group.ipRanges === undefined ? group : { ...group, ipRanges: some(group.ipRanges) };
  });
  return {
    ...some(peer),
    hostGroups,
    label: labelWithout(
      peer,
      ranges.filter((range) => !own.includes(range)),
    ),
  };
}

/** The label of several peers together has their ranges, too. */
function labelWithout({ label }: TracedPeer, left: readonly Cidr[]): string {
  const texts = new Set(left.map(String));
  const kept = label.split(', ').filter((part) => !texts.has(part));
  return kept.length === 0 ? label : kept.join(', ');
}
