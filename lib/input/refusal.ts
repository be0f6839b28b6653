import type { ErrorCode } from './error-code';
import type * as Levenshtein from 'fastest-levenshtein';
import { isListToken, isNumberToken, replaceTokens } from './token-text';

const LONGEST_VALUE = 100;
const KNOWN_AFTER_APPLY = '(known after apply)';

/** Returns how an error shows a value: quoted, on one line, at most as long as a line, and without raw tokens. */
export function shown(value: unknown): string {
  const text =
    typeof value === 'string'
      ? shownText(value)
      : Array.isArray(value)
        ? shownList(value)
        : typeof value === 'number' && isNumberToken(value)
          ? 'a value known after apply'
          : shownOther(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text;
}

function shownText(text: string): string {
  if (isListToken(text)) return 'a list known after apply';
  const known = replaceTokens(text, KNOWN_AFTER_APPLY);
  return known === KNOWN_AFTER_APPLY && text !== known ? 'a value known after apply' : JSON.stringify(known);
}

function shownList(values: readonly unknown[]): string {
  const [only] = values;
  if (values.length === 1 && typeof only === 'string' && isListToken(only)) return shownText(only);
  return `[${values.map(shown).join(', ')}]`;
}

function shownOther(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (isResolvable(value)) return 'a token that is not text (Token.asString converts it)';
  return typeof value === 'object' ? `an object of ${value.constructor?.name ?? 'no class'}` : `a ${typeof value}`;
}

/** TypeScript accepts such tokens everywhere, because their type is `any`: `variable.value`, results of functions. */
function isResolvable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'resolve' in value && 'creationStack' in value;
}

/** The error for every wrong argument, option or file. Its message ends with the code, because other languages receive only the message. */
export class ClusterPortsError extends Error {
  public override readonly name = 'ClusterPortsError';

  public constructor(
    /** Names the mistake and never changes: compare the code, not the message. */
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
 * `got` and `fix` are printed unquoted: quote values with `shown`. Tokens are never printed, wherever they are.
 */
export function refusal(place: string, code: ErrorCode, need: string, got?: string, fix?: string): ClusterPortsError {
  const sentence = `${place}: ${need}${got === undefined ? '' : `, got ${got}`}${fix === undefined ? '' : `; did you mean ${fix}?`}`;
  return new ClusterPortsError(code, replaceTokens(sentence, KNOWN_AFTER_APPLY));
}

/** Returns the one of `names` that the author of `name` most likely meant, or nothing if none is close. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  // loaded on first use, because only errors need it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { closest, distance } = require('fastest-levenshtein') as typeof Levenshtein;
  const nearest = closest(name, names);
  // at least one letter must match
  const most = Math.min(Math.max(2, nearest.length / 2), nearest.length - 1);
  return distance(name, nearest) <= most ? nearest : undefined;
}

/** Throws unless `value` is an object. */
export function checkObject(value: unknown, needed: string, fix: string, place: string): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw refusal(place, 'object-required', `an object with ${needed} is needed`, shown(value), fix);
}

/** The properties that an object may have: every one of the interface, or it does not compile. */
export type PropNames<T> = Readonly<Record<keyof T, true>>;

/** What the props of a construct look like, for the errors about props that are missing or misspelled. */
export interface PropsForm<T> {
  /** What is needed: `a name, a VPC and egress`. */
  readonly needed: string;
  /** An example of the smallest props: `{ name, vpcId, egress }`. */
  readonly example: string;
  readonly names: PropNames<T>;
}

/** Throws unless props are an object whose properties all have known names. */
export function checkProps<T>(props: unknown, { needed, example, names }: PropsForm<T>, place: string): void {
  checkObject(props, needed, example, place);
  checkPropNames(props as object, names, place);
}

/** Throws if an object has a property that is not in `names`. JavaScript callers have no types: a misspelled property would be ignored. */
export function checkPropNames(props: object, names: Readonly<Record<string, true>>, place: string): void {
  const unknown = Object.entries(props).find(([name, value]) => value !== undefined && !Object.hasOwn(names, name));
  if (unknown === undefined) return;
  const known = Object.keys(names);
  const nearest = nearestName(unknown[0], known);
  const need = `the properties are ${known.join(', ')}`;
  throw refusal(place, 'prop-unknown', need, shown(unknown[0]), nearest && shown(nearest));
}
