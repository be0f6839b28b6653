import { isIPv4, isIPv6 } from 'node:net';

/** The IP version of a range. */
export enum AddressFamily {
  /** IPv4, 32 bits. */
  IPV4 = 'ipv4',
  /** IPv6, 128 bits. */
  IPV6 = 'ipv6',
}

/** The names of the families, as texts for people write them. */
export const FAMILY_NAMES: Readonly<Record<AddressFamily, string>> = {
  [AddressFamily.IPV4]: 'IPv4',
  [AddressFamily.IPV6]: 'IPv6',
};

/** How many bits an IP address has. */
export const ADDRESS_BITS: Readonly<Record<AddressFamily, number>> = {
  [AddressFamily.IPV4]: 32,
  [AddressFamily.IPV6]: 128,
};

const GROUPS = 8;
const MAPPED_IPV4 = 0xffffn;

/** An IP address as a number. */
export interface IpAddress {
  readonly family: AddressFamily;
  readonly value: bigint;
}

/**
 * Returns the IP address in text, in any common spelling. Returns nothing for other text, including an IP address with a zone.
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (isIPv4(text)) return { family: AddressFamily.IPV4, value: ipv4Value(text) };
  if (isIPv6(text) && !text.includes('%')) return { family: AddressFamily.IPV6, value: ipv6Value(text) };
  return undefined;
}

/** Returns the canonical form of an IP address: dotted decimal, or the form of RFC 5952. */
export function formatIpAddress({ family, value }: IpAddress): string {
  return family === AddressFamily.IPV4 ? formatIpv4(value) : formatIpv6(value);
}

/** Returns the IPv4 address for one that is written as IPv6 (`::ffff:203.0.113.7`). Returns every other IP address unchanged. */
export function unmapped(address: IpAddress): IpAddress {
  return address.value >> 32n === MAPPED_IPV4
    ? { family: AddressFamily.IPV4, value: address.value & 0xffffffffn }
    : address;
}

function ipv4Value(text: string): bigint {
  return BigInt(text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0));
}

function ipv6Value(text: string): bigint {
  const hex = text.replace(/[^:]*\.[^:]*/, (ipv4) => {
    const value = ipv4Value(ipv4);
    return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  });
  const [head, tail] = hex.split('::').map((side) => (side === '' ? [] : side.split(':')));
  const groups = tail ? [...head, ...Array<string>(GROUPS - head.length - tail.length).fill('0'), ...tail] : head;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(parseInt(group, 16)), 0n);
}

function formatIpv4(value: bigint): string {
  const number = Number(value);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}

/**
 * Returns the form of RFC 5952: lower case, no leading zeros, `::` for the first of the longest runs of two or more zero groups.
 */
function formatIpv6(value: bigint): string {
  const groups = Array.from({ length: GROUPS }, (_, index) =>
    Number((value >> BigInt(16 * (GROUPS - 1 - index))) & 0xffffn),
  );
  let longest = { start: 0, length: 1 };
  for (const start of groups.keys()) {
    let end = start;
    while (groups[end] === 0) end++;
    if (end - start > longest.length) longest = { start, length: end - start };
  }
  const hex = groups.map((group) => group.toString(16));
  if (longest.length < 2) return hex.join(':');
  return `${hex.slice(0, longest.start).join(':')}::${hex.slice(longest.start + longest.length).join(':')}`;
}
