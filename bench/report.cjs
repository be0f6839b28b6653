// Loaded before a program. At its end, writes the CPU time and memory of the process to file descriptor 3.
const { readFileSync, writeSync } = require('node:fs');

const REPORT = 3;

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const report = {
    cpu: (userCPUTime + systemCPUTime) / 1000,
    memory: (ownPeak() ?? maxRSS) / 1024,
    modules: Object.keys(require.cache).filter((file) => file !== __filename),
  };
  writeSync(REPORT, JSON.stringify(report));
});

/** Returns VmHWM on Linux, because the maxRSS of a child process starts at the peak of its parent there. */
function ownPeak() {
  if (process.platform !== 'linux') return undefined;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(kilobytes);
}
