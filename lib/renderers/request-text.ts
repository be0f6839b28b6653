import type { Port } from '../model/port';
import type { TracedDocument, TracedFlow, TracedPeer } from '../model/traced-flow';
import { placeholder } from '../model/terraform-text';
import type { TracedHostname } from '../model/traced-host';
import { oneLine } from './one-line';
import { addressTexts, peerName, purposeText, withoutAddresses } from './peer-text';
import { requestBlocks, type RequestBlock } from './request-blocks';
import { hostnameRequestLines } from './request-host-text';

/** Names that would read as a part of the form. */
const PART_OF_THE_FORM = /^\s*(?:#|---|(?:SOURCE|DESTINATION|ROUTING|ADDRESSES)\b|[\da-f.:]+\/)/i;

/** What is asked of the people who own a load balancer, beside the ports of the machines. */
export interface RoutingRequest {
  /** Who connects to the virtual address. */
  readonly sources: readonly TracedPeer[];
  /**
   * What the document says of them in its form.
   * @default - nothing
   */
  readonly sourceRemark?: string;
  readonly virtualAddress: TracedPeer;
  /** The name by which people know the virtual address. */
  readonly hostname?: string;
  /** The machines to which the connections are routed. */
  readonly members: TracedPeer;
  readonly port: Port;
  /**
   * The port of the machines.
   * @default - the same
   */
  readonly memberPort?: Port;
  /**
   * Why it is asked for.
   * @default - not said
   */
  readonly flows?: readonly TracedFlow[];
}

/** An access request in the vendor's own form, with names and ranges in the places of its placeholders. */
export function requestText(
  flows: readonly TracedFlow[],
  routing: readonly RoutingRequest[] = [],
  hosts: readonly TracedHostname[] = [],
): string {
  const blocks = [
    ...requestBlocks(flows).map(blockLines),
    ...routing.map(routingLines),
    ...hostnameRequestLines(hosts),
  ];
  if (blocks.length === 0) return '# Nothing is asked for.\n';
  return `${blocks.map((lines) => lines.map(oneLine).join('\n')).join('\n---\n')}\n`;
}

/** A port as the vendor's form has it: `6443/tcp`, `2379:2380/tcp`. */
export function formPort(port: Port): string {
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

/** What the form has no place for: who opens it, what each port is for, and where that is written. */
function remarks({ external, source, flows }: RequestBlock): string[] {
  return [
    external ? 'To be opened by you' : 'Already opened by us, for your information',
    ...source.openToTheWorld.map((reason) => `Open to the world, ${reason}`),
    ...reasons(flows),
  ];
}

/** What each port is for, and where that is written. */
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

/** The name, if there is one, and a line for each range. */
function peerLines(peer: TracedPeer): string[] {
  const name = peerName(peer);
  return [
    ...(name === undefined ? [] : [PART_OF_THE_FORM.test(name) ? JSON.stringify(name) : name]),
    ...addressTexts(peer).filter((address) => address !== name),
    ...withoutAddresses(peer).map((machines) => placeholder(`addresses of ${machines}`)),
  ];
}

/** The words of the vendor's form for high availability. */
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
    ...(flows.length === 0 ? [] : ['To be opened and routed by you', ...reasons(flows)]),
    ...(hostname === undefined ? [] : [`DNS name of the destination: ${hostname}`]),
  ];
}
