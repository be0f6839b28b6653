import type { Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import { Cloud, type CloudEnd, type Flow, type FlowGroup, isOfFamily, type ResolvedEnd } from '../../access';
import { rangePrecondition, resolvedEnd } from '../../framework';
import { refusal, shown } from '../../input';
import { AddressFamily, areWorldWide, FAMILY_NAMES, rangesOf } from '../../net';

/** The IP families in the order of their rules. A rule cannot have ranges of both. */
export const RULE_FAMILIES = [AddressFamily.IPV4, AddressFamily.IPV6];

/** Returns the flows that are for packets of a family. */
export function flowsIn(family: AddressFamily, flows: readonly Flow[]): Flow[] {
  return flows.filter((flow) => isOfFamily(flow, family));
}

/** Throws if one rule would open a row to machines that are selected in both families, and to ranges of a family that it is not for. */
export function checkOneFamily(family: AddressFamily, flows: readonly Flow[], place: string): void {
  const other = flows.find(({ row }) => row.family !== undefined && row.family !== family);
  if (other === undefined) return;
  const { row } = other;
  const need = `row ${row.name} is only for ${FAMILY_NAMES[row.family!]}, and a firewall rule has its tags and its ${FAMILY_NAMES[family]} ranges for the same ports`;
  throw refusal(place, 'family-not-separate', need, 'a source with both', `omit: [${shown(row.name)}]`);
}

/** Returns the IP ranges of the destination, because an EGRESS rule cannot select its destination by tag or account. */
export function destinationEnds({ destinations, place }: FlowGroup, stack: Construct): ResolvedEnd[] {
  const ends = destinations.map(({ end }) => end);
  const ofGroups = ends
    .flatMap((end) => end.hostGroups)
    .map((group) => {
      const ranges = group.cloud === Cloud.GCP ? group._factsIn?.(stack, place).ipRanges : undefined;
      if (ranges !== undefined) return resolvedEnd(ranges._farEnd, stack, place);
      const need = 'an EGRESS rule needs the IP ranges of its destination';
      throw refusal(
        place,
        'far-end-without-ranges',
        need,
        group.label,
        `${callFor(group)}, { ipRanges: Peer.cidr(...) })`,
      );
    });
  return [...ends, ...ofGroups];
}

/** Returns the beginning of the call that makes a host group of the same kind. */
function callFor({ label }: CloudEnd): string {
  if (label.startsWith('service account ')) return 'serviceAccount(email';
  return label.startsWith('secure tag ') ? 'secureTag(tagValue' : 'networkTag(tag';
}

/** Returns the ranges of one family in the form of rules. */
export function familyRanges(family: AddressFamily, { ranges, references }: ResolvedEnd): string[] {
  const known = rangesOf(family, ranges).map(String);
  if (references.length === 0) return known; // most ends
  return [...known, ...references.filter((range) => range.family === family).map((range) => range.text)];
}

/** Returns values without duplicates. Returns nothing for an empty list, because that would mean everyone in a firewall rule. */
export function nonEmpty(values: readonly string[]): string[] | undefined {
  return values.length > 0 ? [...new Set(values)] : undefined;
}

/** Whether ranges of one family are most of the internet. */
export function isWorld(family: AddressFamily, { ranges }: ResolvedEnd): boolean {
  return areWorldWide(family, rangesOf(family, ranges));
}

/** Returns the preconditions for the ranges of one family that are known after apply. */
export function familyPreconditions(
  family: AddressFamily,
  ends: readonly ResolvedEnd[],
  stack: Construct,
): Precondition[] {
  const unknown = ends.flatMap(({ references }) => references).filter((range) => range.family === family);
  return unknown.map((range) => rangePrecondition(range, stack));
}
