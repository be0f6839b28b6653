import { refusal } from '../model/refusal';
import { holdsToken, isNumberToken } from '../model/token-text';
import { listExpression, listValue } from './list-expression';
import { isUnknown, UnknownValue } from './unknown-value';

const DEEPEST = 50;
const TRAVERSAL = /^[A-Za-z_][\w-]*(?:\.(?:[A-Za-z_][\w-]*|\d+)|\[(?:\d+|"[^"\\$%]*")\])*$/;
const STEP = /\.([\w-]+)|\[(?:(\d+)|"([^"]*)")\]/g;
const OF_LOOPS = /\b(?:each\.(?:key|value)|count\.index|self\.)/;

/** Finds the value that stands at the beginning of a reference, with what of the path it does not take. */
export type Lookup = (
  path: readonly string[],
  expression: string,
) => { value: unknown; rest: readonly string[] } | undefined;

/** Evaluates what of synthesized Terraform has its value in the same file: text, escapes, and references to known values. */
export class Expressions {
  private readonly known = new Map<string, unknown>();
  private depth = 0;

  constructor(private readonly lookup: Lookup) {}

  /** A value with everything in it; what is not known in its place. */
  public evaluate(value: unknown, place: string): unknown {
    if (typeof value === 'string') return value.includes('{') ? this.text(value, place) : value;
    if (typeof value === 'number' && isNumberToken(value)) throw tokenRefusal(place);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((member) => this.evaluate(member, place));
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.evaluate(member, place)]));
  }

  /** Text is a template: what stands in `${}` is evaluated, `$${` is a plain `${`. */
  private text(text: string, place: string): unknown {
    if (holdsToken(text)) throw tokenRefusal(place);
    const parts = partsOf(text);
    if (!parts) return new UnknownValue(undefined, 'a template');
    if (parts.length === 1 && parts[0].expression !== undefined) return this.expression(parts[0].expression, place);
    const values = parts.map((part) => part.literal ?? this.expression(part.expression!, place));
    const unknown = values.find((value) => isUnknown(value) || typeof value === 'object');
    if (isUnknown(unknown)) {
      return new UnknownValue(unknown.expression === undefined ? undefined : text, `text with ${unknown.reason}`);
    }
    if (unknown !== undefined) return new UnknownValue(undefined, 'text with a list in it');
    return values.map(String).join('');
  }

  private expression(text: string, place: string): unknown {
    const expression = text.trim();
    if (this.known.has(expression)) return this.known.get(expression);
    this.depth++;
    const value =
      this.depth > DEEPEST
        ? new UnknownValue(expression, `${expression}, which refers to itself`)
        : this.evaluated(expression, place);
    this.depth--;
    this.known.set(expression, value);
    return value;
  }

  private evaluated(expression: string, place: string): unknown {
    if (/^"[^"\\$%]*"$/.test(expression)) return expression.slice(1, -1);
    if (/^-?\d+$/.test(expression)) return Number(expression);
    if (expression === 'true' || expression === 'false') return expression === 'true';
    if (expression === 'null') return undefined;
    if (OF_LOOPS.test(expression)) {
      return new UnknownValue(undefined, `${expression}, which is another value for every instance`);
    }
    const list = listExpression(expression);
    if (list) {
      const values = list.members.map((member) => this.expression(member, place));
      return listValue(list, values) ?? new UnknownValue(expression, `${expression}, which only Terraform evaluates`);
    }
    if (!TRAVERSAL.test(expression)) {
      return new UnknownValue(expression, `${expression}, which only Terraform evaluates`);
    }
    const path = pathOf(expression);
    const found = this.lookup(path, expression);
    if (!found) return new UnknownValue(expression, `${expression}, which only Terraform knows`);
    if (isUnknown(found.value)) return found.value;
    return this.member(this.evaluate(found.value, place), found.rest, expression);
  }

  private member(value: unknown, path: readonly string[], expression: string): unknown {
    const found = path.reduce<unknown>(
      (outer, step) => (isUnknown(outer) ? outer : (outer as Record<string, unknown> | null | undefined)?.[step]),
      value,
    );
    return found ?? new UnknownValue(expression, `${expression}, which only Terraform knows`);
  }
}

function pathOf(expression: string): string[] {
  const [first] = /^[\w-]+/.exec(expression)!;
  const steps = [...expression.slice(first.length).matchAll(STEP)];
  return [first, ...steps.map(([, name, index, key]) => name ?? index ?? key)];
}

/** The pieces of a template; nothing where it has directives or does not end. */
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

/** Where the brace is that ends an expression; braces in quotes do not count. */
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

function tokenRefusal(place: string): Error {
  return refusal(place, 'values must be synthesized', 'a token of the framework');
}
