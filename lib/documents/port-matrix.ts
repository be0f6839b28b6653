import {
  allowedNames,
  peerName,
  type TracedFlow,
  type TracedHostname,
  type TracedPeer,
  type TracedRanges,
} from '../provenance';
import { filteredPort } from './filtered-hostnames';
import { peerRangeTexts, peerText, purposeText } from './peer-text';
import { distinctPeers, hostnamePurpose, peerKey, stacksOf } from './request';
import { documentedText, documentText, isDocumented, movedPortText, openerOf, portText } from './source-text';
import { jsonText, markdownText } from './text';
import { type CellLine, markdownTable, type TableCell, type TextTable } from './text-table';

const VERSION = 1;
const COLUMNS = ['Source', 'Destination', 'Port', 'Purpose', 'Opened by', 'Documented', 'Document'];

/** Returns the flows and hostnames as a table with one row per source, destination and port; with several stacks, each row names its stack. */
export function matrixTable(flows: readonly TracedFlow[], hostnames: readonly TracedHostname[] = []): TextTable {
  const areSeveral = stacksOf([...flows, ...hostnames]).length > 1;
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
  const ofHostnames = hostnames.flatMap((hostname) =>
    hostnameRows(hostname).map((row) => [...(areSeveral ? [hostname.stack ?? ''] : []), ...row]),
  );
  return { columns: [...(areSeveral ? ['Stack'] : []), ...COLUMNS], rows: [...rows, ...ofHostnames] };
}

/** Returns what a port is for. If it is not known to be open, also what fails if it is closed. */
function purposeCell(flow: TracedFlow): CellLine[] {
  const isKnownToBeOpen = openerOf(flow) === 'this stack';
  return [purposeText(flow), ...(isKnownToBeOpen || flow.impact === undefined ? [] : [`if closed: ${flow.impact}`])];
}

function hostnameRows(hostname: TracedHostname): TableCell[][] {
  return hostname.ports.map((port) => [
    clientsCell(hostname),
    allowedNames(hostname.hostname, String(port), hostname.filter).map((code) => ({ code })),
    { code: filteredPort(hostname, port) },
    hostnamePurpose(hostname),
    openerOf(hostname),
    documentedText(hostname),
    documentText(hostname),
  ]);
}

/** The machines that a hostname is for; if nobody named them, those behind its filter. */
function clientsCell({ clients, through }: TracedHostname): CellLine[] {
  return clients === undefined ? [`machines behind ${through}`] : [...peerCell(clients), `through ${through}`];
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
export function matrixMarkdown(flows: readonly TracedFlow[], hostnames: readonly TracedHostname[] = []): string {
  if (flows.length + hostnames.length === 0) return '# Port matrix\n\nNo port is opened.\n';
  const stacks = stacksOf([...flows, ...hostnames]);
  const parts = stacks.flatMap((stack) => {
    const own = flows.filter((flow) => flow.stack === stack);
    const ownHostnames = hostnames.filter((hostname) => hostname.stack === stack);
    const title = stacks.length > 1 ? [`## Stack ${markdownText(stack ?? '')}\n`] : [];
    const grid = own.length === 0 ? [] : [markdownTable(matrixGrid(own))];
    return [...title, ...grid, markdownTable(matrixTable(own, ownHostnames))];
  });
  return ['# Port matrix\n', ...parts].join('\n');
}

/** Renders the flows and hostnames as JSON for programs. */
export function matrixJson(flows: readonly TracedFlow[], hostnames: readonly TracedHostname[] = []): string {
  const ofHostnames = hostnames.length === 0 ? {} : { hostnames: hostnames.map(hostnameJson) };
  return jsonText({ version: VERSION, flows: flows.map(flowJson), ...ofHostnames });
}

function hostnameJson(hostname: TracedHostname): object {
  const { stack, ports, document, row, clients, through, external } = hostname;
  return {
    stack,
    clients: clients && peerJson(clients),
    through,
    hostname: hostname.hostname,
    ports: ports.map(String),
    allowed: ports.map((port) => ({
      port: filteredPort(hostname, port),
      names: allowedNames(hostname.hostname, String(port), hostname.filter),
    })),
    external: external || undefined,
    ...sourceJson(hostname, `${document.key}/${row}`),
    construct: hostname.constructPath,
    rules: hostname.rules,
  };
}

function flowJson(flow: TracedFlow): object {
  const { stack, port, rowKey, description, purpose, environment, doubt } = flow;
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
    versions: flow.versions,
    ...sourceJson(flow, rowKey),
    construct: flow.constructPath,
    rules: flow.rules,
  };
}

/** Returns what a document or the page of a supplement says, or why that must not be believed. */
function sourceJson(sourced: TracedFlow | TracedHostname, row: string): object {
  const { document, section, basis, supplement, supplementReference, doubt } = sourced;
  if (doubt !== undefined) return { supplement, supplementReference, notDocumented: doubt };
  const { key: id, title, edition, reference, checkedFor } = document;
  return {
    row,
    ...(isDocumented(sourced) && { document: { id, title, edition, reference }, checkedFor }),
    section,
    basis,
    supplement,
    supplementReference,
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
