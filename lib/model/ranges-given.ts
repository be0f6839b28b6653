import { AddressFamily } from './address-family';
import { parseCidr, respelled } from './cidr';
import type { FarEnd, UnknownRange } from './far-end';
import { formatIpAddress, parseIpAddress, unmapped } from './ip-address';
import { refusal, shown } from './refusal';
import { besideTokens, holdsToken, isListToken } from './token-text';

const WORLD: Readonly<Record<AddressFamily, string>> = {
  [AddressFamily.IPV4]: 'Peer.anyIpv4("why it is open")',
  [AddressFamily.IPV6]: 'Peer.anyIpv6("why it is open")',
};

/** Ranges that synthesis knows, and ranges that it does not. */
export type Ranges = Pick<FarEnd, 'ranges' | 'unknownRanges'>;

/** Reads ranges on behalf of the call named by `place`: known ones strictly, unknown ones as they are. */
export function readRanges(place: string, ranges: readonly string[], family: AddressFamily): Ranges {
  const texts = givenRanges(place, ranges);
  return {
    ranges: texts.filter((text) => !isUnknownRange(text)).map((text) => parseCidr(text, place)),
    unknownRanges: texts.filter(isUnknownRange).map((text) => unknownRange(text, family, place)),
  };
}

/** Refuses no values at all, and a list where its members are wanted. */
export function givenRanges(place: string, values: readonly string[]): readonly string[] {
  if (values.length === 0) throw refusal(place, 'at least one range is needed', 'none');
  const list = values.find((value) => Array.isArray(value));
  if (list !== undefined) throw refusal(place, 'ranges must be given one by one', shown(list), '...ranges');
  return values;
}

/** Whether a text has a value in it that only Terraform knows. */
export function isUnknownRange(text: unknown): text is string {
  return typeof text === 'string' && holdsToken(text);
}

/** Reads a range in which a value stands that only Terraform knows. */
export function unknownRange(text: string, family: AddressFamily, place: string): UnknownRange {
  if (isListToken(text)) return { family, text, isList: true };
  const beside = besideTokens(text);
  if (!/^[\da-f:./]*$/i.test(beside)) {
    const need = 'only digits, dots, colons and a slash may stand beside a value known to Terraform';
    throw refusal(place, need, shown(text));
  }
  if (/\/0+$/.test(beside)) {
    throw refusal(place, 'opening to the whole internet needs a reason', shown(text), WORLD[family]);
  }
  return { family, text };
}

/** What a JavaScript caller who gave plain text for a peer should write, where that is plain. */
export function asPeer(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const address = parseIpAddress(value);
  if (address) return `Peer.address(${shown(formatIpAddress(unmapped(address)))})`;
  const range = respelled(value);
  return range && `Peer.cidr(${shown(range)})`;
}
