import type { DocumentedRow, DocumentedRowIndex } from './asked-for';
import type { Action, Rule } from './rule';

/** A rule as results name it. */
export interface RuleMention {
  /** The Terraform address. */
  readonly address: string;
  readonly file: string;
  readonly action: Action;
  readonly description?: string;
  /** The rows of documents that ask for it; empty where that is not known. */
  readonly documentedBy: readonly DocumentedRow[];
}

/** Names a rule, with who asked for it. */
export function mention(rule: Rule, index: DocumentedRowIndex): RuleMention {
  const { address, file, action, description } = rule;
  return { address, file, action, ...(description === undefined ? {} : { description }), documentedBy: index.of(rule) };
}
