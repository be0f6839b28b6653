import type { Construct } from 'constructs';
import { type ControlPlaneEndpoint, type IPeer, isControlPlaneEndpoint, isPeer } from '../access';
import { resolvedEnd, stackOf } from '../framework';
import { refusal, shown } from '../input';
import { Port } from '../net';

/** The machines that an endpoint of a control plane declares. */
type EndpointPart = 'controlPlane' | 'workers' | 'virtualAddress' | 'loadBalancer';

/** What the constructs of a table take from the endpoint of a control plane. */
export interface EndpointUse {
  /** The machines of roles, by the id of the role. */
  readonly roles: Readonly<Partial<Record<string, EndpointPart>>>;
  /** The rows that are open at the port of the endpoint. */
  readonly rows: readonly string[];
}

/** The port of an endpoint, and the rows that have it. */
export interface EndpointPort {
  readonly port: Port;
  readonly rows: readonly string[];
}

/** The prop of a construct that an endpoint may give too. */
interface RoleProp {
  readonly scope: Construct;
  readonly place: string;
  readonly prop: string;
  readonly part: EndpointPart;
}

/** Returns the port of an endpoint for rows. Throws unless the prop `endpoint` is one. */
export function endpointPort(
  endpoint: ControlPlaneEndpoint | undefined,
  rows: readonly string[],
  place: string,
): EndpointPort | undefined {
  checkEndpoint(endpoint, place);
  return endpoint === undefined ? undefined : { port: Port.tcp(endpoint.port), rows };
}

function checkEndpoint(endpoint: unknown, place: string): void {
  if (endpoint === undefined || isControlPlaneEndpoint(endpoint)) return;
  const need = 'endpoint must be the endpoint of a control plane';
  throw refusal(place, 'control-plane-endpoint-required', need, shown(endpoint), 'new ControlPlaneEndpoint({ ... })');
}

/** Returns the machines of a prop, which the endpoint gives if the construct does not. Throws if both give different machines. */
export function endpointMachines<T extends IPeer>(
  given: T | undefined,
  endpoint: ControlPlaneEndpoint | undefined,
  { scope, place, prop, part }: RoleProp,
): T | undefined {
  checkEndpoint(endpoint, place);
  const declared = endpoint?.[part] as T | undefined;
  if (given === undefined || declared === undefined) return given ?? declared;
  // the check of roles reports a value that is not a peer
  if (!isPeer(given) || identityOf(given, scope, place) === identityOf(declared, scope, place)) return given;
  const need = `${prop} must be the machines that the endpoint has, ${declared.label}`;
  throw refusal(place, 'endpoint-differs', need, given.label, `${prop} left out`);
}

/** Returns a key that is equal for the same machines, by whatever name. */
function identityOf(peer: IPeer, scope: Construct, place: string): string {
  const stack = stackOf(scope, place);
  const { ranges, hostGroups, references } = resolvedEnd(peer._farEnd, stack, place);
  return JSON.stringify([
    ranges.map(String),
    references.map(({ expression }) => expression),
    hostGroups.map((group) => group._selectedBy?.(stack, place) ?? [group.cloud, group._labelIn(stack, place)]),
  ]);
}
