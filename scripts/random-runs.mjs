// Runs a random test of the suite with a count and a seed: `npm run evasions -- 100000 7` tries 100,000 changes with the seed 7.
// `evasions` compares the gates of `diff` with the true answer; `policies` evaluates random firewall policies of
// Google rule by rule; `outputs` compares everything that the commands tell about random apps.
import { spawnSync } from 'node:child_process';

const RUNS = {
  evasions: { file: 'test/traffic/gate/evasions.property.test.ts', variable: 'EVASIONS', usual: '100000' },
  policies: { file: 'test/traffic/gate/policies.property.test.ts', variable: 'POLICIES', usual: '2000' },
  outputs: { file: 'test/cli/one-story.property.test.ts', variable: 'STORIES', usual: '1000' },
};

const [name, count, seed = process.env.PROPERTY_SEED ?? `${Date.now() % 2 ** 31}`] = process.argv.slice(2);
const { file, variable, usual } = RUNS[name];
console.log(`PROPERTY_SEED=${seed}`);
const { status } = spawnSync('npx', ['--no-install', 'jest', file], {
  stdio: 'inherit',
  env: { ...process.env, [variable]: count ?? usual, PROPERTY_SEED: seed },
  shell: process.platform === 'win32',
});
process.exitCode = status ?? 1;
