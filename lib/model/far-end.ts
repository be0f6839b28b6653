import { AddressFamily } from './address-family';
import { coverAll, rangesOf, sortedRanges } from './address-ranges';
import type { Cidr } from './cidr';
import type { CloudEnd } from './host-group';
import { refusal, shown } from './refusal';

/** A range whose value Terraform knows and we do not. */
export interface UnknownRange {
  readonly family: AddressFamily;
  /** Text with the framework's tokens in it. */
  readonly text: string;
  /** Whether it is the range of one address, which was given without a prefix length. */
  readonly isHost?: boolean;
  /** Whether it is a whole list of ranges, of which not even the number is known. */
  readonly isList?: boolean;
}

/** What a peer is made of, as the clouds read it. */
export interface FarEnd {
  /** Sorted, each once. */
  readonly ranges: readonly Cidr[];
  readonly unknownRanges: readonly UnknownRange[];
  readonly hostGroups: readonly CloudEnd[];
  /** Why the whole internet is among the ranges, per family for which it is. */
  readonly worldReasons: readonly WorldReason[];
}

/** A range that Terraform knows, by the expression that it refers to. */
export interface RangeReference extends UnknownRange {
  readonly expression: string;
  /** The path of the stack in which the expression has its meaning. */
  readonly owner: string;
}

/** A far end in a stack: what can be resolved there is. */
export interface ResolvedEnd extends Omit<FarEnd, 'unknownRanges'> {
  /** Sorted by expression, each once. */
  readonly references: readonly RangeReference[];
}

/** The user's reason for opening something to every address of a family. */
export interface WorldReason {
  readonly family: AddressFamily;
  readonly reason: string;
}

/** Puts the parts of a peer together, and refuses one that is empty, or the world without a reason. */
export function farEnd(place: string, parts: Partial<FarEnd>): FarEnd {
  const { unknownRanges = [], hostGroups = [], worldReasons = [] } = parts;
  const ranges = sortedRanges(parts.ranges ?? []);
  if (ranges.length + unknownRanges.length + hostGroups.length === 0) {
    throw refusal(place, 'at least one range or host group is needed', 'none');
  }
  const named = hostGroups.flatMap((group) => group._ranges ?? []);
  const union = named.length > 0 ? sortedRanges([...ranges, ...named]) : ranges;
  for (const [family, factory] of [
    [AddressFamily.IPV4, 'Peer.anyIpv4'],
    [AddressFamily.IPV6, 'Peer.anyIpv6'],
  ] as const) {
    const ofFamily = rangesOf(family, union);
    if (coverAll(family, ofFamily) && !worldReasons.some((reason) => reason.family === family)) {
      throw refusal(
        place,
        'opening to the whole internet needs a reason',
        shown(ofFamily.map(String)),
        `${factory}("why it is open")`,
      );
    }
  }
  return Object.freeze({
    ranges: Object.freeze(ranges),
    unknownRanges: Object.freeze([...unknownRanges]),
    hostGroups: Object.freeze([...new Set(hostGroups)]),
    worldReasons: Object.freeze([...worldReasons]),
  });
}
