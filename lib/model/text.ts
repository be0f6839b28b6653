import { refusal, shown } from './refusal';
import { looksLikeToken } from './token-text';

const LONGEST_REASON = 100;
const CONTROL_CHARACTER = /\p{Cc}/u;

/** Refuses text that is none, is empty, is longer than one line of a document, or would be more than text to a program. */
export function checkText(text: unknown, place: string, what: string, longest = 255): string {
  if (typeof text !== 'string' || text.trim() === '') throw refusal(place, `${what} must be text`, shown(text));
  if (text.length > longest) throw refusal(place, `${what} must have at most ${longest} characters`, `${text.length}`);
  if (CONTROL_CHARACTER.test(text)) {
    throw refusal(place, `${what} must be one line without control characters`, shown(text));
  }
  if (looksLikeToken(text)) {
    throw refusal(place, `${what} must be known at synthesis and must not look like a token`, shown(text));
  }
  return text;
}

/** Refuses text that cannot stand in the description of a rule: these are printable ASCII without quotes and backslashes. */
export function checkDescription(text: unknown, place: string, what: string, longest = 150): string {
  const checked = checkText(text, place, what, longest);
  if (/[^ -~]|["'`\\]/.test(checked)) {
    throw refusal(
      place,
      `${what} must be plain ASCII without quotes and backslashes, because it goes into descriptions`,
      shown(text),
    );
  }
  return checked;
}

/** Refuses a reason that cannot stand in the description of a rule beside everything else that must. */
export function checkReason(reason: unknown, place: string): string {
  return checkDescription(reason, place, 'the reason', LONGEST_REASON);
}
