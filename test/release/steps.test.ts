import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, Runner } from './step-runs';
import { RUNNERS, scriptOf, scriptSteps } from './workflow-steps';

const ROOT = join(__dirname, '../..');
const SUCCESS = { status: 0 };
const runners: Runner[] = [];
afterAll(() => runners.forEach(({ directory }) => rmSync(directory, { recursive: true, force: true })));

function runner(programs: Readonly<Record<string, string>>): Runner {
  runners.push(new Runner(programs));
  return runners.at(-1)!;
}

test('a test or a command runs the script of every step of the workflows, or it says why not', () => {
  expect(Object.keys(RUNNERS)).toEqual(scriptSteps().map(({ key }) => key));
});

test('the tests and commands that run steps exist, and a test names its steps', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  for (const [key, by] of Object.entries(RUNNERS)) {
    if ('test' in by) expect(readFileSync(join(ROOT, by.test), 'utf8')).toContain(`'${key}'`);
    if (!('sameAs' in by)) continue;
    const [, name] = /^npm (?:run )?([\w:]+)$/.exec(by.sameAs) ?? [];
    if (name === undefined) expect({ key, exists: existsSync(join(ROOT, by.sameAs)) }).toEqual({ key, exists: true });
    else expect(Object.keys(scripts)).toContain(name);
  }
});

test('a pull request gets the table of what its examples open', () => {
  const steps = runner({
    // the packages and the build are those of this checkout
    npm: `case "$*" in
  ci) ln -s "$ROOT/node_modules" node_modules ;;
  "run build") ln -s "$ROOT/dist" dist ;;
  *) echo "npm $*" >&2; exit 64 ;;
esac`,
    gh: 'echo "gh $*" >> "$CALLS"; [ -s "$5" ]',
  });
  const example = 'examples/vcluster-platform-on-gke.ts';
  const git = 'git -c user.name=test -c user.email=test@example.com';
  steps.copy('package.json', 'tsconfig.json', '.gitignore', 'examples');
  steps.write('.gitignore', 'node_modules\ndist\ncdktf.out\n');
  expect(steps.run(`git init -q && git add . && ${git} commit -qm base`)).toMatchObject(SUCCESS);
  steps.write(example, steps.read(example).replace('203.0.113.7', '203.0.113.8'));
  expect(steps.run(`${git} commit -qam change`)).toMatchObject(SUCCESS);

  const summary = join(steps.directory, 'summary.md');
  const variables = { GITHUB_STEP_SUMMARY: summary, NUMBER: '7' };
  for (const key of [
    'ci.yml ports: Synthesize the examples of the base',
    'ci.yml ports: Synthesize the examples of this change',
    'ci.yml ports: Compare',
    'ci.yml ports: Post the table',
  ]) {
    expect({ key, ...steps.run(scriptOf(key), variables) }).toMatchObject({ key, ...SUCCESS });
  }
  expect(steps.read('ports.md')).toMatch(/203\.0\.113\.8/);
  expect(readFileSync(summary, 'utf8')).toBe(steps.read('ports.md'));
  expect(steps.calls()).toBe('gh pr comment 7 --body-file ports.md --edit-last --create-if-none\n');
});

test('the providers of the deployments are in the layout of a mirror', () => {
  const steps = runner({ terraform: 'echo "terraform $*" >> "$CALLS"; mkdir -p .terraform/providers' });
  const environment = join(steps.directory, 'environment');
  const variables = { RUNNER_TEMP: steps.checkout, GITHUB_ENV: environment };
  const script = scriptOf('ci.yml test: Download the providers that the deployments use');
  expect(steps.run(script, variables)).toMatchObject(SUCCESS);
  expect(steps.calls()).toBe('terraform init\n');
  expect(steps.read('providers/versions.tf')).toContain('google = { source = "hashicorp/google", version = "6.50.0" }');
  const [, mirror] = /^TF_MIRROR=(.*)\n$/.exec(readFileSync(environment, 'utf8'))!;
  expect(existsSync(mirror)).toBe(true);
});

test('the weight is compared with the last release, or there is none yet', () => {
  const steps = runner({ npm: '[ "$1" = run ] && exec node scripts/release/weight.mjs; echo E404 >&2; exit 1' });
  steps.copy('package.json', 'scripts');
  const ended = steps.run(scriptOf('ci.yml compatibility: Compare the weight with the last release'));
  expect(ended).toMatchObject({ ...SUCCESS, stdout: expect.stringContaining('*** SKIPPED: no version of') as unknown });
});

describe('known advisories', () => {
  const REFUSED = '{ "message": "405 Method Not Allowed", "statusCode": 405 }';
  const NONE = '{ "auditReportVersion": 2, "vulnerabilities": {} }';
  const ONE = JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {
      yaml: {
        name: 'yaml',
        severity: 'high',
        range: '<2',
        via: ['parser', { title: 'Loops', url: 'https://a.test/1' }],
      },
    },
  });

  /** Runs the step where npm answers so in the root, and so in the folder of the site. */
  function audit(root: string, site: string): Ended {
    const answer = `case "$PWD" in */site) echo '${site}' ;; *) echo '${root}' ;; esac; exit 1`;
    const steps = runner({ npm: `[ "$1" = run ] && exec node scripts/release/advisories.mjs; ${answer}` });
    steps.copy('package.json', 'scripts');
    mkdirSync(join(steps.checkout, 'site'));
    return steps.run(scriptOf('ci.yml compatibility: Look for known advisories'));
  }

  test('none is a success', () => {
    const stdout = '.: 0 packages with known advisories\nsite: 0 packages with known advisories\n';
    expect(audit(NONE, NONE)).toEqual(expect.objectContaining({ ...SUCCESS, stdout, stderr: '' }));
  });

  test.each([
    [ONE, NONE],
    [NONE, ONE],
    [REFUSED, ONE],
  ])('one in the root or in the site fails, and is named', (root, site) => {
    const stderr = 'yaml <2 (high): by parser; Loops https://a.test/1\n';
    expect(audit(root, site)).toEqual(expect.objectContaining({ status: 1, stderr }));
  });

  test.each([REFUSED, '', '{ "error": { "summary": "405 Method Not Allowed" } }'])(
    'a registry that does not answer is reported, and is no failure',
    (answer) => {
      const { status, stdout } = audit(answer, NONE);
      expect({ status, stdout }).toEqual({
        status: 0,
        stdout: expect.stringContaining('*** SKIPPED: the registry does not answer to npm audit in .: ') as unknown,
      });
    },
  );
});

test('a release of GitHub has the tarball, its bill of materials and the notes', () => {
  const steps = runner({
    gh: `echo "gh $*" >> "$CALLS"
for file; do case "$file" in release/*) [ -s "$file" ] || { echo "$file is not there" >&2; exit 1; } ;; esac; done`,
  });
  mkdirSync(join(steps.checkout, 'release'));
  for (const file of ['cdktf-cluster-ports-1.2.3.tgz', 'bill-of-materials.cdx.json', 'notes.md']) {
    steps.write(`release/${file}`, file);
  }
  const ended = steps.run(scriptOf('release.yml github: Create the release'), { GITHUB_REF_NAME: 'v1.2.3' });
  expect(ended).toMatchObject(SUCCESS);
  expect(steps.calls()).toBe(
    'gh release create v1.2.3 release/cdktf-cluster-ports-1.2.3.tgz release/bill-of-materials.cdx.json --verify-tag --notes-file release/notes.md\n',
  );
});
