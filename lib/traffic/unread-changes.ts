import type { NotEvaluated } from './configuration';

/**
 * What of two configurations could not be evaluated and is not the same in both, as far as can be told: there anything may have
 * been opened. What is compared by a name all the same is not among it.
 */
export function unreadChanges(before: readonly NotEvaluated[], after: readonly NotEvaluated[]): NotEvaluated[] {
  const [old, now] = [before, after].map((all) => all.filter(({ comparedAs }) => comparedAs === undefined));
  return [...without(now, old), ...without(old, now)];
}

function without(some: readonly NotEvaluated[], others: readonly NotEvaluated[]): NotEvaluated[] {
  const known = new Set(others.filter(({ content }) => content !== undefined).map(keyOf));
  return some.filter((one) => one.content === undefined || !known.has(keyOf(one)));
}

function keyOf({ address, reason, content }: NotEvaluated): string {
  return JSON.stringify([address, reason, content]);
}
