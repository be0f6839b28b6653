import { findTools } from './tools';

/** Says before any test whether this machine can deploy, and ends without a failure when it cannot. */
export default function skipLoudly(): void {
  const { missing } = findTools();
  if (missing.length === 0) return;
  console.error(`\n*** SKIPPED: deployments to a fake EC2 need ${missing.join(', ')}, which this machine lacks. ***\n`);
  process.exit(0);
}
