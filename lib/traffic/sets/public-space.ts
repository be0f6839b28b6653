import { AddressFamily, DEFAULT_WORLD_THRESHOLD, isMostOfWorld, publicSpace, type WorldThreshold } from '../../net';
import { type Bounds, intersection, sizeOf } from './bounds';

/** The public addresses of each family. */
export const PUBLIC: Readonly<Record<AddressFamily, Bounds>> = {
  [AddressFamily.IPV4]: publicSpace(AddressFamily.IPV4).flat().map(Number),
  [AddressFamily.IPV6]: publicSpace(AddressFamily.IPV6).flat(),
};

/** Whether IP addresses contain more public addresses than a threshold. */
export function isWorldWide(
  family: AddressFamily,
  addresses: Bounds,
  threshold: WorldThreshold = DEFAULT_WORLD_THRESHOLD,
): boolean {
  if (!isMostOfWorld(family, sizeOf(addresses), threshold)) return false;
  return isMostOfWorld(family, sizeOf(intersection(addresses, PUBLIC[family])), threshold);
}

/** Whether IP addresses contain any public address. */
export function isPublic(family: AddressFamily, addresses: Bounds): boolean {
  return intersection(addresses, PUBLIC[family]).length > 0;
}
