import { spawnSync } from 'node:child_process';

/** Ends the run with a message, and without a failure, if HAProxy is not installed. */
export default function skipLoudly(): void {
  if (spawnSync('haproxy', ['-v']).status === 0) return;
  console.error('\n*** SKIPPED: the checks of HAProxy need haproxy, which is not installed. ***\n');
  process.exit(0);
}
