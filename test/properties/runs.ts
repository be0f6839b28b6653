import fc from 'fast-check';
import { PROPERTY_SEED } from '../support/property-seed';

fc.configureGlobal({ seed: PROPERTY_SEED });

/** The number of runs of each property. */
export const RUNS = { numRuns: 1000 };
/** The number of runs of a property that is fast to check. */
export const CHEAP_RUNS = { numRuns: 20_000 };
