import { AddressFamily } from '../net';
import { type AddressRange, intersection, NOTHING, parseWrittenText, sizeOf, WHOLE } from './sets';
import type { RulePeer } from './rule';

/** An end as rows of permitted traffic have it: a name, which may have a part of its IP addresses. */
export interface WrittenEnd {
  /** Absent for IP addresses of any machine. */
  readonly name?: string;
  readonly range: AddressRange;
}

const WITH_PART = /^(.+?)(?: over (IPv[46])| in (\S+(?: except .+)?)| at (\S+))$/;
const FAMILY: Readonly<Record<string, AddressFamily>> = { IPv4: AddressFamily.IPV4, IPv6: AddressFamily.IPV6 };

/**
 * Reads an end in the form of results: `10.0.0.0/8`, `10.0.0.0/8 except 10.1.0.0/16`, `any IPv4 address`, `tag:web in 10.0.0.0/8`,
 * `tag:web at 10.0.0.7`, `tag:web over IPv6`. Returns nothing for other text, which may be a name.
 */
export function parseWrittenEnd(text: string): WrittenEnd | undefined {
  const family = FAMILY[/^any (IPv[46]) address$/.exec(text)?.[1] ?? ''];
  if (family !== undefined) return { range: { family, bounds: WHOLE[family] } };
  const whole = knownRange(text);
  if (whole !== undefined) return { range: whole };
  const [, name, over, within, address] = WITH_PART.exec(text) ?? [];
  if (name === undefined) return undefined;
  if (over !== undefined) return { name, range: { family: FAMILY[over], bounds: WHOLE[FAMILY[over]] } };
  const range = knownRange(within ?? hostRange(address));
  return range && { name, range };
}

function hostRange(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

function knownRange(text: string): AddressRange | undefined {
  if (!/^[\da-f.:]+\/\d+(?: except .+)?$/i.test(text)) return undefined;
  const range = parseWrittenText(text);
  return 'problem' in range ? undefined : range;
}

/**
 * Returns the part of far ends that is in a range; nothing if none of them has IP addresses there. Outputs print ranges of rules, which may
 * be wider than the IP ranges of machines: `tag:web over IPv6`.
 */
export function withinRange(peers: readonly RulePeer[], { family, bounds }: AddressRange): RulePeer[] | undefined {
  const found = peers.flatMap((peer) => {
    const addresses = peer.family === family ? intersection(peer.addresses, bounds) : NOTHING;
    return sizeOf(addresses) === 0n ? [] : [{ ...peer, addresses }];
  });
  return found.length === 0 ? undefined : found;
}
