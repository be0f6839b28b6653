import type { TracedFlow, TracedPeer, TracedRanges } from '../provenance';
import { peerName, peerRangeTexts, peerText, purposeText } from './peer-text';
import { distinctPeers, peerKey, stacksOf } from './request';
import { markdownText } from './text';
import { type CellLine, markdownTable, type TextTable } from './text-table';

const VERSION = 1;
const COLUMNS = ['Source', 'Destination', 'Port', 'Purpose', 'Opened by', 'Documented', 'Document'];

/** Returns the flows as a table with one row per source, destination and port; with several stacks, each row names its stack. */
export function matrixTable(flows: readonly TracedFlow[]): TextTable {
  const areSeveral = stacksOf(flows).length > 1;
  const rows = flows.map((flow) => [
    ...(areSeveral ? [flow.stack ?? ''] : []),
    peerCell(flow.source),
    peerCell(flow.destination),
    { code: String(flow.port) },
    purposeText(flow),
    flow.external ? 'the firewall team' : 'this stack',
    flow.supplement === undefined ? flow.section : `supplement: ${flow.supplement}`,
    flow.document.key,
  ]);
  return { columns: [...(areSeveral ? ['Stack'] : []), ...COLUMNS], rows };
}

/** Returns the ports of the flows in a table with one row per source and one column per destination. */
function matrixGrid(flows: readonly TracedFlow[]): TextTable {
  const sources = distinctPeers(flows.map(({ source }) => source));
  const destinations = distinctPeers(flows.map(({ destination }) => destination));
  const ports = new Map<string, Set<string>>();
  for (const flow of flows) {
    const pair = pairKey(flow.source, flow.destination);
    ports.set(pair, (ports.get(pair) ?? new Set()).add(String(flow.port)));
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

/** Renders a Markdown document: for each stack the grid of sources and destinations, then a row per port with its document. */
export function matrixMarkdown(flows: readonly TracedFlow[]): string {
  if (flows.length === 0) return '# Port matrix\n\nNo port is opened.\n';
  const stacks = stacksOf(flows);
  const parts = stacks.flatMap((stack) => {
    const own = flows.filter((flow) => flow.stack === stack);
    const title = stacks.length > 1 ? [`## Stack ${markdownText(stack ?? '')}\n`] : [];
    return [...title, markdownTable(matrixGrid(own)), markdownTable(matrixTable(own))];
  });
  return ['# Port matrix\n', ...parts].join('\n');
}

/** Renders the flows as JSON for programs. */
export function matrixJson(flows: readonly TracedFlow[]): string {
  return `${JSON.stringify({ version: VERSION, flows: flows.map(flowJson) }, undefined, 2)}\n`;
}

function flowJson(flow: TracedFlow): object {
  const { stack, port, document, rowKey, section, basis, description, purpose, supplement, environment } = flow;
  return {
    stack,
    source: { role: flow.sourceRole.id, ...peerJson(flow.source) },
    destination: { role: flow.destinationRole.id, ...peerJson(flow.destination) },
    port: String(port),
    protocol: port.protocol,
    fromPort: port.fromPort,
    toPort: port.toPort,
    description,
    purpose,
    environment,
    hostname: flow.hostname,
    external: flow.external || undefined,
    row: rowKey,
    document: { id: document.key, title: document.title, edition: document.edition, reference: document.reference },
    section,
    basis,
    supplement,
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
  const { label, openToTheWorld, zones } = peer;
  return { label, ...rangesJson(peer), hostGroups, openToTheWorld, zones };
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
