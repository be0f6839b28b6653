import { isUnknown } from './unknown-value';

/** A value as text in which nothing depends on the order of names: equal texts are equal values. */
export function stableText(value: unknown): string {
  if (isUnknown(value)) return `unknown ${JSON.stringify([value.expression, value.reason])}`;
  if (Array.isArray(value)) return `[${value.map(stableText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const texts = members.map(([name, member]) => `${JSON.stringify(name)}:${stableText(member)}`);
  return `{${texts.sort().join(',')}}`;
}
