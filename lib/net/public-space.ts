import { type Cidr, parseCidr } from './cidr';
import { ADDRESS_BITS, AddressFamily } from './ip-address';

/**
 * The registries of special-purpose addresses, whose addresses are not public:
 * https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry as of
 * 2026-11-27, without the entries that are globally reachable. Multicast has registries of its own, and counts as public.
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

/** An interval of IP addresses: the first, and the one after the last. */
type AddressInterval = readonly [first: bigint, end: bigint];

/** Returns the public addresses of a family, in ascending order. */
export function publicSpace(family: AddressFamily): readonly AddressInterval[] {
  const found: AddressInterval[] = [];
  const [start, end] = intervalOf(parseCidr(ASSIGNED[family], 'publicSpace'));
  let next = start;
  for (const text of SPECIAL[family]) {
    const [from, to] = intervalOf(parseCidr(text, 'publicSpace'));
    if (from > next) found.push([next, from]);
    next = to;
  }
  if (next < end) found.push([next, end]);
  return found;
}

/** Whether a number of public addresses is more than one /8 of IPv4, or one /16 of IPv6. */
export function isMostOfWorld(family: AddressFamily, count: bigint): boolean {
  return count > 1n << BigInt(ADDRESS_BITS[family] - WORLD_PREFIX[family]);
}

/** Whether ranges of one family contain more of the public addresses than one /8 of IPv4, or one /16 of IPv6. */
export function areWorldWide(family: AddressFamily, ranges: readonly Cidr[]): boolean {
  const all = [...ranges].sort((a, b) => (a._first < b._first ? -1 : a._first > b._first ? 1 : 0));
  if (!isMostOfWorld(family, sizeOf(all.map(intervalOf)))) return false;
  let [count, done] = [0n, 0n];
  for (const [first, end] of all.map(intervalOf)) {
    for (const [from, to] of publicSpace(family)) {
      const [start, stop] = [max(first, from, done), end < to ? end : to];
      if (start < stop) count += stop - start;
    }
    done = max(done, end);
  }
  return isMostOfWorld(family, count);
}

function intervalOf({ _first, _last }: Cidr): AddressInterval {
  return [_first, _last + 1n];
}

function sizeOf(intervals: readonly AddressInterval[]): bigint {
  return intervals.reduce((sum, [first, end]) => sum + end - first, 0n);
}

function max(...values: readonly bigint[]): bigint {
  return values.reduce((most, value) => (value > most ? value : most));
}
