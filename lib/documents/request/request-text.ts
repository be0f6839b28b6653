import type { Port } from '../../net';
import {
  placeholder,
  type TracedDocument,
  type TracedFlow,
  type TracedHostname,
  type TracedPeer,
} from '../../provenance';
import { groupsWithoutRanges, peerName, peerRangeTexts, purposeText } from '../peer-text';
import { documentsOf, movedPortText, versionsText } from '../source-text';
import { oneLine } from '../text';
import { type RequestBlock, requestBlocks } from './request-blocks';
import { hostnameRequestLines } from './request-hostnames';

/** Names that could be mistaken for a line of the form. */
const FORM_LINE = /^\s*(?:#|---|(?:SOURCE|DESTINATION|ROUTING|ADDRESSES)\b|[\da-f.:]+\/)/i;

/** A request to the team that owns a load balancer: route connections from a virtual address to machines. */
export interface RoutingRequest {
  /** The machines that connect to the virtual address. */
  readonly sources: readonly TracedPeer[];
  /**
   * What the document says about them in its form.
   * @default - nothing
   */
  readonly sourceRemark?: string;
  readonly virtualAddress: TracedPeer;
  /** The hostname of the virtual address. */
  readonly hostname?: string;
  /** The machines to which the connections are routed. */
  readonly members: TracedPeer;
  readonly port: Port;
  /**
   * The port of the machines.
   * @default - `port`
   */
  readonly memberPort?: Port;
  /**
   * The documented flows behind it, which give the reason.
   * @default - no reason is printed
   */
  readonly flows?: readonly TracedFlow[];
}

/** Renders an access request in the vendor's own form, with names and ranges in place of its placeholders. */
export function requestText(
  flows: readonly TracedFlow[],
  routing: readonly RoutingRequest[] = [],
  hostnames: readonly TracedHostname[] = [],
): string {
  const blocks = [
    ...requestBlocks(flows).map(blockLines),
    ...routing.map(routingLines),
    ...hostnameRequestLines(hostnames),
  ];
  if (blocks.length === 0) return '# Nothing to open.\n';
  return `${blocks.map((lines) => lines.map(oneLine).join('\n')).join('\n---\n')}\n`;
}

/** Returns a port as in the vendor's form: `6443/tcp`, `2379:2380/tcp`. */
function formPort(port: Port): string {
  return String(port).replace('-', ':');
}

function blockLines(block: RequestBlock): string[] {
  return [
    ...remarks(block).map((remark) => `# ${remark}`),
    'SOURCE:',
    ...peerLines(block.source),
    'DESTINATION:',
    ...peerLines(block.destination),
    ...new Set(block.flows.map(({ port }) => formPort(port))),
  ];
}

/** Returns the comments of a block: who opens the ports, and why. The form has no place for this. */
function remarks({ external, source, flows }: RequestBlock): string[] {
  return [
    external ? 'Please open:' : 'No action needed: the requesting team opens this',
    ...source.openToTheWorld.map((reason) => `Open to the world, ${reason}`),
    ...reasons(flows),
  ];
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

/** Returns the name, if there is one, and a line for each range. */
function peerLines(peer: TracedPeer): string[] {
  const name = peerName(peer);
  return [
    ...(name === undefined ? [] : [FORM_LINE.test(name) ? JSON.stringify(name) : name]),
    ...peerRangeTexts(peer).filter((range) => range !== name),
    ...groupsWithoutRanges(peer).map((machines) => placeholder(`IP ranges of ${machines}`)),
  ];
}

/** Renders the vendor's form for high availability. */
function routingLines(request: RoutingRequest): string[] {
  const { sources, sourceRemark, virtualAddress, members, port, memberPort = port } = request;
  return [
    ...routingRemarks(request).map((remark) => `# ${remark}`),
    sourceRemark === undefined ? 'SOURCE:' : `SOURCE (${sourceRemark}):`,
    ...sources.flatMap(peerLines),
    'DESTINATION:',
    ...peerLines(virtualAddress),
    formPort(port),
    '---',
    'ROUTING:',
    ...peerLines(members),
    `${memberPort.protocol}/${memberPort.numbers.replace('-', ':')}`,
  ];
}

function routingRemarks({ flows = [], hostname }: RoutingRequest): string[] {
  return [
    ...(flows.length === 0 ? [] : ['Please open and route:', ...reasons(flows)]),
    ...(hostname === undefined ? [] : [`Hostname of the destination: ${hostname}`]),
  ];
}
