import type { CellLine } from '../renderers/text-table';
import type { RuleMention } from '../traffic/rule-mention';

/** Rules by their Terraform addresses. */
export function ruleCell(rules: readonly RuleMention[]): CellLine[] {
  return [...new Set(rules.map(({ address }) => address))].map((code) => ({ code }));
}

/** The rows of documents that ask for rules; who else made a rule left no trace of why. */
export function documentCell(rules: readonly RuleMention[]): string[] {
  const asked = rules.flatMap(({ documentedBy }) =>
    documentedBy.map(({ row, section }) => (section === undefined ? row : `${row} (${section})`)),
  );
  return asked.length > 0 ? [...new Set(asked)] : ['unknown'];
}
