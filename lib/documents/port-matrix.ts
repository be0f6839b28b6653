import type { TracedFlow, TracedPeer, TracedRanges } from '../provenance';
import { peerName, peerRangeTexts, peerText, purposeText } from './peer-text';
import { distinctPeers, peerKey } from './request';
import { documentedText, documentText, movedPortText, openerOf, portText } from './source-text';
import { type CellLine, markdownTable, type TextTable } from './text-table';

const VERSION = 1;
const COLUMNS = ['Source', 'Destination', 'Port', 'Purpose', 'Opened by', 'Documented', 'Document'];

/** Returns the flows as a table with one row per source, destination and port. */
export function matrixTable(flows: readonly TracedFlow[]): TextTable {
  const rows = flows.map((flow) => [
    peerCell(flow.source),
    peerCell(flow.destination),
    [{ code: String(flow.port) }, movedPortText(flow) ?? []].flat(),
    purposeText(flow),
    openerOf(flow),
    documentedText(flow),
    documentText(flow),
  ]);
  return { columns: COLUMNS, rows };
}

/** Returns the ports of the flows in a table with one row per source and one column per destination. */
function matrixGrid(flows: readonly TracedFlow[]): TextTable {
  const sources = distinctPeers(flows.map(({ source }) => source));
  const destinations = distinctPeers(flows.map(({ destination }) => destination));
  const ports = new Map<string, Set<string>>();
  for (const flow of flows) {
    const pair = pairKey(flow.source, flow.destination);
    ports.set(pair, (ports.get(pair) ?? new Set()).add(portText(flow)));
  }
  const portsOf = (source: TracedPeer, destination: TracedPeer): CellLine[] =>
    [...(ports.get(pairKey(source, destination)) ?? [])].map((code) => ({ code }));
  return {
    columns: ['From / to', ...destinations.map(peerText)],
    rows: sources.map((source) => [
      peerText(source),
      ...destinations.map((destination) => portsOf(source, destination)),
    ]),
  };
}

/** Renders a Markdown document: the grid of sources and destinations, then a row per port with its document. */
export function matrixMarkdown(flows: readonly TracedFlow[]): string {
  if (flows.length === 0) return '# Port matrix\n\nNo port is opened.\n';
  return ['# Port matrix\n', markdownTable(matrixGrid(flows)), markdownTable(matrixTable(flows))].join('\n');
}

/** Renders the flows as JSON for programs. */
export function matrixJson(flows: readonly TracedFlow[]): string {
  return `${JSON.stringify({ version: VERSION, flows: flows.map(flowJson) }, undefined, 2)}\n`;
}

function flowJson(flow: TracedFlow): object {
  const { stack, port, document, rowKey, section, basis, description, purpose, supplement, environment, doubt } = flow;
  const isDocumented = doubt === undefined && supplement === undefined;
  return {
    stack,
    source: { role: flow.sourceRole.id, ...peerJson(flow.source) },
    destination: { role: flow.destinationRole.id, ...peerJson(flow.destination) },
    port: String(port),
    protocol: port.protocol,
    fromPort: port.fromPort,
    toPort: port.toPort,
    documentedPort: flow.documentedPort && String(flow.documentedPort),
    description: doubt === undefined ? description : undefined,
    purpose,
    impact: flow.impact,
    environment,
    hostname: flow.hostname,
    external: flow.external || undefined,
    row: doubt === undefined ? rowKey : undefined,
    document: isDocumented
      ? { id: document.key, title: document.title, edition: document.edition, reference: document.reference }
      : undefined,
    checkedFor: isDocumented ? document.checkedFor : undefined,
    versions: flow.versions,
    section: doubt === undefined ? section : undefined,
    basis: doubt === undefined ? basis : undefined,
    supplement,
    supplementReference: flow.supplementReference,
    notDocumented: doubt,
    construct: flow.constructPath,
    rules: flow.rules,
  };
}

function peerJson(peer: TracedPeer): object {
  const hostGroups = peer.hostGroups.map(({ cloud, label, network, ipRanges }) => ({
    cloud,
    label,
    network,
    ipRanges: ipRanges && rangesJson(ipRanges),
  }));
  return { label: peer.label, ...rangesJson(peer), hostGroups, openToTheWorld: peer.openToTheWorld };
}

function rangesJson({ ranges, references }: TracedRanges): object {
  return { ranges: ranges.map(String), references };
}

function peerCell(peer: TracedPeer): CellLine[] {
  const name = peerName(peer);
  return [...(name === undefined ? [] : [name]), ...peerRangeTexts(peer).map((code) => ({ code }))];
}

function pairKey(source: TracedPeer, destination: TracedPeer): string {
  return JSON.stringify([peerKey(source), peerKey(destination)]);
}
