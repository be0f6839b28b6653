/**
 * The numbers of IP protocols by the names that vendors' documents and the clouds use, from IANA's registry "Assigned Internet Protocol
 * Numbers" (https://www.iana.org/assignments/protocol-numbers, read on 2026-11-28). `ipip` is IP-in-IP, as vendors of pod networks call it.
 */
export const PROTOCOLS = {
  icmp: 1,
  igmp: 2,
  ipip: 4,
  tcp: 6,
  udp: 17,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: 58,
  vrrp: 112,
  sctp: 132,
} as const;

/** How many protocol numbers there are. */
export const PROTOCOL_COUNT = 256;

const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(PROTOCOLS).map(([name, number]) => [number, name]));
const WITH_PORTS: ReadonlySet<number> = new Set([PROTOCOLS.tcp, PROTOCOLS.udp, PROTOCOLS.sctp]);
const WITH_TYPES: ReadonlySet<number> = new Set([PROTOCOLS.icmp, PROTOCOLS.icmpv6]);

/** Returns the number of a protocol in any spelling that the clouds accept, or nothing if the text is not a protocol. */
export function protocolNumber(text: string): number | undefined {
  const lower = text.toLowerCase();
  if (Object.hasOwn(PROTOCOLS, lower)) return PROTOCOLS[lower as keyof typeof PROTOCOLS];
  return /^\d{1,3}$/.test(lower) && Number(lower) < PROTOCOL_COUNT ? Number(lower) : undefined;
}

/** Returns the name of a protocol, or nothing if it has none here. */
export function nameOfProtocol(protocol: number): string | undefined {
  return NAMES.get(protocol);
}

/** Whether a protocol has ports. */
export function hasPorts(protocol: number): boolean {
  return WITH_PORTS.has(protocol);
}

/** Whether a protocol has types and codes instead of ports. */
export function hasTypes(protocol: number): boolean {
  return WITH_TYPES.has(protocol);
}
