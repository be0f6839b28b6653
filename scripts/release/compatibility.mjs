// Compares the public API with that of the last release: a call that worked there must work here. What may break nevertheless is in
// allowed-breaking-changes.txt, with the reason in the changelog.
//
//   npm run compatibility                     the last release on npm
//   npm run compatibility -- --against DIR    a directory with the package.json and the .jsii of a release
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { downloadLastRelease } from './last-release.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({ options: { against: { type: 'string' } } });

if (values.against === undefined) compareWithLastRelease();
else compareWithDirectory(values.against);

function compareWithLastRelease() {
  // below the root, so that jsii-diff finds the packages that an API mentions
  mkdirSync(join(ROOT, 'packages'), { recursive: true });
  const directory = mkdtempSync(join(ROOT, 'packages', 'last-release-'));
  try {
    const tarball = downloadLastRelease(directory);
    if (tarball === undefined) return;
    execFileSync('tar', ['-xzf', tarball, '-C', directory]);
    compare(withoutOptionalPeers(join(directory, 'package')));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function compareWithDirectory(release) {
  mkdirSync(join(ROOT, 'packages'), { recursive: true });
  const directory = mkdtempSync(join(ROOT, 'packages', 'last-release-'));
  try {
    for (const file of ['package.json', '.jsii']) cpSync(join(release, file), join(directory, file));
    compare(withoutOptionalPeers(directory));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Removes the optional peers of a published package, which jsii-diff would look for, and of which none is in the API. */
function withoutOptionalPeers(directory) {
  const file = join(directory, 'package.json');
  const { peerDependencies = {}, peerDependenciesMeta = {}, ...manifest } = JSON.parse(readFileSync(file, 'utf8'));
  const required = Object.entries(peerDependencies).filter(([name]) => peerDependenciesMeta[name]?.optional !== true);
  writeFileSync(file, JSON.stringify({ ...manifest, peerDependencies: Object.fromEntries(required) }));
  return directory;
}

function compare(last) {
  const jsiiDiff = join(ROOT, 'node_modules/jsii-diff/bin/jsii-diff.js');
  const allowed = join(ROOT, 'scripts/release/allowed-breaking-changes.txt');
  const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  const args = [jsiiDiff, '--keys', '--error-on', 'all', '--ignore-file', allowed, last, ROOT];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env });
  if (status === 0) console.log('Every call of the last release works.');
  process.exitCode = status ?? 1;
}
