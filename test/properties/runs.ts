import fc from 'fast-check';

const seed = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);
fc.configureGlobal({ seed });
process.stderr.write(`properties run with PROPERTY_SEED=${seed}\n`);

/** How often every property is tried. */
export const RUNS = { numRuns: 1000 };
/** How often one that costs nothing is tried. */
export const CHEAP_RUNS = { numRuns: 20_000 };
