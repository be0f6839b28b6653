import { Command } from 'commander';
import { explain, type Explanation } from '../traffic/explain';
import type { CliIo, ExitWith } from './cli-io';
import { formatOption, outputOption, pathsArgument, whyOption } from './options';
import { readConfiguration } from './read-configuration';
import { emitResult, RESULT_FORMS, type Result, type ResultOptions } from './result';
import { documentCell, ruleCell } from './rule-cells';

const COLUMNS = ['Rule', 'Does', 'Document', 'Description'];

interface ExplainOptions extends ResultOptions {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly egress?: true;
  readonly address?: string;
  readonly network?: string;
  readonly why: readonly string[];
}

/** Whether a packet passes, and by which rule. */
export function explainCommand(io: CliIo, exitWith: ExitWith): Command {
  return new Command('explain')
    .summary('whether a packet passes, by which rule, and who asked for it')
    .description(
      'Says whether a packet passes and by which rule; where it does not, which rule is nearest. Ends with 1 then.',
    )
    .addArgument(pathsArgument())
    .requiredOption('--from <who>', 'an address, or a name as sg:..., tag:..., account:...')
    .requiredOption('--to <who>', 'the same of the destination; the name of a security group will do')
    .requiredOption('--port <port>', 'as 443/tcp, or "icmp type 8 code 0"')
    .option('--egress', 'asks the rules of the source, not of the destination')
    .option('--address <ip>', 'the address of a far end that is named')
    .option('--network <network>', 'the network on GCP, where there are several')
    .addOption(whyOption())
    .addOption(formatOption(RESULT_FORMS))
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports explain --from 10.0.0.7 --to tag:k8s-worker --port 10250/tcp')
    .action(async (paths: string[], options: ExplainOptions) => {
      const { from, to, port, egress, address, network, why } = options;
      const ends = egress
        ? ({ direction: 'egress', group: from, peer: to } as const)
        : ({ direction: 'ingress', group: to, peer: from } as const);
      const answer = explain(readConfiguration(paths, why, io), { ...ends, port, address, network });
      await emitResult(resultOf(answer), options, io);
      exitWith(answer.verdict === 'passes' ? 0 : 1);
    });
}

function resultOf(answer: Explanation): Result {
  const { verdict, matching, nearest, deniesByName, notEvaluated } = answer;
  const rows = [
    ...matching.map((rule, at) => ({
      rule,
      does: at === 0 ? `decides: ${rule.action}` : `is not asked: ${rule.action}`,
    })),
    ...(nearest ? [{ rule: nearest, does: `is nearest, but for its ${nearest.fails.join(' and ')}` }] : []),
    ...deniesByName.map((rule) => ({ rule, does: 'may refuse a machine with several names' })),
  ].map(({ rule, does }) => [ruleCell([rule]), does, documentCell([rule]), rule.description ?? '']);
  const said = `The packet ${verdict === 'refused' ? 'is refused' : verdict}`;
  return {
    title: said,
    table: { columns: COLUMNS, rows },
    nothing: 'No rule is about it.',
    summary: `${said}.`,
    notEvaluated,
    json: answer,
  };
}
