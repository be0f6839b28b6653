import type { Configuration } from '../configuration';
import type { Rule } from '../rule';

/**
 * Returns a configuration in which names that mean something else in a later one have a name of their own. An expression that reads
 * the same has a different value if anything that it depends on has changed.
 */
export function withFormerNames(before: Configuration, after: Configuration): Configuration {
  const names = new Set([...before.dependencies.keys(), ...after.dependencies.keys()]);
  const changed = new Set([...names].filter((name) => before.dependencies.get(name) !== after.dependencies.get(name)));
  if (changed.size === 0) return before;
  const nameOf = <T extends string>(name: T): T => (changed.has(name) ? (`${name} (before)` as T) : name);
  const renamed = (rule: Rule): Rule => ({
    ...rule,
    network: nameOf(rule.network),
    groups: rule.groups.map(nameOf),
    peers: rule.peers.map((peer) => ({ ...peer, name: nameOf(peer.name) })),
  });
  const enforcementOrders = new Map([...before.enforcementOrders].map(([network, order]) => [nameOf(network), order]));
  return {
    ...before,
    rules: before.rules.map(renamed),
    requested: before.requested?.map(renamed),
    omitted: before.omitted?.map(renamed),
    enforcementOrders,
  };
}
