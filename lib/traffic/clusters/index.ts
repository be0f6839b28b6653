export { inGivenCluster, joinedManifests } from './given-clusters';
export { clusterOfProvider, clusterOfPods, clustersOf, withPodsIn } from './pod-names';
export { isolationsOf, onceEach } from './isolation';
export { mayBeOneCluster, withOneNameForEachCluster } from './same-clusters';
