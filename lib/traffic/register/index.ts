export { ONLY_EXPLAINED } from './aws';
export { ONLY_IN_REGION } from './google';
export { ALLOWS, type CircumstanceInfluence, MOVES } from './influence';
export { influenceOf, isEvaluated } from './influence-of';
export { withoutSizes } from './sizes';
export { BY_ATTRIBUTES, reachabilityIn } from './unknown-types';
