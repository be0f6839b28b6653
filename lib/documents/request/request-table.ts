import {
  placeholder,
  type TracedDocument,
  type TracedFlow,
  type TracedHostname,
  type TracedPeer,
} from '../../provenance';
import { groupsWithoutRanges, peerName, peerRangeTexts, purposeText } from '../peer-text';
import { documentedText, documentsOf, movedPortText, sourceReference, versionsText } from '../source-text';
import { markdownText, oneLine } from '../text';
import { type CellLine, markdownTable, type TextTable } from '../text-table';
import { requestBlocks } from './request-blocks';
import { hostnameBlocks, hostnamePurpose } from './request-hostnames';
import type { RoutingRequest } from './request-text';

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
];
const ROUTING = 'Routing of the virtual address to the machines behind it';
const SHORT_COLUMNS = ['Action', 'Source', 'Destination', 'Port', 'Purpose', 'Document'];

/** Returns an access request as a table for CSV and spreadsheets, with one row per source, destination and port. */
export function requestTable(
  flows: readonly TracedFlow[],
  hostnames: readonly TracedHostname[] = [],
  routing: readonly RoutingRequest[] = [],
): TextTable {
  const ofFlows = requestBlocks(flows).flatMap((block) => block.flows.map(requestRow));
  const ofHostnames = hostnameBlocks(hostnames).flatMap((block) => block.hostnames.flatMap(hostnameRows));
  return { columns: COLUMNS, rows: [...ofFlows, ...routing.flatMap(routingFlow).map(requestRow), ...ofHostnames] };
}

/** Renders an access request as a Markdown document for tickets and wikis. */
export function requestMarkdown(
  flows: readonly TracedFlow[],
  hostnames: readonly TracedHostname[] = [],
  routing: readonly RoutingRequest[] = [],
): string {
  const documents = documentsOf([...flows, ...hostnames]);
  const ofFlows = requestBlocks(flows).flatMap((block) => block.flows.map(shortRow));
  const ofHostnames = hostnameBlocks(hostnames).flatMap((block) => block.hostnames.map(shortHostnameRow));
  const table = {
    columns: SHORT_COLUMNS,
    rows: [...ofFlows, ...routing.flatMap(routingFlow).map(shortRow), ...ofHostnames],
  };
  if (table.rows.length === 0) return '# Access request\n\nNothing to open.\n';
  return [
    '# Access request\n',
    markdownTable(table),
    ...documents.map((document) => documentLine(document, flows)),
    '',
  ].join('\n');
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
interface RequestedFlow extends TracedFlow {
  readonly isRouted?: true;
  readonly sourceHostname?: string;
}

/** Returns the connection from a virtual address to the machines behind it. */
function routingFlow({
  flows: [flow] = [],
  virtualAddress,
  hostname,
  members,
  port,
  memberPort,
}: RoutingRequest): RequestedFlow[] {
  if (flow === undefined) return [];
  const ends = { source: virtualAddress, sourceHostname: hostname, destination: members, hostname: undefined };
  return [{ ...flow, ...ends, port: memberPort ?? port, description: ROUTING, purpose: undefined, isRouted: true }];
}

function requestRow(flow: RequestedFlow): string[] {
  const {
    source,
    destination,
    port,
    document: { checkedFor },
  } = flow;
  return [
    actionFor(flow),
    [peerName(source) ?? [], flow.sourceHostname ?? []].flat().join(', '),
    allRanges(source).join(', '),
    [peerName(destination) ?? [], flow.hostname ?? []].flat().join(', '),
    allRanges(destination).join(', '),
    port.numbers,
    port.protocol,
    flow.documentedPort === undefined ? '' : String(flow.documentedPort),
    flow.doubt === undefined ? flow.description : purposeText(flow),
    flow.purpose ?? '',
    flow.impact ?? '',
    flow.environment ?? '',
    documented(flow),
    ...documentCells(flow),
    versionsText(isDocumented(flow) ? checkedFor : undefined, flow.versions) ?? '',
    flow.stack ?? '',
    flow.constructPath,
  ];
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

/** A hostname has no source: all machines behind the proxy reach it. */
function hostnameRows(hostname: TracedHostname): string[][] {
  return hostname.ports.map(({ numbers, protocol }) => [
    actionFor(hostname),
    `through ${hostname.through}`,
    '',
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
  ]);
}

function shortHostnameRow(hostname: TracedHostname): (CellLine | CellLine[])[] {
  return [
    actionFor(hostname),
    `through ${hostname.through}`,
    { code: hostname.hostname },
    hostname.ports.map((port) => ({ code: String(port) })),
    hostnamePurpose(hostname),
    sourceText(hostname),
  ];
}

function documented({ supplement, doubt }: TracedFlow | TracedHostname): string {
  if (doubt !== undefined) return `no: ${doubt}`;
  return supplement === undefined ? 'yes' : `supplement: ${supplement}`;
}

function isDocumented({ supplement, doubt }: TracedFlow | TracedHostname): boolean {
  return supplement === undefined && doubt === undefined;
}

/** Returns the document, section, edition and reference; of a supplement only what its own page says. */
function documentCells(source: TracedFlow | TracedHostname): string[] {
  const { document, section, doubt } = source;
  const edition = isDocumented(source) ? document.edition : '';
  return [
    isDocumented(source) ? document.key : '',
    doubt === undefined ? section : '',
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
function actionFor(asked: RequestedFlow | (TracedHostname & { readonly isRouted?: never })): string {
  const { external, isRouted, rules, doubt } = asked;
  if (isRouted) return 'please route';
  if (!external && doubt !== undefined && rules.length === 0) {
    return 'none known: no rule of the requesting team opens it';
  }
  return external ? 'please open' : 'none: the requesting team opens it';
}

function peerCell(peer: TracedPeer, hostname?: string): CellLine[] {
  const names = [peerName(peer) ?? [], hostname ?? []].flat();
  return [...names, ...allRanges(peer).map((code) => ({ code }))];
}

function allRanges(peer: TracedPeer): string[] {
  return [
    ...peerRangeTexts(peer),
    ...groupsWithoutRanges(peer).map((machines) => placeholder(`IP ranges of ${machines}`)),
  ];
}

/** Returns a web address as a link, and anything else as text. */
function link(reference: string): string {
  const target = encodeURI(oneLine(reference)).replace(/%25([\da-f]{2})/gi, '%$1');
  return /^https?:/.test(target) ? `<${target}>` : markdownText(reference);
}
