import type { Block } from './block';
import type { Rule } from './rule';
import type { UnknownValue } from './unknown-value';
import type { NotEvaluated } from './configuration';

/** What was found in a part of a configuration. */
export interface Findings {
  readonly rules: readonly Rule[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** Nothing of interest. */
export const NO_FINDINGS: Findings = { rules: [], notEvaluated: [] };

/** Something that could not be evaluated, because an attribute is not known. */
export function unreadAttribute({ address, file }: Block, name: string, { reason }: UnknownValue): NotEvaluated {
  return { file, address, reason: `${name} is ${reason}` };
}

/** Something that could not be evaluated. */
export function unreadBlock({ address, file }: Block, reason: string): NotEvaluated {
  return { file, address, reason };
}

/** All findings as one. */
export function allFindings(findings: Iterable<Findings>): Findings {
  const [rules, notEvaluated]: [Rule[], NotEvaluated[]] = [[], []];
  for (const some of findings) {
    some.rules.forEach((rule) => rules.push(rule));
    some.notEvaluated.forEach((one) => notEvaluated.push(one));
  }
  return { rules, notEvaluated };
}
