import { oneLine } from '../../input';
import { placeholder, type TracedFlow, type TracedHostname, type TracedPeer } from '../../provenance';
import { groupsWithoutRanges, peerName, peerRangeTexts, purposeText } from '../peer-text';
import { markdownText } from '../text';
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
  'Description',
  'Purpose',
  'Environment',
  'Documented',
  'Document',
  'Section',
  'Edition',
  'Reference',
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
  const documents = new Map([...flows, ...hostnames].map(({ document }) => [document.key, document]));
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
    ...[...documents.values()].map(
      ({ key, title, edition, reference, comparedOn }) =>
        `- ${markdownText(key)}: ${markdownText(title)}, edition ${markdownText(edition)}, ${link(reference)}, compared on ${markdownText(comparedOn)}`,
    ),
    '',
  ].join('\n');
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
  const { source, destination, port, document } = flow;
  return [
    actionFor(flow),
    [peerName(source) ?? [], flow.sourceHostname ?? []].flat().join(', '),
    allRanges(source).join(', '),
    [peerName(destination) ?? [], flow.hostname ?? []].flat().join(', '),
    allRanges(destination).join(', '),
    port.numbers,
    port.protocol,
    flow.description,
    flow.purpose ?? '',
    flow.environment ?? '',
    documented(flow),
    document.key,
    flow.section,
    document.edition,
    document.reference,
    flow.stack ?? '',
    flow.constructPath,
  ];
}

function shortRow(flow: RequestedFlow): (CellLine | CellLine[])[] {
  return [
    actionFor(flow),
    peerCell(flow.source, flow.sourceHostname),
    peerCell(flow.destination, flow.hostname),
    { code: String(flow.port) },
    purposeText(flow),
    sourceText(flow),
  ];
}

/** If nobody named the machines that a hostname is for, all machines behind the proxy reach it. */
function hostnameRows(hostname: TracedHostname): string[][] {
  const { document } = hostname;
  return hostname.ports.map(({ numbers, protocol }) => [
    actionFor(hostname),
    hostnameSource(hostname),
    hostname.clients === undefined ? '' : allRanges(hostname.clients).join(', '),
    hostname.hostname,
    '',
    numbers,
    protocol,
    hostnamePurpose(hostname),
    '',
    '',
    documented(hostname),
    document.key,
    hostname.section,
    document.edition,
    document.reference,
    hostname.stack ?? '',
    hostname.constructPath,
  ]);
}

function shortHostnameRow(hostname: TracedHostname): (CellLine | CellLine[])[] {
  return [
    actionFor(hostname),
    [...(hostname.clients === undefined ? [] : peerCell(hostname.clients)), `through ${hostname.through}`],
    { code: hostname.hostname },
    hostname.ports.map((port) => ({ code: String(port) })),
    hostnamePurpose(hostname),
    sourceText(hostname),
  ];
}

function hostnameSource({ clients, through }: TracedHostname): string {
  const name = clients && peerName(clients);
  return [name ?? [], `through ${through}`].flat().join(' ');
}

function documented({ supplement }: TracedFlow | TracedHostname): string {
  return supplement === undefined ? 'yes' : `supplement: ${supplement}`;
}

function sourceText({ supplement, document, section }: TracedFlow | TracedHostname): string {
  return supplement === undefined ? `${document.key}: ${section}` : `supplement: ${supplement}`;
}

/** Returns what the firewall team is asked to do. */
function actionFor({ external, isRouted }: RequestedFlow | (TracedHostname & { readonly isRouted?: never })): string {
  if (isRouted) return 'please route';
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
