import { withoutTokens, holdsToken, isListToken, refusal, shown } from '../input';
import { type AddressFamily, parseCidr } from '../net';
import { type FarEnd, type UnknownRange, worldWithoutReason } from './far-end';

/** Ranges that are known at synthesis, and ranges that are known after apply. */
export type Ranges = Pick<FarEnd, 'ranges' | 'unknownRanges'>;

/** Reads the ranges that a user gave to the call named by `place`. Tokens stay as they are. */
export function readRanges(place: string, ranges: readonly string[], family: AddressFamily): Ranges {
  const texts = checkedList(place, ranges);
  return {
    ranges: texts.filter((text) => !isUnknownRange(text)).map((text) => parseCidr(text, place)),
    unknownRanges: texts.filter(isUnknownRange).map((text) => unknownRange(text, family, place)),
  };
}

/** Throws if there are no values, or if one of them is a list. */
export function checkedList(place: string, values: readonly string[]): readonly string[] {
  if (values.length === 0) throw refusal(place, 'ranges-missing', 'at least one range is needed', 'none');
  const list = values.find((value) => Array.isArray(value));
  if (list !== undefined) {
    throw refusal(place, 'ranges-in-a-list', 'ranges must be separate arguments', shown(list), '...ranges');
  }
  return values;
}

/** Returns whether a range contains a token. */
export function isUnknownRange(text: unknown): text is string {
  return typeof text === 'string' && holdsToken(text);
}

/** Reads a range that contains a token. */
export function unknownRange(text: string, family: AddressFamily, place: string): UnknownRange {
  if (isListToken(text)) return { family, text, isList: true };
  const known = withoutTokens(text);
  if (!/^[\da-f:./]*$/i.test(known)) {
    const need = 'a value known after apply may be combined only with digits, dots, colons and a slash';
    throw refusal(place, 'range-invalid', need, shown(text));
  }
  if (/\/0+$/.test(known)) throw worldWithoutReason(place, family, shown(text));
  return { family, text };
}
