import type { Construct } from 'constructs';
import type { Cidr } from '../model/cidr';
import { redundantRanges } from '../model/redundant-ranges';
import { warn } from './warn';

/** Redundant ranges are opened as they were given: they may be on their way in or out. */
export function warnOfRedundantRanges(scope: Construct, ranges: readonly Cidr[]): void {
  const redundant = redundantRanges(ranges);
  if (redundant.length === 0) return;
  const [{ range, within }] = redundant;
  const more = redundant.length > 1 ? ` and ${redundant.length - 1} more` : '';
  warn(scope, `ranges within other ranges open nothing more: ${String(range)} in ${String(within)}${more}`);
}
