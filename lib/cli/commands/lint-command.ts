import { Command, Option } from 'commander';
import { refusal, shown } from '../../input';
import type { WorldThreshold } from '../../net';
import { DEFAULT_QUOTA, type FindingKind, lint } from '../../traffic';
import { choicesOption, configurationsArgument, formatOption, outputOption, whyOption, worldOption } from '../options';
import type { CliIo, ExitWith } from '../output';
import { readConfiguration } from '../read-configuration';
import { emitResult, RESULT_FORMATS, type ResultOptions } from '../result';

const COLUMNS = ['Finding', 'At', 'Problem', 'Related rules', 'File'];
/** The largest quota that AWS grants. */
const MAX_QUOTA = 1000;
const KINDS: readonly FindingKind[] = [
  'world-open',
  'shadowed',
  'redundant',
  'collision',
  'egress-missing',
  'quota',
  'no-description',
  'no-provenance',
  'denies-by-name',
  'public-to-internal',
];

interface LintOptions extends ResultOptions {
  readonly ignore: readonly string[];
  readonly why: readonly string[];
  readonly maxRules: number;
  readonly worldWiderThan?: WorldThreshold;
}

/** Returns the command that finds problems in rules. */
export function lintCommand(io: CliIo, exitWith: ExitWith): Command {
  return new Command('lint')
    .summary('rules that do nothing, open too much, do not say what they are for, or will fail')
    .description('Finds rules that do nothing, open too much, do not say what they are for, or will fail.')
    .addArgument(configurationsArgument())
    .addOption(choicesOption('--ignore <kind>', 'leaves out findings of a kind', KINDS))
    .addOption(maxRulesOption())
    .addOption(worldOption())
    .addOption(whyOption())
    .addOption(formatOption(RESULT_FORMATS))
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports lint plan.json --why cdktf.out --ignore no-description')
    .action(async (paths: string[], options: LintOptions) => {
      const configuration = readConfiguration(paths, options.why, io);
      const { findings: all, notEvaluated } = lint(configuration, {
        ...options,
        threshold: options.worldWiderThan,
      });
      const findings = all.filter(({ kind }) => !options.ignore.includes(kind));
      const rows = findings.map(({ kind, address, message, related, file }) => [
        kind,
        { code: address },
        message,
        related.map((code) => ({ code })),
        file,
      ]);
      const result = {
        title: 'Findings',
        table: { columns: COLUMNS, rows },
        nothing: notEvaluated.length === 0 ? 'Nothing was found.' : 'Nothing was found in what could be evaluated.',
        notEvaluated,
        notes: configuration.notes,
        json: { findings },
      };
      await emitResult(result, options, io);
      exitWith(findings.length > 0 ? 1 : 0);
    });
}

function maxRulesOption(): Option {
  const about = 'how many rules AWS allows per security group, direction and family';
  return new Option('--max-rules <count>', about).default(DEFAULT_QUOTA).argParser((text: string) => {
    if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_QUOTA) return Number(text);
    const need = `the quota must be a whole number from 1 to ${MAX_QUOTA}`;
    throw refusal('--max-rules', 'max-rules-invalid', need, shown(text));
  });
}
