import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideCheckov } from './checkov';

const VERSION = '3.3.30';

/**
 * Installs checkov into a Python environment of its own, unless this machine has it. Ends the run with a message, and without a failure, if this machine has no Python,
 * or if pip cannot install it.
 */
export default function installCheckov(): void {
  if (spawnSync('checkov', ['--version']).status === 0) {
    provideCheckov();
    return;
  }
  if (spawnSync('python3', ['-c', 'import ensurepip, venv']).status !== 0) skip('python3 with venv is not installed');
  const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-checkov-'));
  spawnSync('python3', ['-m', 'venv', directory]);
  const { status } = spawnSync(join(directory, 'bin/pip'), ['install', '--quiet', `checkov==${VERSION}`]);
  if (status !== 0) skip('pip cannot install it');
  provideCheckov(directory);
}

function skip(reason: string): never {
  console.error(`\n*** SKIPPED: the scans with checkov, because ${reason}. ***\n`);
  process.exit(0);
}
