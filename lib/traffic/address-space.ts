import { ADDRESS_BITS, AddressFamily } from '../model/address-family';
import { formatIpAddress, parseIpAddress } from '../model/ip-address';
import type { Bounds, Point } from './bounds';

/** The families in the order in which they are written. */
export const FAMILIES = [AddressFamily.IPV4, AddressFamily.IPV6] as const;

/** All addresses of a family. IPv4 addresses are numbers, because they fit and are five times as fast as bigints. */
export const WHOLE: Readonly<Record<AddressFamily, Bounds>> = {
  [AddressFamily.IPV4]: [0, 2 ** 32],
  [AddressFamily.IPV6]: [0n, 1n << 128n],
};

/** Whether a set has every address of its family. */
export function isWhole(family: AddressFamily, addresses: Bounds): boolean {
  return addresses.length === 2 && addresses[0] === WHOLE[family][0] && addresses[1] === WHOLE[family][1];
}

/** A range of addresses as it is written, with its place on the axis of its family. */
export interface AddressRange {
  readonly family: AddressFamily;
  readonly bounds: Bounds;
}

const IPV4_RANGE = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,3})$/;

/** Reads a range in any spelling that has one meaning; what is wrong with it otherwise, and what was meant where that is plain. */
export function parseRange(text: string): AddressRange | { readonly problem: string; readonly fix?: string } {
  const match = IPV4_RANGE.exec(text);
  const [host, prefixText] = match ? [undefined, match[5]] : split(text);
  const address = match ? ipv4Of(match) : parsedAddress(host!);
  if (!address) return { problem: 'must be an address and a prefix length' };
  const { family, value } = address;
  const bits = ADDRESS_BITS[family];
  if (prefixText === undefined) {
    return { problem: 'must have a prefix length', fix: `${addressText(family, value)}/${bits}` };
  }
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : NaN;
  if (!(prefix <= bits)) return { problem: `must have a prefix length from 0 to ${bits}` };
  const bounds = prefixBounds(value, bits - prefix);
  if (bounds[0] !== value) {
    return { problem: 'must have no bits set after its prefix', fix: rangeText(family, bounds) };
  }
  return { family, bounds };
}

/** Reads one address. */
export function parseAddress(text: string): { readonly family: AddressFamily; readonly point: Point } | undefined {
  const address = parsedAddress(text);
  return address && { family: address.family, point: address.value };
}

/** Writes one address in its canonical form. */
export function addressText(family: AddressFamily, point: Point): string {
  return formatIpAddress({ family, value: BigInt(point) });
}

/** Writes a set of addresses as the fewest ranges, in rising order. */
export function rangeTexts(family: AddressFamily, addresses: Bounds): string[] {
  return rangesIn(addresses).map((range) => rangeText(family, range));
}

/** The fewest ranges with a prefix length that make up a set, in rising order. */
export function rangesIn(addresses: Bounds): Bounds[] {
  const ranges: Bounds[] = [];
  for (let index = 0; index < addresses.length; index += 2) {
    const [from, to] = [addresses[index], addresses[index + 1]];
    if (typeof from === 'number') pushIpv4(from, Number(to), ranges);
    else pushIpv6(from, BigInt(to), ranges);
  }
  return ranges;
}

/** Writes a range that has a prefix length. */
export function rangeText(family: AddressFamily, [from, to]: Bounds): string {
  if (typeof from === 'number') {
    const prefix = 32 - Math.log2(Number(to) - from);
    return `${from >>> 24}.${(from >>> 16) & 255}.${(from >>> 8) & 255}.${from & 255}/${prefix}`;
  }
  return `${addressText(family, from)}/${129 - (BigInt(to) - from).toString(2).length}`;
}

/** Appends the fewest ranges from one address up to, and without, another. */
function pushIpv4(from: number, to: number, ranges: Bounds[]): void {
  let start = from;
  while (start < to) {
    let size = 1;
    while (start % (size * 2) === 0 && start + size * 2 <= to) size *= 2;
    ranges.push([start, start + size]);
    start += size;
  }
}

function pushIpv6(from: bigint, to: bigint, ranges: Bounds[]): void {
  let start = from;
  while (start < to) {
    let size = 1n;
    while (start % (size * 2n) === 0n && start + size * 2n <= to) size *= 2n;
    ranges.push([start, start + size]);
    start += size;
  }
}

function prefixBounds(value: Point, hostBits: number): Bounds {
  if (typeof value === 'number') {
    const size = 2 ** hostBits;
    const first = value - (value % size);
    return [first, first + size];
  }
  const first = (value >> BigInt(hostBits)) << BigInt(hostBits);
  return [first, first + (1n << BigInt(hostBits))];
}

function ipv4Of(match: RegExpExecArray): { family: AddressFamily; value: Point } | undefined {
  const octets = [match[1], match[2], match[3], match[4]];
  if (octets.some((octet) => Number(octet) > 255 || (octet.length > 1 && octet.startsWith('0')))) return undefined;
  return { family: AddressFamily.IPV4, value: octets.reduce((sum, octet) => sum * 256 + Number(octet), 0) };
}

function parsedAddress(text: string): { family: AddressFamily; value: Point } | undefined {
  const address = parseIpAddress(text);
  if (!address) return undefined;
  const { family, value } = address;
  if (family === AddressFamily.IPV4) return { family, value: Number(value) };
  return value >> 32n === 0xffffn ? undefined : { family, value };
}

function split(text: string): [string, string | undefined] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text, undefined] : [text.slice(0, slash), text.slice(slash + 1)];
}
