import type { ErrorCode } from '../../input';
import { ADDRESS_BITS, AddressFamily, formatIpAddress, parseIpAddress } from '../../net';
import type { Bounds, Point } from './bounds';

/** The address families in the order of every output. */
export const FAMILIES = [AddressFamily.IPV4, AddressFamily.IPV6] as const;

/** All IP addresses of a family. IPv4 addresses are numbers, which are several times as fast as bigints. */
export const WHOLE: Readonly<Record<AddressFamily, Bounds>> = {
  [AddressFamily.IPV4]: [0, 2 ** 32],
  [AddressFamily.IPV6]: [0n, 1n << 128n],
};

/** Whether a set has every IP address of its family. */
export function isWhole(family: AddressFamily, addresses: Bounds): boolean {
  return addresses.length === 2 && addresses[0] === WHOLE[family][0] && addresses[1] === WHOLE[family][1];
}

/** An IP range: its family, and its IP addresses as numbers. */
export interface AddressRange {
  readonly family: AddressFamily;
  readonly bounds: Bounds;
}

const IPV4_RANGE = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,3})$/;

/** The reason why a text is not an IP range, in the parts of an error: its code, the need, and the range that was probably meant. */
export interface RangeProblem {
  readonly code: ErrorCode;
  readonly problem: string;
  readonly fix?: string;
}

/** Parses an IP range in any unambiguous spelling; returns the problem if the text is not an IP range. */
export function parseRange(text: string): AddressRange | RangeProblem {
  const match = IPV4_RANGE.exec(text);
  const [addressPart, prefixText] = match ? ['', match[5]] : split(text);
  const address = match ? ipv4Of(match) : parsedAddress(addressPart);
  if (!address) return { code: 'range-invalid', problem: 'must be an IP address and a prefix length' };
  const { family, value } = address;
  const bits = ADDRESS_BITS[family];
  if (prefixText === undefined) {
    const fix = `${addressText(family, value)}/${bits}`;
    return { code: 'range-without-prefix', problem: 'must have a prefix length', fix };
  }
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : NaN;
  if (!(prefix <= bits)) return { code: 'range-invalid', problem: `must have a prefix length from 0 to ${bits}` };
  const bounds = prefixBounds(value, bits - prefix);
  if (bounds[0] !== value) {
    const fix = rangeText(family, bounds);
    return { code: 'range-with-host-bits', problem: 'must have no bits set after its prefix', fix };
  }
  return { family, bounds };
}

/** Parses one IP address. */
export function parseAddress(text: string): { readonly family: AddressFamily; readonly point: Point } | undefined {
  const address = parsedAddress(text);
  return address && { family: address.family, point: address.value };
}

/** Returns an IP address as text, in its canonical form. */
export function addressText(family: AddressFamily, point: Point): string {
  return formatIpAddress({ family, value: BigInt(point) });
}

/** Splits a set of IP addresses into as few ranges with a prefix length as possible, in ascending order. */
export function rangesIn(addresses: Bounds): Bounds[] {
  const ranges: Bounds[] = [];
  for (let index = 0; index < addresses.length; index += 2) {
    const [from, to] = [addresses[index], addresses[index + 1]];
    if (typeof from === 'number') pushIpv4(from, Number(to), ranges);
    else pushIpv6(from, BigInt(to), ranges);
  }
  return ranges;
}

/** Returns a range that has a prefix length as text. */
export function rangeText(family: AddressFamily, [from, to]: Bounds): string {
  const prefix = ADDRESS_BITS[family] - hostBitsOf([from, to]);
  if (typeof from === 'bigint') return `${addressText(family, from)}/${prefix}`;
  return `${from >>> 24}.${(from >>> 16) & 255}.${(from >>> 8) & 255}.${from & 255}/${prefix}`;
}

/** Returns how many bits of an IP address a range with a prefix length leaves open: 8 for a /24 of IPv4. */
export function hostBitsOf([first, end]: Bounds): number {
  return typeof first === 'number' ? Math.log2(Number(end) - first) : (BigInt(end) - first).toString(2).length - 1;
}

/** Returns the first IP address of the range that contains `point` and has `hostBits` host bits. */
export function networkOf(point: Point, hostBits: number): Point {
  if (typeof point === 'number') return point - (point % 2 ** hostBits);
  return (point >> BigInt(hostBits)) << BigInt(hostBits);
}

/** Returns the smallest range with a prefix length that contains all IP addresses of a set. */
export function enclosingRange(addresses: Bounds): Bounds {
  const [first, end] = [addresses[0], addresses[addresses.length - 1]];
  if (typeof first === 'number') return prefixBounds(first, 32 - Math.clz32(first ^ (Number(end) - 1)));
  const differing = first ^ (BigInt(end) - 1n);
  return prefixBounds(first, differing === 0n ? 0 : differing.toString(2).length);
}

/** Returns the upper half of a range with a prefix length. */
export function upperHalf([first, end]: Bounds): Bounds {
  return typeof first === 'number' ? [(first + Number(end)) / 2, end] : [(first + BigInt(end)) / 2n, end];
}

/** Appends the fewest ranges that make up the IP addresses from `from` up to, but not including, `to`. */
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
  const first = networkOf(value, hostBits);
  return [first, typeof first === 'number' ? first + 2 ** hostBits : first + (1n << BigInt(hostBits))];
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
