import { Command } from 'commander';
import {
  csvTable,
  externalChecks,
  markdownWithRemarks,
  missingRanges,
  omissionText,
  requestedFlows,
  requestedHostnames,
  requestMarkdown,
  requestTable,
  requestText,
  routingRequests,
  spreadsheet,
  tableWithRemarks,
  textWithRemarks,
} from '../../documents';
import { oneLine, refusal } from '../../input';
import { formatOption, ipRangesOption, outputOption, pathsArgument, stateOption } from '../options';
import { type CliIo, emit, writeOutput } from '../output';
import { notesAboutParts, notesOf, printNotes } from '../notes';
import { type FlowOptions, readAccess, type ReadStacks } from '../read-flows';

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
      printNotes(notesOf(all), io);
    });
}

/** What the firewall team is asked for. */
type Requested = Pick<ReadStacks, 'flows' | 'hostnames'>;

async function write(requested: Requested, all: ReadStacks, options: RequestOptions, io: CliIo): Promise<void> {
  const { format, output } = options;
  const omitted = all.omitted
    .filter(({ external }) => external || options.all === true)
    .map((omission) => `${omission.external ? 'not asked for' : 'not opened'}: ${omissionText(omission)}`);
  // a list of everything that the stacks open must say what it leaves out
  const left = options.all ? notesOf({ ...all, omitted: [] }) : notesAboutParts(all.notEvaluated);
  const remarks = [...omitted, ...left];
  if (format === 'xlsx') {
    if (output === undefined) {
      const need = 'a spreadsheet must be written to a file';
      throw refusal('--format xlsx', 'output-required', need, 'no --output', '--output request.xlsx');
    }
    const { routing } = routingRequests(requested.flows, all.flows);
    await writeOutput(
      await spreadsheet(
        'Access request',
        tableWithRemarks(
          requestTable(requested.flows, requested.hostnames, routing, externalChecks(all.flows)),
          remarks,
        ),
      ),
      output,
    );
  } else {
    await emit(rendered(requested, all, { format, remarks }), output, io);
  }
}

function rendered(
  { flows, hostnames }: Requested,
  all: ReadStacks,
  { format, remarks }: { readonly format: string; readonly remarks: readonly string[] },
): string {
  const { flows: withoutRouting, routing } = routingRequests(flows, all.flows);
  const checks = externalChecks(all.flows);
  if (format === 'csv') return csvTable(tableWithRemarks(requestTable(flows, hostnames, routing, checks), remarks));
  if (format === 'markdown') return markdownWithRemarks(requestMarkdown(flows, hostnames, routing, checks), remarks);
  return textWithRemarks(requestText(withoutRouting, routing, hostnames, checks), remarks);
}

/** Prints a note if IP ranges are missing, because the firewall team needs them. */
function noteMissing({ flows, hostnames }: Requested, io: CliIo): void {
  const missing = missingRanges(flows, hostnames);
  if (missing.length === 0) return;
  const example = `--ip-ranges '${missing[0].replaceAll("'", "'\\''")}=<ranges>'`;
  const note = `IP ranges are missing for ${missing.join(', ')}; give them with ${example} or --state`;
  io.stderr.write(`note: ${oneLine(note)}\n`);
}
