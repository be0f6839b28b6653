export { isolatedPods, readManifest, readNetworkPolicy } from './network-policies';
