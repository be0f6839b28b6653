import { refusal } from '../input';
import { AddressFamily, areWorldWide, rangesOf } from '../net';
import { farEnd, type FarEnd } from './far-end';
import { readRanges } from './given-ranges';

/** Returns the far end of machines that are named by their IP ranges. Throws for ranges that are most of the internet. */
export function externalEnd(place: string, ranges: readonly string[]): FarEnd {
  const given = readRanges(place, ranges, AddressFamily.IPV4);
  const world = Object.values(AddressFamily).find((family) => areWorldWide(family, rangesOf(family, given.ranges)));
  if (world) {
    throw refusal(place, 'world-not-allowed', 'the ranges must be those of the machines', 'most of the internet');
  }
  return farEnd(place, given);
}
