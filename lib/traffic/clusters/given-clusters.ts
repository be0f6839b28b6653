import type { Configuration } from '../configuration';
import { onceEach } from './isolation';
import { clustersOf } from './pod-names';
import { withOneNameForEachCluster } from './same-clusters';

/** Returns a configuration all of whose network policies are for one cluster, because a user or a file says so. */
export function inGivenCluster(configuration: Configuration, cluster: string): Configuration {
  const names = new Set(['', ...clustersOf(configuration), ...(configuration.clusters?.keys() ?? [])]);
  const clusters = new Map([...names].map((name) => [name, cluster]));
  return withOneNameForEachCluster([{ ...configuration, clusters }])[0];
}

/** Joins the manifests of several files for one cluster. Network policies add up, and no manifest refers to a different one. */
export function joinedManifests(file: string, parts: readonly Configuration[]): Configuration {
  const [first, ...others] = parts;
  if (others.length === 0) return first;
  return {
    ...first,
    file,
    rules: parts.flatMap(({ rules }) => rules),
    notEvaluated: parts.flatMap(({ notEvaluated }) => notEvaluated),
    notes: parts.flatMap(({ notes }) => notes),
    circumstances: parts.flatMap(({ circumstances }) => circumstances),
    addresses: new Set(parts.flatMap(({ addresses }) => [...addresses])),
    dependencies: new Map(parts.flatMap(({ dependencies }) => [...dependencies])),
    isolatedPods: onceEach(parts.flatMap(({ isolatedPods = [] }) => isolatedPods)),
  };
}
