import type { Port } from '../model/port';
import { Protocol } from '../model/protocol';
import type { TracedFlow, TracedPeer } from '../model/traced-flow';
import { rangesText, peerText } from '../renderers/peer-text';
import { hostsOf, singleHosts, type HostsByName } from './check-hosts';
import { flowsFrom } from './check-role';

/** As many ports of a range are tried one by one; more would be a scan. */
const MOST_PORTS = 16;

/** One port of one host that somebody must be able to reach. */
export interface CheckedEndpoint {
  /** A name or an address. */
  readonly host: string;
  readonly port: number;
  /** What is asked for there, at least one. */
  readonly flows: readonly TracedFlow[];
}

/** A flow that this machine cannot try, and why. */
export interface NotCheckable {
  readonly flow: TracedFlow;
  readonly reason: string;
}

/** What is tried from a machine, and what cannot be. */
export interface CheckPlan {
  readonly endpoints: readonly CheckedEndpoint[];
  readonly notCheckable: readonly NotCheckable[];
}

/** Who checks, and where the machines of a destination are that has more than one address. */
export interface CheckPlanOptions {
  /** The id of the role that this machine plays. */
  readonly as: string;
  /**
   * Hosts by the label, or the id of the role, of their destination.
   * @default - only single addresses are tried
   */
  readonly hosts?: HostsByName;
  /** How errors name the call: `verify`. */
  readonly place: string;
}

/** Works out what a machine that plays a role can try. Nothing is ever tried but single addresses and the hosts given. */
export function checkPlan(flows: readonly TracedFlow[], { as, hosts = {}, place }: CheckPlanOptions): CheckPlan {
  const played = flowsFrom(flows, as, place);
  const given = hostsOf(played, hosts, place);
  const endpoints = new Map<string, { host: string; port: number; flows: TracedFlow[] }>();
  const notCheckable: NotCheckable[] = [];
  for (const flow of played) {
    const targets = given(flow) ?? singleHosts(flow.destination);
    const reason = whyNot(flow, targets);
    if (reason !== undefined) notCheckable.push({ flow, reason });
    if (flow.port.protocol !== Protocol.TCP || isLong(flow.port)) continue;
    for (const host of targets) {
      for (let port = flow.port.fromPort; port <= flow.port.toPort; port++) {
        const endpoint = endpoints.get(`${host} ${port}`) ?? { host, port, flows: [] };
        endpoint.flows.push(flow);
        endpoints.set(`${host} ${port}`, endpoint);
      }
    }
  }
  return { endpoints: [...endpoints.values()], notCheckable };
}

function whyNot({ port, destination }: TracedFlow, targets: readonly string[]): string | undefined {
  if (port.protocol !== Protocol.TCP) return 'UDP gives no answer that tells open from closed';
  if (isLong(port)) return `more than ${MOST_PORTS} ports are not tried one by one`;
  return targets.length > 0 ? undefined : `${whatIsKnown(destination)}: name its hosts`;
}

function whatIsKnown(peer: TracedPeer): string {
  const { ranges, references } = rangesText(peer);
  if (ranges.length + references.length === 0) return `the addresses of ${peerText(peer)} are not known`;
  return ranges.length === 0
    ? `the addresses of ${peerText(peer)} are known to Terraform alone`
    : `${ranges.map(String).join(', ')} is more than one address`;
}

function isLong({ fromPort, toPort }: Port): boolean {
  return toPort - fromPort >= MOST_PORTS;
}
