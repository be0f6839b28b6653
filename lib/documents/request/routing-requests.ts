import { addTo } from '../../input';
import type { TracedFlow } from '../../provenance';
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

function isToVirtualAddress({ document, destinationRole, external }: TracedFlow): boolean {
  return external && document.key.startsWith(TABLE) && destinationRole.id === VIRTUAL_ADDRESS;
}

/** Returns nothing if the machines behind the address are not known. */
function requestOf(
  flows: readonly AskedFlow[],
  all: readonly TracedFlow[],
): (RoutingRequest & Required<Pick<RoutingRequest, 'flows'>>) | undefined {
  const [{ stack, constructPath, destination, port, hostname }] = flows;
  const routed = all.find(
    (flow) => flow.stack === stack && flow.constructPath === constructPath && flow.row === ROUTED,
  );
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
