import { checkTokens } from '../../framework';
import { holdsToken, literal, looksLikeToken, refusal, shown, withoutTokens } from '../../input';

const MAX_TAG_KEY_LENGTH = 128;
const MAX_TAG_VALUE_LENGTH = 256;
const MAX_TAGS = 50;

/** The tags of an AWS resource. */
export type Tags = Record<string, string>;

/** Returns tags with escaped template markers, so that Terraform does not evaluate them. */
export function literalTags(tags: Tags): Tags {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [literal(key), holdsToken(value) ? value : literal(value)]),
  );
}

/** Returns a copy of tags. Throws unless AWS accepts them. */
export function checkedTags(given: Tags | undefined, place: string): Tags | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw refusal(
      place,
      'tags-invalid',
      'tags must be an object of keys and values',
      shown(given),
      '{ team: "network" }',
    );
  }
  const tags = Object.entries(given);
  if (tags.length > MAX_TAGS) {
    throw refusal(
      place,
      'too-many-tags',
      `a resource must have at most ${MAX_TAGS} tags, including the default tags of the provider`,
      `${tags.length}`,
    );
  }
  for (const [key, value] of tags) {
    checkKey(key, place);
    checkValue(key, value, place);
  }
  return Object.freeze(Object.fromEntries(tags));
}

function checkKey(key: string, place: string): void {
  if (looksLikeToken(key)) {
    throw refusal(place, 'tags-invalid', 'the key of a tag must be known at synthesis', shown(key));
  }
  if (key.trim() === '' || lengthOf(key) > MAX_TAG_KEY_LENGTH || /^aws:/i.test(key) || key === '__proto__') {
    const need = `the key of a tag must be 1 to ${MAX_TAG_KEY_LENGTH} characters and not begin with "aws:"`;
    throw refusal(place, 'tags-invalid', need, shown(key));
  }
  if (!isComposed(key)) {
    throw refusal(place, 'tags-invalid', `the key of a tag ${COMPOSED}`, shown(key), composed(key));
  }
}

function checkValue(key: string, value: unknown, place: string): void {
  if (typeof value !== 'string' || lengthOf(value) > MAX_TAG_VALUE_LENGTH) {
    throw refusal(
      place,
      'tags-invalid',
      `tag ${key} must be text of at most ${MAX_TAG_VALUE_LENGTH} characters`,
      shown(value),
    );
  }
  if (looksLikeToken(value) && withoutTokens(value) !== '') {
    throw refusal(
      place,
      'tags-invalid',
      `tag ${key} must be text or one value that is known after apply, not a mix of both`,
      shown(value),
    );
  }
  checkTokens(value, place);
  if (!isComposed(value)) {
    throw refusal(place, 'tags-invalid', `tag ${key} ${COMPOSED}`, shown(value), composed(value));
  }
}

const COMPOSED = 'must be text in composed form (NFC) without control characters';

/** Returns whether Terraform keeps text unchanged. It writes text in composed form, and replaces unpaired surrogates. */
function isComposed(text: string): boolean {
  return text === text.normalize('NFC') && !/[\p{Cc}\p{Cs}]/u.test(text);
}

/** Returns the fix for text that is not in composed form. Returns nothing if control characters remain. */
function composed(text: string): string | undefined {
  const fixed = text.normalize('NFC');
  return isComposed(fixed) ? shown(fixed) : undefined;
}

/** Returns the length of text in code points, which AWS counts. JavaScript counts UTF-16 code units. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
