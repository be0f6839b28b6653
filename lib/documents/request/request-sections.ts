import { REQUEST_TEMPLATE } from '../../products/catalog';
import { ADDRESS_BITS, AddressFamily, type Port } from '../../net';
import type { TracedFlow, TracedPeer } from '../../provenance';
import { peerRanges, peerText } from '../peer-text';
import { flowNotes } from './flow-notes';
import type { RequestBlock, RoutingRequest } from './request-blocks';

type Part = (typeof REQUEST_TEMPLATE)[number];
type TemplateBlock = Part['blocks'][number];

const OTHER_REQUESTS = 'Other Port Access Requests';

/** The entries of a request below one heading, in the order of the vendor's form. */
export interface RequestSection {
  /** Absent if no document of the request has a form. */
  readonly heading?: string;
  /** At least one. */
  readonly entries: readonly RequestEntry[];
}

/** Ports to open, or connections to route. */
type RequestEntry =
  | { readonly kind: 'block'; readonly block: RequestBlock }
  | { readonly kind: 'routing'; readonly request: RoutingRequest };

/** Where an entry is in the forms. */
interface FormPlace {
  readonly part: number;
  /** The number of blocks if the form has no such block. */
  readonly block: number;
}

/** Arranges blocks and routing requests as the vendors' forms do. What no form has comes last. */
export function requestSections(blocks: readonly RequestBlock[], routing: readonly RoutingRequest[]): RequestSection[] {
  const entries: RequestEntry[] = [
    ...blocks.map((block) => ({ kind: 'block', block }) as const),
    ...routing.map((request) => ({ kind: 'routing', request }) as const),
  ];
  const placed = entries.map((entry) => ({ entry, place: placeOfFlows(flowsOfEntry(entry)) }));
  const sections = REQUEST_TEMPLATE.map(({ heading }, part) => ({
    heading,
    entries: placed
      .flatMap(({ entry, place }) => (place?.part === part ? [{ entry, block: place.block }] : []))
      .sort((a, b) => a.block - b.block)
      .map(({ entry }) => entry),
  })).filter((section) => section.entries.length > 0);
  const others = placed.filter(({ place }) => place === undefined).map(({ entry }) => entry);
  if (others.length === 0) return sections;
  return [...sections, { heading: sections.length > 0 ? OTHER_REQUESTS : undefined, entries: others }];
}

/** Returns the flows of an entry; none if a routing request does not give them. */
function flowsOfEntry(entry: RequestEntry): readonly TracedFlow[] {
  return entry.kind === 'block' ? entry.block.flows : (entry.request.flows ?? []);
}

/** What the vendor's form says about a block, and where the form differs from the tables. */
interface FormRemarks {
  /** What the form says above the block, and what the reader can do about it. */
  readonly above: readonly string[];
  /** The ports that the tables have and the form leaves out. */
  readonly leftOut: readonly string[];
  /** What a firewall needs to know and no port says. */
  readonly notes: readonly string[];
}

/** Returns what the vendor's form says about flows between two roles. `beside` are all flows of the request. */
export function formRemarks(flows: readonly TracedFlow[], beside: readonly TracedFlow[] = flows): FormRemarks {
  const found = flows.flatMap((flow) => {
    const block = templateBlock(flow);
    return block ? [{ flow, block }] : [];
  });
  return {
    above: [...new Set(found.flatMap(({ block }) => [block.remark ?? [], block.choice ?? []].flat()))],
    leftOut: [...new Set(found.flatMap(({ flow, block }) => leftOutPort(flow, block)))],
    notes: flowNotes(flows, beside),
  };
}

/** What the vendor's form says about a routing request. */
interface RoutingRemarks {
  /** What it says about the sources. */
  readonly sourceRemark?: string;
  /** What it tells the owner of the load balancer. */
  readonly notes: readonly string[];
}

/** Returns what the vendor's form says about a routing request. */
export function routingNotes({ flows = [], hostname, virtualAddress }: RoutingRequest): RoutingRemarks {
  const { sourceRemark, routing } = flows.map(templateBlock).find((block) => block?.routing !== undefined) ?? {};
  if (routing === undefined) return { notes: flowNotes(flows) };
  const { dnsNote, notes } = routing;
  const all = [...notes, ...flowNotes(flows)];
  if (hostname === undefined) return { sourceRemark, notes: [dnsNote, ...all] };
  return { sourceRemark, notes: [`${dnsNote}: ${hostname}`, dnsRecordText(hostname, virtualAddress), ...all] };
}

/** Returns the DNS record of a virtual address, as far as its IP addresses are known. */
function dnsRecordText(hostname: string, virtualAddress: TracedPeer): string {
  const addresses = peerRanges(virtualAddress).ranges.filter(
    ({ family, prefixLength }) => prefixLength === ADDRESS_BITS[family],
  );
  const records = addresses.map(
    (range) => `${range.family === AddressFamily.IPV4 ? 'A' : 'AAAA'} ${String(range).replace(/\/\d+$/, '')}`,
  );
  const target = records.length === 0 ? `for the IP address of ${peerText(virtualAddress)}` : records.join(', ');
  return `DNS record, for whoever manages the zone: ${hostname} ${target}`;
}

function leftOutPort(flow: TracedFlow, { ports }: TemplateBlock): string[] {
  const documented: Port = flow.documentedPort ?? flow.port;
  if (flow.supplement !== undefined || ports.includes(String(documented))) return [];
  return [`${String(documented)} is in the port table of the document and not in its request template; the table wins`];
}

/** Returns the first place of any of the flows. */
function placeOfFlows(flows: readonly TracedFlow[]): FormPlace | undefined {
  return flows
    .flatMap((flow) => placeOf(flow) ?? [])
    .sort((a, b) => a.part - b.part || a.block - b.block)
    .at(0);
}

/** A flow whose document must not be believed has no place in the form of that document. */
function placeOf(flow: TracedFlow): FormPlace | undefined {
  if (flow.notDocumented !== undefined) return undefined;
  const part = REQUEST_TEMPLATE.findIndex(({ tables }) => tables.includes(flow.document.key));
  if (part < 0) return undefined;
  const { blocks } = REQUEST_TEMPLATE[part];
  const block = blocks.findIndex((each) => isOf(flow, each));
  return { part, block: block < 0 ? blocks.length : block };
}

function templateBlock(flow: TracedFlow): TemplateBlock | undefined {
  const { part, block } = placeOf(flow) ?? {};
  return part === undefined || block === undefined ? undefined : REQUEST_TEMPLATE[part].blocks[block];
}

function isOf({ sourceRole, destinationRole }: TracedFlow, { sources, destination }: TemplateBlock): boolean {
  return sources.includes(sourceRole.id) && destination === destinationRole.id;
}
