import { ALL_INSTANCES, ANY_MACHINE } from './names';
import { byPrecedence } from './permitted-by';
import type { Rule } from './rule';

/**
 * The rules that deny by a name, where another rule that is asked later lets something through by another name.
 *
 * What is permitted is worked out for machines with one name; a machine with several may be refused by these what another of its
 * names gives it.
 */
export function deniesByName(rules: readonly Rule[]): Rule[] {
  const denies = rules.filter((rule) => rule.action !== 'allow' && namesIn(rule).length > 0);
  if (denies.length === 0) return [];
  return denies.filter((deny) => {
    const own = new Set(namesIn(deny));
    return rules.some(
      (rule) =>
        rule.action === 'allow' &&
        rule.network === deny.network &&
        rule.direction === deny.direction &&
        byPrecedence(deny, rule) < 0 &&
        namesIn(rule).some((name) => !own.has(name)) &&
        meets(deny, rule),
    );
  });
}

function namesIn({ groups, peers }: Rule): string[] {
  const near = groups.filter((group) => group !== ALL_INSTANCES).map((group) => `near ${group}`);
  return [...near, ...peers.filter(({ name }) => name !== ANY_MACHINE).map(({ name }) => `far ${name}`)];
}

/** Whether two rules have a port in common. */
function meets(a: Rule, b: Rule): boolean {
  return a.ports.some(([from, to]) => b.ports.some(([first, end]) => from < end && first < to));
}
