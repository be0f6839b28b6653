import { containsTraffic } from './algebra';
import type { NotEvaluated } from './configuration';
import { allowedBy } from './permitted-by';
import { PermittedTraffic } from './permitted-traffic';
import type { Rule } from './rule';

/**
 * Rules that a group repeats and that no resource beside it has: made by hand, or gone since the state was refreshed. Which of these
 * cannot be told.
 */
export function unexplainedRules(repeated: readonly Rule[], beside: readonly Rule[]): NotEvaluated[] {
  const known = new Map<string, Rule[]>(repeated.map((rule) => [keyOf(rule), []]));
  if (repeated.length > 0) beside.forEach((rule) => known.get(keyOf(rule))?.push(rule));
  const permitted = new Map([...known].map(([key, rules]) => [key, allowedBy(rules)]));
  return repeated
    .filter((rule) => !containsTraffic(permitted.get(keyOf(rule)) ?? PermittedTraffic.NONE, allowedBy([rule])))
    .map(({ file, address, ports, peers }) => ({
      file,
      address,
      reason: 'the group has it, and none of the rules beside it makes it',
      content: JSON.stringify([ports, peers.map(({ name, addresses }) => [name, addresses.map(String)])]),
    }));
}

function keyOf({ direction, groups }: Rule): string {
  return `${direction} ${groups.join(' ')}`;
}
