import { oneLine } from '../../input';
import type { Port } from '../../net';
import type { TracedDocument, TracedFlow, TracedHostname } from '../../provenance';
import { purposeText } from '../peer-text';
import { documentsOf, movedPortText, versionsText } from '../source-text';
import { checkLine, EXTERNAL_CHECKS_HEADING, type RequestedCheck } from './external-checks';
import { formPeerLines } from './form-lines';
import { type RequestBlock, requestBlocks, type RoutingRequest, stacksOf } from './request-blocks';
import { hostnameRequestLines } from './request-hostnames';
import { formRemarks, type RequestSection, requestSections, routingNotes } from './request-sections';

/**
 * Renders an access request in the vendor's own form, with names and ranges in place of its placeholders, and below its headings. After
 * the requests comes what must be checked externally.
 */
export function requestText(
  flows: readonly TracedFlow[],
  routing: readonly RoutingRequest[] = [],
  hostnames: readonly TracedHostname[] = [],
  checks: readonly RequestedCheck[] = [],
): string {
  const stacks = stacksOf([...flows, ...routing.flatMap((request) => request.flows ?? []), ...hostnames]);
  const areSeveral = stacks.length > 1;
  const sections = requestSections(requestBlocks(flows), routing);
  const blocks = [
    ...sections.flatMap((section) => sectionLines(section, areSeveral)),
    ...hostnameRequestLines(hostnames, areSeveral),
  ];
  if (blocks.length === 0) return '# Nothing to open.\n';
  const all = [...blocks, ...(checks.length > 0 ? [checkLines(checks)] : [])];
  return `${all.map((lines) => lines.map(oneLine).join('\n')).join('\n---\n')}\n`;
}

/** Renders the entries of a section; the first begins with the heading. */
function sectionLines({ heading, entries }: RequestSection, areSeveralStacks: boolean): string[][] {
  return entries.map((entry, index) => [
    ...(heading === undefined || index > 0 ? [] : [`${heading}:`]),
    ...(entry.kind === 'block'
      ? blockLines(entry.block, areSeveralStacks)
      : routingLines(entry.request, areSeveralStacks)),
  ]);
}

function checkLines(checks: readonly RequestedCheck[]): string[] {
  return [EXTERNAL_CHECKS_HEADING, ...checks.map(checkLine)].map(comment);
}

/** Returns a port as in the vendor's form: `6443/tcp`, `2379:2380/tcp`. */
function formPort(port: Port): string {
  return String(port).replace('-', ':');
}

function blockLines(block: RequestBlock, areSeveralStacks: boolean): string[] {
  return [
    ...remarks(block, areSeveralStacks).map(comment),
    'SOURCE:',
    ...formPeerLines(block.source),
    'DESTINATION:',
    ...formPeerLines(block.destination),
    ...new Set(block.flows.map(({ port }) => formPort(port))),
  ];
}

/** Returns the comments of a block: who opens the ports, and why. The form has no place for this. */
function remarks({ external, source, flows }: RequestBlock, areSeveralStacks: boolean): string[] {
  const { above, leftOut } = formRemarks(flows);
  return [
    ...above,
    external ? 'Please open:' : 'No action needed: the requesting team opens this',
    ...(areSeveralStacks ? stackLine(flows) : []),
    ...source.openToTheWorld.map((reason) => `Open to the world, ${reason}`),
    ...reasons(flows),
    ...leftOut,
  ];
}

function stackLine([flow]: readonly TracedFlow[]): string[] {
  return flow?.stack === undefined ? [] : [`Stack: ${flow.stack}`];
}

/** Returns what each port is for, what fails without it, and which document says so for which versions. */
function reasons(flows: readonly TracedFlow[]): string[] {
  return [
    ...new Set(flows.flatMap(purposeLines)),
    ...documentsOf(flows).flatMap((document) => documentLines(document, flows)),
  ];
}

function purposeLines(flow: TracedFlow): string[] {
  const { impact, section, supplement, supplementReference, doubt } = flow;
  const port = [formPort(flow.port), movedPortText(flow)?.replace('-', ':') ?? []].flat().join(', ');
  const closed = impact === undefined ? [] : [`${formPort(flow.port)}, if closed: ${impact}`];
  if (doubt !== undefined) return [`${port}: not documented: ${doubt}`];
  if (supplement === undefined) return [`${port}: ${purposeText(flow)}; "${section}"`, ...closed];
  const page = supplementReference === undefined ? '' : `; "${section}", ${supplementReference}`;
  return [`${port}: ${purposeText(flow)}; not in the document: ${supplement}${page}`, ...closed];
}

function documentLines(
  { key, title, edition, reference, checkedFor }: TracedDocument,
  flows: readonly TracedFlow[],
): string[] {
  const checked = flows
    .filter(
      ({ document, supplement, doubt }) => document.key === key && supplement === undefined && doubt === undefined,
    )
    .flatMap(({ versions }) => versionsText(checkedFor, versions) ?? []);
  return [
    `Document: ${title}, edition ${edition}, ${reference}`,
    ...new Set(checked.map((text) => `Versions: ${text}`)),
  ];
}

/** Renders the vendor's form for high availability, with its notes for the owner of the load balancer. */
function routingLines(request: RoutingRequest, areSeveralStacks: boolean): string[] {
  const { sources, virtualAddress, members, port, memberPort = port, flows = [], hostname } = request;
  const { sourceRemark, notes } = routingNotes(request);
  const stack = areSeveralStacks ? stackLine(flows) : [];
  return [
    ...(flows.length === 0 ? [] : ['Please open and route:', ...stack, ...reasons(flows)]).map(comment),
    ...(hostname === undefined || notes.length > 0 ? [] : [comment(`Hostname of the destination: ${hostname}`)]),
    sourceRemark === undefined ? 'SOURCE:' : `SOURCE (${sourceRemark}):`,
    ...sources.flatMap(formPeerLines),
    'DESTINATION:',
    ...formPeerLines(virtualAddress),
    formPort(port),
    '---',
    'ROUTING:',
    ...formPeerLines(members),
    `${memberPort.protocol}/${memberPort.numbers.replace('-', ':')}`,
    ...notes.map(comment),
  ];
}

function comment(text: string): string {
  return `# ${text}`;
}
