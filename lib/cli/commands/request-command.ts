import { Command } from 'commander';
import {
  csvTable,
  externalChecks,
  missingRanges,
  requestedFlows,
  requestedHostnames,
  requestMarkdown,
  requestTable,
  requestText,
  routingRequests,
  spreadsheet,
} from '../../documents';
import { oneLine, refusal } from '../../input';
import { formatOption, ipRangesOption, outputOption, pathsArgument, stateOption } from '../options';
import { type CliIo, emit, writeOutput } from '../output';
import type { ReadAccess } from '../given-ranges';
import { type FlowOptions, readAccess } from '../read-flows';

const FORMATS = ['text', 'markdown', 'csv', 'xlsx'];

interface RequestOptions extends FlowOptions {
  readonly format: string;
  readonly all?: true;
  readonly output?: string;
}

/** Returns the command that writes an access request for the firewall team. */
export function requestCommand(io: CliIo): Command {
  return new Command('request')
    .summary("what the firewall team must open, in the vendor's form")
    .description('Writes what the firewall team must open: from where, to where, on which ports, and why.')
    .addArgument(pathsArgument())
    .addOption(formatOption(FORMATS))
    .option('--all', 'also lists what the stacks open themselves')
    .addOption(stateOption())
    .addOption(ipRangesOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports request --format xlsx --output request.xlsx')
    .action(async (paths: string[], options: RequestOptions) => {
      const all = readAccess(paths, options, io);
      const scope = options.all ? 'all' : 'external';
      const requested = {
        flows: requestedFlows(all.flows, scope),
        hostnames: requestedHostnames(all.hostnames, scope),
      };
      await write(requested, all, options, io);
      noteMissing(requested, io);
    });
}

async function write(
  requested: ReadAccess,
  all: ReadAccess,
  { format, output }: RequestOptions,
  io: CliIo,
): Promise<void> {
  if (format === 'xlsx') {
    if (output === undefined) {
      const need = 'a spreadsheet must be written to a file';
      throw refusal('--format xlsx', 'output-required', need, 'no --output', '--output request.xlsx');
    }
    const { routing } = routingRequests(requested.flows, all.flows);
    await writeOutput(
      await spreadsheet(
        'Access request',
        requestTable(requested.flows, requested.hostnames, routing, externalChecks(all.flows)),
      ),
      output,
    );
  } else {
    await emit(rendered(requested, all, format), output, io);
  }
}

function rendered({ flows, hostnames }: ReadAccess, all: ReadAccess, format: string): string {
  const { flows: withoutRouting, routing } = routingRequests(flows, all.flows);
  const checks = externalChecks(all.flows);
  if (format === 'csv') return csvTable(requestTable(flows, hostnames, routing, checks));
  if (format === 'markdown') return requestMarkdown(flows, hostnames, routing, checks);
  return requestText(withoutRouting, routing, hostnames, checks);
}

/** Prints a note if IP ranges are missing, because the firewall team needs them. */
function noteMissing({ flows, hostnames }: ReadAccess, io: CliIo): void {
  const missing = missingRanges(flows, hostnames);
  if (missing.length === 0) return;
  const example = `--ip-ranges '${missing[0].replaceAll("'", "'\\''")}=<ranges>'`;
  const note = `IP ranges are missing for ${missing.join(', ')}; give them with ${example} or --state`;
  io.stderr.write(`note: ${oneLine(note)}\n`);
}
