import type { SharedOwnership } from '../../access';
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

/** The tags that say who wants a rule. */
const OWNERSHIP_TAGS = ['Owner', 'Ticket', 'Expires'] as const;

/** Throws unless `ownershipTags` is a boolean, and AWS accepts its tags in addition to those of the user. */
export function checkOwnershipTags(ownershipTags: boolean | undefined, tags: Tags | undefined, place: string): void {
  if (ownershipTags === undefined) return;
  if (typeof ownershipTags !== 'boolean') {
    throw refusal(place, 'not-a-boolean', 'ownershipTags must be true or false', shown(ownershipTags));
  }
  if (!ownershipTags) return;
  const own = Object.keys(tags ?? {}).filter((key) => (OWNERSHIP_TAGS as readonly string[]).includes(key));
  if (own.length > 0) {
    const need = `tags must not have ${OWNERSHIP_TAGS.join(', ')}, which ownershipTags gives to the rules`;
    throw refusal(place, 'tags-invalid', need, own.map(shown).join(' and '), 'no ownershipTags');
  }
  checkCount(Object.keys(tags ?? {}).length + OWNERSHIP_TAGS.length, place);
}

/** Returns the tags that say who wants a rule: `Owner`, `Ticket`, `Expires`. */
export function ownershipTags({ owners, tickets, expires }: SharedOwnership): Tags {
  return {
    ...(owners.length > 0 && { Owner: literal(tagList(owners)) }),
    ...(tickets.length > 0 && { Ticket: literal(tagList(tickets)) }),
    ...(expires !== undefined && { Expires: expires }),
  };
}

/** Returns names as one value, in the form to which Terraform changes it. What has no room is counted. */
function tagList(names: readonly string[]): string {
  const all = names.map((name) => name.normalize('NFC'));
  for (let count = all.length; count > 0; count--) {
    const more = count < all.length ? `, and ${all.length - count} more` : '';
    const text = all.slice(0, count).join(', ') + more;
    if (lengthOf(text) <= MAX_TAG_VALUE_LENGTH) return text;
  }
  return `${all.length} names`;
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
  checkCount(tags.length, place);
  for (const [key, value] of tags) {
    checkKey(key, place);
    checkValue(key, value, place);
  }
  return Object.freeze(Object.fromEntries(tags));
}

function checkCount(count: number, place: string): void {
  if (count <= MAX_TAGS) return;
  const need = `a resource must have at most ${MAX_TAGS} tags, including the default tags of the provider`;
  throw refusal(place, 'too-many-tags', need, `${count}`);
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
