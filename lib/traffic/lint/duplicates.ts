import { addTo } from '../../input';
import type { DocumentedRowIndex } from '../documented-row';
import type { Rule } from '../rule';
import { type Finding, findingAt, isInline } from './finding';
import type { Omissions } from './omit';

/** A far end that is an expression which may have different values in two modules. */
const EXPRESSION = /^(?:sg|list):(?:\S+\/)?(?:var|local|each|count)\./;

/**
 * Finds separate rules of a security group that are the same rule to AWS, whatever their descriptions say. The finding is at the
 * second one; documented rules come last, because their rows can be left out.
 */
export function duplicates(rules: readonly Rule[], documented: DocumentedRowIndex, omissions: Omissions): Finding[] {
  const separate = rules.filter((rule) => rule.farEnds !== undefined && !isInline(rule));
  const byContent = new Map<string, Rule[]>();
  for (const rule of separate) {
    for (const farEnd of new Set(rule.farEnds?.texts.filter((end) => !EXPRESSION.test(end)))) {
      addTo(byContent, JSON.stringify([rule.direction, rule.groups[0], rule.ports, farEnd]), rule);
    }
  }
  const found = new Map<Rule, Set<Rule>>();
  for (const same of byContent.values()) {
    if (same.length === 1) continue;
    const [first, ...others] = ordered(same, documented);
    for (const rule of others) found.set(rule, (found.get(rule) ?? new Set()).add(first));
  }
  return [...found].map(([rule, same]) => {
    const related = [...same].map(({ address }) => address);
    const omit = omissions.textFor(rule, rule.ports);
    const message =
      `it is the same rule as ${related.join(' and ')}, and AWS refuses the apply: InvalidPermission.Duplicate` +
      (omit === undefined ? '' : `; leave it out with ${omit}`);
    return findingAt(rule, 'duplicate', message, related);
  });
}

function ordered(rules: readonly Rule[], documented: DocumentedRowIndex): Rule[] {
  const rank = (rule: Rule): string => `${documented.of(rule).length > 0 ? 1 : 0} ${rule.file} ${rule.address}`;
  return [...rules].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
