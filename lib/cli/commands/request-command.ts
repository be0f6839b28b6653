import { Command } from 'commander';
import {
  externalChecks,
  headedRequestMarkdown,
  headedRequestTable,
  headedRequestText,
  markdownWithRemarks,
  missingRanges,
  notComparedLines,
  omissionText,
  type RequestHead,
  type RequestPart,
  routingRequests,
  spreadsheet,
  tableWithRemarks,
  textWithRemarks,
} from '../../documents';
import { csvTable, type TextTable } from '../../text';
import { oneLine, refusal } from '../../input';
import {
  formatOption,
  ipRangesOption,
  outputOption,
  pathsArgument,
  requestedByOption,
  stateOption,
  ticketOption,
} from '../options';
import { type CliIo, emit, writeOutput } from '../output';
import { notesAboutParts, notesOf, printNotes } from '../notes';
import { type FlowOptions, readAccess, type ReadStacks } from '../read-flows';
import { asked, headChanges, type Requested, sinceEarlier } from './since';

const FORMATS = ['text', 'markdown', 'csv', 'xlsx'];

interface RequestOptions extends FlowOptions {
  readonly format: string;
  readonly all?: true;
  readonly since?: string;
  readonly ticket?: string;
  readonly requestedBy?: string;
  readonly output?: string;
}

/** Returns the command that writes an access request for the firewall team. */
export function requestCommand(io: CliIo): Command {
  return new Command('request')
    .summary("what the firewall team must open, in the vendor's form")
    .description(
      'Writes what the firewall team must open: from where, to where, on which ports, and why. With --since, only what is to be opened ' +
        'and closed since an earlier request.',
    )
    .addArgument(pathsArgument())
    .addOption(formatOption(FORMATS))
    .option('--all', 'also lists what the stacks open themselves, and with --since what is unchanged')
    .option('--since <path>', 'lists only what has changed since the stacks in this directory or file')
    .addOption(ticketOption())
    .addOption(requestedByOption())
    .addOption(stateOption())
    .addOption(ipRangesOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExample:\n  $ cluster-ports request --since main/cdktf.out --ticket NET-42 --output request.txt',
    )
    .action(async (paths: string[], options: RequestOptions) => {
      const all = readAccess(paths, { ...options, mayBeEmpty: options.since !== undefined }, io);
      const request = requestOf(all, paths, options, io);
      await write(request, all, options, io);
      noteMissing(asked(all, options.all), io);
      printNotes([...notComparedLines(request.head), ...request.remarks, ...notesOf(all)], io);
    });
}

/** A request with its head and its parts. */
interface Request {
  readonly head: RequestHead;
  readonly parts: readonly RequestPart[];
  /** What the user must know about the comparison with an earlier request. */
  readonly remarks: readonly string[];
}

function requestOf(now: ReadStacks, paths: readonly string[], options: RequestOptions, io: CliIo): Request {
  const { since, all, ticket, requestedBy } = options;
  const head = { ticket, requestedBy };
  const whole = asked(now, all);
  const wholePart = { ...whole, routing: routingRequests(whole.flows, now.flows).routing };
  if (since === undefined) return { head, parts: [wholePart], remarks: [] };
  const earlier = sinceEarlier({ since, paths, now, all }, options, io);
  const changes = headChanges(earlier, all);
  if ('reason' in earlier) return { head: { ...head, changes }, parts: [wholePart], remarks: [] };
  const { parts, remarks, owners } = earlier;
  return {
    head: { ...head, changes },
    parts: parts.filter(({ change }) => change !== 'unchanged' || all === true),
    remarks: [...remarks, ...owners.map(({ address, text }) => `${address}: ${text}`)],
  };
}

async function write(request: Request, all: ReadStacks, options: RequestOptions, io: CliIo): Promise<void> {
  const { format, output } = options;
  const omitted = all.omitted
    .filter(({ external }) => external || options.all === true)
    .map((omission) => `${omission.external ? 'not asked for' : 'not opened'}: ${omissionText(omission)}`);
  // a list of everything that the stacks open must say what it leaves out
  const left = options.all ? notesOf({ ...all, omitted: [] }) : notesAboutParts(all.notEvaluated);
  const remarks = [...request.remarks, ...omitted, ...left];
  if (format === 'xlsx') {
    if (output === undefined) {
      const need = 'a spreadsheet must be written to a file';
      throw refusal('--format xlsx', 'output-required', need, 'no --output', '--output request.xlsx');
    }
    const table = tableOf(request, all);
    await writeOutput(await spreadsheet('Access request', tableWithRemarks(table, remarks)), output);
  } else {
    await emit(rendered(request, all, { format, remarks }), output, io);
  }
}

function tableOf({ head, parts }: Request, all: ReadStacks): TextTable {
  return headedRequestTable(head, parts, externalChecks(all.flows));
}

function rendered(
  request: Request,
  all: ReadStacks,
  { format, remarks }: { readonly format: string; readonly remarks: readonly string[] },
): string {
  const { head, parts } = request;
  const checks = externalChecks(all.flows);
  if (format === 'csv') return csvTable(tableWithRemarks(tableOf(request, all), remarks));
  if (format === 'markdown') return markdownWithRemarks(headedRequestMarkdown(head, parts, checks), remarks);
  return textWithRemarks(headedRequestText(head, parts, checks), remarks);
}

/** Prints a note if IP ranges are missing, because the firewall team needs them. */
function noteMissing({ flows, hostnames }: Requested, io: CliIo): void {
  const missing = missingRanges(flows, hostnames);
  if (missing.length === 0) return;
  const example = `--ip-ranges '${missing[0].replaceAll("'", "'\\''")}=<ranges>'`;
  const note = `IP ranges are missing for ${missing.join(', ')}; give them with ${example} or --state`;
  io.stderr.write(`note: ${oneLine(note)}\n`);
}
