import type * as Levenshtein from 'fastest-levenshtein';

/** The one of `names` that a person who typed `name` most likely meant, or nothing when none is close. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  // loaded here, because only errors need it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { closest, distance } = require('fastest-levenshtein') as typeof Levenshtein;
  const nearest = closest(name, names);
  // one letter at least must be right
  const most = Math.min(Math.max(2, nearest.length / 2), nearest.length - 1);
  return distance(name, nearest) <= most ? nearest : undefined;
}
