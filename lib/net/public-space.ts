import { refusal, shown } from '../input';
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

/**
 * What "open to the world" means: the prefix length of the widest public range that is not the world, by family. Ranges are the world
 * if they contain more public addresses than one such range.
 */
export type WorldThreshold = Readonly<Record<AddressFamily, number>>;

/** Ranges are the world if they contain more public addresses than one /8 of IPv4, or one /16 of IPv6. */
export const DEFAULT_WORLD_THRESHOLD: WorldThreshold = { [AddressFamily.IPV4]: 8, [AddressFamily.IPV6]: 16 };

const THRESHOLD = /^\/(\d{1,2})(?:,\/(\d{1,3}))?$/;

/**
 * Reads a threshold from text: `/12` for IPv4, or `/12,/24` for IPv4 and IPv6. Throws unless the prefix lengths are between 1 and the
 * number of bits of an address.
 */
export function parseWorldThreshold(text: unknown, place: string): WorldThreshold {
  const [, ipv4, ipv6 = DEFAULT_WORLD_THRESHOLD[AddressFamily.IPV6]] = THRESHOLD.exec(String(text)) ?? [];
  const threshold = { [AddressFamily.IPV4]: Number(ipv4), [AddressFamily.IPV6]: Number(ipv6) };
  const isValid = Object.values(AddressFamily).every(
    (family) => threshold[family] >= 1 && threshold[family] <= ADDRESS_BITS[family],
  );
  if (typeof text === 'string' && isValid) return threshold;
  const need = 'the value must be the prefix length of an IPv4 range, or of an IPv4 and an IPv6 range';
  throw refusal(place, 'world-threshold-invalid', need, shown(text), '"/12" or "/12,/24"');
}

/** An interval of IP addresses: the first, and the one after the last. */
type AddressInterval = readonly [first: bigint, end: bigint];

const spaces = new Map<AddressFamily, readonly AddressInterval[]>();

/** Returns the public addresses of a family, in ascending order. */
export function publicSpace(family: AddressFamily): readonly AddressInterval[] {
  const space = spaces.get(family) ?? publicIntervals(family);
  spaces.set(family, space);
  return space;
}

function publicIntervals(family: AddressFamily): AddressInterval[] {
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

/** Whether a number of public addresses is more than a threshold. */
export function isMostOfWorld(
  family: AddressFamily,
  count: bigint,
  threshold: WorldThreshold = DEFAULT_WORLD_THRESHOLD,
): boolean {
  return count > 1n << BigInt(ADDRESS_BITS[family] - threshold[family]);
}

/** Whether ranges of one family contain more public addresses than a threshold. */
export function areWorldWide(
  family: AddressFamily,
  ranges: readonly Cidr[],
  threshold: WorldThreshold = DEFAULT_WORLD_THRESHOLD,
): boolean {
  // of most ranges, before each of them is compared with the public addresses
  if (ranges.length === 0 || !isMostOfWorld(family, sizeOf(ranges), threshold)) return false;
  return isMostOfWorld(family, publicSize(family, ranges), threshold);
}

/** Returns how many public addresses ranges of one family contain. */
export function publicSize(family: AddressFamily, ranges: readonly Cidr[]): bigint {
  if (ranges.length === 0) return 0n;
  const all = ranges.length === 1 ? ranges : [...ranges].sort((a, b) => (a._first < b._first ? -1 : 1));
  let count = 0n;
  let done = 0n;
  for (const { _first, _last } of all) {
    const first = _first > done ? _first : done;
    const end = _last + 1n;
    count += publicAddresses(family, first, end);
    if (end > done) done = end;
  }
  return count;
}

/** Returns how many addresses from `first` up to, but not including, `end` are public. */
function publicAddresses(family: AddressFamily, first: bigint, end: bigint): bigint {
  let count = 0n;
  for (const [from, to] of publicSpace(family)) {
    if (from >= end) break; // the space is sorted
    const start = first > from ? first : from;
    const stop = end < to ? end : to;
    if (start < stop) count += stop - start;
  }
  return count;
}

function intervalOf({ _first, _last }: Cidr): AddressInterval {
  return [_first, _last + 1n];
}

/** Returns how many addresses ranges contain; those of several ranges count several times. */
function sizeOf(ranges: readonly Cidr[]): bigint {
  let size = 0n;
  for (const { _first, _last } of ranges) size += _last + 1n - _first;
  return size;
}
