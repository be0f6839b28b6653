import { FAMILIES } from './address-space';
import type { Finding } from './finding';
import type { Rule } from './rule';

/** What AWS allows per group, direction and family, unless it was asked for more. */
const QUOTA = 60;
const NEARLY = 50;

/** Security groups that have nearly as many rules as AWS allows, or more. */
export function fullGroups(rules: readonly Rule[]): Finding[] {
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
    .filter(({ count }) => count >= NEARLY)
    .map(({ file, group, direction, family, count }) => ({
      kind: 'quota',
      address: group,
      file,
      message: `it has ${count} ${direction} rules for ${family === 'ipv4' ? 'IPv4' : 'IPv6'}; AWS allows ${QUOTA} unless it was asked for more`,
      related: [],
    }));
}
