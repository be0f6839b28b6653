import { type Cidr, parseCidr } from '../net';
import {
  ALL_INSTANCES_LABEL,
  isOnlyGroup,
  type ProvenanceJson,
  type TracedHostGroup,
  type TracedHostname,
  type TracedOpening,
  type TracedPeer,
  type TracedStack,
} from '../provenance';
import {
  type AwsPlace,
  type Configuration,
  isInProject,
  isPlacedId,
  knownPlace,
  networkInWords,
  placeInWords,
  readTerraform,
  type SelectedMachines,
  type UndocumentedTraffic,
  withProjects,
} from '../traffic';

type End = UndocumentedTraffic['from'];

const PLAIN_RANGE = /^[\da-f.:]+\/\d+$/i;
const UNKNOWN = /^unknown:/;
const MACHINES = /^(?:(?:sg|pods|tag|account|secure-tag):|all-instances$)/;
/** The clouds of machines by the kind of their name; all others are on GCP. */
const CLOUDS: Readonly<Record<string, string>> = { sg: 'aws', pods: 'kubernetes' };

/** A stack, and its peers in the order of its provenance. */
interface StackOfPeers {
  readonly name: string;
  readonly peers: readonly TracedPeer[];
  readonly networks: ProvidedNetworks;
}

/** The networks of a stack, with the projects of their providers. */
interface ProvidedNetworks {
  readonly ofRules: ReadonlySet<string>;
  /** The network of each host group of each peer in the provenance; absent for machines without one. */
  readonly ofMachines: readonly (readonly (string | undefined)[])[];
}

/** Where each host group of each peer in the provenance is on AWS; absent if nothing is known about it. */
export type MachinePlaces = readonly (readonly (PlacedMachines | undefined)[])[];

interface PlacedMachines {
  readonly place: AwsPlace;
  /** Whether the same id is also one in a different account or region. */
  readonly isInSeveral: boolean;
}

/** Returns where the machines in the provenance of each stack are on AWS, by file. */
export function machinePlaces({ places, selectedMachines, provenance }: Configuration): Map<string, MachinePlaces> {
  const placeOf = (machines: SelectedMachines | undefined): AwsPlace | undefined =>
    machines && (places?.get(machines.group) ?? machines.place);
  const all = [...(selectedMachines?.() ?? [])];
  const placesByLabel = new Map<string, Set<string>>();
  for (const [file, peers] of all) {
    peers.forEach((groups, at) =>
      groups.forEach((machines, index) => {
        const words = placeInWords(placeOf(machines) ?? {});
        const { label } = provenance.get(file)!.peers[at].hostGroups[index];
        if (words !== undefined) placesByLabel.set(label, (placesByLabel.get(label) ?? new Set()).add(words));
      }),
    );
  }
  const placed = (machines: SelectedMachines | undefined, label: string): PlacedMachines | undefined => {
    const place = placeOf(machines);
    const isInSeveral = (placesByLabel.get(label)?.size ?? 0) > 1;
    return place && { place, isInSeveral: isInSeveral || isPlacedId(machines!.group) };
  };
  return new Map(
    all.map(([file, peers]) => {
      const ofPeers = provenance.get(file)!.peers;
      return [
        file,
        peers.map((groups, at) => groups.map((one, index) => placed(one, ofPeers[at].hostGroups[index].label))),
      ];
    }),
  );
}

/** Returns the networks of a stack, with the projects of their providers; none if no provider names a project. */
export function providedNetworks({ providers }: TracedStack, json: unknown, file: string): ProvidedNetworks {
  const hasProject = (providers.google ?? []).some(({ project }) => project !== undefined);
  if (!hasProject) return { ofRules: new Set(), ofMachines: [] };
  const { rules, selectedMachines } = readTerraform(json, file);
  const selected = selectedMachines?.().get(file) ?? [];
  return {
    ofRules: new Set(rules.map(({ network }) => network)),
    ofMachines: selected.map((groups) => groups.map((group) => group?.network)),
  };
}

/** What tells machines apart that have the same name. */
interface KnownPlaces {
  readonly traffic: readonly UndocumentedTraffic[];
  readonly networks: ProvidedNetworks;
  readonly places: MachinePlaces;
}

/** The part of a provenance that refers to peers. */
type OfProvenance = Pick<ProvenanceJson, 'flows' | 'hostnames' | 'omitted' | 'omittedHostnames'>;

/**
 * Returns a stack whose machines are in networks with the project of their provider, and say the network in their label if traffic that no
 * row documents has the same name in a different one.
 */
export function withNetworks(
  stack: TracedStack,
  { flows, hostnames = [], omitted = [], omittedHostnames = [] }: OfProvenance,
  { traffic, networks, places }: KnownPlaces,
): TracedStack {
  const ends = traffic.flatMap(({ from, to }) => [from, to]);
  const shared = new Set(
    ends.flatMap(({ machines, isInSeveralNetworks, namesakes }) => [
      ...namesakes.map(({ peer }) => peer),
      ...(machines !== undefined && isInSeveralNetworks ? [machines.peer] : []),
    ]),
  );
  const placed = (peer: TracedPeer, at: number): TracedPeer => {
    const hostGroups = peer.hostGroups.map((group, index) => ({
      ...inProject(group, networks, networks.ofMachines[at]?.[index]),
      ...knownPlace(places[at]?.[index]?.place),
    }));
    if (!isOnlyGroup(peer) || peer.label.endsWith(')')) return { ...peer, hostGroups };
    const { place, isInSeveral = false } = places[at]?.[0] ?? {};
    const text = shared.has(at) ? hostGroups[0].network : isInSeveral ? place && placeInWords(place) : undefined;
    return { ...peer, hostGroups, ...(text !== undefined && { label: `${peer.label} (${text})` }) };
  };
  const peers = stack.peers.map(placed);
  const withEnds = <T extends object>(of: T, { source, destination }: { source: number; destination: number }): T => ({
    ...of,
    source: peers[source],
    destination: peers[destination],
  });
  const withClients = (hostname: TracedHostname, { clients }: { readonly clients?: number }): TracedHostname => ({
    ...hostname,
    clients: clients === undefined ? undefined : peers[clients],
  });
  return {
    ...stack,
    peers,
    flows: stack.flows.map((flow, at) => withEnds(flow, flows[at])),
    omitted: stack.omitted.map((omission, at) => withEnds(omission, omitted[at])),
    hostnames: stack.hostnames.map((hostname, at) => withClients(hostname, hostnames[at])),
    omittedHostnames: stack.omittedHostnames?.map((hostname, at) => withClients(hostname, omittedHostnames[at])),
  };
}

/** Returns machines whose network has the project of its provider, if that is known or rules have the network in only one project. */
function inProject(group: TracedHostGroup, { ofRules }: ProvidedNetworks, provided?: string): TracedHostGroup {
  const [, name] = /^network (\S+)$/.exec(group.network ?? '') ?? [];
  if (name === undefined) return group;
  const [network, ...others] =
    provided !== undefined && isInProject(provided, name) ? [provided] : withProjects(name, ofRules);
  return others.length > 0 ? group : { ...group, network: networkInWords(network) };
}

/** Returns traffic that no row documents, with the machines of the provenance at its ends where they are the same. */
export function openingsOf(traffic: readonly UndocumentedTraffic[], stack: StackOfPeers): TracedOpening[] {
  return traffic.map(({ direction, port, from, to, rules, notKnown, isWithoutPackets }) => ({
    stack: stack.name,
    direction,
    port,
    source: peerOf(from, stack),
    destination: peerOf(to, stack),
    isOpenToTheWorld: direction === 'ingress' && from.isWorld,
    rules,
    ...(notKnown !== undefined && { notKnown }),
    ...(isWithoutPackets && { isWithoutPackets }),
  }));
}

function peerOf(end: End, { name: stack, peers, networks }: StackOfPeers): TracedPeer {
  const { name, network, place, machines, isInSeveralNetworks } = end;
  const known = machines && peers[machines.peer];
  const group = known?.hostGroups[machines!.group];
  if (known !== undefined && group !== undefined) {
    return isOnlyGroup(known) ? known : { ...withoutFacts(stack, group.label), hostGroups: [group] };
  }
  if (PLAIN_RANGE.test(name)) return { ...withoutFacts(stack, name), ranges: rangesOf(name) };
  if (name.startsWith('unknown:')) return { ...withoutFacts(stack, name), references: [name.replace(UNKNOWN, '')] };
  if (!MACHINES.test(name)) return withoutFacts(stack, name);
  const own = name === 'all-instances' ? ALL_INSTANCES_LABEL : name;
  const unplaced = { cloud: CLOUDS[name.slice(0, name.indexOf(':'))] ?? 'gcp', label: own, ...knownPlace(place) };
  const unnamed: TracedHostGroup =
    network === undefined ? unplaced : inProject({ ...unplaced, network: networkInWords(network) }, networks);
  const label = isInSeveralNetworks ? `${own} (${unnamed.network})` : own;
  return { ...withoutFacts(stack, label), hostGroups: [unnamed] };
}

function withoutFacts(stack: string, label: string): TracedPeer {
  return { stack, label, ranges: [], references: [], hostGroups: [], external: false, openToTheWorld: [] };
}

function rangesOf(text: string): Cidr[] {
  return [parseCidr(text, 'a rule')];
}
