import { addTo, type NameIndex } from '../input';
import type { AddressFamily } from '../net';
import {
  ALL_INSTANCES_LABEL,
  allowedNames,
  groupNames,
  type HostGroupJson,
  type HostnameJson,
  type OmittedHostnameJson,
  isOnlyGroup,
  namesBehindFilter,
  peerName,
  peerNames,
  printedPeers,
  type ProvenanceJson,
  type RangesJson,
  referenceText,
  rulesOf,
  selectorName,
  type TracedHostGroup,
  type TracedPeer,
  isListInStack,
  isListOfRanges,
} from '../provenance';
import type { AwsPlace, Configuration, SelectedMachines } from './configuration';
import { FIREWALL_VPC, idIn, isFirewallVpc, namedPeers } from './read';
import {
  ALL_INSTANCES,
  ANY_MACHINE,
  type EndName,
  type GroupName,
  notAttachedReason,
  resourceAddress,
  type RulePeer,
} from './rule';
import { type Bounds, FAMILIES, NOTHING, parseRange, union, WHOLE } from './sets';
import { networkInWords, placeInWords, stackNetworks, withProjects } from './stack-networks';

type Addresses = Readonly<Record<AddressFamily, Bounds>>;

/** Machines, IP ranges, a prefix list or a hostname that users name: an end of packets. */
export interface NamedEnd {
  /** All its names. The first one identifies it in results. */
  readonly names: readonly string[];
  /** Those of its names that are the hostname of a virtual address, which other virtual addresses may have too. */
  readonly hostnames?: readonly string[];
  /** The names by which rules select the machines; empty for IP ranges and prefix lists. */
  readonly groups: readonly GroupName[];
  /** The IP ranges, prefix lists and hostnames that are not machines which rules select. */
  readonly ranges: readonly RulePeer[];
  /** The IP addresses of the machines that rules select, by the name of their group; a group has none if they are not known. */
  readonly addresses: ReadonlyMap<GroupName, Addresses>;
  /** The networks on GCP, as far as the provenance says it. */
  readonly networks: readonly string[];
  /** Whether its names mean the machines in its network, which is one of several if more are recorded, and no machines that have the same tag or account in a different one. */
  readonly isOfNetwork?: true;
  /** Whether the firewall team manages the firewall of these machines. */
  readonly isExternal: boolean;
  /** Whether they are Linux machines whose own firewall `host-rules` renders. */
  readonly hasHostFirewall?: true;
  /** How rules for hostnames select these machines: a filter names them by their IP ranges, or only itself. */
  readonly behindFilters: readonly SelectedMachines[];
}

/** An end that is not machines which rules select. */
export const NO_MACHINES = {
  groups: [],
  addresses: new Map<GroupName, Addresses>(),
  networks: [],
  isExternal: false,
  behindFilters: [],
} as const;

/**
 * Returns everything in a configuration that has a name: host groups, peers and hostnames of its provenance, with the names that outputs
 * print, and the names in its rules.
 */
export function namedEnds(configuration: Configuration): NamedEnd[] {
  const ends = new Map<string, NamedEnd>();
  const known = knownNames(configuration);
  const stacks = stacksIn(configuration, known);
  for (const name of known) addEnd(ends, [name, endOf(name, configuration)]);
  for (const stack of stacks) {
    stack.provenance.peers.forEach((peer, at) => {
      peer.hostGroups.forEach((_, index) => endsOfGroup(at, index, stack).forEach((end) => addEnd(ends, end)));
      endsOfPeer(at, stack).forEach((end) => addEnd(ends, end));
    });
    stack.provenance.hostnames?.forEach((_, at) => endsOfHostname(at, stack).forEach((end) => addEnd(ends, end)));
    stack.provenance.omittedHostnames?.forEach((omitted) => endsOfNames(omitted).forEach((end) => addEnd(ends, end)));
  }
  for (const name of known) endsInNetworks(name, { configuration, stacks }).forEach((end) => addEnd(ends, end));
  for (const [key, end] of endsOfUnknownRanges(stacks)) {
    // rules do not say the family of a range that is known after apply
    ends.set(key, { ...joined(ends.get(key) ?? end, end), ranges: end.ranges });
  }
  return [...ends.values()];
}

/** Returns the names of an end; those of a security group, such as its name on AWS, also with their kind. */
export function namesWithKind({ names, groups: [group] }: NamedEnd): string[] {
  if (!group?.startsWith('sg:')) return [...names];
  return [...new Set([...names, ...names.filter((name) => !name.startsWith('sg:')).map((name) => `sg:${name}`)])];
}

/** Returns the names that permitted traffic and a diff have for the machines of each hostname, by file and in the order of the provenance. */
export function machinesOfHostnames(configuration: Configuration): ReadonlyMap<string, readonly (readonly string[])[]> {
  return new Map(
    stacksIn(configuration, knownNames(configuration)).map(({ file, name, provenance, behindFilters }) => [
      file,
      (provenance.hostnames ?? []).map(({ through, external, clients }, at) => [
        ...new Set([
          ...behindFilters[at].flatMap(({ group }) => endOf(group, configuration).names),
          ...(external === true && clients === undefined ? requestNames(through, name) : []),
        ]),
      ]),
    ]),
  );
}

/**
 * Returns the ends that a name means: the only one that has it, or all virtual addresses that have it as their hostname, because a packet may
 * go to each of them. Throws if nothing has it, or if it is a name of several other ends.
 */
export function endsNamed(
  name: string,
  index: NameIndex<NamedEnd>,
  ...[place, errors]: [place: string, errors: Parameters<NameIndex<NamedEnd>['only']>[2]]
): NamedEnd[] {
  const all = index.all(name);
  return all.length > 1 && all.every(({ hostnames }) => hostnames?.includes(name))
    ? all
    : [index.only(name, place, errors)];
}

/** Returns the peers of the provenance of each stack, by file and in their order. */
export function endsOfPeers(configuration: Configuration): ReadonlyMap<string, readonly NamedEnd[]> {
  const stacks = stacksIn(configuration, knownNames(configuration));
  return new Map(
    stacks.map((stack) => [stack.file, stack.provenance.peers.map((_, at) => endsOfPeer(at, stack)[0][1])]),
  );
}

/** Some far ends of rules, and the networks on GCP that their names belong to; none if they have no such names. */
export interface FarEnds {
  readonly peers: readonly RulePeer[];
  readonly networks: readonly string[];
}

/** Returns the IP ranges and each host group of the peers of each stack as far ends, by file and in the order of the peers. */
export function farEndsOfPeers(configuration: Configuration): ReadonlyMap<string, readonly (readonly FarEnds[])[]> {
  const stacks = stacksIn(configuration, knownNames(configuration));
  return new Map(
    stacks.map((stack) => [
      stack.file,
      stack.provenance.peers.map((peer, at) => [
        { peers: rangesOf(peer, stack), networks: [] },
        ...peer.hostGroups.map((_, index) => {
          const [[, end]] = endsOfGroup(at, index, stack);
          return { peers: peersOfEnd(end), networks: end.networks };
        }),
      ]),
    ]),
  );
}

/** Returns an end as far ends of rules. */
export function peersOfEnd({ groups, ranges, addresses }: NamedEnd): RulePeer[] {
  const machines = groups.flatMap((group) =>
    FAMILIES.map((family): RulePeer => ({
      name: group === ALL_INSTANCES ? ANY_MACHINE : group,
      family,
      addresses: addresses.get(group)?.[family] ?? WHOLE[family],
    })),
  );
  return [...ranges, ...machines].filter((peer) => peer.addresses.length > 0);
}

/** Returns a hostname as an end, because it means the same whether rules name it or not; nothing for other text. */
export function hostEnd(text: string): NamedEnd | undefined {
  if (!text.startsWith('host:')) return undefined;
  return { ...NO_MACHINES, names: [text], ranges: namedPeers(text as EndName) };
}

/** Whether an end is a hostname. */
export function isHostname({ groups, ranges }: NamedEnd): boolean {
  return groups.length === 0 && ranges.length > 0 && ranges.every(({ name }) => name.startsWith('host:'));
}

/** A stack with provenance: what outputs print about it, and what rules have. */
interface NamedStack {
  readonly file: string;
  /** Absent if there is only one stack. */
  readonly name?: string;
  readonly provenance: ProvenanceJson;
  /** The peers of the provenance, as outputs print them. */
  readonly printed: readonly TracedPeer[];
  /** How rules select the machines of each host group of each peer. */
  readonly selected?: readonly (readonly (SelectedMachines | undefined)[])[];
  /** For each hostname the machines behind its filter; none if the firewall team manages the filter. */
  readonly behindFilters: readonly (readonly SelectedMachines[])[];
  /** The names in the rules of all stacks. */
  readonly known: ReadonlySet<GroupName>;
  /** The IP addresses of machines in their networks, as any of the stacks gives them. */
  readonly addresses: ReadonlyMap<string, Addresses>;
  /** Where the security groups and prefix lists of all stacks are. */
  readonly places: ReadonlyMap<string, AwsPlace>;
  /** The hostnames of virtual addresses, by the index of their peer. */
  readonly hostnamesOf: ReadonlyMap<number, readonly string[]>;
  /** The networks in the rules of the stack; those of all rules if it has none. */
  readonly networks: ReadonlySet<string>;
  /** Its name in its file; absent if the file does not say it. */
  readonly writtenName?: string;
  /** The names of the host groups that the stack creates: with its name in front, if there are several stacks. */
  readonly ownNames: ReadonlySet<string>;
}

function stacksIn(configuration: Configuration, known: ReadonlySet<GroupName>): NamedStack[] {
  const selected = configuration.selectedMachines?.();
  const addresses = new Map<string, Addresses>();
  const stacks = [...configuration.provenance].map(([file, provenance]): NamedStack => {
    const name = configuration.stackNames?.get(file);
    const printed = printedPeers(provenance, name);
    const writtenName = name ?? writtenStackName(configuration.stacks.get(file));
    return {
      file,
      name,
      provenance,
      printed,
      selected: selected?.get(file),
      behindFilters: (provenance.hostnames ?? []).map((hostname) => machinesBehind(hostname, file, configuration)),
      known,
      addresses,
      places: configuration.places ?? new Map<string, AwsPlace>(),
      hostnamesOf: hostnamesByPeer(provenance),
      networks: stackNetworks(file, configuration),
      writtenName,
      ownNames: new Set(
        writtenName === undefined ? [] : printed.flatMap((peer) => ownGroupNames(peer, writtenName, name)),
      ),
    };
  });
  for (const stack of stacks) addAddresses(addresses, stack);
  return stacks;
}

/** The same machines have the same IP addresses in every stack. */
function addAddresses(all: Map<string, Addresses>, stack: NamedStack): void {
  stack.provenance.peers.forEach(({ hostGroups }, at) =>
    hostGroups.forEach(({ ipRanges }, index) => {
      const machines = selectedIn(at, index, stack);
      if (machines === undefined || ipRanges === undefined || ipRanges.references.length > 0) return;
      const key = machinesKey(machines);
      all.set(key, joinedAddresses(all.get(key), addressesIn(ipRanges)));
    }),
  );
}

function writtenStackName(json: unknown): string | undefined {
  const metadata = (json as { '//'?: { metadata?: { stackName?: unknown } } } | undefined)?.['//']?.metadata;
  return typeof metadata?.stackName === 'string' ? metadata.stackName : undefined;
}

function hostnamesByPeer({ flows }: ProvenanceJson): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { destination, hostname } of flows) if (hostname !== undefined) addTo(found, destination, hostname);
  return found;
}

function ownGroupNames({ hostGroups }: TracedPeer, stack: string, prefix: string | undefined): string[] {
  const own = hostGroups.filter(({ owner }) => isCreatedBy(stack, owner));
  const names = own.flatMap((group) => groupNames(group, prefix));
  return prefix === undefined ? names : names.filter((name) => name.replace(/^\w+:/, '').startsWith(`${prefix}/`));
}

function isCreatedBy(stack: string, owner: string | undefined): boolean {
  return owner?.split('/').at(-1) === stack;
}

/** Leaves out names that mean machines that the stack creates, if these are machines of a different stack. */
function withoutOwnNames(
  names: readonly string[],
  { owner }: TracedHostGroup,
  { writtenName: stack, ownNames }: NamedStack,
): string[] {
  const isForeign = stack !== undefined && owner !== undefined && !isCreatedBy(stack, owner);
  return isForeign ? names.filter((name) => !ownNames.has(name)) : [...names];
}

/** Returns the machines of the rules that a stack has for a hostname. A plan has the rules of a stack in a different file. */
function machinesBehind(hostname: HostnameJson, file: string, { rules, stacks }: Configuration): SelectedMachines[] {
  const addresses = new Set(rulesOf(hostname));
  if (addresses.size === 0) return [];
  const own = rules.filter(
    (rule) => addresses.has(resourceAddress(rule)) && (rule.file === file || !stacks.has(rule.file)),
  );
  return distinct(own.flatMap(({ groups, network }) => groups.map((group) => ({ group, network }))));
}

type KeyedEnd = readonly [key: string, end: NamedEnd];

function addEnd(ends: Map<string, NamedEnd>, [key, end]: KeyedEnd): void {
  const other = ends.get(key);
  ends.set(key, other === undefined ? end : joined(other, end));
}

function knownNames({ rules, groups, isolatedPods = [] }: Configuration): Set<GroupName> {
  // a policy without rules isolates pods that nothing else may name
  const names = new Set<GroupName>([...groups.keys(), ...isolatedPods.map(({ group }) => group)]);
  for (const rule of rules) {
    rule.groups.forEach((group) => names.add(group));
    rule.peers.forEach(({ name }) => (name === ANY_MACHINE ? undefined : names.add(name)));
    if (rule.network !== '') names.add(ALL_INSTANCES);
  }
  return names;
}

/** Returns an end that only rules name. */
function endOf(name: GroupName, { groups, places }: Configuration): NamedEnd {
  if (name === ALL_INSTANCES) {
    return { ...NO_MACHINES, names: [name, ALL_INSTANCES_LABEL], groups: [name], ranges: [] };
  }
  const text = name.slice(name.indexOf(':') + 1);
  // outputs of one stack leave out the project of its provider
  const [, , gateway] = /^machines:([^/]+)\/([^/]+\/[^/]+)$/.exec(name) ?? [];
  const withoutProject = gateway === undefined ? [] : [`machines:${gateway}`, gateway];
  const vpc = isFirewallVpc(name) ? [FIREWALL_VPC] : [];
  const called = [...(groups.get(name) ?? []), ...idOf(name)];
  const own = withPlace([text, ...called], places?.get(name));
  const names = [name, ...withoutProject, ...vpc, ...own, ...(groups.has(name) ? [`${text}.id`] : [])];
  const isMachines = !/^(?:list|unknown|host):/.test(name);
  return {
    ...NO_MACHINES,
    names: [...new Set(names)],
    groups: isMachines ? [name] : [],
    ranges: isMachines ? [] : namedPeers(name),
  };
}

/** Returns the id in a name that has its account, region or provider in front. */
function idOf(name: EndName): string[] {
  const id = idIn(name);
  return id === undefined || id === name ? [] : [id.slice(id.indexOf(':') + 1)];
}

/** Adds names that say the account and the region, as far as they are known. */
function withPlace(names: readonly string[], place: AwsPlace | undefined): string[] {
  const words = place === undefined ? undefined : placeInWords(place);
  return words === undefined ? [...names] : [...names, ...names.map((name) => `${name} (${words})`)];
}

/** Returns machines that rules name in several networks once more for each of them, with the network in their labels. */
function endsInNetworks(
  name: GroupName,
  { configuration, stacks }: { readonly configuration: Configuration; readonly stacks: readonly NamedStack[] },
): KeyedEnd[] {
  const { names, groups, ranges } = endOf(name, configuration);
  if (groups.length === 0) return [];
  const networks = new Map<string, Set<string>>();
  const add = (network: string, texts: readonly string[]): unknown =>
    networks.set(network, new Set([...(networks.get(network) ?? []), ...texts]));
  for (const { network, groups: near, peers } of configuration.rules) {
    const isNamed = network !== '' && (near.includes(name) || peers.some((peer) => peer.name === name));
    if (isNamed && notAttachedReason(network) === undefined) add(network, names);
  }
  // the machines of a stack may be in a network in which it has no rules, such as behind a firewall that is disabled
  const ofMachines = new Set<string>();
  for (const { name: stack, provenance, printed, selected, networks: own } of stacks) {
    provenance.peers.forEach(({ hostGroups }, at) =>
      hostGroups.forEach((_, index) => {
        const { group, network = '' } = selected?.[at][index] ?? {};
        const [only, ...others] = network === '' ? [] : withProjects(network, own);
        if (group !== name || only === undefined || others.length > 0) return;
        add(only, groupNames(printed[at].hostGroups[index], undefined));
        ofMachines.add(`${stack}: ${only}`);
      }),
    );
  }
  if (networks.size < 2) return [];
  return [...networks].map(([network, labels]): KeyedEnd => {
    const titles = placesOf(network, stacks);
    const placed = [...labels].flatMap((label) => titles.map((title) => `${label} (${title})`));
    const prefixed = stacks.flatMap(({ name: stack, networks: own }) =>
      stack !== undefined && (own.has(network) || ofMachines.has(`${stack}: ${network}`))
        ? placed.map((one) => `${stack}/${one}`)
        : [],
    );
    const known = stacks.at(0)?.addresses.get(machinesKey({ name, networks: [network] }));
    const end = { ...NO_MACHINES, groups, ranges, names: [...placed, ...prefixed] };
    return [
      inNetworks(name, [network]),
      { ...end, addresses: new Map(known && [[name, known]]), networks: [network], isOfNetwork: true },
    ];
  });
}

/** Returns how outputs print a network: a name that means something only in its stack has no stack in front if only that is read. */
function placesOf(network: string, stacks: readonly NamedStack[]): string[] {
  const own = stacks.flatMap(({ name }) =>
    name !== undefined && network.startsWith(`${name}/`) ? [network.slice(name.length + 1)] : [],
  );
  return [...new Set([network, ...own].map(networkInWords))];
}

/**
 * Returns the end of a host group. Machines of a network are two ends, because their tag or account may also be in a different network: one
 * with the names that do not say the network, and one with those that do, as the name of the stack does.
 */
function endsOfGroup(at: number, index: number, stack: NamedStack): readonly KeyedEnd[] {
  const { selectedBy, ipRanges } = stack.provenance.peers[at].hostGroups[index];
  const group = stack.printed[at].hostGroups[index];
  const own = groupNames(group, undefined);
  const names = withoutOwnNames(groupNames(group, stack.name), group, stack);
  const ranges = ipRanges === undefined ? [] : rangesOf(ipRanges, stack);
  const machines = selectedIn(at, index, stack);
  if (selectedBy === undefined || machines === undefined) return [[group.label, { ...NO_MACHINES, names, ranges }]];
  const { name, networks } = machines;
  if (isListOfRanges(selectedBy.kind)) {
    const listed = ipRanges === undefined ? namedPeers(name as EndName) : ranges;
    return [[name, { ...NO_MACHINES, names: [...new Set([name, ...names])], ranges: listed }]];
  }
  const addresses = stack.addresses.get(machinesKey(machines));
  const end = {
    ...NO_MACHINES,
    groups: [name],
    ranges: [],
    addresses: new Map(addresses && [[name, addresses]]),
    networks,
  };
  if (networks.length === 0) {
    const located = withPlace(names, stack.places.get(name) ?? stack.selected?.[at][index]?.place);
    return [[name, { ...end, names: [...new Set([name, ...located])] }]];
  }
  const placed = names.filter((one) => !own.includes(one));
  const general: KeyedEnd = [name, { ...end, names: [...new Set([name, ...own])] }];
  return placed.length === 0
    ? [general]
    : [general, [inNetworks(name, networks), { ...end, names: placed, isOfNetwork: true }]];
}

/** The name that rules have for machines, and their networks. */
interface NamedMachines {
  readonly name: GroupName;
  readonly networks: readonly string[];
}

/** Returns what identifies machines in `addresses` of stacks. */
function machinesKey({ name, networks }: NamedMachines): string {
  return JSON.stringify([name, networks]);
}

/** Returns the machines of a host group; nothing if no rule selects them. */
function selectedIn(at: number, index: number, stack: NamedStack): NamedMachines | undefined {
  const { selectedBy } = stack.provenance.peers[at].hostGroups[index];
  if (selectedBy === undefined) return undefined;
  const selected = stack.selected?.[at][index];
  const name = selected?.group ?? nameInRules(selectorName(selectedBy) as GroupName, selectedBy.stack, stack);
  return { name, networks: selected?.ofPolicy ?? networksOf(selectedBy, selected, stack) };
}

/**
 * Returns the network of machines as rules have it, with the project of their provider if the code names none. It is one of several if rules
 * of the stack are in networks of one name in several projects, and none if it is not known.
 */
function networksOf(
  { network, project }: NonNullable<HostGroupJson['selectedBy']>,
  selected: SelectedMachines | undefined,
  { networks }: NamedStack,
): readonly string[] {
  const written = network === undefined || project === undefined ? network : `${project}/${network}`;
  const own = selected === undefined || selected.network === '' ? written : selected.network;
  return own === undefined ? [] : withProjects(own, networks);
}

function inNetworks(name: string, networks: readonly string[]): string {
  return `${name} on ${networks.join(' or ')}`;
}

/** Returns the end of a peer. One that is only a host group is the end of that, with its label as a further name. */
function endsOfPeer(at: number, stack: NamedStack): readonly [KeyedEnd, ...KeyedEnd[]] {
  const peer = stack.provenance.peers[at];
  const printed = stack.printed[at];
  const own = peerNames({ ...printed, stack: stack.name });
  const hostnames = hostnamesIn(own, at, stack);
  const names = [...own, ...hostnames];
  if (isOnlyGroup(peer)) {
    const [[key, end]] = endsOfGroup(at, 0, stack);
    const [group] = printed.hostGroups;
    const ofGroup = groupNames(group, stack.name);
    const placed = withoutOwnNames(names, group, stack).filter((name) => !ofGroup.includes(name));
    if (placed.length === 0) return [[key, end]];
    if (end.networks.length === 0) return [[key, { ...end, names: [...end.names, ...placed], hostnames }]];
    return [
      [inNetworks(end.groups[0], end.networks), { ...end, names: placed, hostnames, isOfNetwork: true }],
      [key, end],
    ];
  }
  const groups = peer.hostGroups.map((_, index) => endsOfGroup(at, index, stack)[0][1]);
  const clients = machinesOfClients(at, stack);
  const end = {
    names: [...new Set([...names, ...throughNames(names, clients)])],
    hostnames,
    groups: groups.flatMap((group) => group.groups),
    ranges: [...rangesOf(peer, stack), ...groups.flatMap((group) => group.ranges)],
    addresses: groups.map((group) => group.addresses).reduce(joinedByGroup, NO_MACHINES.addresses),
    networks: [...new Set(groups.flatMap((group) => group.networks))],
    isExternal: peer.external === true,
    ...(hasHostFirewall(at, stack) && { hasHostFirewall: true as const }),
    behindFilters: distinct(clients.flatMap(({ behind }) => behind)),
  };
  // the same ranges under one name are the same far end, in whichever stack; machines belong to their stack
  const isOfStack = end.isExternal || peer.references.length > 0;
  const key = JSON.stringify([peerName(printed), peer.ranges, end.groups, isOfStack ? stack.name : undefined]);
  return end.networks.length === 0 ? [[key, end]] : endsOfSeveralGroups([key, end], printed, stack);
}

const TO_VIRTUAL_ADDRESS = /^control-plane-vip@.*\/virtual-ip$/;
const ROUTED = /^control-plane-vip@.*\/routing$/;

/** Whether packets to a peer arrive at Linux machines whose own firewall the user manages: its own, or the load balancers of a virtual address. */
function hasHostFirewall(at: number, { provenance: { flows, peers } }: NamedStack): boolean {
  if (peers[at].hostFirewall === true) return true;
  const toPeer = flows.filter(({ destination, row }) => destination === at && TO_VIRTUAL_ADDRESS.test(row));
  const constructs = new Set(toPeer.map(({ construct }) => construct));
  return flows.some(
    ({ construct, row, source }) =>
      constructs.has(construct) && ROUTED.test(row) && peers[source].hostFirewall === true,
  );
}

/** Returns machines of a network once more with the names that say their stack: the same machines may be in a different network elsewhere. */
function endsOfSeveralGroups(
  [key, end]: KeyedEnd,
  printed: TracedPeer,
  { name }: NamedStack,
): [KeyedEnd, ...KeyedEnd[]] {
  if (name === undefined) return [[key, { ...end, isOfNetwork: true }]];
  const general = new Set(peerNames({ ...printed, stack: undefined }));
  const [names, placed] = [true, false].map((isGeneral) => end.names.filter((one) => general.has(one) === isGeneral));
  return [
    [key, { ...end, names }],
    [inNetworks(key, end.networks), { ...end, names: placed, isOfNetwork: true }],
  ];
}

/** Returns the ranges of peers that are known after apply, one by one, as outputs print them: `<var.office>`. */
function endsOfUnknownRanges(stacks: readonly NamedStack[]): Map<string, NamedEnd> {
  const ends = new Map<string, NamedEnd>();
  for (const stack of stacks) {
    const parts = stack.provenance.peers.flatMap((peer): RangesJson[] => [
      peer,
      ...peer.hostGroups.flatMap(({ ipRanges }) => ipRanges ?? []),
    ]);
    for (const { references, unknownRanges = [] } of parts) {
      for (const [at, one] of unknownRanges.entries()) {
        const [range] = rangesOf({ ranges: [], references: [], unknownRanges: [one] }, stack);
        const printed = [one.value, ...references.slice(at, at + 1)].map(referenceText);
        const names = [range.name, ...withStack(printed, stack.name)];
        const isKnown = stack.known.has(range.name as GroupName);
        const key = isKnown ? range.name : JSON.stringify(['range', range.name, stack.name]);
        addEnd(ends, [key, { ...NO_MACHINES, names: [...new Set(names)], ranges: [range] }]);
      }
    }
  }
  return ends;
}

/** Returns the names with the hostname of a virtual address, as outputs print it: as a name of its own, and below or after the label. */
function hostnamesIn(names: readonly string[], at: number, { hostnamesOf, name: stack }: NamedStack): string[] {
  return [...new Set(hostnamesOf.get(at))].flatMap((hostname) => [
    ...withStack([hostname], stack),
    ...names.map((name) => `${name}, ${hostname}`),
  ]);
}

/** A filter of hostnames, and how its rules select the machines behind it. */
interface BehindFilter {
  readonly through: string;
  readonly behind: readonly SelectedMachines[];
}

/** Returns the filters of the hostnames that are for a peer. */
function machinesOfClients(at: number, { provenance: { hostnames = [] }, behindFilters }: NamedStack): BehindFilter[] {
  return hostnames.flatMap(({ clients, through }, index) =>
    clients === at ? [{ through, behind: behindFilters[index] }] : [],
  );
}

/** Returns the names of clients as an access request prints them: with their filter. */
function throughNames(names: readonly string[], filters: readonly BehindFilter[]): string[] {
  return filters.flatMap(({ through }) => names.map((name) => `${name} through ${through}`));
}

/** Returns a hostname as its filter allows it, and as its document has it. */
function endsOfNames({ hostname, ports, filter }: OmittedHostnameJson): KeyedEnd[] {
  const allowed = ports.flatMap((port) => allowedNames(hostname, port, filter?.kind));
  return [...new Set([...allowed, hostname])].map((name): KeyedEnd => {
    const host: EndName = `host:${name}`;
    return [host, { ...NO_MACHINES, names: [host, name], ranges: namedPeers(host) }];
  });
}

/** Returns a hostname as outputs print it: as its filter allows it, and as its document has it; and the machines, if nobody named them. */
function endsOfHostname(at: number, stack: NamedStack): KeyedEnd[] {
  const hostname: HostnameJson = stack.provenance.hostnames![at];
  const { filter, through, clients } = hostname;
  const names = endsOfNames(hostname);
  if (clients !== undefined) return names;
  const isExternal = hostname.external === true;
  const others = filtersOf(through, stack);
  // rules that could not be read are those of the only filter
  const [behindFilters = []] =
    stack.behindFilters[at].length === 0 && others.length === 1 ? others : [stack.behindFilters[at]];
  const all = [
    ...withStack(namesBehindFilter(through, filter?.kind), stack.name),
    ...(isExternal ? requestNames(through, stack.name) : []),
  ];
  const machines = { ...NO_MACHINES, names: all, ranges: [], isExternal, behindFilters };
  return [...names, [JSON.stringify([through, behindFilters, stack.name]), machines]];
}

/** Returns how a diff calls the machines of a request without IP ranges. */
function requestNames(text: string, stack: string | undefined): EndName[] {
  return [`machines:${text}`, ...(stack === undefined ? [] : [`machines:${stack}/${text}` as const])];
}

/** Returns the machines behind a filter, as far as rules are read, where nobody named them. */
function filtersOf(
  through: string,
  { provenance: { hostnames = [] }, behindFilters }: NamedStack,
): (readonly SelectedMachines[])[] {
  const known = hostnames.flatMap((each, at) =>
    each.through === through && each.clients === undefined && behindFilters[at].length > 0 ? [behindFilters[at]] : [],
  );
  return [...new Map(known.map((machines) => [JSON.stringify(machines), machines])).values()];
}

function withStack(names: readonly string[], stack: string | undefined): string[] {
  return stack === undefined ? [...names] : [...names, ...names.map((name) => `${stack}/${name}`)];
}

/** Returns the name that rules have; with several stacks, a name that means something only in its stack has the stack in front. */
function nameInRules(name: GroupName, owner: string | undefined, { name: stack, known }: NamedStack): GroupName {
  if (stack === undefined || name === ALL_INSTANCES || known.has(name)) return name;
  const colon = name.indexOf(':') + 1;
  const qualified = [owner?.split('/').at(-1), stack]
    .filter((one) => one !== undefined)
    .map((one) => `${name.slice(0, colon)}${one}/${name.slice(colon)}` as EndName);
  // rules have the entries of a list in place of its name if the files have them
  const ofList = isListInStack(name) ? qualified.at(0) : undefined;
  return qualified.find((one) => known.has(one)) ?? ofList ?? name;
}

/** Returns ranges as far ends. One that is known after apply has the name that it has in the rules of a stack, if one is given. */
function rangesOf({ ranges, unknownRanges = [] }: RangesJson, stack?: NamedStack): RulePeer[] {
  const known = ranges.flatMap((text): RulePeer[] => {
    const range = parseRange(text);
    return 'problem' in range ? [] : [{ name: ANY_MACHINE, family: range.family, addresses: range.bounds }];
  });
  const unknown = unknownRanges.map(({ family, value, stack: owner }): RulePeer => {
    const name: EndName = `unknown:${/^\$\{([^{}]+)\}$/.exec(value)?.[1] ?? value}`;
    const own = stack === undefined ? name : (nameInRules(name, owner, stack) as EndName);
    return { name: own, family, addresses: WHOLE[family] };
  });
  return [...known, ...unknown];
}

function addressesIn(ranges: RangesJson): Addresses {
  const peers = rangesOf(ranges);
  const ofFamily = (family: AddressFamily): Bounds =>
    peers.filter((peer) => peer.family === family).reduce<Bounds>((all, peer) => union(all, peer.addresses), NOTHING);
  const [ipv4, ipv6] = FAMILIES.map(ofFamily);
  return { ipv4, ipv6 };
}

function joined(one: NamedEnd, other: NamedEnd): NamedEnd {
  return {
    ...one,
    names: [...new Set([...one.names, ...other.names])],
    hostnames: [...new Set([...(one.hostnames ?? []), ...(other.hostnames ?? [])])],
    addresses: joinedByGroup(one.addresses, other.addresses),
    networks: [...new Set([...one.networks, ...other.networks])],
    behindFilters: distinct([...one.behindFilters, ...other.behindFilters]),
  };
}

function joinedByGroup(one: NamedEnd['addresses'], other: NamedEnd['addresses']): NamedEnd['addresses'] {
  return new Map([
    ...one,
    ...[...other].map(([group, each]) => [group, joinedAddresses(one.get(group), each)] as const),
  ]);
}

/** The machines of a tag may be in several networks, each with its own IP ranges. */
function joinedAddresses(one: Addresses | undefined, other: Addresses): Addresses {
  if (one === undefined) return other;
  return { ipv4: union(one.ipv4, other.ipv4), ipv6: union(one.ipv6, other.ipv6) };
}

function distinct(machines: readonly SelectedMachines[]): SelectedMachines[] {
  return [...new Map(machines.map((each) => [JSON.stringify(each), each])).values()];
}
