import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { TableCell, TextTable } from '../../text';
import { readJsonFile, refusal, shown } from '../../input';
import type { WorldThreshold } from '../../net';
import {
  baselineText,
  compareWithBaseline,
  DEFAULT_QUOTA,
  FINDING_CODES,
  type FindingCode,
  type FindingLevel,
  identified,
  type IdentifiedFinding,
  LEVELS,
  lint,
  type Note,
  type NotEvaluated,
  readBaseline,
} from '../../traffic';
import {
  choicesOption,
  configurationsArgument,
  formatOption,
  maxLengthOption,
  outputOption,
  todayOption,
  whyOption,
  worldOption,
} from '../options';
import { type CliIo, emit, type ExitCode, type ExitWith, writeOutput } from '../output';
import { readNamedStacks } from '../read-configuration';
import { emitResult, type Result, RESULT_FORMATS, type ResultOptions } from '../result';
import { sarif } from '../sarif';

const COLUMNS = ['Level', 'Finding', 'At', 'Problem', 'Related rules'];
/** The largest quota that AWS grants. */
const MAX_QUOTA = 1000;
/** The word for a run that never fails because of findings. */
const NEVER = 'none';
const NEEDS_PROVENANCE: FindingCode = 'no-provenance';

/** A level, a code, or `none`. */
type FailOn = FindingLevel | FindingCode | typeof NEVER;

interface LintCommandOptions extends ResultOptions {
  readonly failOn: readonly FailOn[];
  readonly only?: readonly FindingCode[];
  readonly ignore?: readonly FindingCode[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly requireProvenance?: boolean;
  readonly why: readonly string[];
  readonly maxRules: number;
  readonly worldWiderThan?: WorldThreshold;
  readonly today?: string;
}

/** Returns the command that finds problems in rules. */
export function lintCommand(io: CliIo, exitWith: ExitWith, version: string): Command {
  return new Command('lint')
    .summary('rules that do nothing, open too much, do not say what they are for, or will fail')
    .description('Finds rules that do nothing, open too much, do not say what they are for, or will fail.')
    .addArgument(configurationsArgument())
    .addOption(failOnOption())
    .addOption(choicesOption('--only <codes>', 'finds only what has one of these codes', FINDING_CODES))
    .addOption(choicesOption('--ignore <codes>', 'leaves out what has one of these codes', FINDING_CODES))
    .option('--baseline <file>', 'accepts the findings in this file, and reports only new and more serious ones')
    .option('--write-baseline <file>', 'writes all findings to this file, for --baseline; reasons in the file are kept')
    .option('--require-provenance', 'finds rules that no known document asks for (no-provenance)')
    .addOption(maxRulesOption())
    .addOption(worldOption())
    .addOption(todayOption('the day on which ports may have expired').default(undefined, 'the date in UTC'))
    .addOption(whyOption())
    .addOption(formatOption([...RESULT_FORMATS, 'sarif']))
    .addOption(maxLengthOption())
    .addOption(outputOption())
    .addHelpText('after', `\nCodes, each with a section in docs/findings.md:\n${codeLines()}`)
    .addHelpText(
      'after',
      '\nExample:\n  $ cluster-ports lint cdktf.out --baseline lint-baseline.json --fail-on warning',
    )
    .action(async (paths: string[], options: LintCommandOptions) => {
      checkCodes(options);
      exitWith(await runLint(paths, options, io, version));
    });
}

async function runLint(
  paths: readonly string[],
  options: LintCommandOptions,
  io: CliIo,
  version: string,
): Promise<ExitCode> {
  const { configuration, stackOf } = readNamedStacks(paths, options.why, io);
  const { findings: all, notEvaluated } = lint(configuration, {
    maxRules: options.maxRules,
    threshold: options.worldWiderThan,
    requireProvenance: isProvenanceRequired(options),
    today: options.today,
  });
  const findings = identified(all, stackOf).filter(({ code }) => isChosen(code, options));
  if (options.writeBaseline !== undefined) {
    await writeBaseline(findings, options, io);
    return 0;
  }
  const compared = comparedWith(options.baseline, findings, options);
  const { fresh } = compared;
  if (options.format === 'sarif') {
    await emit(sarif({ findings: fresh, notEvaluated, version }), options.output, io);
  } else {
    const result = resultOf({ ...compared, notEvaluated });
    await emitResult({ ...result, notes: [...configuration.notes, ...compared.notes] }, options, io);
  }
  return fresh.some((finding) => fails(finding, options.failOn)) ? 1 : 0;
}

/** The findings to report. */
interface Compared {
  readonly fresh: readonly IdentifiedFinding[];
  /** How many findings the baseline accepts. */
  readonly accepted: number;
  readonly notes: readonly Note[];
}

function comparedWith(
  baseline: string | undefined,
  findings: readonly IdentifiedFinding[],
  options: LintCommandOptions,
): Compared {
  if (baseline === undefined) return { fresh: findings, accepted: 0, notes: [] };
  const { fresh, accepted, gone } = compareWithBaseline(findings, readBaseline(readJsonFile(baseline), baseline));
  const notes = gone
    .filter(({ code }) => isLookedFor(code as FindingCode, options))
    .map(({ code, address }) => ({
      file: baseline,
      address,
      text: `the baseline accepts ${code} here, which is no longer found; --write-baseline removes it`,
    }));
  return { fresh, accepted, notes };
}

function isLookedFor(code: FindingCode, options: LintCommandOptions): boolean {
  return isChosen(code, options) && (code !== NEEDS_PROVENANCE || isProvenanceRequired(options));
}

function resultOf({
  fresh,
  accepted,
  notEvaluated,
}: Compared & { readonly notEvaluated: readonly NotEvaluated[] }): Omit<Result, 'notes'> {
  const where = notEvaluated.length === 0 ? '' : ' in what could be evaluated';
  return {
    title: 'Findings',
    table: tableOf(fresh),
    nothing: `Nothing ${accepted > 0 ? 'new ' : ''}was found${where}.`,
    summary: summaryOf(fresh, accepted),
    notEvaluated,
    json: { accepted, findings: fresh.map(asJson) },
  };
}

/** Several stacks are told apart by name, as in the other commands; the file is named for a single one. */
function tableOf(findings: readonly IdentifiedFinding[]): TextTable {
  const stacks = new Set(findings.map(({ identity }) => identity.stack));
  const areSeveral = stacks.size > 1 && !stacks.has(undefined);
  const rows = findings.map(({ level, code, address, message, related, file, identity }): TableCell[] => [
    ...(areSeveral ? [identity.stack!] : []),
    ...[level, code, { code: address }, message, related.map((one) => ({ code: one }))],
    ...(areSeveral ? [] : [file]),
  ]);
  return { columns: areSeveral ? ['Stack', ...COLUMNS] : [...COLUMNS, 'File'], rows };
}

function asJson({ code, level, address, file, message, related, fingerprint, identity }: IdentifiedFinding): object {
  return { code, level, stack: identity.stack, address, file, message, related, fingerprint };
}

function summaryOf(findings: readonly IdentifiedFinding[], accepted: number): string | undefined {
  const counts = LEVELS.map((level) => ({ level, count: findings.filter((one) => one.level === level).length }));
  const texts = counts
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${count} ${level}${count === 1 || level === 'information' ? '' : 's'}`);
  const all = [...texts, ...(accepted > 0 ? [`${accepted} accepted in the baseline`] : [])];
  return all.length === 0 ? undefined : all.join(', ');
}

function isChosen(code: FindingCode, { only, ignore = [] }: LintCommandOptions): boolean {
  return (only === undefined || only.includes(code)) && !ignore.includes(code);
}

function isProvenanceRequired({ requireProvenance, only = [], failOn }: LintCommandOptions): boolean {
  return requireProvenance === true || only.includes(NEEDS_PROVENANCE) || failOn.includes(NEEDS_PROVENANCE);
}

/** A gate that can never stop anything would be taken for a gate. */
function checkCodes(options: LintCommandOptions): void {
  for (const word of [...(options.only ?? []), ...options.failOn]) {
    const isCode = FINDING_CODES.includes(word as FindingCode);
    if (!isCode || isChosen(word as FindingCode, options)) continue;
    const [option, reason] = options.ignore?.includes(word as FindingCode)
      ? [options.only?.includes(word as FindingCode) ? '--only' : '--fail-on', '--ignore leaves out']
      : ['--fail-on', '--only does not have'];
    throw refusal(option, 'finding-left-out', 'a code must not be left out', `${shown(word)}, which ${reason}`);
  }
}

function fails({ level, code }: IdentifiedFinding, failOn: readonly FailOn[]): boolean {
  return failOn.some((word) => {
    const at = LEVELS.indexOf(word as FindingLevel);
    return word === code || (at >= 0 && LEVELS.indexOf(level) <= at);
  });
}

async function writeBaseline(
  findings: readonly IdentifiedFinding[],
  options: LintCommandOptions,
  io: CliIo,
): Promise<void> {
  const path = options.writeBaseline!;
  const before = existsSync(path) ? readBaseline(readJsonFile(path), path) : [];
  const isKnown = (code: string): boolean => isLookedFor(code as FindingCode, options);
  await writeOutput(baselineText(findings, before, isKnown), path);
  io.stderr.write(`${path} accepts ${findings.length} finding${findings.length === 1 ? '' : 's'}.\n`);
}

function codeLines(): string {
  return FINDING_CODES.map((code) => `  ${code}`).join('\n');
}

function failOnOption(): Option {
  const about =
    'exits with code 1 for findings of a level or a more serious one, or with a code: error, warning, information, a code, or none';
  return choicesOption('--fail-on <levels>', about, [...LEVELS, NEVER, ...FINDING_CODES], ['error']);
}

function maxRulesOption(): Option {
  const about = 'how many rules AWS allows per security group, direction and family';
  return new Option('--max-rules <count>', about).default(DEFAULT_QUOTA).argParser((text: string) => {
    if (/^[1-9]\d{0,3}$/.test(text) && Number(text) <= MAX_QUOTA) return Number(text);
    const need = `the quota must be a whole number from 1 to ${MAX_QUOTA}`;
    throw refusal('--max-rules', 'max-rules-invalid', need, shown(text));
  });
}
