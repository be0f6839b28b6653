import { findTools } from './tools';

/** Ends the run with a message, and without a failure, if a tool that deployments need is not installed. */
export default function skipLoudly(): void {
  const { missing } = findTools();
  if (missing.length === 0) return;
  console.error(
    `\n*** SKIPPED: deployments to a fake EC2 need ${missing.join(', ')}, which this machine does not have. ***\n`,
  );
  process.exit(0);
}
