import { chromiumPath } from './chromium';

/** Ends the run with a message, and without a failure, if this machine has no Chromium. */
export default function skipLoudly(): void {
  if (chromiumPath() !== undefined) return;
  console.error('\n*** SKIPPED: the report in a browser needs Chromium in PATH, or its path in CHROMIUM. ***\n');
  process.exit(0);
}
