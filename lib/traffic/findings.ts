import type { Block } from './block';
import type { Rule } from './rule';
import type { UnknownValue } from './unknown-value';
import type { Unread } from './configuration';

/** What was found in a part of a configuration. */
export interface Findings {
  readonly rules: readonly Rule[];
  readonly unread: readonly Unread[];
}

/** Nothing of interest. */
export const NO_FINDINGS: Findings = { rules: [], unread: [] };

/** Something that could not be evaluated, because an attribute is not known. */
export function unreadAttribute({ address, file }: Block, name: string, { reason }: UnknownValue): Unread {
  return { file, address, reason: `${name} is ${reason}` };
}

/** Something that could not be evaluated. */
export function unreadBlock({ address, file }: Block, reason: string): Unread {
  return { file, address, reason };
}

/** All findings as one. */
export function allFindings(findings: Iterable<Findings>): Findings {
  const [rules, unread]: [Rule[], Unread[]] = [[], []];
  for (const some of findings) {
    some.rules.forEach((rule) => rules.push(rule));
    some.unread.forEach((one) => unread.push(one));
  }
  return { rules, unread };
}
