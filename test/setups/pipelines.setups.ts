import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { gitHubJobs, gitHubScript, gitLabScript, runScript } from './pipeline';
import { type Ended, Project } from './project';
import { cdktfApp } from './setups';

const ZERO = '0'.repeat(40);
const APP = 'test/setups/programs/app-with-own-rules.ts';

/** The commits of a repository: without the app, with it, and with one more port. */
interface Repository {
  readonly project: Project;
  readonly empty: string;
  readonly app: string;
  readonly wider: string;
}

function ok({ status, stdout, stderr }: Ended): string {
  if (status !== 0) throw new Error(`exit ${status}\n${stdout}\n${stderr}`);
  return stdout.trim();
}

async function compileApp(project: Project, wider: boolean): Promise<void> {
  const define = { WIDER: String(wider) };
  const outfile = project.path('main.cjs');
  await build({
    entryPoints: [APP],
    outfile,
    define,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    packages: 'external',
  });
}

/** Creates a repository with a remote inside of the app, which has the packages. */
async function repository(name: string): Promise<Repository> {
  const folder = cdktfApp().path('pipelines', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}/repository`, { recursive: true });
  const project = new Project(`${folder}/repository`);
  const git = (command: string): string => ok(runScript(project, `git ${command}`, {}));
  const commit = (subject: string): string => {
    git('add --all');
    git(`-c user.name=Test -c user.email=test@example.com commit --quiet --message "${subject}"`);
    return git('rev-parse HEAD');
  };
  git('init --quiet --initial-branch=main');
  git('init --quiet --bare ../remote');
  git('remote add origin ../remote');
  project.write('.gitignore', 'cdktf.out\nbefore\n*.json\n!cdktf.json\n!package-lock.json\n!lint-baseline.json\n');
  const empty = commit('a repository without an app');
  for (const file of ['cdktf.json', 'package-lock.json']) project.write(file, '{}');
  await compileApp(project, false);
  const baseline = 'node main.cjs && npx --no-install cluster-ports lint cdktf.out --write-baseline lint-baseline.json';
  ok(runScript(project, baseline, { CLUSTER_PORTS: CLI() }));
  const app = commit('the app, with a baseline');
  await compileApp(project, true);
  return { project, empty, app, wider: commit('one more port') };
}

const CLI = (): string => cdktfApp().path('node_modules/cdktf-cluster-ports/dist/bin/cluster-ports.js');

function variablesOf({ project }: Repository, more: Readonly<Record<string, string>>): Record<string, string> {
  const file = (name: string): string => project.path('..', name);
  return {
    CLUSTER_PORTS: CLI(),
    CALLS: file('calls'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_OUTPUT: file('output'),
    GITHUB_REPOSITORY: 'team/app',
    NUMBER: '7',
    ...more,
  };
}

function textOf({ project }: Repository, name: string): string {
  const path = project.path('..', name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** Checks out a commit as GitHub does for a pull request: merged into its base. */
function mergedInto(base: string, head: string): string {
  return `git checkout --quiet --detach ${base} && git -c user.name=Test -c user.email=test@example.com merge --quiet --no-ff ${head}`;
}

const STEPS = [
  'Synthesize the state before',
  'Synthesize the state after',
  'Compare',
  'Post the table',
  'Gate',
  'Lint',
];

/** The commits that a run compares, the exit status of the gate, and a port in the table. */
type Comparison = [
  what: string,
  of: (commits: Repository) => [before: string, after: string],
  status: number,
  table: RegExp,
];

const COMPARED: Comparison[] = [
  ['the first that adds the app', ({ empty, wider }) => [empty, wider], 1, /opened.*9090\/tcp/],
  ['one that opens a port', ({ app, wider }) => [app, wider], 1, /opened.*9090\/tcp/],
  ['one that opens nothing', ({ wider, app }) => [wider, app], 0, /closed.*9090\/tcp/],
];

test.each(COMPARED.slice(0, 2))('GitHub: a pull request, %s', async (_what, commitsOf, status, table) => {
  const commits = await repository('github-pull-request');
  const [before, after] = commitsOf(commits);
  const variables = variablesOf(commits, { GITHUB_EVENT_NAME: 'pull_request', PUSHED_ON: '' });
  ok(runScript(commits.project, mergedInto(before, after), {}));
  for (const step of STEPS) ok(runScript(commits.project, gitHubScript('ports', step), variables));
  expect(textOf(commits, 'output')).toBe(`status=${status}\n`);
  expect(textOf(commits, 'summary')).toMatch(table);
  expect(textOf(commits, 'calls')).toContain('gh api --method POST repos/team/app/issues/7/comments');
});

test('GitHub: the first push has no commit before it; the next is compared with the last deployment', async () => {
  const commits = await repository('github-push');
  const variables = variablesOf(commits, { GITHUB_EVENT_NAME: 'push', PUSHED_ON: ZERO });
  ok(runScript(commits.project, `git checkout --quiet -B main ${commits.app}`, {}));
  const steps = STEPS.filter((step) => step !== 'Post the table');
  for (const step of steps) ok(runScript(commits.project, gitHubScript('ports', step), variables));
  expect(textOf(commits, 'output')).toBe('status=1\n');
  expect(textOf(commits, 'summary')).toMatch(/opened, open to the world.*22\/tcp/);
  for (const step of ['npm ci', 'npx --yes', 'git tag']) {
    ok(runScript(commits.project, gitHubScript('deploy', step), variables));
  }
  expect(textOf(commits, 'calls')).toBe('--yes cdktf-cli@0.21.0 deploy * --auto-approve\n');
  expect(ok(runScript(commits.project, 'git ls-remote origin', {}))).toContain(
    `${commits.app}\trefs/tags/ports-deployed`,
  );

  rmSync(commits.project.path('../before'), { recursive: true });
  ok(runScript(commits.project, `git worktree prune; git checkout --quiet -B main ${commits.wider}`, {}));
  for (const step of steps) {
    ok(runScript(commits.project, gitHubScript('ports', step), { ...variables, PUSHED_ON: commits.app }));
  }
  expect(textOf(commits, 'output')).toBe('status=1\nstatus=1\n');
  expect(textOf(commits, 'summary').split('## What opens')[2]).toMatch(/opened.*9090\/tcp/);
});

test.each(COMPARED)('GitLab: a merge request, %s', async (_what, commitsOf, status, table) => {
  const commits = await repository('gitlab-merge-request');
  const [before, after] = commitsOf(commits);
  const ids = {
    CI_MERGE_REQUEST_IID: '7',
    CI_MERGE_REQUEST_PROJECT_ID: '1',
    CI_API_V4_URL: 'https://gitlab.example.com',
  };
  const more = { CI_MERGE_REQUEST_TARGET_BRANCH_SHA: before, PORTS_TOKEN: 'x', ...ids };
  const variables = variablesOf(commits, more);
  ok(runScript(commits.project, `git checkout --quiet --detach ${after}`, {}));
  for (const job of ['synth', 'lint', 'table']) ok(runScript(commits.project, gitLabScript(job), variables));
  expect(commits.project.read('ports.md')).toMatch(table);
  expect(textOf(commits, 'calls')).toContain('--request POST --data-urlencode body@note.md');
  expect(runScript(commits.project, gitLabScript('.gate'), variables).status).toBe(status);
});

test('GitLab: the first push has no commit before it', async () => {
  const commits = await repository('gitlab-push');
  const more = { CI_COMMIT_BEFORE_SHA: ZERO, CI_PROJECT_ID: '1', CI_API_V4_URL: 'https://gitlab.example.com' };
  const variables = variablesOf(commits, more);
  ok(runScript(commits.project, `git checkout --quiet -B main ${commits.app}`, {}));
  for (const job of ['synth', 'lint', 'table']) ok(runScript(commits.project, gitLabScript(job), variables));
  expect(commits.project.read('ports.md')).toMatch(/opened, open to the world.*22\/tcp/);
  expect(runScript(commits.project, gitLabScript('.gate'), variables).status).toBe(1);
  ok(runScript(commits.project, gitLabScript('deploy'), variables));
  expect(textOf(commits, 'calls')).toContain('--yes cdktf-cli@0.21.0 deploy * --auto-approve\n');
});

test('lint stops hand-written rules without a baseline, so that the baseline is what lets the first deployment pass', async () => {
  const { project } = await repository('without-baseline');
  const lint = 'node main.cjs && npx --no-install cluster-ports lint cdktf.out';
  expect(runScript(project, lint, { CLUSTER_PORTS: CLI() }).status).toBe(1);
});

test('jobs of GitHub that run cdktf have Terraform, which synthesis needs for checks of reachability', () => {
  const jobs = gitHubJobs().filter(({ steps }) => steps.some(({ run }) => run?.includes('cdktf-cli')));
  expect(
    jobs.map(({ steps }) => steps.filter(({ uses }) => uses?.startsWith('hashicorp/setup-terraform')).length),
  ).toEqual([1, 1]);
});
