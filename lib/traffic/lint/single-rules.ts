import { ALL_OUTBOUND_DESCRIPTION } from '../../access';
import type { DocumentedRowIndex } from '../documented-row';
import { deniesByName } from '../permitted';
import type { Rule } from '../rule';
import { type Finding, findingAt } from './finding';

/** Finds rules that do not say what they are for. */
export function withoutDescription(rules: readonly Rule[]): Finding[] {
  return rules
    .filter(({ description }) => description === undefined || description.trim() === '')
    .map((rule) => findingAt(rule, 'no-description', 'it has no description'));
}

/** Finds rules that no known document asks for. The outbound rules of `Egress.ALL` need no document. */
export function withoutProvenance(rules: readonly Rule[], documented: DocumentedRowIndex): Finding[] {
  return rules
    .filter(
      (rule) =>
        rule.action === 'allow' && rule.description !== ALL_OUTBOUND_DESCRIPTION && documented.of(rule).length === 0,
    )
    .map((rule) => findingAt(rule, 'no-provenance', 'no known document asks for it'));
}

const DENIES_BY_NAME =
  'it denies by name: a machine with several names may be denied traffic that a rule for its other names allows';

/** Finds rules that deny by tag or account, which say nothing certain about machines that have several. */
export function denyingByName(rules: readonly Rule[]): Finding[] {
  return deniesByName(rules).map((rule) => findingAt(rule, 'denies-by-name', DENIES_BY_NAME));
}
