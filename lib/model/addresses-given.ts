import { isPeer, type IPeer } from './host-group';
import { asPeer } from './ranges-given';
import { refusal, shown } from './refusal';

/** Refuses addresses of machines that are no ranges. */
export function checkAddresses(addresses: IPeer | undefined, place: string): IPeer | undefined {
  if (addresses === undefined) return undefined;
  if (!isPeer(addresses)) throw refusal(place, 'addresses must be a peer', shown(addresses), asPeer(addresses));
  if (addresses._farEnd.hostGroups.length > 0) {
    throw refusal(place, 'addresses must be ranges', addresses.label, 'Peer.cidr(...)');
  }
  if (addresses._farEnd.worldReasons.length > 0) {
    throw refusal(place, 'addresses must not be the whole internet', addresses.label);
  }
  return addresses;
}
