import type { TracedFlow, TracedPeer, TracedRanges } from '../provenance';
import { peerName, peerRangeTexts, peerText, purposeText } from './peer-text';
import { distinctPeers, peerKey, stacksOf } from './request';
import { documentedText, documentText, movedPortText, openerOf, portText } from './source-text';
import { jsonText, markdownText } from './text';
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
    [{ code: String(flow.port) }, movedPortText(flow) ?? []].flat(),
    purposeCell(flow),
    openerOf(flow),
    documentedText(flow),
    documentText(flow),
  ]);
  return { columns: [...(areSeveral ? ['Stack'] : []), ...COLUMNS], rows };
}

/** Returns what a port is for. If it is not known to be open, because the firewall team is asked for it, also what fails if it is closed. */
function purposeCell(flow: TracedFlow): CellLine[] {
  const isKnownToBeOpen = !flow.external;
  return [purposeText(flow), ...(isKnownToBeOpen || flow.impact === undefined ? [] : [`if closed: ${flow.impact}`])];
}

/** A table with more columns is too wide to read. */
const MOST_DESTINATIONS = 50;

/** Returns the ports of the flows in a table with one row per source and one column per destination, or else one row per pair. */
function matrixGrid(flows: readonly TracedFlow[]): TextTable {
  const sources = distinctPeers(flows.map(({ source }) => source));
  const destinations = distinctPeers(flows.map(({ destination }) => destination));
  const pairs = new Map<string, { source: TracedPeer; destination: TracedPeer; ports: Set<string> }>();
  for (const flow of flows) {
    const { source, destination } = flow;
    const key = pairKey(source, destination);
    const pair = pairs.get(key) ?? { source, destination, ports: new Set() };
    pairs.set(key, pair);
    pair.ports.add(portText(flow));
  }
  if (destinations.length > MOST_DESTINATIONS) {
    return {
      columns: ['From', 'To', 'Ports'],
      rows: [...pairs.values()].map(({ source, destination, ports }) => [
        peerText(source),
        peerText(destination),
        codes(ports),
      ]),
    };
  }
  const portsOf = (source: TracedPeer, destination: TracedPeer): CellLine[] =>
    codes(pairs.get(pairKey(source, destination))?.ports ?? []);
  return {
    columns: ['From / to', ...destinations.map(peerText)],
    rows: sources.map((source) => [
      peerText(source),
      ...destinations.map((destination) => portsOf(source, destination)),
    ]),
  };
}

function codes(texts: Iterable<string>): CellLine[] {
  return Array.from(texts, (code) => ({ code }));
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
  return jsonText({ version: VERSION, flows: flows.map(flowJson) });
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
