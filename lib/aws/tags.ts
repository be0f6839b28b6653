import { refusal, shown } from '../model/refusal';
import { besideTokens, holdsToken, literal, looksLikeToken } from '../model/token-text';

const LONGEST_TAG_KEY = 128;
const LONGEST_TAG_VALUE = 256;
const MOST_TAGS = 50;
const CARRIED = 'must be text in composed form (NFC) without control characters';

/** Tags as AWS resources have them. */
export type Tags = Record<string, string>;

/** Tags whose text is not evaluated by Terraform. */
export function literalTags(tags: Tags): Tags {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [literal(key), holdsToken(value) ? value : literal(value)]),
  );
}

/** Copies tags, and refuses what AWS would not take. */
export function checkTags(given: Tags | undefined, place: string): Tags | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw refusal(place, 'tags must be an object of names and values', shown(given));
  }
  const tags = Object.entries(given);
  if (tags.length > MOST_TAGS) {
    throw refusal(place, `tags must be at most ${MOST_TAGS}, with the default tags of the provider`, `${tags.length}`);
  }
  for (const [key, value] of tags) {
    checkKey(key, place);
    checkValue(key, value, place);
  }
  return Object.freeze(Object.fromEntries(tags));
}

function checkKey(key: string, place: string): void {
  if (looksLikeToken(key)) throw refusal(place, 'the key of a tag must be known at synthesis', shown(key));
  if (key.trim() === '' || lengthOf(key) > LONGEST_TAG_KEY || /^aws:/i.test(key) || key === '__proto__') {
    const need = `the key of a tag must be 1 to ${LONGEST_TAG_KEY} characters and not begin with "aws:"`;
    throw refusal(place, need, shown(key));
  }
  if (!isCarried(key)) {
    throw refusal(place, `the key of a tag ${CARRIED}`, shown(key), shown(key.normalize('NFC')));
  }
}

function checkValue(key: string, value: unknown, place: string): void {
  if (typeof value !== 'string' || lengthOf(value) > LONGEST_TAG_VALUE) {
    throw refusal(place, `tag ${key} must be text of at most ${LONGEST_TAG_VALUE} characters`, shown(value));
  }
  if (looksLikeToken(value) && besideTokens(value) !== '') {
    throw refusal(place, `tag ${key} must be text, or a value known to Terraform, not both in one`, shown(value));
  }
  if (!isCarried(value)) throw refusal(place, `tag ${key} ${CARRIED}`, shown(value), shown(value.normalize('NFC')));
}

/** Terraform writes all text in the composed form, and replaces halves of characters. */
function isCarried(text: string): boolean {
  return text === text.normalize('NFC') && !/[\p{Cc}\p{Cs}]/u.test(text);
}

/** AWS counts characters, not the halves of which some are made here. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
