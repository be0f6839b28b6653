import type { Construct } from 'constructs';
import { refusal, shown } from '../input';
import { AddressFamily, areWorldWide, type Cidr, rangesOf, sortedRanges } from '../net';
import type { SelectorJson } from '../provenance';
import type { Cloud } from './cloud';
import type { NetworkZone } from './network-zone';

/**
 * The far end of a flow as a firewall sees it: IP ranges, a prefix list, or a host group.
 *
 * Only this package creates peers: use `Peer`, `AwsPeer`, `AwsPrefixList`, or a host group.
 */
export interface IPeer {
  /** The name of this peer in errors and documents: `ops-vpn`, `10.50.0.0/24`, `network tag k8s-worker`. */
  readonly label: string;
  /** The IP ranges that are known at synthesis, in canonical form; for a host group those given as its `ipRanges`. */
  readonly ipRanges: string[];
  /** @internal */
  readonly _farEnd: FarEnd;
}

/** The parts of a peer, which the clouds turn into rules. */
export interface FarEnd {
  /** Sorted, without duplicates. */
  readonly ranges: readonly Cidr[];
  readonly unknownRanges: readonly UnknownRange[];
  readonly hostGroups: readonly CloudEnd[];
  /** The user's reason for each IP family whose ranges are most of the internet. */
  readonly worldReasons: readonly WorldReason[];
  /** The network zones of IP ranges, as the user gave them; those of host groups are in their facts. */
  readonly zones: readonly NetworkZone[];
}

/** A range that is known after apply. */
export interface UnknownRange {
  readonly family: AddressFamily;
  /** Text that contains tokens of the framework. */
  readonly text: string;
  /** Whether it is a single IP address, which was given without a prefix length. */
  readonly isHost?: boolean;
  /** Whether it is a list of ranges, whose length is unknown too. */
  readonly isList?: boolean;
}

/** The user's reason for opening something to most of the internet. */
export interface WorldReason {
  readonly family: AddressFamily;
  readonly reason: string;
}

/** A far end that only one cloud knows by name: a host group, a security group of another account, or a prefix list. */
export interface CloudEnd {
  readonly cloud: Cloud;
  readonly label: string;
  /**
   * The ranges behind the name, if they are known.
   * @internal
   */
  readonly _ranges?: readonly Cidr[];
  /** @internal */
  _labelIn(stack: Construct, place: string): string;
  /**
   * Returns facts about the machines, for documents.
   * @internal
   */
  _factsIn?(stack: Construct, place: string): MachineFacts;
  /**
   * Returns how rules select these machines. Absent if this library makes no rules for them.
   * @internal
   */
  _selectedBy?(stack: Construct, place: string): SelectorJson;
}

/** Facts about machines that appear in documents but are not part of rules. */
export interface MachineFacts {
  /** The network of the machines: `network prod of project net-host`. */
  readonly network?: string;
  /** The IP ranges that contain the addresses of the machines. */
  readonly ipRanges?: IPeer;
  /** The network zone of the machines. */
  readonly zone?: NetworkZone;
}

/** A far end whose tokens have been resolved in a stack. */
export interface ResolvedEnd extends Omit<FarEnd, 'unknownRanges'> {
  /** Sorted by expression, without duplicates. */
  readonly references: readonly RangeReference[];
}

/** A range that is known after apply, with its Terraform expression. */
export interface RangeReference extends UnknownRange {
  readonly expression: string;
  /** The path of the stack in which the expression is valid. */
  readonly owner: string;
}

/** Returns the far end with these parts. Throws if there are none, or if they are most of the internet without a reason. */
export function farEnd(place: string, parts: Partial<FarEnd>): FarEnd {
  const { unknownRanges = [], hostGroups = [], worldReasons = [], zones = [] } = parts;
  const ranges = sortedRanges(parts.ranges ?? []);
  if (ranges.length + unknownRanges.length + hostGroups.length === 0) {
    throw refusal(place, 'ranges-missing', 'at least one range or host group is needed', 'none');
  }
  const behindNames = hostGroups.flatMap((group) => group._ranges ?? []);
  checkWorld(place, behindNames.length > 0 ? sortedRanges([...ranges, ...behindNames]) : ranges, worldReasons);
  return Object.freeze({
    ranges: Object.freeze(ranges),
    unknownRanges: frozen(unknownRanges),
    hostGroups: frozen([...new Set(hostGroups)]),
    worldReasons: frozen(worldReasons),
    zones: frozen([...new Set(zones)].sort()),
  });
}

const NONE: readonly never[] = Object.freeze([]);

/** Returns the far end that is one host group or security group whose ranges are not known. */
export function groupEnd(group: CloudEnd): FarEnd {
  return Object.freeze({
    ranges: NONE,
    unknownRanges: NONE,
    hostGroups: Object.freeze([group]),
    worldReasons: NONE,
    zones: NONE,
  });
}

/** Returns a frozen copy of a list. Most peers lack most parts, so empty lists are one object. */
function frozen<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NONE : Object.freeze([...list]);
}

function checkWorld(place: string, ranges: readonly Cidr[], reasons: readonly WorldReason[]): void {
  for (const family of new Set(ranges.map((range) => range.family))) {
    const ofFamily = rangesOf(family, ranges);
    if (!areWorldWide(family, ofFamily) || reasons.some((reason) => reason.family === family)) continue;
    throw worldWithoutReason(place, family, ofFamily.map(String));
  }
}

/** Returns the error for opening a port to most of the internet without a reason. */
export function worldWithoutReason(place: string, family: AddressFamily, ranges: readonly string[]): Error {
  const need = 'opening to most of the internet needs a reason';
  const isAll = ranges.some((range) => range.endsWith('/0'));
  const fix = isAll ? WORLD[family] : wideCall(ranges);
  return refusal(place, 'world-without-reason', need, shown(ranges), fix);
}

const MOST_RANGES = 3;

/** Returns the call that creates a peer of ranges that are most of the internet. */
export function wideCall(ranges: readonly string[]): string {
  const listed = ranges.length > MOST_RANGES ? '...ranges' : ranges.map(shown).join(', ');
  return `Peer.wide("why it is open", ${listed})`;
}

/** The call that creates a peer of every IP address, for each family. */
export const WORLD: Readonly<Record<AddressFamily, string>> = {
  [AddressFamily.IPV4]: 'Peer.anyIpv4("why it is open")',
  [AddressFamily.IPV6]: 'Peer.anyIpv6("why it is open")',
};

/** Returns the IP ranges of a far end that are known at synthesis, in canonical form. */
export function ipRangesOf({ ranges }: Pick<FarEnd, 'ranges'>): string[] {
  return ranges.map(String);
}

/** Returns whether a value is a peer of this package. */
export function isPeer(value: unknown): value is IPeer {
  return typeof value === 'object' && value !== null && '_farEnd' in value;
}
