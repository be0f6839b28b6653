import { Command, Option } from 'commander';
import {
  CHANGE_HEADINGS,
  csvTable,
  externalChecks,
  hasHead,
  headedRequestMarkdown,
  headedRequestTable,
  headedRequestText,
  markdownWithRemarks,
  missingRanges,
  omissionText,
  requestChanges,
  requestedFlows,
  requestedHostnames,
  type RequestHead,
  requestMarkdown,
  type RequestPart,
  requestTable,
  requestText,
  routingRequests,
  spreadsheet,
  tableWithRemarks,
  type TextTable,
  textWithRemarks,
} from '../../documents';
import { checkDescription, oneLine, refusal } from '../../input';
import { terraformKind } from '../../traffic';
import { readConfigurationFile } from '../manifests';
import { formatOption, ipRangesOption, outputOption, pathsArgument, stateOption } from '../options';
import { type CliIo, emit, writeOutput } from '../output';
import { notesAboutParts, notesOf, printNotes } from '../notes';
import { type FlowOptions, readAccess, type ReadStacks } from '../read-flows';
import { isDirectory } from '../stack-files';

const FORMATS = ['text', 'markdown', 'csv', 'xlsx'];
const MAX_LENGTH = 100;

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
    .addOption(headOption('--ticket <number>', 'the number of the request in your ticket system'))
    .addOption(headOption('--requested-by <name>', 'who asks for it'))
    .addOption(stateOption())
    .addOption(ipRangesOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExample:\n  $ cluster-ports request --since main/cdktf.out --ticket NET-42 --output request.txt',
    )
    .action(async (paths: string[], options: RequestOptions) => {
      const all = readAccess(paths, options, io);
      const request = requestOf(all, options, io);
      await write(request, all, options, io);
      noteMissing(asked(all, options), io);
      printNotes([...request.remarks, ...notesOf(all)], io);
    });
}

function headOption(flags: string, about: string): Option {
  const [flag] = flags.split(' ');
  return new Option(flags, about).argParser((text: string) => checkDescription(text, flag, 'the value', MAX_LENGTH));
}

/** What the firewall team is asked for. */
type Requested = Pick<ReadStacks, 'flows' | 'hostnames'>;

/** A request with its head and its parts. */
interface Request {
  readonly head: RequestHead;
  readonly parts: readonly RequestPart[];
  /** What the user must know about the comparison with an earlier request. */
  readonly remarks: readonly string[];
}

function asked({ flows, hostnames }: Requested, { all }: RequestOptions): Requested {
  const scope = all ? 'all' : 'external';
  return { flows: requestedFlows(flows, scope), hostnames: requestedHostnames(hostnames, scope) };
}

function requestOf(all: ReadStacks, options: RequestOptions, io: CliIo): Request {
  const { since, ticket, requestedBy } = options;
  const head = { ticket, requestedBy };
  const now = asked(all, options);
  const earlier = since === undefined ? undefined : readEarlier(since, options, io);
  if (since === undefined || earlier === undefined) {
    const { routing } = routingRequests(now.flows, all.flows);
    const reason = `not compared with ${since}: a plan or a state does not contain what the firewall team is asked to open`;
    return { head, parts: [{ ...now, routing }], remarks: since === undefined ? [] : [reason] };
  }
  const changed = requestChanges({ ...asked(earlier, options), all: earlier.flows }, { ...now, all: all.flows });
  const counts = Object.fromEntries(
    changed.map(({ change, flows, hostnames }) => [
      change,
      flows.length + hostnames.flatMap(({ ports }) => ports).length,
    ]),
  ) as Record<keyof typeof CHANGE_HEADINGS, number>;
  const parts = changed
    .filter(({ change }) => change !== 'unchanged' || options.all === true)
    .map(({ change, flows, hostnames, all: ofSide }) => ({
      ...{ heading: CHANGE_HEADINGS[change], flows, hostnames },
      routing: routingRequests(flows, ofSide).routing,
    }));
  return {
    head: { ...head, changes: { since, counts } },
    parts,
    remarks: onOneSide(changed, asked(earlier, options), now),
  };
}

/** Returns notes about stacks of which only one side asks for something: with a narrower path than before, all of them would be closed. */
function onOneSide(changed: ReturnType<typeof requestChanges>, before: Requested, after: Requested): string[] {
  const sides = [
    { change: 'open', known: stacksIn(before), other: 'the earlier request' },
    { change: 'close', known: stacksIn(after), other: 'this request' },
  ];
  return sides.flatMap(({ change, known, other }) => {
    const part = changed.find((each) => each.change === change)!;
    const stacks = [...stacksIn(part)].filter((stack) => !known.has(stack)).join(', ');
    return stacks === '' ? [] : [`to ${change} as a whole, because ${other} has nothing of these stacks: ${stacks}`];
  });
}

function stacksIn({ flows, hostnames }: Requested): Set<string> {
  return new Set([...flows, ...hostnames].flatMap(({ stack }) => stack ?? []));
}

/** Reads the stacks of an earlier request. Returns nothing for a plan or a state. */
function readEarlier(path: string, options: RequestOptions, io: CliIo): ReadStacks | undefined {
  const isStack = isDirectory(path) || terraformKind(readConfigurationFile(path), path) === 'synthesized';
  return isStack ? readAccess([path], { ...options, isEarlier: true }, io) : undefined;
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

function tableOf({ head, parts }: Pick<Request, 'head' | 'parts'>, all: ReadStacks): TextTable {
  const checks = externalChecks(all.flows);
  const [{ flows, hostnames, routing }] = parts;
  return hasHead(head) ? headedRequestTable(head, parts, checks) : requestTable(flows, hostnames, routing, checks);
}

function rendered(
  { head, parts }: Pick<Request, 'head' | 'parts'>,
  all: ReadStacks,
  { format, remarks }: { readonly format: string; readonly remarks: readonly string[] },
): string {
  const checks = externalChecks(all.flows);
  if (format === 'csv') return csvTable(tableWithRemarks(tableOf({ head, parts }, all), remarks));
  if (format === 'markdown') {
    const [{ flows, hostnames, routing }] = parts;
    const markdown = hasHead(head)
      ? headedRequestMarkdown(head, parts, checks)
      : requestMarkdown(flows, hostnames, routing, checks);
    return markdownWithRemarks(markdown, remarks);
  }
  // the vendor's form has blocks of its own for routing
  const inForm = parts.map((part) => {
    const routed = new Set(part.routing.flatMap(({ flows = [] }) => flows));
    return { ...part, flows: part.flows.filter((flow) => !routed.has(flow)) };
  });
  if (hasHead(head)) return textWithRemarks(headedRequestText(head, inForm, checks), remarks);
  const [{ flows, routing, hostnames }] = inForm;
  return textWithRemarks(requestText(flows, routing, hostnames, checks), remarks);
}

/** Prints a note if IP ranges are missing, because the firewall team needs them. */
function noteMissing({ flows, hostnames }: Requested, io: CliIo): void {
  const missing = missingRanges(flows, hostnames);
  if (missing.length === 0) return;
  const example = `--ip-ranges '${missing[0].replaceAll("'", "'\\''")}=<ranges>'`;
  const note = `IP ranges are missing for ${missing.join(', ')}; give them with ${example} or --state`;
  io.stderr.write(`note: ${oneLine(note)}\n`);
}
