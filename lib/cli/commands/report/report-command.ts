import { Command } from 'commander';
import {
  diagramDot,
  diagramOf,
  drawSvg,
  makeReportData,
  type ReportFinding,
  reportPage,
  type ReportPicture,
  stacksOf,
} from '../../../documents';
import { explanationOf, type FindingCode, identified, type IdentifiedFinding, lint } from '../../../traffic';
import {
  ipRangesOption,
  outputOption,
  pathsArgument,
  requestedByOption,
  stateOption,
  ticketOption,
  todayOption,
} from '../../options';
import { warningAdvice } from '../../../provenance';
import { type CliIo, emit } from '../../output';
import { type FlowOptions, readAccess, type ReadStacks } from '../../read-flows';
import { readNamedStacks } from '../../read-configuration';
import { changesSince } from './changes-since';
import { readJunit } from './read-junit';

/** A picture with more arrows takes minutes to draw, and nobody can read it. */
const MAX_ARROWS = 60;

interface ReportOptions extends FlowOptions {
  readonly since?: string;
  readonly junit?: string;
  readonly ticket?: string;
  readonly requestedBy?: string;
  readonly today: string;
  readonly output?: string;
}

/** Returns the command that writes everything about stacks as one page for people. */
export function reportCommand(io: CliIo, version: string): Command {
  return new Command('report')
    .summary('everything about the stacks as one HTML page')
    .description(
      'Writes one HTML file for the firewall team, auditors and whoever is on call: picture, ports, hostnames, what the firewall team must ' +
        'open, findings, documents, and what is not evaluated. The page needs no network, and no script to be read.',
    )
    .addArgument(pathsArgument())
    .option('--since <path>', 'also says what has changed since this directory or file of stacks')
    .option('--junit <file>', 'also shows the results that "cluster-ports verify --format junit" wrote to this file')
    .addOption(ticketOption())
    .addOption(requestedByOption())
    .addOption(todayOption('the date of the page').default(new Date().toISOString().slice(0, 10), 'today in UTC'))
    .addOption(stateOption())
    .addOption(ipRangesOption())
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ cluster-ports report --since main/cdktf.out --output report.html')
    .action(async (paths: string[], options: ReportOptions) => {
      await emit(await page(paths, options, version, io), options.output, io);
    });
}

async function page(paths: readonly string[], options: ReportOptions, version: string, io: CliIo): Promise<string> {
  const verification = options.junit === undefined ? undefined : readJunit(options.junit);
  const read = readAccess(paths, { ...options, mayBeEmpty: options.since !== undefined }, io);
  const { today, since, ticket, requestedBy } = options;
  const head = { ticket, requestedBy };
  const changes = since === undefined ? undefined : changesSince({ since, paths, now: read, head }, options, io);
  const { findings, laterEditions } = findingsIn(paths, today, io);
  const pictures = await picturesOf(read);
  const beside = { ...head, today, version, paths, pictures, findings, laterEditions, verification, changes };
  return reportPage(makeReportData(read, beside));
}

/** The findings that have a part of their own on the page. */
const ELSEWHERE: ReadonlySet<FindingCode> = new Set(['moved', 'omitted', 'world-open-with-reason', 'later-edition']);

interface Found {
  readonly findings: readonly ReportFinding[];
  /** What later editions would change, by the key of the document. */
  readonly laterEditions: ReadonlyMap<string, string>;
}

function findingsIn(paths: readonly string[], today: string, io: CliIo): Found {
  const { configuration, stackOf } = readNamedStacks(paths, [], io);
  const all = identified(lint(configuration, { today }).findings, stackOf);
  const later = all.filter(({ code }) => code === 'later-edition');
  const areSeveral = new Set(all.map(({ identity }) => identity.stack)).size > 1;
  const reported = all.filter(({ code }) => !ELSEWHERE.has(code)).map(reportedFinding);
  return {
    findings: areSeveral ? reported : reported.map((finding) => ({ ...finding, stack: undefined })),
    laterEditions: new Map(later.map(({ address, message }) => [address, message])),
  };
}

function reportedFinding({ level, code, address, message, related, identity }: IdentifiedFinding): ReportFinding {
  const fix = code === 'warning' ? warningAdvice(message) : explanationOf(code).fix;
  return { level, code, address, message, related, stack: identity.stack, fix };
}

async function picturesOf({ flows, hostnames, undocumented }: ReadStacks): Promise<ReportPicture[]> {
  const pictures: ReportPicture[] = [];
  for (const stack of stacksOf([...flows, ...undocumented, ...hostnames])) {
    const isOwn = (one: { readonly stack?: string }): boolean => one.stack === stack;
    const diagram = diagramOf(flows.filter(isOwn), {
      hostnames: hostnames.filter(isOwn),
      undocumented: undocumented.filter(isOwn),
    });
    const { length: arrows } = diagram.arrows;
    const svg = arrows > MAX_ARROWS ? undefined : await drawSvg(diagramDot(diagram));
    pictures.push({ stack: stack ?? '', svg, arrows });
  }
  return pictures;
}
