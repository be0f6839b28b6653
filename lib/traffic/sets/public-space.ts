import { ADDRESS_BITS, AddressFamily } from '../../net';
import { parseRange } from './address-space';
import { type Bounds, boundsOf, difference, intersection, type Point } from './bounds';

/**
 * The registries of special-purpose addresses, without those that are globally reachable:
 * https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry as of
 * 2026-11-27. Multicast addresses, which are in registries of their own, count as public.
 */
const SPECIAL: Readonly<Record<AddressFamily, readonly string[]>> = {
  [AddressFamily.IPV4]: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '240.0.0.0/4',
  ],
  [AddressFamily.IPV6]: ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
};

/** The addresses of a family that hosts on the internet may have. Of IPv6, only 2000::/3 is assigned. */
const ASSIGNED: Readonly<Record<AddressFamily, string>> = {
  [AddressFamily.IPV4]: '0.0.0.0/0',
  [AddressFamily.IPV6]: '2000::/3',
};

/** The length of the prefix of the widest public range that is not yet world-wide, by family. */
const WORLD_PREFIX: Readonly<Record<AddressFamily, number>> = { [AddressFamily.IPV4]: 8, [AddressFamily.IPV6]: 16 };

const PUBLIC: Readonly<Record<AddressFamily, Bounds>> = {
  [AddressFamily.IPV4]: publicSpace(AddressFamily.IPV4),
  [AddressFamily.IPV6]: publicSpace(AddressFamily.IPV6),
};

function publicSpace(family: AddressFamily): Bounds {
  const special = SPECIAL[family].flatMap((range) => [...pointsOf(range)]);
  return difference(pointsOf(ASSIGNED[family]), boundsOf(special));
}

function pointsOf(text: string): Bounds {
  const range = parseRange(text);
  if ('problem' in range) throw new Error(`${text} ${range.problem}`);
  return range.bounds;
}

/** Whether IP addresses contain more of the public address space than one /8 of IPv4, or one /16 of IPv6. */
export function isWorldWide(family: AddressFamily, addresses: Bounds): boolean {
  const limit = 2n ** BigInt(ADDRESS_BITS[family] - WORLD_PREFIX[family]);
  if (sizeOf(addresses) <= limit) return false;
  return sizeOf(intersection(addresses, PUBLIC[family])) > limit;
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
