// The whole test suite, stopping at the first failure; the last line counts what passed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-test-'));
const jestResult = join(directory, 'jest.json');

const STEPS = [
  { name: 'format', command: ['npx', '--no-install', 'prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'build', command: ['node', 'scripts/build.mjs'] },
  { name: 'lint', command: ['npx', '--no-install', 'eslint', '.'] },
  { name: 'types', command: ['npx', '--no-install', 'tsc', '-p', 'tsconfig.dev.json'] },
  {
    name: 'tests',
    command: ['npx', '--no-install', 'jest', '--ci', '--json', `--outputFile=${jestResult}`],
    jest: true,
  },
  { name: 'documents', command: ['npx', '--no-install', 'tsx', 'scripts/docs.ts', '--check'] },
  { name: 'package', command: ['node', 'scripts/check-package.mjs'] },
];

const count = { passed: 0, failed: 0 };

function runStep({ name, command: [program, ...args], jest }) {
  console.log(`\n--- ${name}`);
  const startedAt = Date.now();
  const stdout = jest ? 'ignore' : 'inherit'; // jest says the same on stderr, for people
  const { status } = spawnSync(program, args, {
    stdio: ['ignore', stdout, 'inherit'],
    shell: process.platform === 'win32',
  });
  const { numPassedTests = status === 0 ? 1 : 0, numFailedTests = 0 } = jest
    ? JSON.parse(readFileSync(jestResult, 'utf8'))
    : {};
  count.passed += numPassedTests;
  count.failed += status === 0 ? 0 : Math.max(numFailedTests, 1);
  console.log(
    `--- ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  return status === 0;
}

const isGreen = STEPS.every(runStep);
rmSync(directory, { recursive: true });
console.log(`\n${count.passed} passed, ${count.failed} failed`);
process.exit(isGreen ? 0 : 1);
