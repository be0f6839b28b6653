import { UnknownValue } from './unknown-value';

/** The marks that stand beside a value in a plan or state: `true` in the place of what they are about. */
export interface Marks {
  /** What is known after the apply. */
  readonly unknown: unknown;
  readonly sensitive: unknown;
}

/** Puts what is not known in its place; `expression` is the one thing that the value refers to. */
export function markedValue(value: unknown, { unknown, sensitive }: Marks, expression?: string): unknown {
  if (unknown === true || (isMarked(unknown) && !isObject(value))) {
    const part = expression === undefined ? '' : `, with ${expression} in it`;
    return new UnknownValue(expression, `known after the apply${part}`, 'alone', 'a part');
  }
  if (sensitive === true) return new UnknownValue(undefined, 'sensitive');
  const member = (key: string | number): unknown => {
    const marks = { unknown: memberOf(unknown, key), sensitive: memberOf(sensitive, key) };
    return markedValue(memberOf(value, key), marks, expression);
  };
  if (Array.isArray(value)) return value.map((_, index) => member(index));
  if (!isObject(value)) return value;
  const names = new Set([...Object.keys(value), ...(isObject(unknown) ? Object.keys(unknown) : [])]);
  return Object.fromEntries([...names].map((name) => [name, member(name)]));
}

/** Whether a mark stands anywhere in a tree of marks. */
export function isMarked(marks: unknown): boolean {
  if (marks === true) return true;
  return isObject(marks) && Object.values(marks).some(isMarked);
}

/** A member of an object or list; nothing of anything else. */
export function memberOf(parent: unknown, key: string | number): unknown {
  return isObject(parent) ? (parent as Record<string | number, unknown>)[key] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
