import type { NotEvaluated } from './configuration';
import type { Rule } from './rule';

const IS_BARE = /^[-a-z0-9]+$/;

/**
 * Networks whose project is not known, where they may be others of the same name and a rule denies in one of them: whether it denies
 * in the other too cannot be told.
 */
export function unclearNetworks(parts: readonly (readonly Rule[])[], file: string): NotEvaluated[] {
  const parted = new Map<string, number>();
  const denying = new Set<string>();
  for (const rules of parts) {
    for (const network of new Set(rules.map((rule) => rule.network))) {
      parted.set(network, (parted.get(network) ?? 0) + 1);
    }
    rules.filter(({ action }) => action !== 'allow').forEach(({ network }) => denying.add(network));
  }
  return [...parted].flatMap(([network, count]) => {
    if (!IS_BARE.test(network)) return [];
    const others = [...parted.keys()].filter((other) => other.endsWith(`/${network}`)).sort();
    const isAlone = count === 1 && others.length === 0;
    if (isAlone || ![network, ...others].some((name) => denying.has(name))) return [];
    const reason = `of which project this network is, is not said${others.length === 0 ? '' : `: it may be ${others.join(' or ')}`}`;
    return [{ file, address: network, reason, content: `${count} ${others.join(' ')}` }];
  });
}
