import { oneLine } from '../../input';
import {
  ownershipText,
  peerName,
  placeholder,
  type TracedDocument,
  type TracedFlow,
  type TracedHostname,
  type TracedPeer,
} from '../../provenance';
import {
  descriptionText,
  groupsWithoutRanges,
  nameWithoutRanges,
  peerPlace,
  peerRangeTexts,
  rangesBesideName,
  PLACE_COLUMNS,
  purposeText,
} from '../peer-text';
import {
  documentedText,
  documentsOf,
  isDocumented,
  movedPortText,
  type Opener,
  hasReason,
  notOpenTexts,
  openerOf,
  openerText,
  OWNERSHIP_COLUMNS,
  ownershipCells,
  sourceReference,
  versionsText,
} from '../source-text';
import { markdownText, type CellLine, markdownTable, type TableCell, type TextTable } from '../../text';
import { checkLine, EXTERNAL_CHECKS_HEADING, type RequestedCheck } from './external-checks';
import { type AskedFlow, type AskedHostname, requestBlocks, type RoutingRequest, stacksOf } from './request-blocks';
import {
  detailLines,
  hasHead,
  headCells,
  HEAD_COLUMNS,
  notComparedLines,
  nothingText,
  type RequestHead,
  type RequestPart,
  titleOf,
} from './request-head';
import { routedByText } from './form-lines';
import { hostnameBlocks, hostnamePurpose, hostnameReasons, HOSTNAMES_HEADING } from './request-hostnames';
import { formRemarks, type RequestSection, requestSections, routingNotes } from './request-sections';

const COLUMNS = [
  'Action',
  'Source',
  'Source IP ranges',
  'Destination',
  'Destination IP ranges',
  'Port',
  'Protocol',
  'Document port',
  'Description',
  'Purpose',
  'If closed',
  'Environment',
  'Documented',
  'Document',
  'Section',
  'Edition',
  'Reference',
  'Versions',
  'Stack',
  'Construct',
  ...PLACE_COLUMNS,
  ...OWNERSHIP_COLUMNS,
  'Notes',
];
const ROUTING = 'Routing of the virtual address to the machines behind it';
const SHORT_COLUMNS = ['Action', 'Source', 'Destination', 'Port', 'Purpose', 'Document'];

/**
 * Returns an access request as a table for CSV and spreadsheets, with one row per source, destination and port, in the order of the
 * vendor's form. If it has a head, every row says the number and who asks. The last rows are what must be checked externally.
 */
export function headedRequestTable(
  head: RequestHead,
  parts: readonly RequestPart[],
  checks: readonly RequestedCheck[],
): TextTable {
  const rows = parts.flatMap(({ flows, hostnames, routing }) => [
    ...requestSections(requestBlocks(flows), routing).flatMap((section) =>
      flowsOf(section).map((flow, _, all) => requestRow(flow, all)),
    ),
    ...hostnameBlocks(hostnames).flatMap((block) => block.hostnames.flatMap(hostnameRows)),
  ]);
  const first = notComparedLines(head).map((line) => filledRow({ Action: 'not compared', Notes: line }));
  const all = [...first, ...(rows.length === 0 ? [] : [...rows, ...checks.map(checkRow)])];
  if (!hasHead(head)) return { columns: COLUMNS, rows: all };
  return { columns: [...COLUMNS, ...HEAD_COLUMNS], rows: all.map((row) => [...row, ...headCells(head)]) };
}

/**
 * Renders an access request as a Markdown document for tickets and wikis, below the headings of the vendor's form. A head says who asks
 * for it, and who approves it.
 */
export function headedRequestMarkdown(
  head: RequestHead,
  parts: readonly RequestPart[],
  checks: readonly RequestedCheck[],
): string {
  const rendered = parts.flatMap((part) => {
    const lines = sectionsMarkdown(part, part.heading === undefined ? '##' : '###');
    return part.heading === undefined || lines.length === 0 ? lines : [`## ${part.heading}\n`, ...lines];
  });
  const details = detailLines(head).map((line) => `- ${markdownText(line.replace(/_{2,}/g, BLANK))}`);
  const top = [`# ${markdownText(titleOf(head))}\n`, ...(hasHead(head) ? [...details, ''] : [])];
  if (rendered.length === 0) {
    return [...top, `${nothingText(head)}\n`].join('\n');
  }
  return [
    ...top,
    ...rendered,
    ...(checks.length > 0 ? [`## ${EXTERNAL_CHECKS_HEADING}\n`, ...checks.map(markdownCheck), ''] : []),
  ].join('\n');
}

/** Room for a name. Underscores would be a line or a word in italics. */
const BLANK = '..........';

function sectionsMarkdown({ flows, hostnames, routing }: RequestPart, level: string): string[] {
  const documents = documentsOf([...flows, ...hostnames]);
  const parts = requestSections(requestBlocks(flows), routing);
  const areSeveral = stacksOf([...parts.flatMap(flowsOf), ...hostnames]).length > 1;
  const areOwned = [...parts.flatMap(flowsOf), ...hostnames].some(({ ownership }) => ownership !== undefined);
  const named = ({ stack = '', ownership }: Pick<TracedFlow, 'stack' | 'ownership'>, row: TableCell[]): TableCell[] => [
    ...(areSeveral ? [stack] : []),
    ...row,
    ...(areOwned ? [ownership === undefined ? '' : ownershipText(ownership)] : []),
  ];
  const columns = [...(areSeveral ? ['Stack'] : []), ...SHORT_COLUMNS, ...(areOwned ? ['Owner'] : [])];
  const ofHostnames = hostnameBlocks(hostnames).flatMap((block) =>
    block.hostnames.map((one) => named(one, shortHostnameRow(one))),
  );
  const sections: MarkdownSection[] = parts.map((section) => ({
    heading: section.heading,
    columns,
    rows: flowsOf(section).map((flow) => named(flow, shortRow(flow))),
    notes: [...new Set(flowsOf(section).flatMap((flow, _, all) => notesOf(flow, all)))],
  }));
  if (sections.length + ofHostnames.length === 0) return [];
  return [
    ...withHostnames(sections, { columns, rows: ofHostnames, notes: [] }).flatMap((section) =>
      markdownSection(section, level),
    ),
    ...documents.map((document) => documentLine(document, flows)),
    '',
  ];
}

/** A table of a Markdown document with what is above and below it. */
interface MarkdownSection {
  readonly heading?: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableCell[][];
  readonly notes: readonly string[];
}

/** Adds the hostnames: below a heading of their own if the other sections have headings, else to the only table. */
function withHostnames(sections: readonly MarkdownSection[], hostnames: MarkdownSection): readonly MarkdownSection[] {
  const { rows } = hostnames;
  if (rows.length === 0) return sections;
  const [first] = sections;
  if (first === undefined) return [hostnames];
  if (first.heading === undefined) return [{ ...first, rows: [...first.rows, ...rows] }];
  return [...sections, { ...hostnames, heading: HOSTNAMES_HEADING }];
}

function markdownSection({ heading, columns, rows, notes }: MarkdownSection, level: string): string[] {
  return [
    ...(heading === undefined ? [] : [`${level} ${markdownText(heading)}\n`]),
    markdownTable({ columns, rows }),
    ...(notes.length === 0 ? [] : [...notes.map((note) => `- ${markdownText(note)}`), '']),
  ];
}

function markdownCheck(check: RequestedCheck): string {
  return `- ${checkLine(check)}`;
}

/** Returns what a section asks for: flows, and what is routed. */
function flowsOf({ entries }: RequestSection): RequestedFlow[] {
  return entries.flatMap((entry) => (entry.kind === 'block' ? entry.block.flows : routingFlow(entry.request)));
}

function documentLine(
  { key, title, edition, reference, comparedOn, checkedFor }: TracedDocument,
  flows: readonly TracedFlow[],
): string {
  const versions = Object.assign(
    {},
    ...flows.filter(({ document }) => document.key === key).map((flow) => flow.versions),
  ) as Record<string, string>;
  const checked = versionsText(checkedFor, versions);
  const text = `- ${markdownText(key)}: ${markdownText(title)}, edition ${markdownText(edition)}, ${link(reference)}`;
  return [`${text}, compared on ${markdownText(comparedOn)}`, checked === undefined ? [] : markdownText(checked)]
    .flat()
    .join(', ');
}

/** A flow to open, or the connection from a virtual address to the machines behind it, which a load balancer routes. */
interface RequestedFlow extends AskedFlow {
  readonly isRouted?: true;
  readonly sourceHostname?: string;
  /** What the vendor's form tells the owner of the load balancer. */
  readonly routingNotes?: readonly string[];
}

/** Returns the connection from a virtual address to the machines behind it. */
function routingFlow(request: RoutingRequest): RequestedFlow[] {
  const { flows: [flow] = [], virtualAddress, loadBalancer, hostname, members, port, memberPort } = request;
  if (flow === undefined) return [];
  const { sourceRemark, notes } = routingNotes(request);
  const ends = { source: virtualAddress, sourceHostname: hostname, destination: members, hostname: undefined };
  const routedBy = loadBalancer && routedByText(loadBalancer);
  const text = {
    ...{ description: ROUTING, purpose: undefined },
    routingNotes: [sourceRemark ?? [], routedBy ?? [], ...notes].flat(),
  };
  return [{ ...flow, ...ends, ...text, port: memberPort ?? port, isRouted: true }];
}

/** Returns what the vendor's form says about a flow, and where it differs from the tables. */
function notesOf(flow: RequestedFlow, beside: readonly RequestedFlow[]): string[] {
  if (flow.routingNotes !== undefined) return [...flow.routingNotes];
  const { above, leftOut, notes } = formRemarks([flow], beside);
  return [...(above.length > 0 ? [above.join('. ')] : []), ...leftOut, ...notes];
}

function requestRow(flow: RequestedFlow, beside: readonly RequestedFlow[]): string[] {
  const {
    source,
    destination,
    port,
    document: { checkedFor },
  } = flow;
  return [
    actionFor(flow),
    ...endCells(source, flow.sourceHostname),
    ...endCells(destination, flow.hostname),
    port.numbers,
    port.protocol,
    flow.documentedPort === undefined ? '' : String(flow.documentedPort),
    flow.notDocumented === undefined ? descriptionText(flow) : purposeText(flow),
    flow.purpose ?? '',
    flow.impact ?? '',
    flow.environment ?? '',
    documented(flow),
    ...documentCells(flow),
    versionsText(isDocumented(flow) ? checkedFor : undefined, flow.versions) ?? '',
    flow.stack ?? '',
    flow.constructPath,
    peerPlace(source),
    peerPlace(destination),
    ...ownershipCells(flow.ownership),
    notesOf(flow, beside).join('; '),
  ];
}

/** Returns the name of an end, and in a column of their own all of its IP ranges. */
function endCells(peer: TracedPeer, hostname?: string): [name: string, ranges: string] {
  const ranges = [...peerRangeTexts(peer), ...missingRangesOf(peer)];
  return [[nameWithoutRanges(peer) ?? [], hostname ?? []].flat().join(', '), ranges.join(', ')];
}

/** A check has no ends and no port. */
function checkRow({ topic, answer, isOpened, document }: RequestedCheck): string[] {
  return filledRow({
    Action: isOpened ? 'none: the requesting team opens it' : 'please check externally',
    Description: topic,
    Document: document,
    Notes: answer,
  });
}

function filledRow(cells: Readonly<Record<string, string>>): string[] {
  return COLUMNS.map((column) => cells[column] ?? '');
}

function shortRow(flow: RequestedFlow): (CellLine | CellLine[])[] {
  return [
    actionFor(flow),
    peerCell(flow.source, flow.sourceHostname),
    peerCell(flow.destination, flow.hostname),
    [{ code: String(flow.port) }, movedPortText(flow) ?? []].flat(),
    [purposeText(flow), flow.impact === undefined ? [] : `if closed: ${flow.impact}`].flat(),
    sourceText(flow),
  ];
}

/** If nobody named the machines that a hostname is for, all machines behind the proxy reach it. */
function hostnameRows(hostname: AskedHostname): string[][] {
  return hostname.ports.map(({ numbers, protocol }) => [
    actionFor(hostname),
    hostnameSource(hostname),
    hostname.clients === undefined ? '' : endCells(hostname.clients)[1],
    hostname.hostname,
    '',
    numbers,
    protocol,
    '',
    hostnamePurpose(hostname),
    '',
    '',
    '',
    documented(hostname),
    ...documentCells(hostname),
    versionsText(isDocumented(hostname) ? hostname.document.checkedFor : undefined, undefined) ?? '',
    hostname.stack ?? '',
    hostname.constructPath,
    hostname.clients === undefined ? '' : peerPlace(hostname.clients),
    '',
    ...ownershipCells(hostname.ownership),
    hostnameReasons(hostname).join('; '),
  ]);
}

function shortHostnameRow(hostname: AskedHostname): (CellLine | CellLine[])[] {
  return [
    actionFor(hostname),
    [...(hostname.clients === undefined ? [] : peerCell(hostname.clients)), `through ${hostname.through}`],
    { code: hostname.hostname },
    hostname.ports.map((port) => ({ code: String(port) })),
    [hostnamePurpose(hostname), ...hostnameReasons(hostname)],
    sourceText(hostname),
  ];
}

function hostnameSource({ clients, through }: TracedHostname): string {
  const name = clients && nameWithoutRanges(clients);
  return [name ?? [], `through ${through}`].flat().join(' ');
}

function documented({ supplement, notDocumented }: TracedFlow | TracedHostname): string {
  if (notDocumented !== undefined) return `no: ${notDocumented}`;
  return supplement === undefined ? 'yes' : `supplement: ${supplement}`;
}

/** Returns the document, section, edition and reference; of a supplement only what its own page says. */
function documentCells(source: TracedFlow | TracedHostname): string[] {
  const { document, section, notDocumented } = source;
  const edition = isDocumented(source) ? document.edition : '';
  return [
    isDocumented(source) ? document.key : '',
    notDocumented === undefined ? section : '',
    edition,
    sourceReference(source),
  ];
}

function sourceText(source: TracedFlow | TracedHostname): CellLine[] {
  const { document, section, supplement, supplementReference } = source;
  if (isDocumented(source)) return [`${document.key}: ${section}`];
  return [documentedText(source), ...(supplement === undefined ? [] : [supplementReference ?? []].flat())];
}

/** Returns what the firewall team is asked to do. */
function actionFor(asked: RequestedFlow | (AskedHostname & { readonly isRouted?: never })): string {
  const opener = openerOf(asked);
  const isAsked = asked.isRouted === true || opener === 'the firewall team';
  if (asked.change === 'close') {
    if (!isAsked) return 'none: the requesting team closes it';
    return asked.isRouted ? 'please route no longer' : 'please close';
  }
  if (asked.change === 'unchanged' && isAsked) return 'none: unchanged';
  if (asked.isRouted) return 'please route';
  return hasReason(opener) ? openerText(asked) : [ACTIONS[opener], ...notOpenTexts(asked)].join('; ');
}

const ACTIONS: Readonly<Record<Exclude<Opener, 'not known to be open' | 'closed at its source'>, string>> = {
  'the firewall team': 'please open',
  'this stack': 'none: the requesting team opens it',
  'this stack, in part': 'none known: the requesting team opens it in part',
  'no rule of this stack': 'none known: no rule of the requesting team opens it',
};

function peerCell(peer: TracedPeer, hostname?: string): CellLine[] {
  const names = [peerName(peer) ?? [], hostname ?? []].flat();
  return [...names, ...[...rangesBesideName(peer), ...missingRangesOf(peer)].map((code) => ({ code }))];
}

function missingRangesOf(peer: TracedPeer): string[] {
  return groupsWithoutRanges(peer).map((machines) => placeholder(`IP ranges of ${machines}`));
}

/** Returns a web address as a link, and anything else as text. */
function link(reference: string): string {
  const target = encodeURI(oneLine(reference)).replace(/%25([\da-f]{2})/gi, '%$1');
  return /^https?:/.test(target) ? `<${target}>` : markdownText(reference);
}
