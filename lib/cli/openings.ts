import { type Cidr, parseCidr } from '../net';
import {
  ALL_INSTANCES_LABEL,
  isOnlyGroup,
  type ProvenanceJson,
  type TracedFlow,
  type TracedHostGroup,
  type TracedOpening,
  type TracedPeer,
} from '../provenance';
import type { UndocumentedTraffic } from '../traffic';

type End = UndocumentedTraffic['from'];

const PLAIN_RANGE = /^[\da-f.:]+\/\d+$/i;
const UNKNOWN = /^unknown:/;
const MACHINES = /^(?:(sg):|(?:tag|account|secure-tag):|all-instances$)/;

/** A stack, and its flows in the order of its provenance. */
interface StackOfFlows {
  readonly name: string;
  readonly flows: readonly TracedFlow[];
  readonly provenance: Pick<ProvenanceJson, 'flows'>;
}

/** Returns traffic that no row documents, with the machines of flows at its ends where they are the same. */
export function openingsOf(traffic: readonly UndocumentedTraffic[], stack: StackOfFlows): TracedOpening[] {
  const peers = peersByIndex(stack);
  return traffic.map(({ direction, port, from, to, rules, notKnown }) => ({
    stack: stack.name,
    direction,
    port,
    source: peerOf(from, stack.name, peers),
    destination: peerOf(to, stack.name, peers),
    isOpenToTheWorld: direction === 'ingress' && from.isWorld,
    rules,
    ...(notKnown !== undefined && { notKnown }),
  }));
}

function peersByIndex({ flows, provenance }: StackOfFlows): Map<number, TracedPeer> {
  return new Map(
    provenance.flows.flatMap(({ source, destination }, at) => [
      [source, flows[at].source] as const,
      [destination, flows[at].destination] as const,
    ]),
  );
}

function peerOf(end: End, stack: string, peers: ReadonlyMap<number, TracedPeer>): TracedPeer {
  const { name, network, machines } = end;
  const known = machines && peers.get(machines.peer);
  const group = known?.hostGroups[machines!.group];
  if (known !== undefined && group !== undefined) {
    return isOnlyGroup(known) ? known : { ...withoutFacts(stack, group.label), hostGroups: [group] };
  }
  if (PLAIN_RANGE.test(name)) return { ...withoutFacts(stack, name), ranges: rangesOf(name) };
  if (name.startsWith('unknown:')) return { ...withoutFacts(stack, name), references: [name.replace(UNKNOWN, '')] };
  const [isMachines, isOnAws] = MACHINES.exec(name) ?? [];
  if (isMachines === undefined) return withoutFacts(stack, name);
  const label = name === 'all-instances' ? ALL_INSTANCES_LABEL : name;
  const unnamed: TracedHostGroup = {
    cloud: isOnAws === undefined ? 'gcp' : 'aws',
    label,
    ...(network !== undefined && { network: networkTitle(network) }),
  };
  return { ...withoutFacts(stack, label), hostGroups: [unnamed] };
}

function withoutFacts(stack: string, label: string): TracedPeer {
  return { stack, label, ranges: [], references: [], hostGroups: [], external: false, openToTheWorld: [] };
}

function rangesOf(text: string): Cidr[] {
  return [parseCidr(text, 'a rule')];
}

/** Returns the network of a rule in the words of host groups: `network prod of project net-host`. */
function networkTitle(network: string): string {
  const [, project, name] = /^([\w.:-]+)\/([-a-z0-9]+)$/.exec(network) ?? [];
  return name === undefined ? network.replace(/^(?!policy )/, 'network ') : `network ${name} of project ${project}`;
}
