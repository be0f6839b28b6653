import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pinned, Project } from './project';
import { provideSetups, type Setups } from './setups';
import { addStandIn } from './stand-in';

const ROOT = join(__dirname, '../..');

/**
 * Packs the package, and installs it into an app of each framework. `SETUPS_DIRECTORY` is a folder that stays: what is in it already is
 * not packed and installed again. Ends the run with a message, and without a failure, if npm does not
 * reach a registry.
 */
export default function installSetups(): void {
  const directory = process.env.SETUPS_DIRECTORY ?? mkdtempSync(join(tmpdir(), 'cluster-ports-setups-'));
  const here = new Project(directory);
  if (here.npm('view', 'constructs@10.4.2', 'version').status !== 0) {
    console.error('\n*** SKIPPED: the tests of set-ups install packages, and npm does not reach a registry. ***\n');
    process.exit(0);
  }
  const tarball = packed(directory);
  const node22 = installedNode22(directory);
  const own = { 'cdktf-cluster-ports': `file:${tarball}` };
  Project.install({ directory: join(directory, 'cdktf'), dependencies: { ...pinned('cdktf'), ...own } });
  if (node22 !== undefined) {
    const dependencies = { ...pinned('cdktn'), ...own };
    const terrain = Project.install({ directory: join(directory, 'cdktn'), dependencies, node: node22 });
    addStandIn(terrain, 'google');
    addStandIn(terrain, 'kubernetes');
  }
  provideSetups({ directory, tarball, node22 } satisfies Setups);
}

function packed(directory: string): string {
  const known = readdirSync(directory).find((file) => file.endsWith('.tgz'));
  if (known !== undefined) return join(directory, known);
  const pack = ['--no-install', 'tsx', 'scripts/pack.ts', directory];
  const shell = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync('npx', pack, { cwd: ROOT, encoding: 'utf8', shell });
  if (status !== 0) throw new Error(`scripts/pack.ts: exit ${status}\n${stderr}`);
  return stdout.trim();
}

/** Returns a Node.js 22 from the npm package `node`, if it is not the one that runs already. */
function installedNode22(directory: string): string | undefined {
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  try {
    const project = Project.install({ directory: join(directory, 'node22'), dependencies: pinned('node22') });
    const program = project.path('node_modules/node/bin/node');
    if (new Project(directory, program).run('--version').startsWith('v22.')) return program;
  } catch (error) {
    console.error(error);
  }
  console.error('\n*** SKIPPED: CDK Terrain, because the npm package "node" gives no Node.js 22 here. ***\n');
  return undefined;
}
