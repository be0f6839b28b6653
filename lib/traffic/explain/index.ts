export { type EndAnswer } from './answer';
export { EndFinder } from './ends';
export { explain, type Explanation } from './explain';
export { knownNetworkOf } from './network';
