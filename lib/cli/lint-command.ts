import { Command } from 'commander';
import type { FindingKind } from '../traffic/finding';
import { lint } from '../traffic/lint';
import type { CliIo, ExitWith } from './cli-io';
import { choicesOption, formatOption, outputOption, pathsArgument, whyOption } from './options';
import { readConfiguration } from './read-configuration';
import { emitResult, RESULT_FORMS, type ResultOptions } from './result';

const COLUMNS = ['Finding', 'At', 'What is the matter', 'Other rules', 'File'];
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
}

/** What a person should look at. */
export function lintCommand(io: CliIo, exitWith: ExitWith): Command {
  return new Command('lint')
    .summary('rules that do nothing, open too much, say not why, or are about to fail')
    .description('Finds rules that do nothing, open too much, do not say why they are there, or are about to fail.')
    .addArgument(pathsArgument())
    .addOption(choicesOption('--ignore <kind>', 'leaves findings of a kind out', KINDS))
    .addOption(whyOption())
    .addOption(formatOption(RESULT_FORMS))
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports lint plan.json --why cdktf.out --ignore no-description')
    .action(async (paths: string[], options: LintOptions) => {
      const { findings: all, unread } = lint(readConfiguration(paths, options.why, io));
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
        nothing: unread.length === 0 ? 'Nothing was found.' : 'Nothing was found in what could be evaluated.',
        unread,
        json: { findings },
      };
      await emitResult(result, options, io);
      exitWith(findings.length > 0 ? 1 : 0);
    });
}
