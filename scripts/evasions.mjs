// Tries random changes against the gates of `diff`, and compares them with the true answer: `npm run evasions -- 100000 7` tries
// 100,000 with the seed 7. The test suite tries a few thousand.
import { spawnSync } from 'node:child_process';

const [count = '100000', seed] = process.argv.slice(2);
const { status } = spawnSync('npx', ['--no-install', 'jest', 'test/traffic/gate/evasions.property.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, EVASIONS: count, ...(seed === undefined ? {} : { PROPERTY_SEED: seed }) },
  shell: process.platform === 'win32',
});
process.exitCode = status ?? 1;
