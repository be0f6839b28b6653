import { holdsToken, isNumberToken, refusal } from '../../input';
import { canonicalExpression, canonicalTemplate } from './expression-text';
import { isUnknown, UnknownValue } from './unknown-value';

const MAX_DEPTH = 50;
const TRAVERSAL = /^[A-Za-z_][\w-]*(?:\.(?:[A-Za-z_][\w-]*|\d+)|\[(?:\d+|"[^"\\$%]*")\])*$/;
const STEP = /\.([\w-]+)|\[(?:(\d+)|"([^"]*)")\]/g;
const LOOP_VALUE = /\b(?:each\.(?:key|value)|count\.index|self\.)/;

/** Finds the value of the longest known prefix of a reference; `rest` is the remaining path. */
export type Lookup = (
  path: readonly string[],
  expression: string,
) => { value: unknown; rest: readonly string[] } | undefined;

/** Evaluates text, escapes, lists and references whose values are in the same synthesized file. */
export class Expressions {
  private readonly known = new Map<string, unknown>();
  private depth = 0;

  constructor(private readonly lookup: Lookup) {}

  /** Evaluates a value with all of its members; members that cannot be evaluated become unknown values. */
  public evaluate(value: unknown, place: string): unknown {
    if (typeof value === 'string') return value.includes('{') ? this.text(value, place) : value;
    if (typeof value === 'number' && isNumberToken(value)) throw tokenRefusal(place);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((member) => this.evaluate(member, place));
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.evaluate(member, place)]));
  }

  /** Text is a template: `${}` contains an expression, `$${` is a literal `${`. */
  private text(text: string, place: string): unknown {
    if (holdsToken(text)) throw tokenRefusal(place);
    const parts = partsOf(text);
    if (!parts) return new UnknownValue(undefined, 'a template');
    if (parts.length === 1 && parts[0].expression !== undefined) return this.expression(parts[0].expression, place);
    const values = parts.map((part) => part.literal ?? this.expression(part.expression!, place));
    const unknown = values.find((value) => isUnknown(value) || typeof value === 'object');
    if (isUnknown(unknown)) {
      return new UnknownValue(
        unknown.expression === undefined ? undefined : canonicalTemplate(text),
        `text with ${unknown.reason}`,
      );
    }
    if (unknown !== undefined) return new UnknownValue(undefined, 'text with a list in it');
    const texts = values.map(String);
    const length = texts.reduce((sum, part) => sum + part.length, 0);
    return length > MAX_LENGTH ? new UnknownValue(undefined, 'text that is too long') : texts.join('');
  }

  private expression(text: string, place: string): unknown {
    if (this.known.has(text)) return this.known.get(text);
    const expression = canonicalExpression(text);
    this.depth++;
    const value =
      this.depth > MAX_DEPTH
        ? new UnknownValue(expression, `${expression}, which refers to itself`)
        : this.evaluated(expression, place);
    this.depth--;
    this.known.set(text, value);
    return value;
  }

  private evaluated(expression: string, place: string): unknown {
    if (/^"[^"\\$%]*"$/.test(expression)) return expression.slice(1, -1);
    if (/^-?\d+$/.test(expression)) return Number(expression);
    if (expression === 'true' || expression === 'false') return expression === 'true';
    if (expression === 'null') return undefined;
    if (LOOP_VALUE.test(expression)) {
      return new UnknownValue(undefined, `${expression}, which has a different value for every instance`);
    }
    const list = listExpression(expression);
    if (list) {
      const values = list.members.map((member) => this.expression(member, place));
      return listValue(list, values) ?? notEvaluable(expression);
    }
    if (!TRAVERSAL.test(expression)) return notEvaluable(expression);
    const path = pathOf(expression);
    const found = this.lookup(path, expression);
    if (!found) return knownAfterApply(expression);
    if (isUnknown(found.value)) return found.value;
    return this.member(this.evaluate(found.value, place), found.rest, expression);
  }

  private member(value: unknown, path: readonly string[], expression: string): unknown {
    const found = path.reduce<unknown>(
      (outer, step) => (isUnknown(outer) ? outer : (outer as Record<string, unknown> | null | undefined)?.[step]),
      value,
    );
    return found ?? knownAfterApply(expression);
  }
}

/** Returns the unknown value of a reference whose value is known after apply. */
export function knownAfterApply(expression: string): UnknownValue {
  return new UnknownValue(expression, `${expression}, which is known after apply`);
}

function notEvaluable(expression: string): UnknownValue {
  return new UnknownValue(expression, `${expression}, which only Terraform can evaluate`);
}

function tokenRefusal(place: string): Error {
  return refusal(place, 'token-not-resolved', 'tokens must be resolved by synthesis', 'an unresolved token');
}

function pathOf(expression: string): string[] {
  const [first] = /^[\w-]+/.exec(expression)!;
  const steps = [...expression.slice(first.length).matchAll(STEP)];
  return [first, ...steps.map(([, name, index, key]) => name ?? index ?? key)];
}

/** Splits a template into literal text and expressions; returns nothing if it has directives or a brace is not closed. */
function partsOf(text: string): { literal?: string; expression?: string }[] | undefined {
  const parts: { literal?: string; expression?: string }[] = [];
  let [literal, at] = ['', 0];
  while (at < text.length) {
    const three = text.slice(at, at + 3);
    if (three === '$${' || three === '%%{') {
      literal += three.slice(1);
      at += 3;
    } else if (three.startsWith('%{')) {
      return undefined;
    } else if (three.startsWith('${')) {
      const end = endOf(text, at + 2);
      if (end === undefined) return undefined;
      if (literal !== '') parts.push({ literal });
      parts.push({ expression: text.slice(at + 2, end) });
      [literal, at] = ['', end + 1];
    } else {
      literal += text[at++];
    }
  }
  return literal === '' && parts.length > 0 ? parts : [...parts, { literal }];
}

/** Finds the brace that ends an expression; braces in quotes do not count. */
function endOf(text: string, start: number): number | undefined {
  let [depth, quoted] = [0, false];
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === '{') depth++;
    else if (!quoted && character === '}' && depth-- === 0) return at;
  }
  return undefined;
}

const CALL = /^(concat|tolist|toset)\((.*)\)$/s;
const LITERAL = /^\[(?!\s*for\s)(.*)\]$/s;
const OPENING = '([{';
const CLOSING = ')]}';

/** A list, or a call of a function that returns a list, with its members or arguments as text. */
interface ListExpression {
  readonly kind: 'literal' | 'concat' | 'tolist' | 'toset';
  readonly members: readonly string[];
}

/** Parses an expression that has the form of a list or of a call of one of the list functions; returns nothing for other forms. */
function listExpression(expression: string): ListExpression | undefined {
  const [, body] = LITERAL.exec(expression) ?? [];
  const [, name, given] = CALL.exec(expression) ?? [];
  const members = membersIn(body ?? given);
  return members && { kind: (name ?? 'literal') as ListExpression['kind'], members };
}

/** Returns the value of a list whose members or arguments have these values; nothing if Terraform would not accept them. */
function listValue({ kind }: ListExpression, values: readonly unknown[]): unknown {
  if (kind === 'literal') return values.some(Array.isArray) ? undefined : values;
  if (kind === 'concat') return concatenated(values);
  const [list] = values;
  if (values.length !== 1 || !(Array.isArray(list) || isUnknown(list))) return undefined;
  return kind === 'toset' && Array.isArray(list) ? [...new Set<unknown>(list)] : list;
}

/** More members or characters than any configuration has. Values that refer to each other can grow with every reference. */
const MAX_LENGTH = 1_000_000;

/** Joins lists; a list that is not known becomes one member, which means any number of values. */
function concatenated(lists: readonly unknown[]): unknown {
  if (!lists.every((list) => Array.isArray(list) || isUnknown(list))) return undefined;
  const length = lists.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 1), 0);
  if (length > MAX_LENGTH) return undefined;
  return lists.flatMap((list): unknown[] =>
    isUnknown(list) ? [new UnknownValue(list.expression, list.reason, 'any')] : (list as unknown[]),
  );
}

/** Splits text at the commas outside of brackets and quotes; returns nothing if brackets or quotes are not closed. */
function membersIn(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const members = [''];
  let [depth, quoted] = [0, false];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted && character === '\\') {
      members[members.length - 1] += character + (text[++at] ?? '');
      continue;
    }
    if (character === '"') quoted = !quoted;
    else if (!quoted && OPENING.includes(character)) depth++;
    else if (!quoted && CLOSING.includes(character) && --depth < 0) return undefined;
    if (character === ',' && !quoted && depth === 0) members.push('');
    else members[members.length - 1] += character;
  }
  if (depth !== 0 || quoted) return undefined;
  const trimmed = members.map((member) => member.trim());
  return trimmed.at(-1) === '' ? trimmed.slice(0, -1) : trimmed;
}
