import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chromiumPath } from '../report/chromium';

const ROOT = join(__dirname, '../..');

/** Builds the site. Ends the run with a message, and without a failure, if npm reaches no registry or this machine has no Chromium. */
export default function buildSite(): void {
  const shell = process.platform === 'win32';
  const needs = [
    ...(chromiumPath() === undefined ? ['Chromium in PATH, or its path in CHROMIUM'] : []),
    ...(spawnSync('npm', ['view', 'vitepress@1.6.4', 'version'], { shell }).status === 0 ? [] : ['a registry of npm']),
  ];
  if (needs.length > 0) {
    console.error(`\n*** SKIPPED: the site needs ${needs.join(' and ')}. ***\n`);
    process.exit(0);
  }
  const { status, stderr } = spawnSync('npx', ['--no-install', 'tsx', 'scripts/site'], {
    cwd: ROOT,
    shell,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the site does not build:\n${stderr}`);
}
