import type { DocumentedRowIndex } from './asked-for';
import type { Finding } from './finding';
import type { Rule } from './rule';
import { coveringRule } from './covering-rules';

/** Rules that open nothing which another does not open too. */
export function redundantRules(rules: readonly Rule[], asked: DocumentedRowIndex): Finding[] {
  return coveringRule(rules).flatMap(([rule, other]): Finding[] => {
    const isCollision = asked.of(rule).length > 0 !== asked.of(other).length > 0;
    const message = isCollision
      ? `another rule opens the same that no document asks for: ${other.address}`
      : `it opens nothing that ${other.address} does not open`;
    return [{ kind: 'redundant', address: rule.address, file: rule.file, message, related: [other.address] }];
  });
}
