import { Command } from 'commander';
import type { TableCell, TextTable } from '../../text';
import { type NotEvaluated, placeInWords, type Rule, type ShownRow, shownTraffic, storyNotes } from '../../traffic';
import { WITHOUT_PACKETS } from '../../provenance';
import { configurationsArgument, formatOption, maxLengthOption, outputOption } from '../options';
import type { CliIo } from '../output';
import { readConfiguration } from '../read-configuration';
import { emitResult, RESULT_FORMATS, type ResultOptions } from '../result';

const COLUMNS: Readonly<Record<string, (row: ShownRow) => TableCell>> = {
  Direction: ({ direction }) => direction,
  Port: ({ port }) => ({ code: port }),
  From: ({ from }) => ({ code: from }),
  To: ({ to }) => ({ code: to }),
  Network: ({ network = '' }) => network,
  Region: (row) => placeInWords(row)?.replace(/^region /, '') ?? '',
  Exception: ({ permitted, isOnly, isAlways, notKnown, isWithoutPackets }) => {
    if (permitted) {
      const parts = [isOnly === true ? 'only this' : [], notKnown ?? [], isWithoutPackets ? WITHOUT_PACKETS : []];
      return parts.flat().join(', ');
    }
    return isAlways === true ? 'refused, whatever else is allowed' : 'refused';
  },
};
/** Columns that are left out if they are empty. */
const OPTIONAL = ['Network', 'Region', 'Exception'];

/** Returns the command that lists what a configuration permits. */
export function showCommand(io: CliIo): Command {
  return new Command('show')
    .summary('everything that stacks, plans or states permit')
    .description('Lists everything that the rules of stacks, plans or states permit, by port, source and destination.')
    .addArgument(configurationsArgument())
    .addOption(formatOption(RESULT_FORMATS))
    .addOption(maxLengthOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports show plan.json --format markdown')
    .action(async (paths: string[], options: ResultOptions) => {
      const configuration = readConfiguration(paths, [], io);
      const { rules, notEvaluated } = configuration;
      const notes = [...configuration.notes, ...storyNotes(configuration)];
      const rows = shownTraffic(configuration);
      const table = tableOf(rows);
      const result = {
        title: 'Permitted traffic',
        table,
        nothing: nothingOf(rules, notEvaluated),
        notEvaluated,
        notes,
        json: { rows },
      };
      await emitResult(result, options, io);
    });
}

function nothingOf(rules: readonly Rule[], notEvaluated: readonly NotEvaluated[]): string {
  if (notEvaluated.length > 0) return 'Nothing is permitted, as far as it could be evaluated.';
  const isOnNetworks = rules.some(({ network }) => network !== '');
  return isOnNetworks
    ? 'Nothing is permitted except the outbound traffic that networks allow by default.'
    : 'Nothing is permitted.';
}

function tableOf(rows: readonly ShownRow[]): TextTable {
  const columns = Object.entries(COLUMNS).filter(([name, cell]) => {
    const texts = new Set(rows.map((row) => cell(row)).filter((text) => text !== ''));
    // one region of everything tells nothing apart
    return !OPTIONAL.includes(name) || texts.size > (name === 'Region' ? 1 : 0);
  });
  return { columns: columns.map(([name]) => name), rows: rows.map((row) => columns.map(([, cell]) => cell(row))) };
}
