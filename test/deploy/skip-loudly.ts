import { findTools } from './tools';

/** Ends the run without a failure, and says so, if this machine lacks a tool that deployments need. */
export default function skipLoudly(): void {
  const { missing } = findTools();
  if (missing.length === 0) return;
  console.error(`\n*** SKIPPED: deployments to a fake EC2 need ${missing.join(', ')}, which this machine lacks. ***\n`);
  process.exit(0);
}
