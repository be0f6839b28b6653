// Compares what the package weighs with the last release: files and size when installed, dependencies, CPU of its import. Times are
// medians of the ratios of pairs, which run in turn. Nothing fails: a person judges the ratios.
//
//   npm run weight                            the last release on npm
//   npm run weight -- --against TARBALL       a tarball
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { downloadLastRelease } from './last-release.mjs';
import { pack } from './pack.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROUNDS = 15;
const IMPORT = `const before = process.cpuUsage();
require('cdktf-cluster-ports');
const { user, system } = process.cpuUsage(before);
console.log(user + system);`;
const { values } = parseArgs({ options: { against: { type: 'string' } } });

const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-weight-'));
try {
  const last = values.against ?? downloadLastRelease(directory);
  if (last !== undefined) {
    mkdirSync(join(directory, 'new'));
    report(installed('before', last), installed('after', pack(join(directory, 'new'))));
  }
} finally {
  rmSync(directory, { recursive: true });
}

/** Installs a tarball with what every app has. Returns the directory of the app. */
function installed(name, tarball) {
  const app = join(directory, name);
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const dependencies = { 'cdktf-cluster-ports': `file:${tarball}`, constructs: devDependencies.constructs };
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name, private: true, dependencies }));
  const options = { cwd: app, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' };
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--silent'], options);
  return app;
}

function report(before, after) {
  const cpu = Array.from({ length: ROUNDS }, () => [before, after].map(importCpu));
  console.table({
    files: row(...[before, after].map((app) => filesOf(app).length)),
    'size (KB)': row(...[before, after].map((app) => sizeOf(app) / 1000)),
    dependencies: row(...[before, after].map(dependenciesOf)),
    'import (CPU, ms)': {
      ...row(...[0, 1].map((side) => median(cpu.map((pair) => pair[side])) / 1000)),
      ratio: median(cpu.map(([one, other]) => other / one)).toFixed(2),
    },
  });
}

function row(last, now) {
  return { 'last release': Math.round(last), now: Math.round(now), ratio: (now / last).toFixed(2) };
}

function filesOf(app) {
  const library = join(app, 'node_modules/cdktf-cluster-ports');
  const entries = readdirSync(library, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function sizeOf(app) {
  return filesOf(app).reduce((sum, file) => sum + statSync(file).size, 0);
}

/** Packages that npm installs because of this one; every app has itself, this package and constructs. */
function dependenciesOf(app) {
  const { packages } = JSON.parse(readFileSync(join(app, 'node_modules/.package-lock.json'), 'utf8'));
  return Object.keys(packages).filter((path) => !/^node_modules\/(cdktf-cluster-ports|constructs)$/.test(path)).length;
}

function importCpu(app) {
  return Number(execFileSync(process.execPath, ['-e', IMPORT], { cwd: app, encoding: 'utf8' }));
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}
