export { type EndAnswer } from './answer';
export { explain, type Explanation } from './explain';
export { knownNetworkOf } from './network';
