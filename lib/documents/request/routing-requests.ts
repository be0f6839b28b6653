import { addTo } from '../../input';
import type { TracedFlow, TracedPeer } from '../../provenance';
import { type AskedFlow, distinctPeers, peerKey, type RoutingRequest } from './request-blocks';

const TABLE = 'control-plane-vip@';
const VIRTUAL_ADDRESS = 'virtual-ip';
const ROUTED = 'routing';
const CONTROL_PLANE = 'control-plane';

/** Requested flows, separated into routing requests and all other flows. */
interface WithRouting {
  /** The flows without routing. */
  readonly flows: readonly AskedFlow[];
  readonly routing: readonly RoutingRequest[];
}

/** Separates the flows to a virtual address, for which the vendor's form has a routing block. `all` has the flows behind the address. */
export function routingRequests(requested: readonly AskedFlow[], all: readonly TracedFlow[]): WithRouting {
  const groups = new Map<string, AskedFlow[]>();
  for (const flow of requested.filter(isToVirtualAddress)) {
    const key = JSON.stringify([flow.stack, flow.constructPath, peerKey(flow.destination), String(flow.port)]);
    addTo(groups, key, flow);
  }
  const routing = [...groups.values()].flatMap((flows) => requestOf(flows, all) ?? []);
  const taken = new Set(routing.flatMap(({ flows }) => flows));
  return { flows: requested.filter((flow) => !taken.has(flow)), routing };
}

function isToVirtualAddress(flow: TracedFlow): boolean {
  return flow.external && isOfVirtualAddress(flow);
}

function isOfVirtualAddress({ document, destinationRole }: TracedFlow): boolean {
  return document.key.startsWith(TABLE) && destinationRole.id === VIRTUAL_ADDRESS;
}

/** Returns the load balancers that have the virtual address to which a flow goes; none for other flows. */
export function loadBalancersOf(flow: TracedFlow, all: readonly TracedFlow[]): TracedPeer[] {
  if (!isOfVirtualAddress(flow)) return [];
  return all.filter((other) => isRoutedFor(other, flow)).map(({ source }) => source);
}

function isRoutedFor(other: TracedFlow, { stack, constructPath }: TracedFlow): boolean {
  return other.stack === stack && other.constructPath === constructPath && other.row === ROUTED;
}

/** Returns nothing if the machines behind the address are not known. */
function requestOf(
  flows: readonly AskedFlow[],
  all: readonly TracedFlow[],
): (RoutingRequest & Required<Pick<RoutingRequest, 'flows'>>) | undefined {
  const [first] = flows;
  const { destination, port, hostname } = first;
  const routed = all.find((flow) => isRoutedFor(flow, first));
  const members = routed?.destination ?? flows.find(({ sourceRole }) => sourceRole.id === CONTROL_PLANE)?.source;
  if (!members) return undefined;
  const sources = distinctPeers(flows.map(({ source }) => source));
  return {
    sources,
    virtualAddress: destination,
    hostname,
    loadBalancer: routed && peerKey(routed.source) !== peerKey(destination) ? routed.source : undefined,
    members,
    port,
    memberPort: routed?.port,
    flows,
  };
}
