export { decisiveAt, type EndAnswer, type GateAnswer, HOST_FIREWALL, NETWORK_ACL, NODE_FIREWALL } from './answer';
export { EndFinder } from './ends';
export { explain, type Explanation } from './explain';
export { knownNetworkOf } from './network';
