import { Port } from '../../lib/net/port';
import { disagreement, type Verdict } from './verdict';

const DIGITS = '0123456789';
const FORM =
  'a port must be written as "6443/tcp", "2379-2380/tcp", "53/tcp+udp", "8/icmp" or, for an IP protocol, "112/ip"';
const WITH_PORTS = ['tcp', 'udp', 'tcp+udp', 'sctp'];
const WITH_TYPES = ['icmp', 'icmpv6'];
/** The protocols that are accepted by name, and those whose numbers are refused because they have ports or types. */
const NAMED: readonly (readonly [string, number])[] = [
  ['igmp', 2],
  ['ipip', 4],
  ['gre', 47],
  ['esp', 50],
  ['ah', 51],
  ['vrrp', 112],
];
const REFUSED: Readonly<Record<number, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6', 132: 'sctp' };

/**
 * Returns how the text of a port should be read, letter by letter: one number or two, then a slash and the protocol; or a protocol
 * without ports by its name.
 *
 * Capital letters of the protocol are accepted, because documents have them. Spaces around it and leading zeros are rejected, because
 * some programs read them as something else; the suggestion leaves them out.
 */
export function portVerdict(text: string): Verdict {
  const strict = strictly(text);
  if (strict.need !== undefined) return strict;
  const [numbers, protocol] = trimmed(text).split('/');
  if (protocol === undefined || numbers.includes('.')) return text === trimmed(text) ? strict : { need: FORM };
  const dash = Array.from(numbers).find((letter) => letter === '-' || letter === ':');
  const written = numbers.split(/[-:]/).map((digits) => String(Number(digits)));
  const fix = `${written.join(dash ?? '')}/${protocol}`;
  return text === fix ? strict : { need: FORM, fix };
}

/** Returns how text is read if spaces around it and leading zeros were accepted. */
function strictly(text: string): Verdict {
  const [numbers, protocol, ...more] = trimmed(text).split('/');
  if (protocol === undefined) return byName(numbers);
  if (more.length > 0) return { need: FORM };
  const typed = WITH_TYPES.find((name) => isWord(protocol, name));
  if (typed !== undefined) return typeVerdict(text, numbers, typed);
  if (isWord(protocol, 'ip')) return ipVerdict(text, numbers);
  const withPorts = WITH_PORTS.find((name) => isWord(protocol, name));
  if (withPorts === undefined) return { need: FORM };
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
  return { accepted: from === to ? `${from}/${withPorts}` : `${from}-${to}/${withPorts}` };
}

function byName(text: string): Verdict {
  const typed = WITH_TYPES.find((name) => isWord(text, name));
  if (typed !== undefined) return { accepted: typed };
  const [, number] = NAMED.find(([name]) => isWord(text, name)) ?? [];
  return number === undefined ? { need: FORM } : { accepted: `${number}/ip` };
}

/** A type, or a type and a code with a dot between them. */
function typeVerdict(text: string, numbers: string, name: string): Verdict {
  const given = numbers.split('.');
  const isExact = text === trimmed(text) && given.every((one) => one === String(Number(one)));
  if (given.length > 2 || !given.every(isNumber) || (given.length > 1 && !isExact)) return { need: FORM };
  const wrong = given.findIndex((one) => Number(one) > 255);
  if (wrong >= 0 && (!isExact || given.some((one) => one.length > 3))) return { need: FORM };
  if (wrong >= 0) return { need: `the ICMP ${['type', 'code'][wrong]} must be a whole number from 0 to 255` };
  return { accepted: `${given.map(Number).join('.')}/${name}` };
}

function ipVerdict(text: string, numbers: string): Verdict {
  const isExact = text === trimmed(text) && numbers === String(Number(numbers));
  if (!isNumber(numbers)) return { need: FORM };
  const number = Number(numbers);
  if (number > 255 || number in REFUSED) {
    if (!isExact || numbers.length > 3) return { need: FORM };
    if (number > 255) return { need: 'an IP protocol must be a whole number from 0 to 255' };
    const name = REFUSED[number];
    const isTyped = WITH_TYPES.includes(name);
    const need = `${name} must be given with its ${isTyped ? 'types' : 'ports'}, not by its number`;
    return isTyped ? { need, fix: name } : { need };
  }
  return { accepted: `${number}/ip` };
}

function isNumber(text: string): boolean {
  return text !== '' && Array.from(text).every((digit) => DIGITS.includes(digit));
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
