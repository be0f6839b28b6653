// Runs the whole test suite and stops at the first failure. The last line has the counts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-test-'));
const jestResult = join(directory, 'jest.json');

const npx = (...command) => ['npx', '--no-install', ...command];
const jest = (...args) => npx('jest', '--ci', '--json', `--outputFile=${jestResult}`, ...args);
const STEPS = [
  { name: 'format', command: npx('prettier', '--check', '--log-level', 'warn', '.') },
  { name: 'build', command: ['node', 'scripts/build.mjs'] },
  { name: 'lint', command: npx('eslint', '.') },
  { name: 'types', command: npx('tsc', '-p', 'tsconfig.dev.json') },
  { name: 'tests', command: jest(), isJest: true },
  // takes seconds; if HAProxy is not installed, it reports that it was skipped
  { name: 'haproxy', command: jest('-c', 'jest.haproxy.json'), isJest: true },
  // takes a minute; without root, nftables and network namespaces, it reports that it was skipped
  { name: 'packets', command: jest('-c', 'jest.packets.json'), isJest: true },
  // takes minutes; without kube-apiserver, etcd and kubectl, it reports that it was skipped
  { name: 'kubernetes', command: jest('-c', 'jest.kubernetes.json'), isJest: true },
  // takes half a minute; if pip cannot install kubernetes-validate, it reports that it was skipped
  { name: 'schemas', command: jest('-c', 'jest.schemas.json'), isJest: true },
  // takes a minute; if Chromium is not installed, it reports that it was skipped
  { name: 'report', command: jest('-c', 'jest.report.json'), isJest: true },
  { name: 'products', command: npx('tsx', 'scripts/generate-products.ts', '--check') },
  { name: 'documents', command: npx('tsx', 'scripts/docs.ts', '--check') },
  // takes seconds: every test that a mutation run needs passes in its runner; `npm run mutate` makes the mutations
  { name: 'mutation runner', command: ['node', 'scripts/mutate.mjs', 'input', '--dryRunOnly'] },
  { name: 'package', command: ['node', 'scripts/check-package.mjs'] },
  { name: 'bench', command: ['node', 'bench/bench.mjs', '--check', '--sizes', '1200'] },
  // takes minutes; if npm reaches no registry, it reports that it was skipped
  ...(process.env.CI ? [{ name: 'set-ups', command: jest('-c', 'jest.setups.json'), isJest: true }] : []),
  // takes minutes; if Python or its registry is not there, it reports that it was skipped
  ...(process.env.CI ? [{ name: 'python', command: jest('-c', 'jest.python.json'), isJest: true }] : []),
  // takes minutes; if npm reaches no registry, or Chromium is not installed, it reports that it was skipped
  ...(process.env.CI ? [{ name: 'site', command: jest('-c', 'jest.site.json'), isJest: true }] : []),
  // takes minutes; it reports the clouds and programs for which it was skipped, because a tool is not installed
  ...(process.env.CI ? [{ name: 'deployments', command: jest('-c', 'jest.deploy.mjs'), isJest: true }] : []),
];

const count = { passed: 0, failed: 0 };

// a suite that was skipped as a whole writes no result
function jestCounts() {
  if (!existsSync(jestResult)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(jestResult, 'utf8'));
  rmSync(jestResult);
  return { passed: numPassedTests, failed: numFailedTests };
}

function runStep({ name, command: [program, ...args], isJest }) {
  console.log(`\n--- ${name}`);
  const startedAt = Date.now();
  const stdout = isJest ? 'ignore' : 'inherit'; // Jest prints the same for people on stderr
  const { status } = spawnSync(program, args, {
    stdio: ['ignore', stdout, 'inherit'],
    shell: process.platform === 'win32',
  });
  const { passed, failed } = isJest ? jestCounts() : { passed: status === 0 ? 1 : 0, failed: 0 };
  count.passed += passed;
  count.failed += status === 0 ? 0 : Math.max(failed, 1);
  console.log(
    `--- ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  return status === 0;
}

const isGreen = STEPS.every(runStep);
rmSync(directory, { recursive: true });
console.log(`\n${count.passed} passed, ${count.failed} failed`);
process.exit(isGreen ? 0 : 1);
