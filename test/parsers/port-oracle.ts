import { Port } from '../../lib/net/port';
import { disagreement, type Verdict } from './verdict';

const DIGITS = '0123456789';
const FORM = 'a port must be written as "6443/tcp" or "2379-2380/tcp"';

/**
 * Returns how the text of a port should be read, letter by letter: one number or two, then a slash and the protocol.
 *
 * Capital letters of the protocol are accepted, because documents have them. Spaces around it and leading zeros are rejected, because
 * some programs read them as something else; the suggestion leaves them out.
 */
export function portVerdict(text: string): Verdict {
  const strict = strictly(text);
  if (strict.need !== undefined) return strict;
  const [numbers, protocol] = trimmed(text).split('/');
  const dash = Array.from(numbers).find((letter) => letter === '-' || letter === ':');
  const written = numbers.split(/[-:]/).map((digits) => String(Number(digits)));
  const fix = `${written.join(dash ?? '')}/${protocol}`;
  return text === fix ? strict : { need: FORM, fix };
}

/** Returns how text is read if spaces around it and leading zeros were accepted. */
function strictly(text: string): Verdict {
  const [numbers, protocol, ...more] = trimmed(text).split('/');
  if (more.length > 0 || (!isWord(protocol, 'tcp') && !isWord(protocol, 'udp'))) return { need: FORM };
  const at = Array.from(numbers).findIndex((letter) => letter === '-' || letter === ':');
  const ends = at < 0 ? [numbers] : [numbers.slice(0, at), numbers.slice(at + 1)];
  if (!ends.every((end) => end !== '' && Array.from(end).every((digit) => DIGITS.includes(digit)))) {
    return { need: FORM };
  }
  const [from, to = from] = ends.map(Number);
  const isExact = text === trimmed(text) && ends.every((end) => end === String(Number(end)));
  if (!isExact && ([from, to].some((port) => port < 1 || port > 65535) || to < from)) return { need: FORM };
  if ([from, to].some((port) => port < 1 || port > 65535)) {
    return { need: 'a port must be a whole number from 1 to 65535' };
  }
  if (to < from) return { need: 'a port range must run upwards', fix: `${to}-${from}/${protocol}` };
  const name = isWord(protocol, 'tcp') ? 'tcp' : 'udp';
  return { accepted: from === to ? `${from}/${name}` : `${from}-${to}/${name}` };
}

/** Returns how this library and the oracle disagree on a port, if they do. */
export function portDisagreement(text: string): string | undefined {
  return disagreement(text, portVerdict(text), (given) => Port.parse(given));
}

function isWord(text: string | undefined, word: string): boolean {
  return text?.length === word.length && Array.from(text).every((letter, index) => isLetter(letter, word[index]));
}

/** Compares without changing the case, which would turn some other letters into ASCII. */
function isLetter(letter: string, lower: string): boolean {
  return letter === lower || letter === String.fromCharCode(lower.charCodeAt(0) - 32);
}

function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text[start].trim() === '') start++;
  while (end > start && text[end - 1].trim() === '') end--;
  return text.slice(start, end);
}
