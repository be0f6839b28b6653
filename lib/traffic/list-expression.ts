import { isUnknown, UnknownValue } from './unknown-value';

const CALL = /^(concat|tolist|toset)\((.*)\)$/s;
const LITERAL = /^\[(?!\s*for\s)(.*)\]$/s;
const OPENING = '([{';
const CLOSING = ')]}';

/** A list as text, or a function of lists, with what stands in it. */
export interface ListExpression {
  readonly kind: 'literal' | 'concat' | 'tolist' | 'toset';
  readonly members: readonly string[];
}

/** Takes a list apart; nothing where an expression is none of these forms. */
export function listExpression(expression: string): ListExpression | undefined {
  const [, body] = LITERAL.exec(expression) ?? [];
  const [, name, given] = CALL.exec(expression) ?? [];
  const members = membersIn(body ?? given);
  return members && { kind: (name ?? 'literal') as ListExpression['kind'], members };
}

/** The value of a list whose members have these values; nothing where Terraform would refuse them. */
export function listValue({ kind }: ListExpression, values: readonly unknown[]): unknown {
  if (kind === 'literal') return values.some(Array.isArray) ? undefined : values;
  if (kind === 'concat') return concatenated(values);
  const [list] = values;
  if (values.length !== 1 || !(Array.isArray(list) || isUnknown(list))) return undefined;
  return kind === 'toset' && Array.isArray(list) ? [...new Set<unknown>(list)] : list;
}

/** A list that is not known stands for its members, among those of the others. */
function concatenated(lists: readonly unknown[]): unknown {
  if (!lists.every((list) => Array.isArray(list) || isUnknown(list))) return undefined;
  return lists.flatMap((list): unknown[] =>
    isUnknown(list) ? [new UnknownValue(list.expression, list.reason, 'list')] : (list as unknown[]),
  );
}

/** What stands between the commas; nothing where brackets do not match. */
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
