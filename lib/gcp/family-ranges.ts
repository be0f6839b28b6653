import type { Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import { rangeCondition } from '../framework/range-condition';
import { AddressFamily } from '../model/address-family';
import { coverAll, rangesOf } from '../model/address-ranges';
import type { ResolvedEnd } from '../model/far-end';

/** The families in the order of their rules; one rule cannot have ranges of both. */
export const FAMILY_NAMES = [AddressFamily.IPV4, AddressFamily.IPV6];

/** The ranges of one family as a rule lists them. */
export function familyRanges(
  family: AddressFamily,
  { ranges, references }: Pick<ResolvedEnd, 'ranges' | 'references'>,
): string[] {
  const unknown = references.filter((range) => range.family === family).map((range) => range.text);
  return [...rangesOf(family, ranges).map(String), ...unknown];
}

/** A list for a rule, or nothing: an empty list in a firewall rule means everyone. */
export function nonEmpty(values: readonly string[]): string[] | undefined {
  return values.length > 0 ? [...new Set(values)] : undefined;
}

/** Whether every address of a family is in the ranges. */
export function isWorld(family: AddressFamily, { ranges }: Pick<ResolvedEnd, 'ranges'>): boolean {
  return coverAll(family, rangesOf(family, ranges));
}

/** What Terraform must check of the ranges of one family that we do not know. */
export function familyPreconditions(
  family: AddressFamily,
  ends: readonly Pick<ResolvedEnd, 'references'>[],
  stack: Construct,
): Precondition[] {
  const unknown = ends.flatMap(({ references }) => references).filter((range) => range.family === family);
  return unknown.map((range) => rangeCondition(range, stack));
}
