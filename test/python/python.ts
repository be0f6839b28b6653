import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');
export const EXAMPLES = join(ROOT, 'examples/python');

const VARIABLE = 'CLUSTER_PORTS_PYTHON';

/** Tells the tests in which folder the environment is. */
export function provideEnvironment(directory: string): void {
  process.env[VARIABLE] = directory;
}

/** The folder of the environment, and of what the tests write. */
export function environment(): string {
  return process.env[VARIABLE]!;
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the environment, such as `python`. */
export function run(name: string, args: readonly string[], cwd: string, variables: NodeJS.ProcessEnv = {}): Run {
  const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', ...variables };
  return spawnSync(join(environment(), 'venv/bin', name), args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
}

/** Runs a Python program in the folder of the examples, and returns what it prints. Throws if it fails. */
export function python(...args: readonly string[]): string {
  const { status, stdout, stderr } = run('python', args, EXAMPLES, { CDKTF_OUTDIR: join(environment(), 'cdktf.out') });
  if (status !== 0) throw new Error(`python ${args.join(' ')}: exit ${status}\n${stderr}`);
  return stdout;
}
