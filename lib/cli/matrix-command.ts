import { Command } from 'commander';
import type { TracedFlow } from '../model/traced-flow';
import { matrixJson, matrixMarkdown, matrixTable } from '../renderers/port-matrix';
import { csvTable } from '../renderers/text-table';
import type { CliIo } from './cli-io';
import { emit } from './emit';
import { addressesOption, formatOption, outputOption, pathsArgument, stateOption } from './options';
import { readPorts, type FlowOptions } from './read-flows';
import { terminalTable } from './terminal-table';

const FORMS = ['table', 'markdown', 'csv', 'json'];

interface MatrixOptions extends FlowOptions {
  readonly format: string;
  readonly output?: string;
}

/** Who may reach whom on what. */
export function matrixCommand(io: CliIo): Command {
  return new Command('matrix')
    .summary('who may reach whom on what, and where that is documented')
    .description('Lists who may reach whom on what, what for, who opens it, and where that is documented.')
    .addArgument(pathsArgument())
    .addOption(formatOption(FORMS))
    .addOption(stateOption())
    .addOption(addressesOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports matrix cdktf.out --format markdown --output ports.md')
    .action(async (paths: string[], options: MatrixOptions) => {
      const flows = readPorts(paths, options, io);
      await emit(rendered(flows, options, io), options.output, io);
    });
}

function rendered(flows: readonly TracedFlow[], { format, output }: MatrixOptions, io: CliIo): string {
  if (format === 'json') return matrixJson(flows);
  if (format === 'csv') return csvTable(matrixTable(flows));
  if (format === 'markdown') return matrixMarkdown(flows);
  return flows.length === 0 ? 'No port is opened.\n' : terminalTable(matrixTable(flows), output, io);
}
