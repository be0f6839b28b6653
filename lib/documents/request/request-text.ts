import { oneLine } from '../../input';
import type { Port } from '../../net';
import { type TracedDocument, type TracedFlow, type TracedHostname, type TracedPeer } from '../../provenance';
import { purposeText } from '../peer-text';
import { formPeerLines } from './form-lines';
import { type RequestBlock, requestBlocks } from './request-blocks';
import { hostnameRequestLines } from './request-hostnames';

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
    ...formPeerLines(block.source),
    'DESTINATION:',
    ...formPeerLines(block.destination),
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

/** Returns what each port is for, and which document says so. */
function reasons(flows: readonly TracedFlow[]): string[] {
  const documents = new Map<string, TracedDocument>(flows.map(({ document }) => [document.key, document]));
  return [
    ...new Set(flows.map(purposeLine)),
    ...[...documents.values()].map(
      ({ title, edition, reference }) => `Document: ${title}, edition ${edition}, ${reference}`,
    ),
  ];
}

function purposeLine(flow: TracedFlow): string {
  const { port, supplement, section } = flow;
  const where = supplement === undefined ? `"${section}"` : `not in the document: ${supplement}`;
  return `${formPort(port)}: ${purposeText(flow)}; ${where}`;
}

/** Renders the vendor's form for high availability. */
function routingLines(request: RoutingRequest): string[] {
  const { sources, sourceRemark, virtualAddress, members, port, memberPort = port } = request;
  return [
    ...routingRemarks(request).map((remark) => `# ${remark}`),
    sourceRemark === undefined ? 'SOURCE:' : `SOURCE (${sourceRemark}):`,
    ...sources.flatMap(formPeerLines),
    'DESTINATION:',
    ...formPeerLines(virtualAddress),
    formPort(port),
    '---',
    'ROUTING:',
    ...formPeerLines(members),
    `${memberPort.protocol}/${memberPort.numbers.replace('-', ':')}`,
  ];
}

function routingRemarks({ flows = [], hostname }: RoutingRequest): string[] {
  return [
    ...(flows.length === 0 ? [] : ['Please open and route:', ...reasons(flows)]),
    ...(hostname === undefined ? [] : [`Hostname of the destination: ${hostname}`]),
  ];
}
