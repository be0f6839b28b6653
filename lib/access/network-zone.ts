import { checkMember } from '../input';

/** The network zone of machines, as vendors' documents distinguish them. Zones are in documents and pictures, and never part of a rule. */
export enum NetworkZone {
  /** Machines that the internet, or a network that is not trusted, can reach. */
  PUBLIC = 'public',
  /** Machines that only internal networks can reach. */
  PRIVATE = 'private',
}

/** Throws unless `zone` is absent or a member of `NetworkZone`. */
export function checkZone(zone: NetworkZone | undefined, place: string): void {
  if (zone === undefined) return;
  checkMember(zone, { members: NetworkZone, name: 'NetworkZone', prop: 'zone', code: 'zone-invalid' }, place);
}
