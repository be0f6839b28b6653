import { addTo } from '../../input';
import type { Configuration } from '../configuration';
import type { DocumentedRowIndex } from '../documented-row';
import type { Rule } from '../rule';
import { type Finding, findingAt, isInline, namesFor, stableAddress } from './finding';
import type { Omissions } from './omit';

/** A far end that is an expression which may have different values in two modules. */
const EXPRESSION = /^(?:sg|list):(?:\S+\/)?(?:var|local|each|count)\./;

/** What AWS answers to a second resource with a rule, and to a request that has a rule twice. */
const TWO_RESOURCES = 'InvalidPermission.Duplicate';
const ONE_REQUEST = 'InvalidParameterValue: The same permission must not appear multiple times';

/**
 * Finds rules of a security group that are the same rule to AWS, whatever their descriptions say. The finding is at the second one;
 * documented rules come last, because their rows can be left out.
 *
 * The provider sends all inline rules of a direction in one request. It joins those that are equal with their descriptions (the set of
 * `securityGroupExpandRules` in `internal/service/ec2/vpc_security_group.go` of hashicorp/terraform-provider-aws), and leaves those that
 * only have different ones to AWS, which refuses them (issues 1506 and 29492 of that repository).
 */
export function duplicates(
  { rules, stackNames }: Pick<Configuration, 'rules' | 'stackNames'>,
  documented: DocumentedRowIndex,
  omissions: Omissions,
): Finding[] {
  const byContent = new Map<string, Rule[]>();
  for (const rule of rules) {
    const group = isInline(rule) ? stableAddress(rule.address) : '';
    for (const farEnd of new Set(rule.farEnds?.texts.filter((end) => !EXPRESSION.test(end)))) {
      addTo(byContent, JSON.stringify([group, rule.direction, rule.groups[0], rule.ports, farEnd]), rule);
    }
  }
  const found = new Map<Rule, Set<Rule>>();
  for (const same of byContent.values()) {
    const [first, ...others] = ordered(withoutJoined(same), documented);
    for (const rule of others) found.set(rule, (found.get(rule) ?? new Set()).add(first));
  }
  return [...found].map(([rule, same]) => {
    const names = namesFor(rule, [...same], stackNames);
    const omit = omissions.textFor(rule, rule.ports);
    const message =
      `it is the same rule as ${names.join(' and ')}, and AWS refuses the apply: ` +
      (isInline(rule) ? ONE_REQUEST : TWO_RESOURCES) +
      (omit === undefined ? '' : `; leave it out with ${omit}`);
    const related = [...same].map(({ address }) => address);
    return findingAt(rule, 'duplicate', message, related);
  });
}

/** Leaves out inline rules that the provider joins with an earlier one. */
function withoutJoined(rules: readonly Rule[]): Rule[] {
  const seen = new Set<string>();
  return rules.filter((rule) => {
    if (!isInline(rule)) return true;
    const { description = '' } = rule;
    return seen.has(description) ? false : seen.add(description);
  });
}

function ordered(rules: readonly Rule[], documented: DocumentedRowIndex): Rule[] {
  const rank = (rule: Rule): string => `${documented.of(rule).length > 0 ? 1 : 0} ${rule.file} ${rule.address}`;
  return [...rules].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
