import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import type { Ended, Project } from './project';

const ROOT = join(__dirname, '../..');

/** A step of GitHub, or a job of GitLab, as far as tests run it. */
interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly script?: readonly string[];
}

interface Job {
  readonly steps: readonly Step[];
}

interface GitHubPipeline {
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Returns the jobs of the pipeline for GitHub Actions. */
export function gitHubJobs(): Job[] {
  return Object.values((pipeline('github-actions.yml') as GitHubPipeline).jobs);
}

/** Returns the script of a step of GitHub Actions, by its name or by how the script begins. */
export function gitHubScript(job: string, name: string): string {
  const { jobs } = pipeline('github-actions.yml') as GitHubPipeline;
  return jobs[job].steps.find((step) => step.name === name || step.run?.startsWith(name) === true)!.run!;
}

/** Returns the script of a job of GitLab. */
export function gitLabScript(job: string): string {
  return (pipeline('gitlab-ci.yml') as Readonly<Record<string, Step>>)[job].script!.join('\n');
}

function pipeline(file: string): unknown {
  return parse(readFileSync(join(ROOT, 'examples/pipelines', file), 'utf8'));
}

/**
 * Programs in front of those of the machine. npm and npx do what the pipelines need, and fail where the real ones fail: `npm ci` without a
 * lockfile, and npx without `--yes` for a package that is not installed. gh and curl record their calls.
 */
const PROGRAMS: Readonly<Record<string, string>> = {
  npm: '[ "$1" = ci ] || exit 64; [ -f package-lock.json ] || { echo "npm ci needs a lockfile" >&2; exit 1; }',
  npx: `case "$1 $2 $3" in
  "--yes cdktf-cli@0.21.0 synth") exec node main.cjs ;;
  "--yes cdktf-cli@0.21.0 deploy") echo "$*" >> "$CALLS" ;;
  "--no-install cluster-ports "*) shift 2; exec node "$CLUSTER_PORTS" "$@" ;;
  *) echo "npx would ask whether to install: $*" >&2; exit 1 ;;
esac`,
  gh: 'echo "gh $*" >> "$CALLS"',
  curl: `echo "curl $*" >> "$CALLS"
while [ $# -gt 0 ]; do if [ "$1" = --output ]; then echo "[]" > "$2"; fi; shift; done`,
};

/** Runs a script as the pipelines do: by bash, which stops at the first failure. */
export function runScript(project: Project, script: string, variables: Readonly<Record<string, string>>): Ended {
  const programs = project.path('../programs');
  mkdirSync(programs, { recursive: true });
  for (const [name, text] of Object.entries(PROGRAMS)) {
    writeFileSync(join(programs, name), `#!/usr/bin/env bash\n${text}\n`);
    chmodSync(join(programs, name), 0o755);
  }
  const env = { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH}`, ...variables };
  const args = ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script];
  return spawnSync('bash', args, { cwd: project.directory, env, encoding: 'utf8' });
}
