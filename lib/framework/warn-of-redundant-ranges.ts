import type { Construct } from 'constructs';
import type { Cidr } from '../model/cidr';
import { redundantRanges } from '../model/redundant-ranges';
import { Ledger } from './ledger';
import { warn } from './warn';

/** Redundant ranges are opened as they were given, because they may be on their way in or out; an app is told once. */
export function warnOfRedundantRanges(scope: Construct, ranges: readonly Cidr[]): void {
  const redundant = redundantRanges(ranges);
  if (redundant.length === 0) return;
  const [{ range, within }] = redundant;
  const more = redundant.length > 1 ? ` and ${redundant.length - 1} more` : '';
  const sentence = `ranges within other ranges open nothing more: ${String(range)} in ${String(within)}${more}`;
  if (Ledger.of(scope).isNew(sentence)) warn(scope, sentence);
}
