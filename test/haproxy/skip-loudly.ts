import { spawnSync } from 'node:child_process';

/** Says before any test whether this machine has HAProxy, and ends without a failure when it has not. */
export default function skipLoudly(): void {
  if (spawnSync('haproxy', ['-v']).status === 0) return;
  console.error('\n*** SKIPPED: the checks of HAProxy need haproxy, which this machine lacks. ***\n');
  process.exit(0);
}
