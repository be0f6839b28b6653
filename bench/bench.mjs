// Measures what the rules of this library cost compared with raw resources: node bench/bench.mjs [--rounds 7] [--sizes 100,1000,10000]
// With --check, nothing is measured: the programs run once and must create the same rules.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { packagesOf } from './packages.mjs';
import { AWS, GCP, REQUIRES } from './programs.mjs';
import { alternate, run } from './run.mjs';
import { count, growthTable, programTable } from './tables.mjs';
import { verifiedRules } from './verify.mjs';

const PEER_PACKAGES = ['cdktf', 'cdktn', '@cdktf/provider-aws', '@cdktf/provider-google'];

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    sizes: { type: 'string', default: '100,1000,10000' },
  },
});
const sizes = options.sizes.split(',').map(Number);

if (options.check) {
  for (const size of sizes) [AWS, GCP].forEach((programs) => verifiedRules(programs, size));
  process.exit();
}

console.log(`Node.js ${process.version}, ${cpus().length} CPUs: ${cpus()[0].model}`);
console.log('CPU is user and system time of the whole process. CPU and memory are medians of all rounds;');
console.log('a figure compared with a base is the median (least-most) of the ratios within a round.');
benchRequires();
const none = benchRules(0);
const measured = sizes.map(benchRules);
printGrowth();

function benchRequires() {
  const measuredProgram = REQUIRES.find(({ target }) => target !== undefined);
  const loaded = packagesOf(run(measuredProgram, 0).modules);
  const rounds = roundsOr(15);
  const reports = alternate(REQUIRES, 0, rounds);
  heading(`Requiring packages, ${rounds} rounds`);
  console.log(programTable([REQUIRES], reports, true));
  console.log(
    `${measuredProgram.name} loads ${[...loaded].map(([name, files]) => `${name} (${files} files)`).join(', ')};`,
  );
  console.log(PEER_PACKAGES.map((name) => `${name}: ${loaded.has(name) ? 'LOADED' : 'not loaded'}`).join(', '));
}

function benchRules(size) {
  const rules = new Map();
  for (const programs of [AWS, GCP]) {
    const verified = verifiedRules(programs, size);
    programs.forEach((program) => rules.set(program, verified));
  }
  const rounds = roundsOr(size > 1000 ? 5 : 7);
  const reports = alternate([...AWS, ...GCP], size, rounds);
  heading(`${count(rules.get(AWS[0]))} AWS rules, ${count(rules.get(GCP[0]))} GCP firewalls, ${rounds} rounds`);
  console.log(programTable([AWS, GCP], reports, size >= 1000));
  return { size, rules, reports };
}

function printGrowth() {
  if (measured.length < 2) return;
  heading('Growth: CPU per rule, net of the same program without rules; a linear program grows by 1.00x or less');
  console.log(growthTable([...AWS, ...GCP], none, ...measured.slice(-2)));
}

function roundsOr(number) {
  return options.rounds === undefined ? number : Number(options.rounds);
}

function heading(text) {
  console.log(`\n${text}`);
}
