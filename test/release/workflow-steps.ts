import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const WORKFLOWS = join(__dirname, '../../.github/workflows');

/** A step with a script. Its key is `<file> <job>: <its name, or its script>`. */
export interface ScriptStep {
  readonly key: string;
  readonly script: string;
}

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly name?: string; readonly run?: string }[] }>
  >;
}

/** Returns the steps of the workflows of this repository that have a script. */
export function scriptSteps(): ScriptStep[] {
  return readdirSync(WORKFLOWS).flatMap((file) => {
    const { jobs } = parse(readFileSync(join(WORKFLOWS, file), 'utf8')) as Workflow;
    return Object.entries(jobs).flatMap(([job, { steps }]) =>
      steps.flatMap(({ name, run }) =>
        run === undefined ? [] : [{ key: `${file} ${job}: ${name ?? run}`, script: run }],
      ),
    );
  });
}

/** Returns the script of a step by its key. */
export function scriptOf(key: string): string {
  const step = scriptSteps().find((one) => one.key === key);
  if (step === undefined) throw new Error(`no workflow has the step ${key}`);
  return step.script;
}

/** What runs the script of a step before a change is merged. */
export type Runner =
  /** A test that takes the script from the workflow and runs it; programs that need credentials are replaced. */
  | { readonly test: string }
  /** The script is one command, which this command of the suite, or this test, runs. */
  | { readonly sameAs: string }
  /** Nothing but GitHub can run it. */
  | { readonly onlyOnGitHub: string };

const STEPS_TEST: Runner = { test: 'test/release/steps.test.ts' };
const RELEASE_TEST: Runner = { test: 'test/setups/release.setups.ts' };
const CLEAN_INSTALL: Runner = { sameAs: '.ci/run' };

/** Every step with a script, and what runs it. */
export const RUNNERS: Readonly<Record<string, Runner>> = {
  'ci.yml test: Install the programs that some suites need': {
    onlyOnGitHub: 'installs packages of Ubuntu for all users of the machine',
  },
  'ci.yml test: Download the providers that the deployments use': STEPS_TEST,
  'ci.yml test: Run the suite': CLEAN_INSTALL,
  'ci.yml test: Scan the Terraform and the plans of the examples with checkov': { sameAs: 'npm run test:scanners' },
  'ci.yml compatibility: npm ci': CLEAN_INSTALL,
  'ci.yml compatibility: Compare the API with the last release': { sameAs: 'test/release/release.test.ts' },
  'ci.yml compatibility: Compare the weight with the last release': STEPS_TEST,
  'ci.yml compatibility: Look for known advisories': STEPS_TEST,
  'ci.yml setups: npm ci': CLEAN_INSTALL,
  'ci.yml setups: Compare the Terraform of all examples, with random combinations of versions': {
    sameAs: 'npm run setups',
  },
  'ci.yml site: npm ci': CLEAN_INSTALL,
  'ci.yml site: npm run build': { sameAs: 'npm test' },
  'ci.yml site: Build the documentation site, follow its links, and read it in a browser': { sameAs: 'npm test' },
  'ci.yml ports: Synthesize the examples of the base': STEPS_TEST,
  'ci.yml ports: Synthesize the examples of this change': STEPS_TEST,
  'ci.yml ports: Compare': STEPS_TEST,
  'ci.yml ports: Post the table': STEPS_TEST,
  'release.yml build: Run the suite': CLEAN_INSTALL,
  'release.yml build: Compare the API with the last release': { sameAs: 'test/release/release.test.ts' },
  'release.yml build: Make the tarball, its bill of materials and the notes': RELEASE_TEST,
  'release.yml build: Check the files of this tarball, and install it into apps': RELEASE_TEST,
  'release.yml build: Make the wheel for Python': { sameAs: 'npm run test:python' },
  'release.yml npm: Publish the tarball': RELEASE_TEST,
  'release.yml github: Create the release': STEPS_TEST,
};
