// Runs a random test of the suite with a count and a seed: `npm run evasions -- 100000 7` tries 100,000 changes with the seed 7.
// `evasions` compares the gates of `diff` with the true answer; `policies` evaluates random firewall policies of
// Google rule by rule; `outputs` compares everything that the commands tell about random apps; `deployments` applies random stacks to
// a fake of Google's APIs.
import { spawnSync } from 'node:child_process';

const RUNS = {
  evasions: { file: 'test/traffic/gate/evasions.property.test.ts', variable: 'EVASIONS', usual: '100000' },
  policies: { file: 'test/traffic/gate/policies.property.test.ts', variable: 'POLICIES', usual: '2000' },
  outputs: { file: 'test/cli/one-story.property.test.ts', variable: 'STORIES', usual: '1000' },
  deployments: {
    file: 'test/deploy/google/random-stacks.deploy.ts',
    variable: 'DEPLOYMENTS',
    usual: '24',
    config: 'jest.deploy.mjs',
  },
};

const [name, count, seed = process.env.PROPERTY_SEED ?? `${Date.now() % 2 ** 31}`] = process.argv.slice(2);
const { file, variable, usual, config = 'jest.config.json' } = RUNS[name];
console.log(`PROPERTY_SEED=${seed}`);
const { status } = spawnSync('npx', ['--no-install', 'jest', '-c', config, file], {
  stdio: 'inherit',
  env: { ...process.env, [variable]: count ?? usual, PROPERTY_SEED: seed },
  shell: process.platform === 'win32',
});
process.exitCode = status ?? 1;
