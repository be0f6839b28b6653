// Loaded before a program: writes to file descriptor 3 what the process has used until its end.
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

/** On Linux the maxRSS of a child begins at the peak of its parent, and VmHWM does not. */
function ownPeak() {
  if (process.platform !== 'linux') return undefined;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(kilobytes);
}
