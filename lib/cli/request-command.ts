import { Command } from 'commander';
import { refusal } from '../model/refusal';
import type { TracedFlow } from '../model/traced-flow';
import { oneLine } from '../renderers/one-line';
import { missingAddresses, requestedFlows } from '../renderers/request-blocks';
import { requestedHostnames } from '../renderers/request-hosts';
import { requestMarkdown, requestTable } from '../renderers/request-table';
import { requestText } from '../renderers/request-text';
import { routingRequests } from '../renderers/routing-requests';
import { spreadsheet } from '../renderers/spreadsheet';
import { csvTable } from '../renderers/text-table';
import type { CliIo } from './cli-io';
import { emit, writeFile } from './emit';
import { addressesOption, formatOption, outputOption, pathsArgument, stateOption } from './options';
import { readAccess, type FlowOptions, type ReadAccess } from './read-flows';

const FORMS = ['text', 'markdown', 'csv', 'xlsx'];

interface RequestOptions extends FlowOptions {
  readonly format: string;
  readonly all?: true;
  readonly output?: string;
}

/** The access request for the people who own a firewall. */
export function requestCommand(io: CliIo): Command {
  return new Command('request')
    .summary('what others must open, in the form that vendors use')
    .description('Writes what the owners of other firewalls must open: from where, to where, on which ports, and why.')
    .addArgument(pathsArgument())
    .addOption(formatOption(FORMS))
    .option('--all', 'also what is opened here')
    .addOption(stateOption())
    .addOption(addressesOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports request --format xlsx --output request.xlsx')
    .action(async (paths: string[], options: RequestOptions) => {
      const all = readAccess(paths, options, io);
      const scope = options.all ? 'all' : 'external';
      const asked = { flows: requestedFlows(all.flows, scope), hostnames: requestedHostnames(all.hostnames, scope) };
      await write(asked, all, options, io);
      noteMissing(asked.flows, io);
    });
}

async function write(asked: ReadAccess, all: ReadAccess, { format, output }: RequestOptions, io: CliIo): Promise<void> {
  if (format === 'xlsx') {
    if (output === undefined) {
      throw refusal('--format xlsx', 'a spreadsheet must be written to a file', 'no --output', '--output request.xlsx');
    }
    const { routing } = routingRequests(asked.flows, all.flows);
    await writeFile(await spreadsheet('Access request', requestTable(asked.flows, asked.hostnames, routing)), output);
  } else {
    await emit(rendered(asked, all, format), output, io);
  }
}

function rendered({ flows, hostnames }: ReadAccess, all: ReadAccess, format: string): string {
  const { others, routing } = routingRequests(flows, all.flows);
  if (format === 'csv') return csvTable(requestTable(flows, hostnames, routing));
  if (format === 'markdown') return requestMarkdown(flows, hostnames, routing);
  return requestText(others, routing, hostnames);
}

/** Nobody can act on a request for machines without addresses. */
function noteMissing(flows: readonly TracedFlow[], io: CliIo): void {
  const missing = missingAddresses(flows);
  if (missing.length === 0) return;
  const example = `--addresses '${missing[0].replaceAll("'", "'\\''")}=<ranges>'`;
  const note = `addresses are missing of ${missing.join(', ')}; give them with ${example}, or with --state`;
  io.stderr.write(`note: ${oneLine(note)}\n`);
}
