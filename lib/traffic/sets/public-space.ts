import { AddressFamily, DEFAULT_WORLD_THRESHOLD, isMostOfWorld, publicSpace, type WorldThreshold } from '../../net';
import { type Bounds, intersection, type Point } from './bounds';

const PUBLIC: Readonly<Record<AddressFamily, Bounds>> = {
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

function sizeOf(addresses: readonly Point[]): bigint {
  let size = 0n;
  for (let index = 0; index < addresses.length; index += 2) {
    size += BigInt(addresses[index + 1]) - BigInt(addresses[index]);
  }
  return size;
}
