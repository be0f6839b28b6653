import type { Circumstance, Configuration } from '../configuration';
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
  return {
    ...parts[0],
    file,
    rules: parts.flatMap(({ rules }) => rules),
    notEvaluated: parts.flatMap(({ notEvaluated }) => notEvaluated),
    notes: parts.flatMap(({ notes }) => notes),
    circumstances: parts.flatMap(({ circumstances }) => circumstances).filter((one) => !isOfProvider(one)),
    addresses: new Set(parts.flatMap(({ addresses }) => [...addresses])),
    dependencies: new Map(parts.flatMap(({ dependencies }) => [...dependencies])),
    isolatedPods: onceEach(parts.flatMap(({ isolatedPods = [] }) => isolatedPods)),
  };
}

/** Whether a circumstance is the settings of the provider of pods. Manifests have no provider, which is not one without settings. */
function isOfProvider({ address, content }: Circumstance): boolean {
  return address.startsWith('pods:') && content === '';
}
