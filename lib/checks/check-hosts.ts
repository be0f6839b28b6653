import { ADDRESS_BITS } from '../model/address-family';
import type { Cidr } from '../model/cidr';
import { formatIpAddress, parseIpAddress } from '../model/ip-address';
import { nearestName } from '../model/nearest-name';
import { refusal, shown } from '../model/refusal';
import type { TracedFlow, TracedPeer } from '../model/traced-flow';
import { rangesText } from '../renderers/peer-text';

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*\.?$/i;

/** Hosts by the label, or the id of the role, of their destination. */
export type HostsByName = Readonly<Record<string, readonly string[]>>;

/** The hosts that were given for the destination of a flow, if any were; refuses what names no destination or no host. */
export function hostsOf(
  flows: readonly TracedFlow[],
  hosts: HostsByName,
  place: string,
): (flow: TracedFlow) => readonly string[] | undefined {
  const names = [
    ...new Set(flows.flatMap(({ destination, destinationRole }) => [destination.label, destinationRole.id])),
  ];
  for (const [name, given] of Object.entries(hosts)) {
    if (!names.includes(name)) {
      const near = nearestName(name, names);
      const need = `hosts must be those of a destination: ${[...names].sort().join(', ')}`;
      throw refusal(place, need, shown(name), near === undefined ? undefined : shown(near));
    }
    given.forEach((host) => checkHost(host, place));
  }
  const named = new Map(Object.entries(hosts));
  return ({ destination, destinationRole }) => {
    const given = named.get(destination.label) ?? named.get(destinationRole.id);
    given?.forEach((host) => checkWithin(host, destination, place));
    return given;
  };
}

/** The addresses of a peer that are given one by one. */
export function singleHosts(peer: TracedPeer): string[] {
  return rangesText(peer)
    .ranges.filter(({ family, prefixLength }) => prefixLength === ADDRESS_BITS[family])
    .map((range) => String(range).replace(/\/\d+$/, ''));
}

function checkHost(host: string, place: string): void {
  if (!parseIpAddress(host) && !HOST_NAME.test(host)) {
    throw refusal(place, 'a host must be a name or an address', shown(host));
  }
}

/** A host that the flow is not about would be tried in vain. */
function checkWithin(host: string, peer: TracedPeer, place: string): void {
  const address = parseIpAddress(host);
  const { ranges, references } = rangesText(peer);
  if (!address || ranges.length === 0 || references.length > 0) return;
  const isWithin = (range: Cidr): boolean =>
    range.family === address.family && range._first <= address.value && address.value <= range._last;
  if (!ranges.some(isWithin)) {
    const need = `a host of ${peer.label} must be within ${ranges.map(String).join(', ')}`;
    throw refusal(place, need, formatIpAddress(address));
  }
}
