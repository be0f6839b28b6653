export { type EndAnswer, type GateAnswer, NETWORK_ACL } from './answer';
export { EndFinder } from './ends';
export { explain, type Explanation } from './explain';
export { knownNetworkOf } from './network';
