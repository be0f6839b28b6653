import type { AddressFamily } from '../model/address-family';
import { WHOLE } from './address-space';
import { isSame } from './bounds';
import { ALL_INSTANCES, ANY_MACHINE, type GroupName, type PeerName } from './names';
import { ALL_PORTS } from './port-space';
import {
  aligned,
  EMPTY,
  joined,
  regionDifference,
  regionIntersection,
  regionUnion,
  type Region,
  type Slab,
} from './region';
import type { Direction } from './rule';

/** Between whom packets pass: the machines of a group, and a far end in one family of addresses. */
export interface Pair {
  readonly direction: Direction;
  /** The network that names are names in; nothing for security groups. */
  readonly network: string;
  readonly group: GroupName;
  readonly peer: PeerName;
  readonly family: AddressFamily;
}

/** What passes between a pair where that is not what passes between everyone alike. */
export interface Cell extends Pair {
  /** At these ports these addresses and no others, which may be none; at all other ports what passes between everyone alike. */
  readonly overrides: readonly Slab[];
}

/**
 * What a configuration lets through: for every pair a set of ports and addresses.
 *
 * A pair that nothing is said about has what its machines have under less of their names. So two configurations that permit the
 * same have the same cells, whatever names they mention in vain. Exact for machines with at most one of the names on each side.
 */
export class PermittedTraffic {
  /** What nothing passes through. */
  public static readonly NONE = new PermittedTraffic([], false);

  private readonly byKey: ReadonlyMap<string, Cell>;
  private readonly found = new Map<string, Region>();

  constructor(
    cells: Iterable<Cell>,
    /** Whether a network that nothing is said about lets everything out, as GCP does. */
    public readonly letsOut: boolean,
  ) {
    this.byKey = new Map(
      [...cells].filter(({ overrides }) => overrides.length > 0).map((cell) => [pairKey(cell), cell]),
    );
  }

  /** The cells that say something, in no order. */
  public get cells(): readonly Cell[] {
    return [...this.byKey.values()];
  }

  /** What is said about just this pair. */
  public cellAt(pair: Pair): Cell | undefined {
    return this.byKey.get(pairKey(pair));
  }

  /** All that passes between a pair. */
  public at(pair: Pair): Region {
    const key = pairKey(pair);
    const found = this.found.get(key);
    if (found) return found;
    const base = this.baseOf(pair);
    const cell = this.byKey.get(key);
    const region = cell ? overlaid(base, cell.overrides) : base;
    if (pair.network !== '') this.found.set(key, region);
    return region;
  }

  /** What passes between a pair if nothing is said about just these two: what each name changes for itself. */
  public baseOf(pair: Pair): Region {
    const { network, group, peer } = pair;
    const isOneOfAll = network === '' || group === ALL_INSTANCES;
    if (peer === ANY_MACHINE) return isOneOfAll ? this.impliedFor(pair) : this.at({ ...pair, group: ALL_INSTANCES });
    const anyPeer = this.at({ ...pair, peer: ANY_MACHINE });
    if (isOneOfAll) return anyPeer;
    const common = this.at({ ...pair, group: ALL_INSTANCES, peer: ANY_MACHINE });
    const anyGroup = this.at({ ...pair, group: ALL_INSTANCES });
    const both = regionIntersection(regionIntersection(anyPeer, anyGroup), common);
    return regionUnion(both, regionDifference(regionUnion(anyPeer, anyGroup), common));
  }

  private impliedFor({ direction, network, family }: Pair): Region {
    if (direction === 'ingress' || network === '' || !this.letsOut) return EMPTY;
    const [from, to] = ALL_PORTS;
    return [{ from, to, addresses: WHOLE[family] }];
  }
}

/** Tells pairs apart. */
export function pairKey({ direction, network, group, peer, family }: Pair): string {
  return `${direction}|${network}|${group}|${peer}|${family}`;
}

/** Where a region is not like the base, and what is there. */
export function overridesOf(region: Region, base: Region): readonly Slab[] {
  if (base.length === 0) return region;
  const pieces = aligned(region, base).filter(({ first, second }) => !isSame(first, second));
  return touching(pieces.map(({ from, to, first }) => ({ from, to, addresses: first })));
}

function overlaid(base: Region, overrides: readonly Slab[]): Region {
  if (base.length === 0) return joined(overrides);
  // a slab without addresses has to win over the base too, so presence is marked apart from the addresses
  const marks = overrides.map(({ from, to }) => ({ from, to, addresses: [0, 1] }));
  const covered = aligned(marks, base).filter(({ first }) => first.length === 0);
  const rest = covered.map(({ from, to, second }) => ({ from, to, addresses: second }));
  return joined([...rest, ...overrides].sort((a, b) => a.from - b.from));
}

/** Joins slabs that touch and have the same addresses, none included. */
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
