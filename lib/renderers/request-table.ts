import type { TracedFlow, TracedPeer } from '../model/traced-flow';
import { placeholder } from '../model/terraform-text';
import type { TracedHostname } from '../model/traced-host';
import { markdownText } from './markdown-text';
import { oneLine } from './one-line';
import { addressTexts, peerName, purposeText, withoutAddresses } from './peer-text';
import { requestBlocks } from './request-blocks';
import { hostBlocks, hostPurpose } from './request-hosts';
import type { RoutingRequest } from './request-text';
import { markdownTable, type CellLine, type TextTable } from './text-table';

const COLUMNS = [
  'Opened by',
  'Source',
  'Source addresses',
  'Destination',
  'Destination addresses',
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
  'Asked by',
];
const ROUTING = 'Routing of the virtual address to the machines behind it';
const SHORT_COLUMNS = ['Opened by', 'Source', 'Destination', 'Port', 'What for', 'Document'];

/** An access request as rows, one per source, destination and port: for CSV and spreadsheets. */
export function requestTable(
  flows: readonly TracedFlow[],
  hosts: readonly TracedHostname[] = [],
  routing: readonly RoutingRequest[] = [],
): TextTable {
  const ofFlows = requestBlocks(flows).flatMap((block) => block.flows.map(requestRow));
  const ofHosts = hostBlocks(hosts).flatMap((block) => block.hosts.flatMap(hostRows));
  return { columns: COLUMNS, rows: [...ofFlows, ...routing.flatMap(routingFlow).map(requestRow), ...ofHosts] };
}

/** An access request as a document for tickets and wikis. */
export function requestMarkdown(
  flows: readonly TracedFlow[],
  hosts: readonly TracedHostname[] = [],
  routing: readonly RoutingRequest[] = [],
): string {
  const documents = new Map([...flows, ...hosts].map(({ document }) => [document.key, document]));
  const ofFlows = requestBlocks(flows).flatMap((block) => block.flows.map(shortRow));
  const ofHosts = hostBlocks(hosts).flatMap((block) => block.hosts.map(shortHostRow));
  const table = {
    columns: SHORT_COLUMNS,
    rows: [...ofFlows, ...routing.flatMap(routingFlow).map(shortRow), ...ofHosts],
  };
  if (table.rows.length === 0) return '# Access request\n\nNothing is asked for.\n';
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

/** A flow, or what a load balancer does with it. */
interface RequestedFlow extends TracedFlow {
  readonly isRouted?: true;
  readonly sourceDnsName?: string;
}

/** From the virtual address to its machines, as its owner routes it. */
function routingFlow({
  flows: [flow] = [],
  virtualAddress,
  hostname,
  members,
  port,
  memberPort,
}: RoutingRequest): RequestedFlow[] {
  if (flow === undefined) return [];
  const ends = { source: virtualAddress, sourceDnsName: hostname, destination: members, hostname: undefined };
  return [{ ...flow, ...ends, port: memberPort ?? port, description: ROUTING, purpose: undefined, isRouted: true }];
}

function requestRow(flow: RequestedFlow): string[] {
  const { source, destination, port, document } = flow;
  return [
    openedBy(flow),
    [peerName(source) ?? [], flow.sourceDnsName ?? []].flat().join(', '),
    allAddresses(source).join(', '),
    [peerName(destination) ?? [], flow.hostname ?? []].flat().join(', '),
    allAddresses(destination).join(', '),
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
    openedBy(flow),
    peerCell(flow.source, flow.sourceDnsName),
    peerCell(flow.destination, flow.hostname),
    { code: String(flow.port) },
    purposeText(flow),
    writtenIn(flow),
  ];
}

/** A host has no source of its own: whoever is behind the proxy reaches it. */
function hostRows(host: TracedHostname): string[][] {
  const { document } = host;
  return host.ports.map(({ numbers, protocol }) => [
    openedBy(host),
    `through ${host.through}`,
    '',
    host.hostname,
    '',
    numbers,
    protocol,
    hostPurpose(host),
    '',
    '',
    documented(host),
    document.key,
    host.section,
    document.edition,
    document.reference,
    host.stack ?? '',
    host.constructPath,
  ]);
}

function shortHostRow(host: TracedHostname): (CellLine | CellLine[])[] {
  return [
    openedBy(host),
    `through ${host.through}`,
    { code: host.hostname },
    host.ports.map((port) => ({ code: String(port) })),
    hostPurpose(host),
    writtenIn(host),
  ];
}

function documented({ supplement }: TracedFlow | TracedHostname): string {
  return supplement === undefined ? 'documented' : `supplement: ${supplement}`;
}

function writtenIn({ supplement, document, section }: TracedFlow | TracedHostname): string {
  return supplement === undefined ? `${document.key}: ${section}` : `supplement: ${supplement}`;
}

function openedBy({ external, isRouted }: RequestedFlow | (TracedHostname & { readonly isRouted?: never })): string {
  if (isRouted) return 'to be routed by you';
  return external ? 'to be opened by you' : 'already opened by us';
}

function peerCell(peer: TracedPeer, hostname?: string): CellLine[] {
  const names = [peerName(peer) ?? [], hostname ?? []].flat();
  return [...names, ...allAddresses(peer).map((code) => ({ code }))];
}

function allAddresses(peer: TracedPeer): string[] {
  return [...addressTexts(peer), ...withoutAddresses(peer).map((machines) => placeholder(`addresses of ${machines}`))];
}

/** An address of the web as a link; anything else is no link. */
function link(address: string): string {
  const target = encodeURI(oneLine(address)).replace(/%25([\da-f]{2})/gi, '%$1');
  return /^https?:/.test(target) ? `<${target}>` : markdownText(address);
}
