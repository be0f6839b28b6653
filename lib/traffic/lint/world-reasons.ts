import type { AddressFamily } from '../../net';
import type { Rule } from '../rule';
import {
  boundsOf,
  parsePorts,
  parseRange,
  type Region,
  regionDifference,
  regionIntersection,
  regionOf,
  type Slab,
} from '../sets';
import type { Claim, Claims } from './claims';

/** What a rule allows in one family: with and without a reason in the provenance. */
interface Reasoned {
  readonly withReason: Region;
  readonly withoutReason: Region;
  readonly reasons: readonly string[];
}

/**
 * Splits what a rule allows into the part for which the provenance has a reason and the rest. The provenance is a claim: a reason
 * counts only for the ports and IP ranges that it was given for, so a rule that was widened by hand has none for the wider part.
 */
export function splitByReason(rule: Rule, slabs: readonly Slab[], family: AddressFamily, claims: Claims): Reasoned {
  const allowed = regionOf(slabs);
  const reasoned = claims.of(rule).filter((claim) => reasonIn(claim, family) !== undefined);
  if (reasoned.length === 0) return { withReason: [], withoutReason: allowed, reasons: [] };
  const given = regionOf(reasoned.flatMap((claim) => slabsOf(claim, family)));
  return {
    withReason: regionIntersection(allowed, given),
    withoutReason: regionDifference(allowed, given),
    reasons: [...new Set(reasoned.map((claim) => reasonIn(claim, family)!))],
  };
}

function reasonIn({ source }: Claim, family: AddressFamily): string | undefined {
  const prefix = `${family}: `;
  return source.openToTheWorld.find((text) => text.startsWith(prefix))?.slice(prefix.length);
}

function slabsOf({ flow, source }: Claim, family: AddressFamily): Slab[] {
  const ports = parsePorts(flow.port);
  if (ports === undefined) return [];
  const texts = [source, ...source.hostGroups.map(({ ipRanges }) => ipRanges)].flatMap((end) => end?.ranges ?? []);
  const ranges = texts
    .map(parseRange)
    .flatMap((range) => ('problem' in range || range.family !== family ? [] : range.bounds));
  return [{ from: ports[0], to: ports[1], addresses: boundsOf(ranges) }];
}
