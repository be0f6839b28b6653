import { refusal, shown } from '../model/refusal';
import { besideTokens, holdsToken, literal, looksLikeToken } from '../model/token-text';

const LONGEST_TAG_KEY = 128;
const LONGEST_TAG_VALUE = 256;

/** Tags as AWS resources have them. */
export type Tags = Record<string, string>;

/** Tags whose text is not evaluated by Terraform. */
export function literalTags(tags: Tags): Tags {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [literal(key), holdsToken(value) ? value : literal(value)]),
  );
}

/** Refuses tags that AWS would not take, and copies them. */
export function checkTags(tags: Tags | undefined, place: string): Tags | undefined {
  if (tags === undefined) return undefined;
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) {
    throw refusal(place, 'tags must be an object of names and values', shown(tags));
  }
  for (const [key, value] of Object.entries(tags)) {
    if (looksLikeToken(key)) throw refusal(place, 'the key of a tag must be known at synthesis', shown(key));
    if (key === '' || key.length > LONGEST_TAG_KEY || /^aws:/i.test(key) || key === '__proto__') {
      throw refusal(
        place,
        `the key of a tag must be 1 to ${LONGEST_TAG_KEY} characters and not begin with "aws:"`,
        shown(key),
      );
    }
    if (typeof value !== 'string' || value.length > LONGEST_TAG_VALUE) {
      throw refusal(place, `tag ${key} must be text of at most ${LONGEST_TAG_VALUE} characters`, shown(value));
    }
    if (looksLikeToken(value) && besideTokens(value) !== '') {
      throw refusal(place, `tag ${key} must be text, or a value known to Terraform, not both in one`, shown(value));
    }
  }
  return Object.freeze({ ...tags });
}
