import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Builds and packs the working tree. Returns the path of the tarball. */
export function pack(directory) {
  return execFileSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'scripts/pack.ts', directory], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();
}
