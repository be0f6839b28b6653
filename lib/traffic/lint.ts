import { DocumentedRowIndex } from './asked-for';
import { collisions } from './lint-collisions';
import type { Configuration, NotEvaluated } from './configuration';
import { deniesByName } from './denies-by-name';
import { undescribed, unasked } from './lint-descriptions';
import { missingEgress } from './lint-egress';
import type { Finding } from './finding';
import { DEFAULT_QUOTA, fullGroups } from './lint-quotas';
import { redundantRules } from './lint-redundant';
import { shadowedRules } from './lint-shadowed';
import { worldOpen } from './lint-world';

/** What a configuration should be looked at for. */
export interface LintResult {
  readonly findings: readonly Finding[];
  /** What could not be evaluated, and so not be looked at. */
  readonly notEvaluated: readonly NotEvaluated[];
}

/** Limits that are not the same in every account. */
export interface LintLimits {
  /**
   * How many rules AWS allows per security group, direction and family.
   * @default 60
   */
  readonly maxRules?: number;
}

/** Finds rules that do nothing, open more than they should, tell nobody why they are there, or are about to fail. */
export function lint(configuration: Configuration, { maxRules = DEFAULT_QUOTA }: LintLimits = {}): LintResult {
  const { rules, notEvaluated, groups } = configuration;
  const asked = new DocumentedRowIndex([configuration]);
  const findings = [
    ...worldOpen(rules),
    ...shadowedRules(rules),
    ...redundantRules(rules, asked),
    ...collisions(rules, asked),
    ...missingEgress(rules, groups),
    ...fullGroups(rules, maxRules),
    ...undescribed(rules),
    ...unasked(rules, asked),
    ...deniesByName(rules).map(byName),
  ];
  return { findings, notEvaluated };
}

function byName({ address, file }: Finding | { address: string; file: string }): Finding {
  return {
    kind: 'denies-by-name',
    address,
    file,
    message: 'it denies by a name: a machine with several names may be refused what another of them lets in',
    related: [],
  };
}
