// Builds the package and packs it from a folder of its own, so that nothing in the checkout changes:
// `tsx scripts/pack.ts [directory]` prints the path of the tarball, which `npm publish` takes.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { TESTED_VERSIONS } from '../lib/framework/provider-versions';

const ROOT = dirname(__dirname);
/** What only the checkout needs. Without scripts, nothing runs when a user installs the package. */
const NOT_PUBLISHED = ['private', 'scripts', 'devDependencies', 'overrides', 'lint-staged', 'files'];

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

function npmPack(cwd: string, ...options: readonly string[]): Packed {
  const args = ['pack', '--json', '--ignore-scripts', ...options];
  const shell = process.platform === 'win32'; // npm is a script there
  const { status, stdout } = spawnSync('npm', args, {
    cwd,
    shell,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')}: exit ${status}`);
  const [packed] = JSON.parse(stdout) as Packed[];
  return packed;
}

/**
 * Returns the package.json of the published package. jsii does not support optional peers, and an AWS team must not have to install
 * Google's provider, so these are added here.
 */
function publishedManifest(): object {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, object>;
  const ranges = Object.entries(TESTED_VERSIONS).map(([name, versions]) => [name, versions.join(' || ')] as const);
  return {
    ...Object.fromEntries(Object.entries(manifest).filter(([name]) => !NOT_PUBLISHED.includes(name))),
    peerDependencies: { ...manifest.peerDependencies, ...Object.fromEntries(ranges) },
    peerDependenciesMeta: Object.fromEntries(ranges.map(([name]) => [name, { optional: true }])),
  };
}

function pack(directory: string): string {
  const stage = mkdtempSync(join(tmpdir(), 'cluster-ports-pack-'));
  try {
    for (const { path } of npmPack(ROOT, '--dry-run').files) cpSync(join(ROOT, path), join(stage, path));
    writeFileSync(join(stage, 'package.json'), `${JSON.stringify(publishedManifest(), undefined, 2)}\n`);
    return join(directory, npmPack(stage, '--pack-destination', directory).filename);
  } finally {
    rmSync(stage, { recursive: true });
  }
}

const { status } = spawnSync(process.execPath, [join(__dirname, 'build.mjs')], { stdio: ['ignore', 2, 2] });
if (status !== 0) process.exit(status ?? 1);
console.log(pack(resolve(process.argv[2] ?? '.')));
