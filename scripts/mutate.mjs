// Changes the library one expression at a time and expects a test to fail: `npm run mutate`, or `npm run mutate -- net clouds/gcp`.
// Each component is tested by its own folders of test/. Snapshots, property tests and examples are left out, because they show that
// something changed, not what is right. docs/mutation-survivors.md lists the changes that no test notices, and why.
// Results are kept in reports/mutation for the next run; `npm run mutate -- --force` starts over.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** The components of lib/, and the folders of test/ that must notice their changes. */
const CONSTRUCTS = ['opening', 'constructs', 'products', 'clouds', 'framework'];
const TESTS = {
  input: ['input', 'net', 'tables', 'access', 'provenance', 'cli', ...CONSTRUCTS],
  net: ['net', 'tables', 'access'],
  tables: ['tables'],
  access: ['access', ...CONSTRUCTS],
  provenance: ['provenance'],
  opening: [...CONSTRUCTS, 'provenance'],
  constructs: CONSTRUCTS,
  products: CONSTRUCTS,
  'clouds/gcp': CONSTRUCTS,
  'clouds/aws': CONSTRUCTS,
  'clouds/external': CONSTRUCTS,
};

const stryker = createRequire(import.meta.url)
  .resolve('@stryker-mutator/core/package.json')
  .replace(/package\.json$/, 'bin/stryker.js');
const [components, options] = [[], []];
for (const word of process.argv.slice(2)) (word in TESTS && options.length === 0 ? components : options).push(word);

let failed = 0;
for (const component of components.length > 0 ? components : Object.keys(TESTS)) {
  const run = spawnSync(process.execPath, [stryker, 'run', '--mutate', `lib/${component}/**/*.ts`, ...options], {
    stdio: 'inherit',
    env: { ...process.env, MUTATED_COMPONENT: component, MUTATION_TESTS: TESTS[component].join(',') },
  });
  failed ||= run.status;
}
process.exitCode = failed;
