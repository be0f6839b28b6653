import { spawnSync } from 'node:child_process';
import { PROGRAMS } from './api-server';

/** Ends the run with a message, and without a failure, if a program is not installed. */
export default function skipLoudly(): void {
  const missing = Object.values(PROGRAMS).filter((program) => spawnSync(program, ['--help']).error !== undefined);
  if (missing.length === 0) return;
  console.error(
    `\n*** SKIPPED: network policies on a real API server need kube-apiserver, etcd and kubectl; not found: ${missing.join(', ')}. ***\n`,
  );
  process.exit(0);
}
