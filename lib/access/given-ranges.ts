import { holdsToken, isListToken, refusal, shown, withoutTokens } from '../input';
import { type AddressFamily, parseCidr } from '../net';
import { peerOfId } from './checked-ends';
import { type FarEnd, type IPeer, isPeer, type UnknownRange, worldWithoutReason } from './far-end';
import { isHostGroup } from './host-group';

/** Ranges that are known at synthesis, and ranges that are known after apply. */
export type Ranges = Pick<FarEnd, 'ranges' | 'unknownRanges'>;

/** Reads ranges. Those with tokens stay text. Errors name the call in `place`. */
export function readRanges(place: string, ranges: readonly string[], family: AddressFamily): Ranges {
  const texts = checkedList(place, ranges);
  return {
    ranges: texts.filter((text) => !isUnknownRange(text)).map((text) => parseCidr(text, place)),
    unknownRanges: texts.filter(isUnknownRange).map((text) => unknownRange(text, family, place)),
  };
}

/** Returns `values`. Throws if there are none, or if one of them is a list. */
export function checkedList(place: string, values: readonly string[]): readonly string[] {
  if (values.length === 0) throw refusal(place, 'ranges-missing', 'at least one range is needed', 'none');
  const list = values.find((value) => Array.isArray(value));
  if (list !== undefined) {
    throw refusal(place, 'ranges-in-a-list', 'ranges must be separate arguments', shown(list), '...ranges');
  }
  for (const value of values) checkRangeText(value, place);
  return values;
}

/** Throws if a peer, or the id of what a peer could be, is given as a range. */
function checkRangeText(value: unknown, place: string): void {
  const need = 'a range must be text such as "10.0.0.0/8"';
  if (isPeer(value)) throw refusal(place, 'range-invalid', need, value.label, meantBy(value, place));
  const call = typeof value === 'string' ? peerOfId(value) : undefined;
  if (call !== undefined) throw refusal(place, 'range-invalid', need, shown(value), call);
}

function meantBy(peer: IPeer, place: string): string | undefined {
  if (isHostGroup(peer)) return `the host group itself, without ${place}`;
  if (place.startsWith('Peer.')) return `the peer itself, without ${place}`;
  return peer.ipRanges.length > 0 ? peer.ipRanges.map(shown).join(', ') : undefined;
}

/** Returns whether a range contains a token. */
export function isUnknownRange(text: unknown): text is string {
  return typeof text === 'string' && holdsToken(text);
}

/** Reads a range that contains a token. Throws if the text around the token cannot be part of a range. */
export function unknownRange(text: string, family: AddressFamily, place: string): UnknownRange {
  if (isListToken(text)) return { family, text, isList: true };
  const known = withoutTokens(text);
  if (!/^[\da-f:./]*$/i.test(known)) {
    const need = 'a value known after apply may be combined only with digits, dots, colons and a slash';
    throw refusal(place, 'range-invalid', need, shown(text));
  }
  if (/\/0+$/.test(known)) throw worldWithoutReason(place, family, [text]);
  return { family, text };
}
