import type { TracedFlow, TracedPeer } from '../model/traced-flow';
import { peerKey } from './request-blocks';
import type { RoutingRequest } from './request-text';

const TABLE = 'control-plane-vip@';
const VIRTUAL_ADDRESS = 'virtual-ip';
const ROUTED = 'routing';
const CONTROL_PLANE = 'control-plane';
/** What a form says of who may reach the address; later editions say nothing. */
const SOURCE_REMARKS: Readonly<Record<string, string>> = {
  [`${TABLE}2024-12`]: 'Only Kubernetes Cluster access to this address is required, there will be no external access',
};

/** Flows of which those to a virtual address that others own are asked for as routing. */
export interface WithRouting {
  /** What has a block of its own. */
  readonly others: readonly TracedFlow[];
  readonly routing: readonly RoutingRequest[];
}

/** Takes what the vendor's form asks for as the routing of a virtual address out of requested flows; `all` has the rest of it. */
export function routingRequests(requested: readonly TracedFlow[], all: readonly TracedFlow[]): WithRouting {
  const groups = new Map<string, TracedFlow[]>();
  for (const flow of requested.filter(isToVirtualAddress)) {
    const key = JSON.stringify([flow.stack, flow.constructPath, peerKey(flow.destination), String(flow.port)]);
    groups.set(key, [...(groups.get(key) ?? []), flow]);
  }
  const routing = [...groups.values()].flatMap((flows) => requestOf(flows, all) ?? []);
  const taken = new Set(routing.flatMap(({ flows }) => flows));
  return { others: requested.filter((flow) => !taken.has(flow)), routing };
}

function isToVirtualAddress({ document, destinationRole, external }: TracedFlow): boolean {
  return external && document.key.startsWith(TABLE) && destinationRole.id === VIRTUAL_ADDRESS;
}

/** Nothing where nobody says which machines are behind the address. */
function requestOf(
  flows: readonly TracedFlow[],
  all: readonly TracedFlow[],
): (RoutingRequest & Required<Pick<RoutingRequest, 'flows'>>) | undefined {
  const [{ stack, constructPath, document, destination, port, hostname }] = flows;
  const routed = all.find(
    (flow) => flow.stack === stack && flow.constructPath === constructPath && flow.row === ROUTED,
  );
  const members = routed?.destination ?? flows.find(({ sourceRole }) => sourceRole.id === CONTROL_PLANE)?.source;
  if (!members) return undefined;
  const sources = distinct(flows.map(({ source }) => source));
  const sourceRemark = SOURCE_REMARKS[document.key];
  return {
    sources,
    sourceRemark,
    virtualAddress: destination,
    hostname,
    members,
    port,
    memberPort: routed?.port,
    flows,
  };
}

function distinct(peers: readonly TracedPeer[]): TracedPeer[] {
  return [...new Map(peers.map((peer) => [peerKey(peer), peer])).values()];
}
