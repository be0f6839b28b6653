import { isPeer, type IPeer } from './host-group';
import { asPeer } from './ranges-given';
import { refusal, shown } from './refusal';

/** Refuses ipRanges of machines that are no ranges. */
export function checkIpRanges(ipRanges: IPeer | undefined, place: string): IPeer | undefined {
  if (ipRanges === undefined) return undefined;
  if (!isPeer(ipRanges)) throw refusal(place, 'ipRanges must be a peer', shown(ipRanges), asPeer(ipRanges));
  if (ipRanges._farEnd.hostGroups.length > 0) {
    throw refusal(place, 'ipRanges must be ranges', ipRanges.label, 'Peer.cidr(...)');
  }
  if (ipRanges._farEnd.worldReasons.length > 0) {
    throw refusal(place, 'ipRanges must not be the whole internet', ipRanges.label);
  }
  return ipRanges;
}
