import type { Unread } from './configuration';

/**
 * What of two configurations could not be evaluated and is not the same in both, as far as can be told: there anything may have
 * been opened. What is compared by a name all the same is not among it.
 */
export function unreadChanges(before: readonly Unread[], after: readonly Unread[]): Unread[] {
  const [old, now] = [before, after].map((all) => all.filter(({ comparedAs }) => comparedAs === undefined));
  return [...without(now, old), ...without(old, now)];
}

function without(some: readonly Unread[], others: readonly Unread[]): Unread[] {
  const known = new Set(others.filter(({ content }) => content !== undefined).map(keyOf));
  return some.filter((one) => one.content === undefined || !known.has(keyOf(one)));
}

function keyOf({ address, reason, content }: Unread): string {
  return JSON.stringify([address, reason, content]);
}
