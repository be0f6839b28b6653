import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const NAME = 'cdktf-cluster-ports';
const shell = process.platform === 'win32';

/** Downloads the tarball of the last release to a directory, and returns its path; undefined, with a loud line, if there is none. */
export function downloadLastRelease(directory) {
  const { status, stdout, stderr } = spawnSync('npm', ['view', NAME, 'version'], { encoding: 'utf8', shell });
  if (status === 0) return packed(directory, `${NAME}@${stdout.trim()}`);
  if (!stderr.includes('E404')) throw new Error(stderr);
  console.log(`\n*** SKIPPED: no version of ${NAME} is published, so there is nothing to compare with. ***\n`);
  return undefined;
}

function packed(directory, published) {
  const args = ['pack', '--json', '--pack-destination', directory, published];
  const output = execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], shell });
  return join(directory, JSON.parse(output)[0].filename);
}
