import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { providePython } from './kubernetes-validate';

const VERSION = '1.37.0';

/**
 * Installs kubernetes-validate into a Python environment of its own, unless this machine has it. Ends the run with a message, and without a failure, if this machine has
 * no Python, or if pip cannot install it.
 */
export default function installKubernetesValidate(): void {
  if (spawnSync('python3', ['-c', 'import kubernetes_validate']).status === 0) {
    providePython('python3');
    return;
  }
  if (spawnSync('python3', ['-c', 'import ensurepip, venv']).status !== 0) skip('python3 with venv is not installed');
  const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-schemas-'));
  spawnSync('python3', ['-m', 'venv', directory]);
  const { status } = spawnSync(join(directory, 'bin/pip'), ['install', '--quiet', `kubernetes-validate==${VERSION}`]);
  if (status !== 0) {
    rmSync(directory, { recursive: true, force: true });
    skip('pip cannot install it');
  }
  providePython(join(directory, 'bin/python'), directory);
}

function skip(reason: string): never {
  console.error(`\n*** SKIPPED: the schemas of kubernetes-validate, because ${reason}. ***\n`);
  process.exit(0);
}
