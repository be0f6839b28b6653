export { isolatedPods, isolationsOf, readManifest, readNetworkPolicy } from './network-policies';
