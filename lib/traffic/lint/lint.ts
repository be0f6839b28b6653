import { DEFAULT_WORLD_THRESHOLD, type WorldThreshold } from '../../net';
import type { Configuration, NotEvaluated } from '../configuration';
import { DocumentedRowIndex } from '../documented-row';
import type { Finding } from './finding';
import { redundantRules } from './redundant';
import { DEFAULT_QUOTA, fullGroups, missingEgress } from './security-groups';
import { shadowedRules } from './shadowed';
import { collisions, denyingByName, withoutDescription, withoutProvenance } from './single-rules';
import { worldOpen } from './world-open';
import { publicToInternal } from './zones';

export { type FindingKind } from './finding';
export { DEFAULT_QUOTA } from './security-groups';

/** The findings in a configuration. */
interface LintResult {
  readonly findings: readonly Finding[];
  /** The parts that could not be evaluated: they may contain more findings. */
  readonly notEvaluated: readonly NotEvaluated[];
}

/** Limits that differ between accounts and organizations. */
interface LintLimits {
  /**
   * The number of rules that AWS allows per security group, direction and family.
   * @default 60
   */
  readonly maxRules?: number;
  /**
   * Which far ends are the world.
   * @default DEFAULT_WORLD_THRESHOLD
   */
  readonly threshold?: WorldThreshold;
}

/** Finds rules that do nothing, open too much, do not say why they exist, or are about to fail. */
export function lint(configuration: Configuration, limits: LintLimits = {}): LintResult {
  const { maxRules = DEFAULT_QUOTA, threshold = DEFAULT_WORLD_THRESHOLD } = limits;
  const { rules, notEvaluated, groups } = configuration;
  const documented = new DocumentedRowIndex([configuration]);
  const findings = [
    ...worldOpen(rules, threshold),
    ...shadowedRules(rules),
    ...redundantRules(rules, documented),
    ...collisions(rules, documented),
    ...missingEgress(rules, groups),
    ...fullGroups(rules, maxRules),
    ...withoutDescription(rules),
    ...withoutProvenance(rules, documented),
    ...denyingByName(rules),
    ...publicToInternal(configuration),
  ];
  return { findings, notEvaluated };
}
