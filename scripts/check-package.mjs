// Packs the package and installs it into apps like those of users: one with only AWS, one with only GCP.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { checkDeclarations } from './check-declarations.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { version, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const APPS = [
  { cloud: 'aws', provider: '@cdktf/provider-aws' },
  { cloud: 'gcp', provider: '@cdktf/provider-google' },
];

/** An ES module finds every export by its name, although exports load on first use. */
const NAMED_IMPORTS = `
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as named from 'cdktf-cluster-ports';
const names = Object.keys(createRequire(import.meta.url)('cdktf-cluster-ports'));
assert.deepEqual(names.filter((name) => named[name] === undefined), []);
`;

const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-package-'));

function run(cwd, program, ...args) {
  const options = { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' };
  const { status, stdout } = spawnSync(program, args, options);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${status}\n${stdout}`);
  return stdout;
}

function pack() {
  const [, , given] = process.argv;
  const tarball = given ? resolve(given) : run(ROOT, 'npx', '--no-install', 'tsx', 'scripts/pack.ts', directory).trim();
  const files = run(directory, 'tar', '-tzf', tarball).split('\n');
  const needed = [
    'dist/index.js',
    'dist/index.d.ts',
    'dist/testing/index.js',
    'dist/testing/index.d.ts',
    '.jsii',
    'API.md',
    'README.md',
    'LICENSE',
    'package.json',
    'port-table.schema.json',
    'hostname-table.schema.json',
  ];
  const commandLine = ['cluster-ports.js', 'graphviz.js', 'THIRD-PARTY-NOTICES.txt'].map((file) => `dist/bin/${file}`);
  const bundled = ['node_modules/fastest-levenshtein/mod.js', 'node_modules/yaml/dist/index.js'];
  for (const file of [...needed, ...commandLine, ...bundled])
    assert(files.includes(`package/${file}`), `${file} must be in the tarball`);
  for (const link of linksIn('README.md')) {
    const isPacked = files.some((file) => file === `package/${link}` || file.startsWith(`package/${link}/`));
    assert(isPacked, `${link}, to which README.md links, must be in the tarball`);
  }
  const unneeded = files.filter((file) => /package\/(?:lib|test|scripts)\/|__pycache__/.test(file));
  assert.deepEqual(unneeded, [], 'only what users need is in the tarball');
  console.log(run(directory, process.execPath, join(ROOT, 'node_modules/publint/src/cli.js'), tarball).trim());
  return tarball;
}

/** The files of this repository that a page links to. */
function linksIn(page) {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, link]) => link);
}

function checkApp({ cloud, provider }, tarball) {
  const app = join(directory, cloud);
  mkdirSync(app);
  const dependencies = Object.fromEntries(
    ['cdktf', 'constructs', provider].map((name) => [name, devDependencies[name]]),
  );
  dependencies['cdktf-cluster-ports'] = `file:${tarball}`;
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true, dependencies }));
  run(app, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--silent');
  compile(app, 'package-app.ts', 'node');
  process.stdout.write(run(app, process.execPath, 'package-app.js', cloud));
  writeFileSync(join(app, 'named-imports.mjs'), NAMED_IMPORTS);
  run(app, process.execPath, 'named-imports.mjs');
  compile(app, 'package-test.ts', 'node,jest');
  compile(app, 'package-test.ts', 'node,jest', NODE10);
  runTest(app, cloud);
}

/** An app of one framework can be bundled: what the other one needs is not there. Provider packages that an app does not use stay outside. */
async function checkBundle({ cloud }) {
  const app = join(directory, cloud);
  const outfile = join(app, 'bundle', 'package-app.js');
  const external = ['@cdktf/*', '@cdktn/*'];
  const entryPoints = [join(app, 'package-app.js')];
  const { errors } = await build({ entryPoints, outfile, bundle: true, platform: 'node', external, logLevel: 'error' });
  assert.deepEqual(errors, []);
  const [bundled, asItIs] = [outfile, entryPoints[0]].map((program) => run(app, process.execPath, program, cloud));
  assert.equal(bundled, asItIs);
  console.log(`an app with only ${cloud} is bundled with esbuild, and the bundle runs`);
}

/** The module resolution of the template of cdktf, which TypeScript 6 still has. */
const NODE10 = ['--module', 'commonjs', '--moduleResolution', 'node10', '--ignoreDeprecations', '6.0'];

function compile(app, file, types, modules = ['--module', 'node16']) {
  copyFileSync(join(ROOT, 'scripts', file), join(app, file));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = [...modules, '--target', 'es2022', '--strict', '--skipLibCheck'];
  const typed = ['--typeRoots', join(ROOT, 'node_modules/@types'), '--types', types];
  run(app, process.execPath, tsc, ...options, ...typed, file);
}

function runTest(app, cloud) {
  const config = {
    testMatch: ['**/package-test.js'],
    transform: {},
    setupFilesAfterEnv: ['cdktf-cluster-ports/testing'],
  };
  writeFileSync(join(app, 'jest.config.json'), JSON.stringify(config));
  process.env.CLOUD = cloud;
  run(app, process.execPath, join(ROOT, 'node_modules/jest/bin/jest.js'), '--ci=false', '--rootDir', app);
  const snapshot = readFileSync(join(app, '__snapshots__/package-test.js.snap'), 'utf8');
  assert.match(snapshot, /ingress 9090\/tcp from 10\.0\.0\.0\/8 to /, 'a snapshot must show what is open');
  console.log(`the test of an app with only ${cloud} runs with the matchers`);
}

// the command line needs neither a framework nor a provider
function checkCommandLine(tarball) {
  const app = join(directory, 'command-line');
  mkdirSync(app);
  const dependencies = { constructs: devDependencies.constructs, 'cdktf-cluster-ports': `file:${tarball}` };
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true, dependencies }));
  run(app, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--silent');
  checkDeclarations(join(app, 'node_modules/cdktf-cluster-ports'));
  console.log('the declaration files compile without framework and providers, and show no internal member');
  const clusterPorts = (...args) => run(app, 'npx', '--no-install', 'cluster-ports', ...args);
  assert.match(clusterPorts('--help'), /^Usage: cluster-ports /);
  assert.equal(clusterPorts('--version').trim(), version);
  const documents = join(ROOT, 'examples/documents/apinizer-hybrid');
  const stack = join(app, 'cdk.tf.json');
  run(ROOT, 'npx', '--no-install', 'tsx', 'scripts/example-stack.ts', stack);
  const isSame = (file, text) => assert.equal(text, readFileSync(join(documents, file), 'utf8'), file);
  isSame('request.txt', clusterPorts('request', stack));
  isSame('diagram.svg', clusterPorts('diagram', stack, '--format', 'svg'));
  clusterPorts('request', stack, '--format', 'xlsx', '--output', 'request.xlsx');
  assert.equal(readFileSync(join(app, 'request.xlsx')).subarray(0, 2).toString(), 'PK');
  console.log('the command line prints its help, and writes the documents of the example');
}

try {
  const tarball = pack();
  checkCommandLine(tarball);
  APPS.forEach((app) => checkApp(app, tarball));
  for (const app of APPS) await checkBundle(app);
} finally {
  rmSync(directory, { recursive: true });
}
