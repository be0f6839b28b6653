import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXAMPLES, provideEnvironment, ROOT } from './python';

/**
 * Makes a Python environment with the wheel of this package. Ends the run with a message, and without a failure, if this machine has no
 * Python, or if pip does not reach a registry.
 */
export default function installPython(): void {
  if (spawnSync('python3', ['-c', 'import ensurepip, venv']).status !== 0) skip('python3 with venv is not installed');
  const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-python-'));
  run('python3', '-m', 'venv', join(directory, 'venv'));
  const pip = join(directory, 'venv/bin/pip');
  const known = spawnSync(pip, ['download', '--quiet', '--no-deps', '--dest', directory, 'publication==0.0.3']);
  if (known.status !== 0) skip('pip does not reach a registry');
  run(process.execPath, join(ROOT, 'scripts/languages.mjs'), 'python', '--outdir', directory);
  const wheels = join(directory, 'python');
  const wheel = readdirSync(wheels).find((file) => file.endsWith('.whl'))!;
  run(pip, 'install', '--quiet', '--requirement', join(EXAMPLES, 'requirements.txt'), join(wheels, wheel));
  provideEnvironment(directory);
}

function skip(reason: string): never {
  console.error(`\n*** SKIPPED: the tests in Python, because ${reason}. ***\n`);
  process.exit(0);
}

function run(program: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${status}\n${stderr}`);
}
