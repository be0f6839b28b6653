import { addTo } from '../../input';
import type { AddressFamily } from '../../net';
import { ALL_INSTANCES, ANY_MACHINE, type Direction, type GroupName, type PeerName } from '../rule';
import {
  aligned,
  ALL_PORTS,
  atPorts,
  type Bounds,
  EMPTY,
  isSame,
  joined,
  type Region,
  regionDifference,
  regionIntersection,
  regionUnion,
  type Slab,
  WHOLE,
} from '../sets';
import { depthOf, hasBroaderNames, hasBroaderPairs, narrowestBroader, narrowestBroaderPeers } from './broader-names';

/** The two ends of packets: the machines of a group, and a far end in one address family. */
export interface Pair {
  readonly direction: Direction;
  /** The network that the names belong to; empty for security groups. */
  readonly network: string;
  readonly group: GroupName;
  readonly peer: PeerName;
  readonly family: AddressFamily;
}

/** How the permitted traffic of a pair differs from its base: what follows from the pairs with fewer names, or broader ones. */
export interface Cell extends Pair {
  /** At these ports, only these IP addresses are permitted, possibly none; at all other ports nothing differs. */
  readonly overrides: readonly Slab[];
}

/**
 * The traffic that a configuration permits: for every pair, a set of ports and IP addresses.
 *
 * A pair has a cell only if its traffic differs from its base, which is the traffic that follows from pairs with fewer names: from
 * all instances in place of a named group, from any machine in place of a named peer, from a wildcard in place of a hostname, and from
 * a wider range in place of machines. So two configurations that permit the same
 * traffic have the same cells, even if one of them mentions names that change nothing. Exact for machines that have at most one of
 * the names on each side.
 */
export class TrafficSet {
  /** Permits nothing. */
  public static readonly NONE = new TrafficSet([], false);

  private readonly byKey: ReadonlyMap<string, Cell>;
  private readonly found = new Map<string, Region>();
  private names?: CellNames;

  constructor(
    cells: Iterable<Cell>,
    /** Whether a network without egress rules allows all outbound traffic, as GCP does. */
    public readonly allowsEgressByDefault: boolean,
  ) {
    this.byKey = new Map(
      [...cells].filter(({ overrides }) => overrides.length > 0).map((cell) => [pairKey(cell), cell]),
    );
  }

  /** All cells, in no particular order. */
  public get cells(): readonly Cell[] {
    return [...this.byKey.values()];
  }

  /** The cell of exactly this pair, if it has one. */
  public cellAt(pair: Pair): Cell | undefined {
    return this.byKey.get(pairKey(pair));
  }

  /** Returns what is permitted between a pair at some ports. */
  public atPorts(pair: Pair, ports: Bounds): Region {
    const base = this.baseAtPorts(pair, ports);
    const cell = this.byKey.get(pairKey(pair));
    return cell ? overlaid(base, atPorts(cell.overrides, ports)) : base;
  }

  /** Returns what is permitted at some ports between a pair that has no cell. */
  public baseAtPorts(pair: Pair, ports: Bounds): Region {
    return this.baseFrom(pair, (other) => this.atPorts(other, ports)) ?? atPorts(this.impliedFor(pair), ports);
  }

  /** Returns everything that is permitted between a pair. */
  public at(pair: Pair): Region {
    const key = pairKey(pair);
    const found = this.found.get(key);
    if (found) return found;
    const base = this.baseOf(pair);
    const cell = this.byKey.get(key);
    const region = cell ? overlaid(base, cell.overrides) : base;
    if (pair.network !== '' || hasBroaderPairs(pair)) this.found.set(key, region);
    return region;
  }

  /** Returns what is permitted between a pair that has no cell: each of its two names changes something by itself. */
  public baseOf(pair: Pair): Region {
    return this.baseFrom(pair, (other) => this.at(other)) ?? this.impliedFor(pair);
  }

  /** Returns the base of a pair, from what is permitted between pairs with fewer names; nothing if the pair has no names. */
  private baseFrom(pair: Pair, at: (pair: Pair) => Region): Region | undefined {
    const { network, group, peer } = pair;
    if (hasBroaderPairs(pair)) return this.broaderPairs(pair).map(at).reduce(regionUnion, EMPTY);
    const isOneOfAll = network === '' || group === ALL_INSTANCES;
    if (peer === ANY_MACHINE) return isOneOfAll ? undefined : at({ ...pair, group: ALL_INSTANCES });
    const anyPeer = at({ ...pair, peer: ANY_MACHINE });
    if (isOneOfAll) return anyPeer;
    const common = at({ ...pair, group: ALL_INSTANCES, peer: ANY_MACHINE });
    const anyGroup = at({ ...pair, group: ALL_INSTANCES });
    const both = regionIntersection(regionIntersection(anyPeer, anyGroup), common);
    return regionUnion(both, regionDifference(regionUnion(anyPeer, anyGroup), common));
  }

  /** Returns the pairs that include a pair of hostnames or machines: those with the narrowest broader names that cells have. */
  private broaderPairs(pair: Pair): Pair[] {
    this.names ??= new CellNames(this.byKey.values());
    const groups = this.names.broaderGroups(pair.group);
    const hosts = this.names.broaderPeers(pair.peer);
    const peers: PeerName[] = hosts.length > 0 ? hosts : pair.peer === ANY_MACHINE ? [] : [ANY_MACHINE];
    return [...groups.map((group) => ({ ...pair, group })), ...peers.map((peer) => ({ ...pair, peer }))];
  }

  private impliedFor({ direction, network, family }: Pair): Region {
    if (direction === 'ingress' || network === '' || !this.allowsEgressByDefault) return EMPTY;
    const [from, to] = ALL_PORTS;
    return [{ from, to, addresses: WHOLE[family] }];
  }
}

/** How many of the two ends of a pair are selected by name: 0, 1 or 2. The base of a pair comes from pairs with fewer names. */
export function nameCount({ group, peer }: Pair): number {
  return (group === ALL_INSTANCES ? 0 : 1) + (peer === ANY_MACHINE ? 0 : 1);
}

/** Groups items by the number of names of their pair, and by how narrow these are, so that every pair comes after its base. */
export function byNameCount<T>(items: readonly T[], pairOf: (item: T) => Pair): T[][] {
  const levels = new Map<number, T[]>();
  for (const item of items) {
    const pair = pairOf(item);
    addTo(levels, hasBroaderPairs(pair) ? depthOf(pair.group) + depthOf(pair.peer) : nameCount(pair), item);
  }
  return [...levels].sort(([a], [b]) => a - b).map(([, level]) => level);
}

/** The names in cells that can be broader than a different name. */
class CellNames {
  private readonly groups = new Set<GroupName>();
  private readonly peers = new Set<PeerName>();
  private readonly ofGroups = new Map<GroupName, GroupName[]>();
  private readonly ofPeers = new Map<PeerName, PeerName[]>();

  constructor(cells: Iterable<Cell>) {
    for (const { group, peer } of cells) {
      if (hasBroaderNames(group)) this.groups.add(group);
      if (hasBroaderNames(peer)) this.peers.add(peer);
    }
  }

  /** Returns the narrowest machines that include those of a name, and more. */
  public broaderGroups(group: GroupName): GroupName[] {
    const found = this.ofGroups.get(group) ?? narrowestBroader(group, this.groups);
    this.ofGroups.set(group, found);
    return found;
  }

  /** Returns the narrowest hostnames that cover a hostname. */
  public broaderPeers(peer: PeerName): PeerName[] {
    const found = this.ofPeers.get(peer) ?? narrowestBroaderPeers(peer, this.peers);
    this.ofPeers.set(peer, found);
    return found;
  }
}

/** Identifies a pair as text. */
export function pairKey({ direction, network, group, peer, family }: Pair): string {
  return `${direction}|${network}|${group}|${peer}|${family}`;
}

/** Returns the ports at which a region differs from its base, with the IP addresses that the region has there. */
export function overridesOf(region: Region, base: Region): readonly Slab[] {
  if (base.length === 0) return region;
  const pieces = aligned(region, base).filter(({ first, second }) => !isSame(first, second));
  return touching(pieces.map(({ from, to, first }) => ({ from, to, addresses: first })));
}

function overlaid(base: Region, overrides: readonly Slab[]): Region {
  if (base.length === 0) return joined(overrides);
  // an override without IP addresses replaces the base too, so which ports are overridden is kept apart from the IP addresses
  const marks = overrides.map(({ from, to }) => ({ from, to, addresses: [0, 1] }));
  const covered = aligned(marks, base).filter(({ first }) => first.length === 0);
  const rest = covered.map(({ from, to, second }) => ({ from, to, addresses: second }));
  return joined([...rest, ...overrides].sort((a, b) => a.from - b.from));
}

/** Joins slabs that touch and have the same IP addresses; unlike `joined`, keeps empty slabs. */
function touching(slabs: readonly Slab[]): Slab[] {
  const result: Slab[] = [];
  for (const slab of slabs) {
    const last = result.at(-1);
    if (last?.to === slab.from && isSame(last.addresses, slab.addresses)) {
      result[result.length - 1] = { ...last, to: slab.to };
    } else {
      result.push(slab);
    }
  }
  return result;
}
