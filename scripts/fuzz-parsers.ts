// Gives mutated texts to the parsers and compares them with other libraries: `npm run fuzz:parsers -- --texts 1000000 --seed 1`.
import { parseArgs } from 'node:util';
import { fuzzParsers } from '../test/parsers/fuzz';

const { values } = parseArgs({ options: { texts: { type: 'string' }, seed: { type: 'string' } } });
const texts = Number(values.texts ?? 1_000_000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);

Error.stackTraceLimit = 0; // most texts are rejected, and stack traces would be slow
console.log(`${texts} texts with --seed ${seed}`);
const started = performance.now();
const found = fuzzParsers(texts, seed);
console.log(`${found.length} disagreements after ${((performance.now() - started) / 1000).toFixed(0)} s`);
found.forEach((sentence) => console.log(sentence));
process.exitCode = found.length === 0 ? 0 : 1;
