import { holdsToken, isNumberToken, refusal } from '../../input';
import { canonicalExpression, canonicalTemplate } from './expression-text';
import { isUnknown, UnknownValue } from './unknown-value';

const MAX_DEPTH = 50;
const TRAVERSAL = /^[A-Za-z_][\w-]*(?:\.(?:[A-Za-z_][\w-]*|\d+)|\[(?:\d+|"[^"\\$%]*")\])*$/;
const STEP = /\.([\w-]+)|\[(?:(\d+)|"([^"]*)")\]/g;
const LOOP_VALUE = /\b(?:each(?:\.(?:key|value)|\[)|count\.index|self\.)/;
const INDEX = /\[([A-Za-z_][\w-]*(?:\.[\w-]+)+)\]/g;

/** Finds the value of the longest known prefix of a reference; `rest` is the remaining path. */
export type Lookup = (
  path: readonly string[],
  expression: string,
) => { value: unknown; rest: readonly string[] } | undefined;

/** The values of loops in one of their members, by the name of the loop: `{ each: { key, value } }`. */
export type LoopValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Evaluates text, escapes, lists and references whose values are in the same synthesized file. */
export class Expressions {
  private readonly known = new Map<string, unknown>();
  private readonly ofLoop: RegExp | undefined;
  private depth = 0;

  /**
   * @param values the values of the loops around the expressions
   * @param outer the expressions outside of the innermost of these loops
   */
  constructor(
    private readonly lookup: Lookup,
    private readonly values: LoopValues = {},
    private readonly outer?: Expressions,
  ) {
    const names = Object.keys(values);
    if (names.length > 0) this.ofLoop = new RegExp(String.raw`(?<![\w.-])(?:${names.join('|')})(?=\.|\[)`);
  }

  /** Returns the expressions in one member of a loop. */
  public within(values: LoopValues): Expressions {
    return new Expressions(this.lookup, { ...this.values, ...values }, this);
  }

  /** Evaluates a value with all of its members; members that cannot be evaluated become unknown values. */
  public evaluate(value: unknown, place: string): unknown {
    if (isRounded(value)) return new UnknownValue(undefined, 'a number that has more digits than can be read exactly');
    if (isLiteral(value)) return value;
    if (typeof value === 'string') return this.text(value, place);
    if (typeof value !== 'object' || value === null) throw tokenRefusal(place);
    if (Array.isArray(value)) return bounded(value.map((member) => this.evaluate(member, place)));
    return bounded(
      Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.evaluate(member, place)])),
    );
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
      const template = unknown.expression === undefined ? undefined : canonicalTemplate(text);
      const isSame = template !== undefined && this.ofLoop?.test(template) !== true;
      return new UnknownValue(isSame ? template : undefined, `text with ${unknown.reason}`);
    }
    if (unknown !== undefined) return new UnknownValue(undefined, 'text with a list in it');
    const texts = values.map(String);
    const length = texts.reduce((sum, part) => sum + part.length, 0);
    return length > MAX_LENGTH ? new UnknownValue(undefined, 'text that is too long') : texts.join('');
  }

  private expression(text: string, place: string): unknown {
    if (this.known.has(text)) return this.known.get(text);
    const expression = canonicalExpression(text);
    if (this.outer && !this.ofLoop!.test(expression)) return this.outer.expression(text, place);
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
    if (/^"[^"\\]*"$/.test(expression)) return this.text(expression.slice(1, -1), place);
    if (/^-?\d+$/.test(expression)) return isRounded(Number(expression)) ? expression : Number(expression);
    if (expression === 'true' || expression === 'false') return expression === 'true';
    if (expression === 'null') return undefined;
    if (this.ofLoop) return this.evaluatedInLoop(expression, place);
    return LOOP_VALUE.test(expression) ? differentEverywhere(expression) : this.composedOrReference(expression, place);
  }

  /** What cannot be evaluated has no expression to compare by, because it has a different value in every member of the loop. */
  private evaluatedInLoop(expression: string, place: string): unknown {
    const indexed = expression.replace(INDEX, (written, index: string) => {
      const value = this.expression(index, place);
      if (typeof value === 'number') return `[${value}]`;
      return typeof value === 'string' && !/["\\$%]/.test(value) ? `["${value}"]` : written;
    });
    if (!this.ofLoop!.test(indexed)) return this.composedOrReference(indexed, place);
    const [name, member, ...rest] = TRAVERSAL.test(indexed) ? pathOf(indexed) : [];
    const values = name === undefined ? undefined : this.values[name];
    if (values !== undefined && member !== undefined && Object.hasOwn(values, member)) {
      const found = memberOf(values[member], rest);
      return found === undefined && rest.length > 0 ? differentEverywhere(expression) : (found ?? undefined);
    }
    const value = composedExpression(indexed) ? this.composedOrReference(indexed, place) : notEvaluable(expression);
    return isUnknown(value) ? differentEverywhere(expression) : value;
  }

  private composedOrReference(expression: string, place: string): unknown {
    const composed = composedExpression(expression);
    if (composed) return this.composed(composed, place, expression);
    if (!TRAVERSAL.test(expression)) return notEvaluable(expression);
    const path = pathOf(expression);
    const found = this.lookup(path, expression);
    if (!found) return knownAfterApply(expression);
    if (isUnknown(found.value)) return found.value;
    return this.member(this.evaluate(found.value, place), found.rest, expression);
  }

  private composed(parts: ComposedExpression, place: string, expression: string): unknown {
    const value = (part: string): unknown => this.expression(part, place);
    if (parts.kind === 'object') {
      return bounded(Object.fromEntries(parts.members.map(([name, member]) => [name, value(member)])));
    }
    if (parts.kind !== 'condition') return listValue(parts, parts.members.map(value)) ?? notEvaluable(expression);
    const isMet = this.isTrue(parts.condition, place);
    if (isMet === undefined) return notEvaluable(expression);
    // a condition has one type: text, if one of its branches is text
    const [chosen, other] = isMet ? [parts.whether, parts.otherwise] : [parts.otherwise, parts.whether];
    return ofOneType([value(chosen), value(other)])[0];
  }

  /** Returns whether a condition is true; nothing if it is not known. */
  private isTrue(condition: string, place: string): boolean | undefined {
    const [, negated] = /^!\s*([^\s!=<>&|?]+)$/s.exec(condition) ?? [];
    if (negated !== undefined) {
      const value = this.isTrue(negated, place);
      return value === undefined ? undefined : !value;
    }
    const [, left, operator, right] = COMPARISON.exec(condition) ?? [];
    if (left === undefined) {
      const value = this.expression(condition, place);
      return typeof value === 'boolean' ? value : undefined;
    }
    const values = [left, right].map((side) => {
      const value = this.expression(side, place);
      return typeof value === 'string' ? value.normalize('NFC') : value;
    });
    const [type, other] = values.map((value) => typeof value);
    if (type !== other || !['string', 'number', 'boolean'].includes(type)) return undefined;
    return (values[0] === values[1]) === (operator === '==');
  }

  private member(value: unknown, path: readonly string[], expression: string): unknown {
    return memberOf(value, path) ?? knownAfterApply(expression);
  }
}

/** Whether a value means itself: it has neither members nor expressions. */
export function isLiteral(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('{');
  if (typeof value === 'number') return !isNumberToken(value);
  return typeof value !== 'object' || value === null;
}

/** Returns a member of a value; a member of an unknown value is that unknown value. */
function memberOf(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (outer, step) => (isUnknown(outer) ? outer : (outer as Record<string, unknown> | null | undefined)?.[step]),
    value,
  );
}

function differentEverywhere(expression: string): UnknownValue {
  return new UnknownValue(undefined, `${expression}, which has a different value for every instance`);
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
const OBJECT = /^\{(?!\s*for\s)(.*)\}$/s;
const MEMBER = /^(?:"([^"\\$%]*)"|([A-Za-z_][\w-]*))\s*[=:](?!=)\s*(.+)$/s;
/** A comparison of a reference or literal with a different one. */
const COMPARISON = /^([\w.-]+|"[^"\\]*")\s*(==|!=)\s*([\w.-]+|"[^"\\]*")$/;
const OPENING = '([{';
const CLOSING = ')]}';

/** A list, or a call of a function that returns a list, with its members or arguments as text. */
interface ListExpression {
  readonly kind: 'literal' | 'concat' | 'tolist' | 'toset';
  readonly members: readonly string[];
}

/** An expression whose value depends on those of its parts only. */
type ComposedExpression =
  | ListExpression
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, member: string])[] }
  | { readonly kind: 'condition'; readonly condition: string; readonly whether: string; readonly otherwise: string };

/** Parses a list, a call of one of the list functions, an object or a condition; returns nothing for other forms. */
function composedExpression(expression: string): ComposedExpression | undefined {
  const condition = conditionIn(expression);
  if (condition) return condition;
  const [, body] = LITERAL.exec(expression) ?? [];
  const [, name, given] = CALL.exec(expression) ?? [];
  const members = membersIn(body ?? given);
  if (members) return { kind: (name ?? 'literal') as ListExpression['kind'], members };
  const named = membersIn(OBJECT.exec(expression)?.[1], ',\n')?.map((member) => MEMBER.exec(member));
  if (named === undefined || named.includes(null)) return undefined;
  return { kind: 'object', members: named.map((match) => [match![1] ?? match![2], match![3]] as const) };
}

/** Parses `condition ? whether : otherwise`. */
function conditionIn(expression: string): ComposedExpression | undefined {
  const [condition, ...rest] = expression.includes('?') ? (membersIn(expression, '?') ?? []) : [];
  if (rest.length !== 1) return undefined;
  const branches = membersIn(rest[0], ':');
  if (branches?.length !== 2) return undefined;
  const [whether, otherwise] = branches;
  return { kind: 'condition', condition, whether, otherwise };
}

/** Whether a whole number of the file may have lost digits when it was read, such as the id of a tag value. */
function isRounded(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && !isNumberToken(value);
}

/** Returns the value of a list whose members or arguments have these values; nothing if Terraform would not accept them. */
function listValue({ kind }: ListExpression, values: readonly unknown[]): unknown {
  if (kind === 'literal') return values.some(Array.isArray) ? undefined : values;
  if (kind === 'concat') return concatenated(values);
  const [list] = values;
  if (values.length !== 1 || !(Array.isArray(list) || isUnknown(list))) return undefined;
  if (!Array.isArray(list)) return list;
  const members = ofOneType(list);
  return kind === 'toset' ? inOrder([...new Set(members)]) : members;
}

/** Returns members in one type, as a list or set of Terraform has it: text, if one of them is text. */
function ofOneType(members: readonly unknown[]): readonly unknown[] {
  const isPlain = (member: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof member);
  const isText = members.some((member) => typeof member === 'string');
  return isText ? members.map((member) => (isPlain(member) ? String(member) : member)) : members;
}

/** Returns the members of a set in the order in which Terraform makes a list of it. */
function inOrder(members: unknown[]): unknown[] {
  if (members.every((member) => typeof member === 'number')) return members.sort((a, b) => a - b);
  if (!members.every((member) => typeof member === 'string')) return members;
  return members.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** More members or characters than any configuration has. Values that refer to each other can grow with every reference. */
const MAX_LENGTH = 1_000_000;

/** The number of values in an object or list, with those in its members. */
const sizes = new WeakMap<object, number>();

/** Returns an object or list, unless it has too many values. */
function bounded(value: object): unknown {
  const members: unknown[] = Object.values(value);
  const size = members.reduce<number>(
    (sum, one) => sum + (typeof one === 'object' && one !== null ? (sizes.get(one) ?? 1) : 1),
    1,
  );
  if (size > MAX_LENGTH) return new UnknownValue(undefined, 'a value that is too long');
  sizes.set(value, size);
  return value;
}

/** Joins lists; a list that is not known becomes one member, which means any number of values. */
function concatenated(lists: readonly unknown[]): unknown {
  if (!lists.every((list) => Array.isArray(list) || isUnknown(list))) return undefined;
  const length = lists.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 1), 0);
  if (length > MAX_LENGTH) return undefined;
  return lists.flatMap((list): unknown[] =>
    isUnknown(list) ? [new UnknownValue(list.expression, list.reason, 'any')] : (list as unknown[]),
  );
}

/** Splits text at the separators outside of brackets and quotes; returns nothing if brackets or quotes are not closed. */
function membersIn(text: string | undefined, separators = ','): string[] | undefined {
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
    if (separators.includes(character) && !quoted && depth === 0) members.push('');
    else members[members.length - 1] += character;
  }
  if (depth !== 0 || quoted) return undefined;
  const trimmed = members.map((member) => member.trim());
  if (separators.includes('\n')) return trimmed.filter((member) => member !== '');
  return trimmed.at(-1) === '' ? trimmed.slice(0, -1) : trimmed;
}
