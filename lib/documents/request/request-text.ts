import { oneLine } from '../../input';
import { AddressFamily, FAMILY_NAMES, type Port } from '../../net';
import type { TracedDocument, TracedFlow, TracedPeer } from '../../provenance';
import { peerPlace, peerText, purposeText } from '../peer-text';
import {
  documentsOf,
  hasReason,
  isDocumented,
  movedPortText,
  notDocumentedText,
  notOpenLines,
  notOpenTexts,
  type Opener,
  ownerLines,
  versionsText,
} from '../source-text';

import { checkLine, EXTERNAL_CHECKS_HEADING, type RequestedCheck } from './external-checks';
import { formPeerLines, routedByText } from './form-lines';
import {
  type AskedFlow,
  type RequestBlock,
  requestBlocks,
  type RequestChange,
  type RoutingRequest,
  type StackLine,
  stacksOf,
} from './request-blocks';
import { hasHead, headLines, nothingText, type RequestHead, type RequestPart } from './request-head';
import { hostnameRequestLines } from './request-hostnames';
import { formRemarks, type RequestSection, requestSections, routingNotes } from './request-sections';

/**
 * Renders an access request in the vendor's own form, with names and ranges in place of its placeholders, and below its headings. A head
 * says who asks for it, and who approves it. If it is compared with an earlier one, each part of it has a heading of its own. After the
 * requests comes what must be checked externally.
 */
export function headedRequestText(
  head: RequestHead,
  parts: readonly RequestPart[],
  checks: readonly RequestedCheck[],
): string {
  const rendered = parts
    // the vendor's form has blocks of its own for what is routed
    .map((part) => ({ part, blocks: blocksOf({ ...part, flows: notRouted(part) }) }))
    .filter(({ blocks }) => blocks.length > 0)
    .map(({ part: { heading }, blocks: [first, ...others] }) => [
      [...(heading === undefined ? [] : [comment(heading.toUpperCase())]), ...first],
      ...others,
    ]);
  const blocks = rendered.flat();
  return textOf([
    ...(hasHead(head) ? [headLines(head).map(comment)] : []),
    ...(blocks.length === 0 ? [[comment(nothingText(head))]] : [...blocks, ...checkBlocks(checks)]),
  ]);
}

function notRouted({ flows, routing }: RequestPart): AskedFlow[] {
  const routed = new Set(routing.flatMap((request) => request.flows ?? []));
  return flows.filter((flow) => !routed.has(flow));
}

function textOf(blocks: readonly (readonly string[])[]): string {
  return `${blocks.map((lines) => lines.map(oneLine).join('\n')).join('\n---\n')}\n`;
}

function blocksOf({ flows, routing, hostnames }: Omit<RequestPart, 'heading'>): string[][] {
  const stacks = stacksOf([...flows, ...routing.flatMap((request) => request.flows ?? []), ...hostnames]);
  const stackLine: StackLine = stacks.length > 1 ? (stack = '') => [`Stack: ${stack}`] : () => [];
  const sections = requestSections(requestBlocks(flows), routing);
  return [
    ...sections.flatMap((section) => sectionLines(section, stackLine)),
    ...hostnameRequestLines(hostnames, stackLine),
  ];
}

/** Renders the entries of a section; the first begins with the heading. */
function sectionLines({ heading, entries }: RequestSection, stackLine: StackLine): string[][] {
  return entries.map((entry, index) => [
    ...(heading === undefined || index > 0 ? [] : [`${heading}:`]),
    ...(entry.kind === 'block' ? blockLines(entry.block, stackLine) : routingLines(entry.request, stackLine)),
  ]);
}

function checkBlocks(checks: readonly RequestedCheck[]): string[][] {
  return checks.length === 0 ? [] : [[EXTERNAL_CHECKS_HEADING, ...checks.map(checkLine)].map(comment)];
}

/** Returns a port as in the vendor's form: `6443/tcp`, `2379:2380/tcp`. */
function formPort(port: Port): string {
  return String(port).replace('-', ':');
}

function blockLines(block: RequestBlock, stackLine: StackLine): string[] {
  return [
    ...remarks(block, stackLine).map(comment),
    'SOURCE:',
    ...formPeerLines(block.source),
    'DESTINATION:',
    ...formPeerLines(block.destination),
    ...new Set(block.flows.map(({ port }) => formPort(port))),
  ];
}

/** Returns the comments of a block: who opens the ports, and why. The form has no place for this. */
function remarks({ opener, change, source, destination, flows }: RequestBlock, stackLine: StackLine): string[] {
  const { above, leftOut, notes } = formRemarks(flows);
  return [
    ...above,
    ...actionLines(opener, change),
    ...notOpenLines(flows),
    ...stackLine(flows[0].stack),
    ...placeLines({ Source: [source], Destination: [destination] }),
    ...source.openToTheWorld.map(worldOpening),
    ...ownerLines(flows),
    ...reasons(flows),
    ...leftOut,
    ...notes,
  ];
}

/** Returns where machines are; nothing if only their cloud is known, which their names say. */
function placeLines(peers: Readonly<Record<string, readonly TracedPeer[]>>): string[] {
  return Object.entries(peers).flatMap(([end, ofEnd]) => {
    const places = [...new Set(ofEnd.map(peerPlace))].filter((place) => place.includes(','));
    return places.map((place) => `${end} place: ${place}`);
  });
}

/** What a request asks for, by who opens the ports. */
const ACTIONS: Readonly<Record<Exclude<Opener, 'not known to be open' | 'closed at its source'>, string>> = {
  'the firewall team': 'Please open:',
  'this stack': 'No action needed: the requesting team opens this',
  'this stack, in part': 'The requesting team opens this in part',
  'no rule of this stack': 'No rule of the requesting team opens this',
};

/** Returns what somebody is asked to do; nothing if there is only the reason why a port is not open. */
function actionLines(opener: Opener, change: RequestChange | undefined): string[] {
  const isAsked = opener === 'the firewall team';
  if (change === 'close') return [isAsked ? 'Please close:' : 'No action needed: the requesting team closes this'];
  if (change === 'unchanged' && isAsked) return ['Unchanged, no action needed:'];
  return hasReason(opener) ? [] : [ACTIONS[opener]];
}

/** What is asked of the owner of a load balancer. */
const ROUTING_ACTIONS: Readonly<Record<RequestChange, string>> = {
  open: 'Please open and route:',
  close: 'Please close, and route no longer:',
  unchanged: 'Unchanged, no action needed:',
};

/** Returns why a source is open to the world, from the form of the provenance, `ipv4: a public API`. */
function worldOpening(text: string): string {
  const family = Object.values(AddressFamily).find((each) => text.startsWith(`${each}: `));
  if (family === undefined) return `Open to the world: ${text}`;
  return `Open to the world over ${FAMILY_NAMES[family]}: ${text.slice(`${family}: `.length)}`;
}

/** Returns what each port is for, what fails without it, and which document says so for which versions. */
function reasons(flows: readonly TracedFlow[]): string[] {
  return [
    ...new Set(flows.flatMap(purposeLines)),
    ...documentsOf(flows).flatMap((document) => documentLines(document, flows)),
  ];
}

function purposeLines(flow: TracedFlow): string[] {
  const { impact, section, supplement, supplementReference, notDocumented } = flow;
  const port = [formPort(flow.port), movedPortText(flow)?.replace('-', ':') ?? []].flat().join(', ');
  const closed = impact === undefined ? [] : [`${formPort(flow.port)}, if closed: ${impact}`];
  if (notDocumented !== undefined) return [`${port}: ${notDocumentedText(notDocumented)}`, ...closed];
  if (supplement === undefined) return [`${port}: ${purposeText(flow)}; "${section}"`, ...closed];
  const page = supplementReference === undefined ? '' : `; "${section}", ${supplementReference}`;
  return [`${port}: ${purposeText(flow)}; not in the document: ${supplement}${page}`, ...closed];
}

function documentLines(
  { key, title, edition, reference, checkedFor }: TracedDocument,
  flows: readonly TracedFlow[],
): string[] {
  const checked = flows
    .filter((flow) => flow.document.key === key && isDocumented(flow))
    .flatMap(({ versions }) => versionsText(checkedFor, versions) ?? []);
  return [
    `Document: ${title}, edition ${edition}, ${reference}`,
    ...new Set(checked.map((text) => `Versions: ${text}`)),
  ];
}

/** Returns why some sources of a request may not send it; with their names, if other sources may. */
function notOpenSources(flows: readonly TracedFlow[]): string[] {
  const isSame = new Set(flows.map((flow) => notOpenLines([flow]).join('\n'))).size === 1;
  if (isSame) return notOpenLines(flows);
  return flows.flatMap((flow) => notOpenTexts(flow).map((text) => `From ${peerText(flow.source)}: ${text}`));
}

/** Renders the vendor's form for high availability, with its notes for the owner of the load balancer. */
function routingLines(request: RoutingRequest, stackLine: StackLine): string[] {
  const { sources, virtualAddress, loadBalancer, members, port, memberPort = port, flows = [], hostname } = request;
  const { sourceRemark, notes } = routingNotes(request);
  const stack = stackLine(flows[0]?.stack);
  const places = placeLines({ Source: sources, Destination: [virtualAddress], Routing: [members] });
  return [
    ...(flows.length === 0
      ? []
      : [
          ROUTING_ACTIONS[flows[0].change ?? 'open'],
          ...notOpenSources(flows),
          ...stack,
          ...places,
          ...ownerLines(flows),
          ...reasons(flows),
        ]
    ).map(comment),
    ...(hostname === undefined || notes.length > 0 ? [] : [comment(`Hostname of the destination: ${hostname}`)]),
    sourceRemark === undefined ? 'SOURCE:' : `SOURCE (${sourceRemark}):`,
    ...sources.flatMap(formPeerLines),
    'DESTINATION:',
    ...formPeerLines(virtualAddress),
    formPort(port),
    '---',
    ...(loadBalancer === undefined ? [] : [comment(routedByText(loadBalancer))]),
    'ROUTING:',
    ...formPeerLines(members),
    `${memberPort.protocol}/${memberPort.numbers.replace('-', ':')}`,
    ...notes.map(comment),
  ];
}

function comment(text: string): string {
  return `# ${text}`;
}
