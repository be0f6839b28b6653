import { DEFAULT_WORLD_THRESHOLD, type WorldThreshold } from '../../net';
import type { Configuration, NotEvaluated } from '../configuration';
import { DocumentedRowIndex } from '../documented-row';
import type { Rule } from '../rule';
import {
  closedAtSource,
  expiries,
  falseClaims,
  laterEditions,
  disabledRows,
  moved,
  omitted,
  podPortsOpened,
  publicToInternal,
  synthesisWarnings,
} from './provenance-findings';
import { collisions } from './collisions';
import { duplicates } from './duplicates';
import type { Finding } from './finding';
import { LEVELS } from './finding-codes';
import { unneededFlannel } from './flannel';
import { Omissions } from './omit';
import { claimedTwice, overlapping } from './overlaps';
import { redundantRules } from './redundant';
import { DEFAULT_QUOTA, fullGroups, inlineAndSeparate, missingEgress, notCounted } from './security-groups';
import { isUncertainName } from '../verdict';
import { shadowedRules } from './shadowed';
import { denyingByName, unmanagedRules, withoutDescription, withoutProvenance } from './single-rules';
import { possiblyWorldOpen, worldOpen } from './world-open/world-open';

export { baselineText, compareWithBaseline, identified, type IdentifiedFinding, readBaseline } from './baseline';
export { explanationOf, FINDING_CODES, type FindingCode, type FindingLevel, LEVELS } from './finding-codes';
export { DEFAULT_QUOTA } from './security-groups';

/** The findings in a configuration. */
interface LintResult {
  /** The most serious ones first. */
  readonly findings: readonly Finding[];
  /** The parts that could not be evaluated: they may contain more findings. */
  readonly notEvaluated: readonly NotEvaluated[];
}

/** What differs between accounts, organizations and teams. */
interface LintOptions {
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
  /**
   * Whether every rule must come from a document.
   * @default false
   */
  readonly requireProvenance?: boolean;
  /**
   * The day on which ports may have expired: `2027-03-31`.
   * @default - the date in UTC
   */
  readonly today?: string;
}

const ISO_DATE_LENGTH = 'YYYY-MM-DD'.length;

/** Finds rules that do nothing, open too much, do not say why they exist, or are about to fail. */
export function lint(configuration: Configuration, options: LintOptions = {}): LintResult {
  const { maxRules = DEFAULT_QUOTA, threshold = DEFAULT_WORLD_THRESHOLD, requireProvenance = false } = options;
  const { today = new Date().toISOString().slice(0, ISO_DATE_LENGTH) } = options;
  const { rules, notEvaluated, inlineGroups = [], modules = [] } = configuration;
  const documented = new DocumentedRowIndex([configuration]);
  const omissions = new Omissions(configuration, documented);
  const certain = rules.filter(({ groups: own }) => !own.some(isUncertainName));
  const same = duplicates({ ...configuration, rules: certain }, documented, omissions);
  const open = worldOpen(configuration, threshold, documented);
  const shadowed = shadowedRules(configuration);
  const ordered = { ...configuration, rules: documentedFirst(certain, documented) };
  const redundant = withoutShadowed(shadowed, withoutDuplicates(same, redundantRules(ordered, documented)));
  const findings = [
    ...open,
    ...possiblyWorldOpen(notEvaluated, open, threshold),
    ...inlineAndSeparate(rules, inlineGroups),
    ...same,
    ...withoutDuplicates(same, collisions(rules, { documented, omissions, modules })),
    ...fullGroups(certain, maxRules),
    ...shadowed,
    ...missingEgress(configuration),
    ...denyingByName(rules),
    ...(requireProvenance ? withoutProvenance(rules, documented) : []),
    ...unmanagedRules(configuration, documented),
    ...redundant,
    ...overlapping({ ...configuration, rules: certain }, documented, redundant),
    ...unneededFlannel(rules, configuration, documented),
    ...withoutDescription(rules),
    ...falseClaims(configuration, documented),
    ...closedAtSource(configuration, documented),
    ...moved(configuration, documented),
    ...omitted(configuration, documented),
    ...disabledRows(configuration, documented),
    ...synthesisWarnings(configuration, documented),
    ...claimedTwice(configuration, documented),
    ...expiries(configuration, documented, today),
    ...laterEditions(configuration),
    ...podPortsOpened(configuration, documented),
    ...publicToInternal(configuration),
  ];
  const bySeverity = [...findings].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  return { findings: bySeverity, notEvaluated: [...notEvaluated, ...notCounted(rules)] };
}

/** Leaves out findings that only say again, and less seriously, that rules are the same rule to AWS. */
function withoutDuplicates(same: readonly Finding[], findings: readonly Finding[]): Finding[] {
  const addresses = new Set(same.flatMap(({ address, related }) => [address, ...related]));
  return findings.filter(({ address, related }) => ![address, ...related].every((one) => addresses.has(one)));
}

/** Leaves out findings about rules that have no effect, which says more. */
function withoutShadowed(shadowed: readonly Finding[], findings: readonly Finding[]): Finding[] {
  const keyOf = ({ file, address }: Finding): string => `${file}\n${address}`;
  const known = new Set(shadowed.map(keyOf));
  return findings.filter((finding) => !known.has(keyOf(finding)));
}

/** Orders rules so that of two equal ones the same is always redundant: one that no document asks for, else the one of the later address. */
function documentedFirst(rules: readonly Rule[], documented: DocumentedRowIndex): Rule[] {
  const ranks = rules.map((rule) => ({
    rule,
    rank: `${documented.of(rule).length > 0 ? 0 : 1} ${rule.file} ${rule.address}`,
  }));
  return ranks.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0)).map(({ rule }) => rule);
}
