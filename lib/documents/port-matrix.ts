import {
  allowedNames,
  notKnownText,
  omittedOpenerText,
  ownershipText,
  peerName,
  type TracedFlow,
  type TracedHostname,
  type TracedOmission,
  type TracedOpening,
  type TracedPeer,
  type TracedRanges,
  WITHOUT_PACKETS,
} from '../provenance';
import { PortLevel } from '../tables';
import { filteredPort } from './filtered-hostnames';
import { inOwnFamily } from './flow-family';
import { peerText, purposeText, rangesBesideName } from './peer-text';
import { distinctPeers, hostnamePurpose, peerKey, stacksOf } from './request';
import {
  documentedText,
  documentText,
  isDocumented,
  movedPortText,
  openerOf,
  openerText,
  portText,
} from './source-text';
import { jsonText, markdownText, type CellLine, markdownTable, type TableCell, type TextTable } from '../text';

const VERSION = 1;
/** The text of a matrix without rows. */
export const NOTHING_OPENED = 'No port is opened.';
const COLUMNS = ['Source', 'Destination', 'Port', 'Purpose', 'Opened by', 'Documented', 'Document'];
/** Only if somebody is named. */
const OWNER_COLUMN = 'Owner';

/** What rules allow and no row documents, and the rows that constructs omit. */
interface BesideRows {
  readonly undocumented?: readonly TracedOpening[];
  readonly omitted?: readonly TracedOmission[];
}

/**
 * Returns the flows and hostnames as a table with one row per source, destination and port, below them the omitted rows, the traffic
 * that no row documents, and what is not evaluated; with several stacks, each row names its stack.
 */
export function matrixTable(
  flows: readonly TracedFlow[],
  hostnames: readonly TracedHostname[] = [],
  { undocumented = [], omitted = [], notEvaluated = [] }: Beside = {},
): TextTable {
  const stackCells = stackCellsOf([...flows, ...hostnames, ...undocumented]);
  const { columns, rows } = documentedTable({ flows, hostnames, omitted }, stackCells);
  const others = [
    ...undocumented.map((one) => [...stackCells(one), ...undocumentedRow(one)]),
    ...notEvaluated.map((part) => [...stackCells(part), ...notEvaluatedRow(part)]),
  ];
  return { columns, rows: [...rows, ...others.map((row) => columns.map((_, at) => row[at] ?? ''))] };
}

/** Returns the same as two tables; without undocumented traffic, the second has no rows. */
export function matrixTables(
  flows: readonly TracedFlow[],
  hostnames: readonly TracedHostname[],
  { undocumented = [], omitted = [] }: BesideRows,
): { readonly documented: TextTable; readonly undocumented: TextTable } {
  const stackCells = stackCellsOf([...flows, ...hostnames, ...undocumented]);
  return {
    documented: documentedTable({ flows, hostnames, omitted }, stackCells),
    undocumented: undocumentedTable(undocumented, stackCells),
  };
}

/** Returns the cells for the name of a stack: none if there is only one. */
type StackCells = (of: { readonly stack?: string }) => string[];

const NO_STACK: StackCells = () => [];

function stackCellsOf(all: readonly { readonly stack?: string }[]): StackCells {
  return stacksOf(all).length > 1 ? ({ stack = '' }) => [stack] : NO_STACK;
}

/** What documents have. */
interface DocumentedRows {
  readonly flows: readonly TracedFlow[];
  readonly hostnames: readonly TracedHostname[];
  readonly omitted: readonly TracedOmission[];
}

function documentedTable({ flows, hostnames, omitted }: DocumentedRows, stackCells: StackCells): TextTable {
  const areOwned = [...flows, ...hostnames].some(({ ownership }) => ownership !== undefined);
  const ownerCells = ({ ownership }: Pick<TracedFlow, 'ownership'>): TableCell[] =>
    areOwned ? [ownership === undefined ? '' : ownershipText(ownership)] : [];
  const rows = flows
    .map(inOwnFamily)
    .map((flow) => [
      ...stackCells(flow),
      peerCell(flow.source),
      peerCell(flow.destination),
      [{ code: String(flow.port) }, movedPortText(flow) ?? []].flat(),
      purposeCell(flow),
      openerText(flow),
      documentedText(flow),
      documentText(flow),
      ...ownerCells(flow),
    ]);
  const ofHostnames = hostnames.flatMap((hostname) =>
    hostnameRows(hostname).map((row) => [...stackCells(hostname), ...row, ...ownerCells(hostname)]),
  );
  const ofOmitted = omitted.map((omission) => [...stackCells(omission), ...omittedRow(omission), ...ownerCells({})]);
  const columns = [...stackCells({ stack: 'Stack' }), ...COLUMNS, ...(areOwned ? [OWNER_COLUMN] : [])];
  return { columns, rows: [...rows, ...ofHostnames, ...ofOmitted] };
}

function omittedRow(omission: TracedOmission): TableCell[] {
  const { source, destination, port, impact, openNevertheless, hostname } = omission;
  const isClosed = openNevertheless?.kind !== 'opened' && impact !== undefined;
  return [
    hostname === undefined ? peerCell(source) : clientsCell(hostname),
    hostname === undefined ? peerCell(destination) : { code: hostname.hostname },
    { code: String(port) },
    [purposeText(omission), ...(isClosed ? [`if closed: ${impact}`] : [])],
    omittedOpenerText(omission),
    documentedText(omission),
    documentText(omission),
  ];
}

/** What a matrix has in addition to the rows that constructs open. */
interface Beside extends BesideRows {
  /** What may open more than the matrix lists. */
  readonly notEvaluated?: readonly MissingPart[];
}

/** Something that could not be evaluated. */
export interface MissingPart {
  /** The Terraform address, or the name of a file. */
  readonly address: string;
  readonly reason: string;
  readonly file: string;
  /** The name of the stack that it is in; absent if it may be in any. */
  readonly stack?: string;
}

/** Returns what could not be evaluated as a table. */
export function notEvaluatedTable(notEvaluated: readonly MissingPart[]): TextTable {
  return {
    columns: ['Not evaluated', 'Why', 'File'],
    rows: notEvaluated.map(({ address, reason, file }) => [{ code: address }, reason, file]),
  };
}

/** The heading of what rules allow and no row documents. */
export const UNDOCUMENTED_HEADING = 'Open, and not documented';
const UNDOCUMENTED_COLUMNS = ['Source', 'Destination', 'Port', 'Direction', 'Rule'];

function undocumentedTable(openings: readonly TracedOpening[], stackCells: StackCells): TextTable {
  const rows = openings.map((opening) => [
    ...stackCells(opening),
    peerCell(opening.source),
    peerCell(opening.destination),
    { code: opening.port },
    opening.direction,
    [...opening.rules.map((code) => ({ code })), ...openingRemarks(opening)],
  ]);
  return { columns: [...stackCells({ stack: 'Stack' }), ...UNDOCUMENTED_COLUMNS], rows };
}

function openingRemarks({ notKnown, isWithoutPackets }: TracedOpening): string[] {
  return [...(notKnown === undefined ? [] : [notKnownText(notKnown)]), ...(isWithoutPackets ? [WITHOUT_PACKETS] : [])];
}

/** Returns the same in the columns of the matrix, for files that have only one table. */
function undocumentedRow(opening: TracedOpening): TableCell[] {
  return [
    peerCell(opening.source),
    peerCell(opening.destination),
    { code: opening.port },
    'not documented',
    [...(opening.notKnown === undefined ? ['this stack'] : []), ...openingRemarks(opening)].join('; '),
    ['not documented: no row is for', ...opening.rules].join(' '),
    '',
  ];
}

/** Returns something that is not evaluated in the columns of the matrix, for files that have only one table. */
function notEvaluatedRow({ address, reason }: MissingPart): TableCell[] {
  return ['', '', '', 'not evaluated', 'not known', `${address}: ${reason}`, ''];
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
    openerText(hostname),
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
export function matrixMarkdown(
  flows: readonly TracedFlow[],
  hostnames: readonly TracedHostname[] = [],
  { undocumented = [], omitted = [], notEvaluated = [] }: Beside = {},
): string {
  const missing =
    notEvaluated.length === 0 ? [] : ['## Not evaluated\n', markdownTable(notEvaluatedTable(notEvaluated))];
  const stacks = stacksOf([...flows, ...hostnames, ...undocumented]);
  if (stacks.length === 0) return ['# Port matrix\n', `${NOTHING_OPENED}\n`, ...missing].join('\n');
  const heading = stacks.length > 1 ? '###' : '##';
  const parts = stacks.flatMap((stack) => {
    const own = flows.filter((flow) => flow.stack === stack);
    const ownHostnames = hostnames.filter((hostname) => hostname.stack === stack);
    const title = stacks.length > 1 ? [`## Stack ${markdownText(stack ?? '')}\n`] : [];
    const openings = undocumented.filter((opening) => opening.stack === stack);
    const ownOmitted = omitted.filter((omission) => omission.stack === stack);
    const grid = own.length === 0 ? [] : [markdownTable(matrixGrid(own))];
    const isDocumentedStack = own.length + ownHostnames.length > 0;
    return [
      ...title,
      ...grid,
      ...(isDocumentedStack ? [markdownTable(matrixTable(own, ownHostnames, { omitted: ownOmitted }))] : []),
      ...(openings.length === 0
        ? []
        : [`${heading} ${UNDOCUMENTED_HEADING}\n`, markdownTable(undocumentedTable(openings, NO_STACK))]),
    ];
  });
  return ['# Port matrix\n', ...parts, ...missing].join('\n');
}

/** Renders the flows and hostnames as JSON for programs. */
export function matrixJson(
  flows: readonly TracedFlow[],
  hostnames: readonly TracedHostname[] = [],
  { undocumented, omitted = [], notEvaluated }: Beside = {},
): string {
  const ofHostnames = hostnames.length === 0 ? {} : { hostnames: hostnames.map(hostnameJson) };
  const ofOpenings = undocumented?.map(openingJson);
  return jsonText({
    version: VERSION,
    flows: flows.map(flowJson),
    ...ofHostnames,
    omitted: omitted.length === 0 ? undefined : omitted.map(omissionJson),
    undocumented: ofOpenings,
    notEvaluated,
  });
}

function openingJson(opening: TracedOpening): object {
  const { stack, direction, source, destination, port, isOpenToTheWorld, rules, notKnown, isWithoutPackets } = opening;
  return {
    stack,
    direction,
    source: peerJson(source),
    destination: peerJson(destination),
    port,
    isOpenToTheWorld,
    notKnownToBeOpen: notKnown,
    isWithoutPackets,
    rules,
  };
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
    ...deviationJson(hostname),
    notKnownToBeOpen: hostname.notKnown,
    ...sourceJson(hostname, `${document.key}/${row}`),
    construct: hostname.constructPath,
    ownership: hostname.ownership,
    rules: hostname.rules,
  };
}

function flowJson(given: TracedFlow): object {
  const flow = inOwnFamily(given);
  const { stack, port, rowKey, description, purpose, environment, notDocumented } = flow;
  return {
    stack,
    source: { role: flow.sourceRole.id, ...peerJson(flow.source) },
    destination: { role: flow.destinationRole.id, ...peerJson(flow.destination) },
    port: String(port),
    protocol: port.protocol,
    fromPort: port.fromPort,
    toPort: port.toPort,
    documentedPort: flow.documentedPort && String(flow.documentedPort),
    description: notDocumented === undefined ? description : undefined,
    purpose,
    impact: flow.impact,
    level: notDocumented === undefined ? (flow.level ?? PortLevel.HOST) : undefined,
    environment,
    hostname: flow.hostname,
    external: flow.external || undefined,
    ...deviationJson(flow),
    notKnownToBeOpen: flow.notKnown,
    closedAtSource: flow.closedAtSource,
    isWithoutPackets: flow.isWithoutPackets,
    versions: flow.versions,
    ...sourceJson(flow, rowKey),
    construct: flow.constructPath,
    ownership: flow.ownership,
    rules: flow.rules,
  };
}

function omissionJson(omission: TracedOmission): object {
  const { stack, port, openNevertheless } = omission;
  return {
    stack,
    source: { role: omission.sourceRole?.id, ...peerJson(omission.source) },
    destination: { role: omission.destinationRole?.id, ...peerJson(omission.destination) },
    through: omission.hostname?.through,
    hostname: omission.hostname?.hostname,
    port: String(port),
    description: omission.description,
    purpose: omission.purpose,
    impact: omission.impact,
    environment: omission.environment,
    external: omission.external || undefined,
    openNevertheless,
    ...sourceJson(omission, omission.rowKey),
    construct: omission.constructPath,
  };
}

/** Returns what rules do other than open something as recorded. */
function deviationJson({ deviation }: Pick<TracedFlow, 'deviation'>): object {
  if (deviation === undefined) return {};
  const { kind, reason } = deviation;
  if (kind === 'opened otherwise') return { openedOtherwise: reason };
  return { openInPart: kind === 'closed in part' ? true : undefined, closed: reason };
}

/** Returns what a document or the page of a supplement says, or why that must not be believed. */
function sourceJson(
  sourced: (TracedFlow | TracedHostname | TracedOmission) & Pick<Partial<TracedFlow>, 'notDocumented'>,
  row: string,
): object {
  const { document, section, basis, supplement, supplementReference, notDocumented } = sourced;
  if (notDocumented !== undefined) return { supplement, supplementReference, notDocumented };
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
  const hostGroups = peer.hostGroups.map(({ cloud, label, account, region, network, ipRanges }) => ({
    cloud,
    label,
    account,
    region,
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
  return [...(name === undefined ? [] : [name]), ...rangesBesideName(peer).map((code) => ({ code }))];
}

function pairKey(source: TracedPeer, destination: TracedPeer): string {
  return JSON.stringify([peerKey(source), peerKey(destination)]);
}
