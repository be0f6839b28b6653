import { EVERYTHING_OUT } from '../model/rule-description';
import type { DocumentedRowIndex } from './asked-for';
import type { Finding } from './finding';
import type { Rule } from './rule';

/** Rules that do not say what they are for. */
export function undescribed(rules: readonly Rule[]): Finding[] {
  return rules
    .filter(({ description }) => description === undefined || description.trim() === '')
    .map(({ address, file }) => ({
      kind: 'no-description',
      address,
      file,
      message: 'it has no description',
      related: [],
    }));
}

/** Rules of which no document is known that asks for them, and that no user of `AwsEgress.ALL` asked for in so many words. */
export function unasked(rules: readonly Rule[], index: DocumentedRowIndex): Finding[] {
  return rules
    .filter((rule) => rule.action === 'allow' && rule.description !== EVERYTHING_OUT && index.of(rule).length === 0)
    .map(({ address, file }) => ({
      kind: 'no-provenance',
      address,
      file,
      message: 'no document is known that asks for it',
      related: [],
    }));
}
