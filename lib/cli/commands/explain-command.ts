import { Command } from 'commander';
import { versionsText } from '../../documents';
import { explain, type Explanation, type RuleMention } from '../../traffic';
import { configurationsArgument, formatOption, maxLengthOption, outputOption, whyOption } from '../options';
import type { CliIo, ExitWith } from '../output';
import { readConfiguration } from '../read-configuration';
import { documentCell, emitResult, type Result, RESULT_FORMATS, type ResultOptions, ruleCell } from '../result';

const COLUMNS = ['Rule', 'Effect', 'Document', 'Description'];

interface ExplainOptions extends ResultOptions {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly egress?: true;
  readonly ipAddress?: string;
  readonly network?: string;
  readonly why: readonly string[];
}

/** Returns the command that explains whether a packet passes. */
export function explainCommand(io: CliIo, exitWith: ExitWith): Command {
  return new Command('explain')
    .summary('whether a packet passes, which rule decides, and which document needs it')
    .description(
      'Says whether a packet passes, and which rule decides. If it does not pass, names the nearest rule and exits with code 1.',
    )
    .addArgument(configurationsArgument())
    .requiredOption('--from <source>', 'an IP address, or a name such as sg:..., tag:... or account:...')
    .requiredOption('--to <destination>', 'the same, or the name of a security group')
    .requiredOption('--port <port>', 'such as 443/tcp, or "icmp type 8 code 0"')
    .option('--egress', 'evaluates the rules of the source, not of the destination')
    .option('--ip-address <ip>', 'the IP address of a far end that is given by name')
    .option('--network <network>', 'the network on GCP, if there are several')
    .addOption(whyOption())
    .addOption(formatOption(RESULT_FORMATS))
    .addOption(maxLengthOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports explain --from 10.0.0.7 --to tag:k8s-worker --port 10250/tcp')
    .action(async (paths: string[], options: ExplainOptions) => {
      const { from, to, port, egress, ipAddress, network, why } = options;
      const ends = egress
        ? ({ direction: 'egress', group: from, peer: to } as const)
        : ({ direction: 'ingress', group: to, peer: from } as const);
      const configuration = readConfiguration(paths, why, io);
      const answer = explain(configuration, { ...ends, port, ipAddress: ipAddress, network });
      await emitResult({ ...resultOf(answer), notes: configuration.notes }, options, io);
      exitWith(answer.verdict === 'passes' ? 0 : 1);
    });
}

/** A description that must not be believed is quoted. */
function descriptionText({ description = '', doubt }: RuleMention): string {
  return doubt === undefined || description === '' ? description : `says ${JSON.stringify(description)}`;
}

/** Returns what fails if the port is closed, and for which versions the vendor checked the documents. */
function storyLines(matching: readonly RuleMention[]): string[] {
  const rows = matching.flatMap(({ documentedBy }) => documentedBy);
  const lines = rows.flatMap(({ document, impact, supplement, checkedFor, versions }) => {
    const checked = supplement === undefined ? versionsText(checkedFor, versions) : undefined;
    return [
      ...(impact === undefined ? [] : [`If it is closed: ${impact}.`]),
      ...(checked === undefined
        ? []
        : [checkedFor === undefined ? `${document}: ${checked}.` : `${document} is ${checked}.`]),
    ];
  });
  return [...new Set(lines)];
}

function resultOf(answer: Explanation): Omit<Result, 'notes'> {
  const { verdict, matching, nearest, deniesByName, notEvaluated } = answer;
  const rows = [
    ...matching.map((rule, at) => ({
      rule,
      effect: at === 0 ? `decides: ${rule.action}` : `not reached: ${rule.action}`,
    })),
    ...(nearest ? [{ rule: nearest, effect: `nearest, differs in ${nearest.fails.join(' and ')}` }] : []),
    ...deniesByName.map((rule) => ({ rule, effect: 'may deny a machine with several names' })),
  ].map(({ rule, effect }) => [ruleCell([rule]), effect, documentCell([rule]), descriptionText(rule)]);
  const sentence = `The packet ${verdict === 'refused' ? 'is refused' : verdict}`;
  return {
    title: sentence,
    table: { columns: COLUMNS, rows },
    nothing: 'No rule matches.',
    summary: [`${sentence}.`, ...storyLines(matching)].join('\n'),
    notEvaluated,
    json: answer,
  };
}
