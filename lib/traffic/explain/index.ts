export { type EndAnswer } from './answer';
export { answerBetween, explain, type Explanation } from './explain';
export { knownNetworkOf } from './network';
