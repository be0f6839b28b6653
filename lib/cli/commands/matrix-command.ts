import { Command } from 'commander';
import { csvTable, matrixJson, matrixMarkdown, matrixTable } from '../../documents';
import { formatOption, ipRangesOption, outputOption, pathsArgument, stateOption } from '../options';
import { type CliIo, emit, terminalTable } from '../output';
import type { ReadAccess } from '../given-ranges';
import { type FlowOptions, readAccess } from '../read-flows';

const FORMATS = ['table', 'markdown', 'csv', 'json'];

interface MatrixOptions extends FlowOptions {
  readonly format: string;
  readonly output?: string;
}

/** Returns the command that lists who may reach whom on which ports. */
export function matrixCommand(io: CliIo): Command {
  return new Command('matrix')
    .summary('who may reach whom on which ports, and which document says so')
    .description('Lists who may reach whom on which ports, what for, who opens them, and which document says so.')
    .addArgument(pathsArgument())
    .addOption(formatOption(FORMATS))
    .addOption(stateOption())
    .addOption(ipRangesOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports matrix cdktf.out --format markdown --output ports.md')
    .action(async (paths: string[], options: MatrixOptions) => {
      await emit(rendered(readAccess(paths, options, io), options, io), options.output, io);
    });
}

function rendered({ flows, hostnames }: ReadAccess, { format, output }: MatrixOptions, io: CliIo): string {
  if (format === 'json') return matrixJson(flows, hostnames);
  if (format === 'csv') return csvTable(matrixTable(flows, hostnames));
  if (format === 'markdown') return matrixMarkdown(flows, hostnames);
  const table = matrixTable(flows, hostnames);
  return table.rows.length === 0 ? 'No port is opened.\n' : terminalTable(table, output, io);
}
