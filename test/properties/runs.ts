import fc from 'fast-check';

const seed = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);
fc.configureGlobal({ seed });
process.stderr.write(`properties run with PROPERTY_SEED=${seed}\n`);

/** The number of runs of each property. */
export const RUNS = { numRuns: 1000 };
/** The number of runs of a property that is fast to check. */
export const CHEAP_RUNS = { numRuns: 20_000 };
