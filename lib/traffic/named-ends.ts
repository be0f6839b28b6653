import type { AddressFamily } from '../net';
import { type HostGroupJson, machineNames, type PeerJson, type RangesJson, selectorName } from '../provenance';
import type { Configuration } from './configuration';
import { namedPeers } from './read';
import { ALL_INSTANCES, ANY_MACHINE, type EndName, type GroupName, type RulePeer } from './rule';
import { type Bounds, FAMILIES, NOTHING, parseRange, union, WHOLE } from './sets';

type Addresses = Readonly<Record<AddressFamily, Bounds>>;

/** Machines, IP ranges or a prefix list that users name: an end of packets. */
export interface NamedEnd {
  /** All its names. The first one identifies it in results. */
  readonly names: readonly string[];
  /** The names by which rules select the machines; empty for IP ranges and prefix lists. */
  readonly groups: readonly GroupName[];
  /** The IP ranges and prefix lists that are not machines which rules select. */
  readonly ranges: readonly RulePeer[];
  /** The IP addresses of the machines that rules select; absent if they are not known. */
  readonly addresses?: Addresses;
  /** The network on GCP, as far as the provenance says it. */
  readonly network?: string;
  /** Whether the firewall team manages the firewall of these machines. */
  readonly isExternal: boolean;
}

/** Returns everything in a configuration that has a name: host groups and peers of its provenance, and the names in its rules. */
export function namedEnds(configuration: Configuration): NamedEnd[] {
  const ends = new Map<string, NamedEnd>();
  const known = knownNames(configuration);
  const add = (key: string, end: NamedEnd): void => {
    const other = ends.get(key);
    ends.set(key, other === undefined ? end : joined(other, end));
  };
  for (const name of known) add(name, endOf(name, configuration));
  for (const [file, { peers }] of configuration.provenance) {
    const place = { stack: configuration.stackNames?.get(file), known };
    for (const peer of peers) {
      for (const group of peer.hostGroups) add(...endOfGroup(group, place));
      add(...endOfPeer(peer, place));
    }
  }
  return [...ends.values()];
}

/** Returns the peers of the provenance of each stack, by file and in their order. */
export function endsOfPeers(configuration: Configuration): ReadonlyMap<string, readonly NamedEnd[]> {
  const known = knownNames(configuration);
  return new Map(
    [...configuration.provenance].map(([file, { peers }]) => {
      const place = { stack: configuration.stackNames?.get(file), known };
      return [file, peers.map((peer) => endOfPeer(peer, place)[1])];
    }),
  );
}

/** Returns an end as far ends of rules. */
export function peersOfEnd({ groups, ranges, addresses }: NamedEnd): RulePeer[] {
  const machines = groups.flatMap((group) =>
    FAMILIES.map((family): RulePeer => ({
      name: group === ALL_INSTANCES ? ANY_MACHINE : group,
      family,
      addresses: addresses?.[family] ?? WHOLE[family],
    })),
  );
  return [...ranges, ...machines].filter((peer) => peer.addresses.length > 0);
}

/** Returns a hostname as an end, because it means the same whether rules name it or not; nothing for other text. */
export function hostEnd(text: string): NamedEnd | undefined {
  if (!text.startsWith('host:')) return undefined;
  return { names: [text], groups: [], ranges: namedPeers(text as EndName), isExternal: false };
}

/** The stack of a peer, and the names in rules. */
interface PlaceOfPeer {
  /** Absent if there is only one stack. */
  readonly stack?: string;
  readonly known: ReadonlySet<GroupName>;
}

function knownNames({ rules, groups }: Configuration): Set<GroupName> {
  const names = new Set<GroupName>(groups.keys());
  for (const rule of rules) {
    rule.groups.forEach((group) => names.add(group));
    rule.peers.forEach(({ name }) => (name === ANY_MACHINE ? undefined : names.add(name)));
    if (rule.network !== '') names.add(ALL_INSTANCES);
  }
  return names;
}

/** Returns an end that only rules name. */
function endOf(name: GroupName, { groups }: Configuration): NamedEnd {
  if (name === ALL_INSTANCES) return { names: [name], groups: [name], ranges: [], isExternal: false };
  const text = name.slice(name.indexOf(':') + 1);
  const names = [name, text, ...(groups.has(name) ? [`${text}.id`, ...groups.get(name)!] : [])];
  const isMachines = !/^(?:list|unknown|host):/.test(name);
  return {
    names: [...new Set(names)],
    groups: isMachines ? [name] : [],
    ranges: isMachines ? [] : namedPeers(name),
    isExternal: false,
  };
}

function endOfGroup({ label, selectedBy, ipRanges }: HostGroupJson, place: PlaceOfPeer): [string, NamedEnd] {
  const names = inStack(machineNames(label, selectedBy), place);
  if (selectedBy === undefined) return [label, { names, groups: [], ranges: [], isExternal: false }];
  const name = nameInRules(selectorName(selectedBy) as GroupName, selectedBy.stack, place);
  if (selectedBy.kind === 'prefix-list') {
    const ranges = ipRanges === undefined ? namedPeers(name as EndName) : rangesOf(ipRanges);
    return [name, { names: [name, ...names], groups: [], ranges, isExternal: false }];
  }
  const { network, project } = selectedBy;
  return [
    name,
    {
      names: [...new Set([name, ...names])],
      groups: [name],
      ranges: [],
      addresses: ipRanges === undefined || ipRanges.references.length > 0 ? undefined : addressesIn(ipRanges),
      network: network === undefined || project === undefined ? network : `${project}/${network}`,
      isExternal: false,
    },
  ];
}

/** Returns the end of a peer, which is that of its host group if it is nothing else. */
function endOfPeer(peer: PeerJson, place: PlaceOfPeer): [string, NamedEnd] {
  const [only] = peer.hostGroups;
  if (peer.hostGroups.length === 1 && peer.ranges.length + peer.references.length === 0) return endOfGroup(only, place);
  const groups = peer.hostGroups.map((group) => endOfGroup(group, place)[1]);
  const end = {
    names: inStack(machineNames(peer.label, undefined), place),
    groups: groups.flatMap((group) => group.groups),
    ranges: [...rangesOf(peer), ...groups.flatMap((group) => group.ranges)],
    isExternal: peer.external === true,
  };
  // the same ranges under one name are the same far end, in whichever stack; machines belong to their stack
  const isOfStack = end.isExternal || peer.references.length > 0;
  return [JSON.stringify([peer.label, peer.ranges, end.groups, isOfStack ? place.stack : undefined]), end];
}

/** Returns names, and the same names with their stack. */
function inStack(names: readonly string[], { stack }: PlaceOfPeer): string[] {
  return stack === undefined ? [...names] : [...names, ...names.map((name) => `${stack}/${name}`)];
}

/** Returns the name that rules have; with several stacks, a name that means something only in its stack has the stack in front. */
function nameInRules(name: GroupName, owner: string | undefined, { stack, known }: PlaceOfPeer): GroupName {
  if (stack === undefined || name === ALL_INSTANCES || known.has(name)) return name;
  const colon = name.indexOf(':') + 1;
  const qualified = [owner?.split('/').at(-1), stack]
    .filter((one) => one !== undefined)
    .map((one) => `${name.slice(0, colon)}${one}/${name.slice(colon)}` as EndName);
  return qualified.find((one) => known.has(one)) ?? name;
}

function rangesOf({ ranges, unknownRanges = [] }: RangesJson): RulePeer[] {
  const known = ranges.flatMap((text): RulePeer[] => {
    const range = parseRange(text);
    return 'problem' in range ? [] : [{ name: ANY_MACHINE, family: range.family, addresses: range.bounds }];
  });
  const unknown = unknownRanges.map(({ family, value }): RulePeer => ({
    name: `unknown:${/^\$\{([^{}]+)\}$/.exec(value)?.[1] ?? value}`,
    family,
    addresses: WHOLE[family],
  }));
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
    addresses: one.addresses ?? other.addresses,
    network: one.network ?? other.network,
  };
}
