/** The version of the Internet Protocol that a range belongs to. */
export enum AddressFamily {
  /** IPv4, 32 bits. */
  IPV4 = 'ipv4',
  /** IPv6, 128 bits. */
  IPV6 = 'ipv6',
}

/** The bits of an address. */
export const ADDRESS_BITS: Readonly<Record<AddressFamily, number>> = {
  [AddressFamily.IPV4]: 32,
  [AddressFamily.IPV6]: 128,
};
