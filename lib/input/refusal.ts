import type * as Levenshtein from 'fastest-levenshtein';
import { inCallersLanguage } from './caller-language';
import type { ErrorCode } from './error-code';
import { isListToken, isNumberToken, replaceTokens } from './token-text';
import { beginningOf, oneLine } from './visible-text';

const MAX_VALUE_LENGTH = 100;
const MAX_SHOWN_DEPTH = 10;
const KNOWN_AFTER_APPLY = '(known after apply)';

/** Returns a value in the form for errors: quoted, on one line, without invisible characters, shortened, and without raw tokens. */
export function shown(value: unknown): string {
  return shownAt(value, 0);
}

function shownAt(value: unknown, depth: number): string {
  const text =
    typeof value === 'string'
      ? shownText(value)
      : Array.isArray(value)
        ? shownList(value, depth)
        : typeof value === 'number' && isNumberToken(value)
          ? 'a value known after apply'
          : shownOther(value);
  return text.length > MAX_VALUE_LENGTH ? `${beginningOf(text, MAX_VALUE_LENGTH)}...` : text;
}

function shownText(text: string): string {
  if (isListToken(text)) return 'a list known after apply';
  const known = replaceTokens(text, KNOWN_AFTER_APPLY);
  return known === KNOWN_AFTER_APPLY && text !== known ? 'a value known after apply' : oneLine(JSON.stringify(known));
}

function shownList(values: readonly unknown[], depth: number): string {
  if (depth >= MAX_SHOWN_DEPTH) return '[...]';
  const [only] = values;
  if (values.length === 1 && typeof only === 'string' && isListToken(only)) return shownText(only);
  return `[${values.map((value) => shownAt(value, depth + 1)).join(', ')}]`;
}

function shownOther(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (isResolvable(value)) return 'a token that is not text (Token.asString converts it)';
  return typeof value === 'object' ? `an object of ${value.constructor?.name ?? 'no class'}` : `a ${typeof value}`;
}

/**
 * Returns whether a value is a token object, such as `variable.value`. Its type is `any`, so TypeScript accepts it everywhere.
 */
function isResolvable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'resolve' in value && 'creationStack' in value;
}

/**
 * The error for an invalid argument, option or file. Its message ends with the code, because other languages receive only the
 * message.
 */
export class ClusterPortsError extends Error {
  public override readonly name = 'ClusterPortsError';

  public constructor(
    /** Identifies the mistake, and never changes. Compare codes, not messages. */
    public readonly code: ErrorCode,
    /** The message without the code. */
    public readonly sentence: string,
  ) {
    super(`${sentence} [${code}]`);
  }
}

/**
 * Returns the error `<place>: <what is needed>, got <value>; did you mean <fix>?`.
 *
 * Quote values in `got` and `fix` with `shown`. Tokens and invisible characters are never printed. `fix` is code of TypeScript or plain
 * words, and printed in the language of the caller.
 */
export function refusal(place: string, code: ErrorCode, need: string, got?: string, fix?: string): ClusterPortsError {
  const sentence = `${place}: ${need}${got === undefined ? '' : `, got ${got}`}${fix === undefined ? '' : `; did you mean ${inCallersLanguage(fix)}?`}`;
  return new ClusterPortsError(code, oneLine(replaceTokens(sentence, KNOWN_AFTER_APPLY)));
}

/** Returns the name in `names` that is spelled most like `name`. Returns nothing if none is close. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  // loaded on first use, because only errors need it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { closest, distance } = require('fastest-levenshtein') as typeof Levenshtein;
  const withItsWords = names.filter((known) => hasWordsOf(known, name));
  if (withItsWords.length > 0) return closest(name, withItsWords);
  const nearest = closest(name, names);
  const difference = distance(name, nearest);
  // `hubble-rlay` is `hubble-relay` and not `hubble`
  if (difference <= nearest.length / 4) return nearest;
  const inIt = names.filter((known) => hasWordsOf(name, known));
  if (inIt.length > 0) return closest(name, inIt);
  // at least one letter must match
  const most = Math.min(Math.max(2, nearest.length / 2), nearest.length - 1);
  return difference <= most ? nearest : undefined;
}

/** Shorter words, such as "id", are part of too many names. */
const SHORTEST_PART = '-port-'.length;

/** Returns whether a name has all words of another, in their order: `managementConsole` has those of `console`. */
function hasWordsOf(name: string, other: string): boolean {
  const words = wordsOf(other);
  return words.length >= SHORTEST_PART && wordsOf(name).includes(words);
}

/** Returns the words of a name in lower case, each between hyphens. */
function wordsOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1-')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return `-${words.filter((word) => word !== '').join('-')}-`;
}

/** Throws unless `value` is an object. */
export function checkObject(value: unknown, needed: string, fix: string, place: string): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw refusal(place, 'object-required', `an object with ${needed} is needed`, shown(value), fix);
}

/** The names of all properties of an interface. It does not compile if one is missing. */
export type PropNames<T> = Readonly<Record<keyof T, true>>;

/** The props of a construct, for the errors about props that are missing or misspelled. */
export interface PropsForm<T> {
  /** What is needed: `a name, a VPC and egress`. */
  readonly needed: string;
  /** An example of the smallest props: `{ name, vpcId, egress }`. */
  readonly example: string;
  readonly names: PropNames<T>;
}

/** Throws unless props are an object, and all of its properties have known names. */
export function checkProps<T>(props: unknown, { needed, example, names }: PropsForm<T>, place: string): void {
  checkObject(props, needed, example, place);
  checkPropNames(props as object, names, place);
}

/** Throws unless the only argument of `new <place>(...)` is props without a misspelled name. */
export function checkOnlyProps<T>(props: unknown, form: PropsForm<T>, place: string): void {
  if (isScope(props)) {
    const need = `new ${place}(...) takes only props, without a scope and an id`;
    throw refusal(place, 'scope-not-expected', need, shown(props), `new ${place}(${form.example})`);
  }
  checkProps(props, form, place);
}

/** Throws unless the first arguments of `new <name>(...)` are a scope and an id. */
export function checkScope(scope: unknown, id: unknown, name: string): void {
  if (isScope(scope) && typeof id === 'string') return;
  const need = `new ${name}(...) needs a scope and an id, and then the props`;
  const got = isScope(scope) ? `${shown(id)} as id` : `${shown(scope)} as scope`;
  throw refusal(name, 'scope-required', need, got, `new ${name}(this, "id", { ... })`);
}

/** Throws if a call without a scope and an id got them. */
export function checkNoScope(first: unknown, second: unknown, call: string, example: string): void {
  if (!(isScope(first) && typeof second === 'string')) return;
  const need = `${call} takes no scope and no id`;
  throw refusal(call, 'scope-not-expected', need, `${shown(first)} and ${shown(second)}`, `${call}(${example})`);
}

function isScope(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'node' in value;
}

/** Throws if an object has a property that is not in `names`. JavaScript callers have no types: a misspelled property would be ignored. */
export function checkPropNames(props: object, names: Readonly<Record<string, true>>, place: string): void {
  const unknown = Object.entries(props).find(([name, value]) => value !== undefined && !Object.hasOwn(names, name));
  if (unknown === undefined) return;
  const known = Object.keys(names);
  const nearest = renamedProp(unknown[0], known) ?? nearestName(unknown[0], known);
  const need = `the properties are ${known.join(', ')}`;
  throw refusal(place, 'prop-unknown', need, shown(unknown[0]), nearest && shown(nearest));
}

/** Other words for properties, which users may know from earlier versions or from other tools. */
const OTHER_WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['addresses', ['ipRanges', 'ranges']],
  ['cidrs', ['ipRanges', 'ranges']],
  ['documentedEgress', ['egress']],
  ['dnsName', ['hostname']],
  ['nodePort', ['port']],
  ['rules', ['describedRules']],
]);

function renamedProp(name: string, known: readonly string[]): string | undefined {
  return OTHER_WORDS.get(name)?.find((other) => known.includes(other));
}
