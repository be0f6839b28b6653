import { spawnSync } from 'node:child_process';

const PROBE = 'cluster-ports-probe';

/** Ends the run with a message, and without a failure, if this machine cannot have network namespaces with nftables. */
export default function skipLoudly(): void {
  const run = (...[program, ...words]: string[]): boolean => spawnSync(program, words).status === 0;
  const isPossible = run('ip', 'netns', 'add', PROBE) && run('ip', 'netns', 'exec', PROBE, 'nft', 'list', 'tables');
  run('ip', 'netns', 'delete', PROBE);
  if (isPossible && run('ping', '-V')) return;
  console.error('\n*** SKIPPED: packets through nftables need root, ip, nft and ping, and network namespaces. ***\n');
  process.exit(0);
}
