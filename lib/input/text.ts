import { refusal, shown } from './refusal';
import { looksLikeToken } from './token-text';
import { isVisible } from './visible-text';

const MAX_REASON_LENGTH = 100;
const CONTROL_CHARACTER = /\p{Cc}/u;

/** Returns `text`. Throws unless it is a non-empty, single-line string without tokens. */
export function checkText(text: unknown, place: string, what: string, maxLength = 255): string {
  if (typeof text !== 'string' || text.trim() === '') {
    throw refusal(place, 'text-required', `${what} must be text`, shown(text));
  }
  if (text.length > maxLength) {
    throw refusal(place, 'text-too-long', `${what} must have at most ${maxLength} characters`, `${text.length}`);
  }
  if (CONTROL_CHARACTER.test(text)) {
    throw refusal(place, 'text-invalid', `${what} must be one line without control characters`, shown(text));
  }
  if (looksLikeToken(text)) {
    throw refusal(place, 'text-not-known', `${what} must be known at synthesis`, shown(text));
  }
  return text;
}

/**
 * Returns `text`. Throws unless a reader sees all of it, as part of the description of a rule. GCP accepts any such text; the rules of
 * AWS check its alphabet.
 */
export function checkDescription(text: unknown, place: string, what: string, maxLength = 150): string {
  const checked = checkText(text, place, what, maxLength);
  if (isVisible(checked)) return checked;
  throw refusal(place, 'text-invalid', `${what} must be one line of visible characters`, shown(text));
}

/** Returns `reason`. Throws unless it can be part of the description of a rule. */
export function checkReason(reason: unknown, place: string): string {
  return checkDescription(reason, place, 'the reason', MAX_REASON_LENGTH);
}

const DATE = /^\d{4}-\d\d-\d\d$/;
/** No cloud is older: an earlier day is a slip, such as the year 0202 in place of 2027. */
const FIRST_DATE = '2000-01-01';

/** Returns whether a value is text for a day that exists, from the year 2000 on: `2027-03-31`, and not `2027-02-30`. */
export function isCalendarDate(value: unknown): value is string {
  if (typeof value !== 'string' || !DATE.test(value) || value < FIRST_DATE) return false;
  const time = Date.parse(value);
  // some engines read a day that does not exist as one of the next month
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
