import { Command } from 'commander';
import {
  matrixFileTable,
  matrixJson,
  matrixMarkdown,
  matrixTables,
  NOTHING_OPENED,
  notEvaluatedTable,
  UNDOCUMENTED_HEADING,
} from '../../documents';
import { csvTable, type TextTable } from '../../text';
import { formatOption, ipRangesOption, outputOption, pathsArgument, stateOption } from '../options';
import { type CliIo, emit, terminalTable } from '../output';
import { notesAboutParts, printNotes } from '../notes';
import { type FlowOptions, readAccess, type ReadStacks } from '../read-flows';

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
      const read = readAccess(paths, options, io);
      await emit(rendered(read, options, io), options.output, io);
      if (options.format === 'csv') printNotes(notesAboutParts(read.notEvaluated), io);
    });
}

function rendered(read: ReadStacks, { format, output }: MatrixOptions, io: CliIo): string {
  const { flows, hostnames } = read;
  if (format === 'json') return matrixJson(flows, hostnames, read);
  if (format === 'csv') return csvTable(matrixFileTable(flows, hostnames, read));
  return format === 'markdown' ? matrixMarkdown(flows, hostnames, read) : asTables(read, output, io);
}

function asTables(read: ReadStacks, output: string | undefined, io: CliIo): string {
  const { documented, undocumented } = matrixTables(read.flows, read.hostnames, read);
  const rendered = (table: TextTable): string[] => (table.rows.length === 0 ? [] : [terminalTable(table, output, io)]);
  const tables = [
    ...rendered(documented),
    ...rendered(undocumented).map((table) => `${UNDOCUMENTED_HEADING}:\n\n${table}`),
  ];
  const all = tables.length === 0 ? [`${NOTHING_OPENED}\n`] : tables;
  return [...all, ...rendered(notEvaluatedTable(read.notEvaluated))].join('\n');
}
