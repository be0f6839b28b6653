import { FAMILIES } from './address-space';
import type { Finding } from './finding';
import type { Rule } from './rule';

/** What AWS allows per group, direction and family, unless it was asked for more. */
export const DEFAULT_QUOTA = 60;
const NEARLY = 5 / 6;

/** Security groups that have nearly as many rules as AWS allows, or more. */
export function fullGroups(rules: readonly Rule[], quota: number): Finding[] {
  const allowed = quota === DEFAULT_QUOTA ? `${quota} unless it was asked for more` : `${quota}`;
  const counts = new Map<string, { file: string; group: string; direction: string; family: string; count: number }>();
  for (const { entries, groups, direction, file } of rules) {
    if (entries === undefined) continue;
    for (const family of FAMILIES) {
      const key = `${groups[0]}|${direction}|${family}`;
      const known = counts.get(key) ?? { file, group: groups[0], direction, family, count: 0 };
      counts.set(key, { ...known, count: known.count + entries[family] });
    }
  }
  return [...counts.values()]
    .filter(({ count }) => count >= quota * NEARLY)
    .map(({ file, group, direction, family, count }) => ({
      kind: 'quota',
      address: group,
      file,
      message: `it has ${count} ${direction} rules for ${family === 'ipv4' ? 'IPv4' : 'IPv6'}; AWS allows ${allowed}`,
      related: [],
    }));
}
