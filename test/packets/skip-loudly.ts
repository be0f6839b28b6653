import { spawnSync } from 'node:child_process';

const PROBE = 'cluster-ports-probe';
/** What the tests need in a network namespace: nftables, IPv6, and a ping that takes a source. */
const NEEDED = [
  'nft list tables',
  'ip link set lo up',
  'ip -6 address add 2001:db8::1/128 dev lo',
  'ping -c 1 -W 1 -I 127.0.0.1 127.0.0.1',
];

/** Ends the run with a message, and without a failure, if this machine cannot have such network namespaces. */
export default function skipLoudly(): void {
  const run = (line: string): boolean => {
    const [program, ...words] = line.split(' ');
    return spawnSync(program, words).status === 0;
  };
  const isPossible = run(`ip netns add ${PROBE}`) && NEEDED.every((line) => run(`ip netns exec ${PROBE} ${line}`));
  run(`ip netns delete ${PROBE}`);
  if (isPossible) return;
  console.error('\n*** SKIPPED: packets through nftables need root, ip, nft and ping, and network namespaces. ***\n');
  process.exit(0);
}
