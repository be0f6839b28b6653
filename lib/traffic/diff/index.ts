export { type Change, CHANGE_KINDS, diff, type Reach, type TrafficDiff } from './diff';
export { stops } from './gates';
