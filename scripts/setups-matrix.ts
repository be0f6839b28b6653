// Installs combinations of versions, and compares the Terraform of the examples: `npm run setups -- 6 7` tries 6 with the seed 7. As many as the
// longest list of versions try each version once.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '../test/setups/compiled';
import { type Dependencies, pinned, Project } from '../test/setups/project';
import { addStandIn } from '../test/setups/stand-in';
import { withoutVersions } from '../test/setups/synthesized';

type Framework = 'cdktf' | 'cdktn';
type Versions = Readonly<Record<string, readonly string[]>>;

interface Line {
  readonly framework: Framework;
  readonly versions: Versions;
  readonly nodes: readonly string[];
}

/** The versions that npm lets exist together: the oldest and the newest of each major version of a provider package. */
const LINES: readonly Line[] = [
  {
    framework: 'cdktf',
    nodes: ['20', '22.23.3', '24.9.0'],
    versions: {
      cdktf: ['0.20.0', '0.20.12'],
      constructs: ['10.3.0', '10.4.2', '10.8.1'],
      '@cdktf/provider-aws': ['19.0.0', '19.65.1'],
      '@cdktf/provider-google': ['14.0.0', '14.36.0', '15.0.0'],
      '@cdktf/provider-kubernetes': ['11.0.0', '11.12.1'],
    },
  },
  {
    framework: 'cdktf',
    nodes: ['20', '22.23.3', '24.9.0'],
    versions: {
      cdktf: ['0.21.0'],
      constructs: ['10.4.2', '10.6.0', '10.8.1'],
      '@cdktf/provider-aws': ['20.0.0', '20.1.0', '21.0.0', '21.22.1'],
      '@cdktf/provider-google': ['16.0.0', '16.4.0', '16.5.0', '16.12.1'],
      '@cdktf/provider-kubernetes': ['12.0.0', '12.1.1'],
    },
  },
  {
    framework: 'cdktn',
    nodes: ['22.23.3', '24.9.0'],
    versions: {
      cdktn: ['0.24.0'],
      constructs: ['10.6.0', '10.7.2'],
      '@cdktn/provider-aws': ['25.5.0', '25.7.0'],
    },
  },
];

/** Synthesizes each example in an app of its own, and prints the texts; an old provider may lack a module that one of them needs. */
const PROGRAM = [
  "import { Testing } from 'cdktf';",
  "import { EXAMPLES } from './examples/all';",
  'const texts = Object.entries(EXAMPLES).map(([id, Example]) => {',
  '  try {',
  '    return [id, JSON.stringify(new Example(Testing.app(), id).toTerraform())];',
  '  } catch (error) {',
  "    if (error.code !== 'provider-module-missing') throw error;",
  '    return [id, error.code];',
  '  }',
  '});',
  'console.log(JSON.stringify(Object.fromEntries(texts)));',
];

/** `SETUPS_DIRECTORY` is a folder that stays, with the tarball that is tried. */
const directory = process.env.SETUPS_DIRECTORY ?? mkdtempSync(join(tmpdir(), 'cluster-ports-matrix-'));
const [count = 6, seed = Math.floor(Math.random() * 1e6)] = process.argv.slice(2).map(Number);

function tarball(): string {
  const known = readdirSync(directory).find((file) => file.endsWith('.tgz'));
  if (known !== undefined) return join(directory, known);
  const shell = process.platform === 'win32';
  const { status } = spawnSync('npx', ['tsx', join(__dirname, 'pack.ts'), directory], {
    stdio: ['ignore', 'ignore', 2],
    shell,
  });
  if (status !== 0) throw new Error('the package could not be packed');
  return tarball();
}

/** Returns the program of a line of Node.js, from the npm package `node`. */
function nodeOf(version: string): string {
  if (process.versions.node.startsWith(`${version.split('.')[0]}.`)) return process.execPath;
  const folder = join(directory, `node-${version}`);
  return Project.install({ directory: folder, dependencies: { node: version } }).path('node_modules/node/bin/node');
}

/** Returns the nth choice: each list of versions is begun at a place that the seed decides. */
function choice<T>(list: readonly T[], nth: number, salt: number): T {
  return list[(nth + ((seed * 31 + salt * 17) % list.length)) % list.length];
}

interface Combination {
  readonly framework: Framework;
  readonly dependencies: Dependencies;
  readonly node: string;
}

function combination(nth: number): Combination {
  const { framework, versions, nodes } = LINES[(nth + seed) % LINES.length];
  const of = Math.floor(nth / LINES.length);
  const chosen = Object.entries(versions).map(([name, list], at) => [name, choice(list, of, at)] as const);
  return { framework, dependencies: Object.fromEntries(chosen), node: choice(nodes, of, chosen.length) };
}

async function texts({ framework, dependencies, node }: Combination): Promise<Record<string, string>> {
  const app = join(directory, 'app');
  const all = { ...dependencies, 'cdktf-cluster-ports': `file:${tarball()}` };
  try {
    const project = Project.install({ directory: app, dependencies: all, node: nodeOf(node) });
    if (framework === 'cdktn') for (const cloud of ['google', 'kubernetes'] as const) addStandIn(project, cloud);
    await compile(project, { entry: PROGRAM, outfile: 'app.cjs', framework, format: 'cjs' });
    project.copy('examples/registry-ports.yaml');
    return JSON.parse(project.run('app.cjs').trim().split('\n').at(-1)!) as Record<string, string>;
  } finally {
    rmSync(app, { recursive: true, force: true });
  }
}

/** Returns the examples whose Terraform differs, and those that the versions cannot have. */
function compared(
  found: Record<string, string>,
  expected: Record<string, string>,
): { differ: string[]; lack: string[] } {
  const lack = Object.keys(found).filter((name) => found[name] === 'provider-module-missing');
  const rest = Object.keys(expected).filter((name) => !lack.includes(name));
  const only = (all: Record<string, string>): Record<string, string> =>
    withoutVersions(Object.fromEntries(rest.map((name) => [name, all[name]])));
  const [here, there] = [only(found), only(expected)];
  return { lack, differ: rest.filter((name) => here[name] !== there[name]) };
}

async function main(): Promise<void> {
  const expected = await texts({ framework: 'cdktf', dependencies: pinned('cdktf'), node: '20' });
  let failures = 0;
  for (let nth = 0; nth < count; nth += 1) {
    const tried = combination(nth);
    const { differ, lack } = compared(await texts(tried), expected);
    const isRight = differ.length === 0 && lack.every((name) => name === 'checked-rules-on-gcp');
    if (!isRight) failures += 1;
    const names = Object.entries(tried.dependencies).map(([name, version]) => `${name} ${version}`);
    const what = [...differ.map((name) => `${name} differs`), ...lack.map((name) => `${name} needs a later provider`)];
    console.log(
      `${isRight ? 'same' : 'DIFFERENT'}: Node.js ${tried.node}, ${names.join(', ')}${what.map((text) => `; ${text}`).join('')}`,
    );
  }
  console.log(`${count} combinations with the seed ${seed}: ${failures} differ`);
  process.exitCode = failures === 0 ? 0 : 1;
}

void main().finally(() => {
  if (process.env.SETUPS_DIRECTORY === undefined) rmSync(directory, { recursive: true, force: true });
});
