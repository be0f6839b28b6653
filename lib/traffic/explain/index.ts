export { type EndAnswer } from './answer';
export { explain, type Explanation } from './explain';
export { networkFor } from './network';
