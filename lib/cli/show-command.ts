import { Command } from 'commander';
import type { TableCell, TextTable } from '../renderers/text-table';
import type { NotEvaluated } from '../traffic/configuration';
import { permittedBy } from '../traffic/permitted-by';
import type { Rule } from '../traffic/rule';
import { trafficRows, type TrafficRow } from '../traffic/traffic-rows';
import type { CliIo } from './cli-io';
import { formatOption, outputOption, pathsArgument } from './options';
import { readConfiguration } from './read-configuration';
import { emitResult, RESULT_FORMS, type ResultOptions } from './result';

const COLUMNS: Readonly<Record<string, (row: TrafficRow) => TableCell>> = {
  Direction: ({ direction }) => direction,
  Port: ({ port }) => ({ code: port }),
  From: ({ from }) => ({ code: from }),
  To: ({ to }) => ({ code: to }),
  Network: ({ network = '' }) => network,
  But: ({ permitted }) => (permitted ? '' : 'is refused'),
};
/** What only some clouds have, and only some rules. */
const OPTIONAL = ['Network', 'But'];

/** What a configuration permits. */
export function showCommand(io: CliIo): Command {
  return new Command('show')
    .summary('what Terraform permits, whoever wrote it')
    .description(
      'Lists what synthesized stacks, or the "terraform show -json" of plans and states, permit: by port, source and destination.',
    )
    .addArgument(pathsArgument())
    .addOption(formatOption(RESULT_FORMS))
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports show plan.json --format markdown')
    .action(async (paths: string[], options: ResultOptions) => {
      const { rules, notEvaluated } = readConfiguration(paths, [], io);
      const rows = trafficRows(permittedBy(rules));
      const table = tableOf(rows);
      const result = {
        title: 'Permitted traffic',
        table,
        nothing: nothingOf(rules, notEvaluated),
        notEvaluated,
        json: { rows },
      };
      await emitResult(result, options, io);
    });
}

function nothingOf(rules: readonly Rule[], notEvaluated: readonly NotEvaluated[]): string {
  if (notEvaluated.length > 0) return 'Nothing is permitted by what could be evaluated.';
  const isOnNetworks = rules.some(({ network }) => network !== '');
  return isOnNetworks ? 'Nothing is permitted but what networks let out by themselves.' : 'Nothing is permitted.';
}

function tableOf(rows: readonly TrafficRow[]): TextTable {
  const columns = Object.entries(COLUMNS).filter(
    ([name, cell]) => !OPTIONAL.includes(name) || rows.some((row) => cell(row) !== ''),
  );
  return { columns: columns.map(([name]) => name), rows: rows.map((row) => columns.map(([, cell]) => cell(row))) };
}
