// Looks for known advisories in everything that this repository installs, because the command line bundles packages that are development
// dependencies here. A registry that does not answer to npm audit is no finding: that is reported, and nothing fails.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['.', 'site'];

for (const folder of FOLDERS) {
  const answer = audit(folder);
  if (answer.vulnerabilities === undefined) {
    console.log(`\n*** SKIPPED: the registry does not answer to npm audit in ${folder}: ${reasonOf(answer)} ***\n`);
    continue;
  }
  const findings = Object.values(answer.vulnerabilities);
  for (const finding of findings) console.error(lineOf(finding));
  if (findings.length > 0) process.exitCode = 1;
  console.log(`${folder}: ${findings.length} packages with known advisories`);
}

/** Returns what `npm audit --json` prints: its report, or an error. */
function audit(folder) {
  const options = {
    cwd: join(ROOT, folder),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    shell: process.platform === 'win32',
  };
  const { stdout, stderr } = spawnSync('npm', ['audit', '--json'], options);
  try {
    return JSON.parse(stdout);
  } catch {
    return { message: stderr.trim() };
  }
}

function reasonOf({ message, error }) {
  return message ?? error?.summary ?? 'no reason given';
}

function lineOf({ name, severity, range, via }) {
  const advisories = via.map((each) => (typeof each === 'string' ? `by ${each}` : `${each.title} ${each.url}`));
  return `${name} ${range} (${severity}): ${advisories.join('; ')}`;
}
