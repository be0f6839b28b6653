// Changes the library one expression at a time and expects a test to fail: `npm run mutate`, or `npm run mutate -- model gcp`.
// A folder at a time, each with the tests that are about it. Snapshots, properties and examples do not count: they show that
// something changed and not what is right. What passes unnoticed, and why: docs/mutation-survivors.md.
// Results are kept in reports/mutation for the next run; `npm run mutate -- --force` begins anew.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** Whose tests must notice what changes in a folder. */
const TESTS = {
  model: ['model', 'files'],
  constructs: ['constructs', 'gcp', 'aws', 'framework'],
  gcp: ['gcp', 'constructs', 'framework'],
  aws: ['aws', 'constructs', 'framework'],
};

const stryker = createRequire(import.meta.url)
  .resolve('@stryker-mutator/core/package.json')
  .replace(/package\.json$/, 'bin/stryker.js');
const [folders, options] = [[], []];
for (const word of process.argv.slice(2)) (word in TESTS && options.length === 0 ? folders : options).push(word);

let failed = 0;
for (const folder of folders.length > 0 ? folders : Object.keys(TESTS)) {
  const run = spawnSync(process.execPath, [stryker, 'run', '--mutate', `lib/${folder}/**/*.ts`, ...options], {
    stdio: 'inherit',
    env: { ...process.env, MUTATED_FOLDER: folder, MUTATION_TESTS: TESTS[folder].join(',') },
  });
  failed ||= run.status;
}
process.exitCode = failed;
