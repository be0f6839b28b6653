import { Command, Option } from 'commander';
import { refusal, shown } from '../model/refusal';
import type { FindingKind } from '../traffic/finding';
import { lint } from '../traffic/lint';
import { DEFAULT_QUOTA } from '../traffic/lint-quotas';
import type { CliIo, ExitWith } from './cli-io';
import { choicesOption, formatOption, outputOption, pathsArgument, whyOption } from './options';
import { readConfiguration } from './read-configuration';
import { emitResult, RESULT_FORMS, type ResultOptions } from './result';

const COLUMNS = ['Finding', 'At', 'What is the matter', 'Other rules', 'File'];
/** More AWS gives to nobody. */
const LARGEST_QUOTA = 1000;
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
];

interface LintOptions extends ResultOptions {
  readonly ignore: readonly string[];
  readonly why: readonly string[];
  readonly maxRules: number;
}

/** What a person should look at. */
export function lintCommand(io: CliIo, exitWith: ExitWith): Command {
  return new Command('lint')
    .summary('rules that do nothing, open too much, say not why, or are about to fail')
    .description('Finds rules that do nothing, open too much, do not say why they are there, or are about to fail.')
    .addArgument(pathsArgument())
    .addOption(choicesOption('--ignore <kind>', 'leaves findings of a kind out', KINDS))
    .addOption(maxRulesOption())
    .addOption(whyOption())
    .addOption(formatOption(RESULT_FORMS))
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports lint plan.json --why cdktf.out --ignore no-description')
    .action(async (paths: string[], options: LintOptions) => {
      const { findings: all, notEvaluated } = lint(readConfiguration(paths, options.why, io), options);
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
        json: { findings },
      };
      await emitResult(result, options, io);
      exitWith(findings.length > 0 ? 1 : 0);
    });
}

function maxRulesOption(): Option {
  const about = 'how many rules AWS allows per security group, direction and family';
  return new Option('--max-rules <count>', about).default(DEFAULT_QUOTA).argParser((text: string) => {
    if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= LARGEST_QUOTA) return Number(text);
    throw refusal('--max-rules', `a whole number from 1 to ${LARGEST_QUOTA} is needed`, shown(text));
  });
}
