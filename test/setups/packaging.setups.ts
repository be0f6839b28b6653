import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { compile } from './compiled';
import { pinned, Project } from './project';
import { cdktfApp, setups } from './setups';

const ROOT = join(__dirname, '../..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

/** The package as it is installed. */
const installed = (): Project => new Project(cdktfApp().path('node_modules/cdktf-cluster-ports'));

/** The files of the tarball, from its root. */
function filesInTarball(): string[] {
  const project = new Project(setups().directory);
  const { status, stdout } = project.program('-e', LIST, setups().tarball);
  expect(status).toBe(0);
  return stdout.trim().split('\n');
}

/** Lists a tarball without the program tar, which prints differently on each system. */
const LIST = `
const bytes = require('node:zlib').gunzipSync(require('node:fs').readFileSync(process.argv[1]));
for (let at = 0; bytes[at] !== 0 && at < bytes.length; ) {
  const text = (from, to) => bytes.subarray(at + from, at + to).toString().replace(/\\0.*/s, '');
  console.log([text(345, 500), text(0, 100)].filter(Boolean).join('/').replace(/^package\\//, ''));
  at += 512 + Math.ceil(parseInt(text(124, 136), 8) / 512) * 512;
}`;

test('nothing runs when a user installs the package, and a program of a project is not a dependency', () => {
  const manifest = JSON.parse(installed().read('package.json')) as Record<string, unknown>;
  expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['scripts']));
  expect(manifest).not.toHaveProperty('devDependencies');
  expect(manifest).not.toHaveProperty('private');
  expect(Object.keys(manifest.dependencies as object).sort()).toEqual(['fastest-levenshtein', 'yaml']);
});

test('packing changes no file of the checkout, and adds none', () => {
  const before = hashes();
  expect(Object.keys(before)).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', 'lib/index.ts']));
  const directory = join(setups().directory, 'packed-again');
  mkdirSync(directory, { recursive: true });
  const npm = new Project(ROOT).npm('run', 'package', '--', directory);
  expect({ ...npm, stdout: npm.stdout.trim().split('\n').at(-1) }).toMatchObject({
    status: 0,
    stdout: join(directory, `cdktf-cluster-ports-${version}.tgz`),
  });
  expect(hashes()).toEqual(before);
});

/** Returns a hash of each file that git has, or would add. */
function hashes(): Readonly<Record<string, string>> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  expect(status).toBe(0);
  const hash = (file: string): string =>
    createHash('sha256')
      .update(readFileSync(join(ROOT, file)))
      .digest('hex');
  return Object.fromEntries(
    stdout
      .split('\0')
      .filter((file) => file !== '')
      .map((file) => [file, hash(file)]),
  );
}

test('the files to which pages of the package link are in the package', () => {
  const files = filesInTarball();
  const pages = files.filter((file) => file.endsWith('.md') && !file.startsWith('node_modules/'));
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/install.md', 'docs/ports.md']));
  const missing = pages.flatMap((page) =>
    [
      ...installed()
        .read(page)
        .matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g),
    ]
      .map(([, link]) => posix.join(posix.dirname(page), link))
      .filter((link) => !files.some((file) => file === link || file.startsWith(`${link.replace(/\/$/, '')}/`)))
      .map((link) => `${page}: ${link}`),
  );
  expect(missing).toEqual([]);
});

test('the types are right in every module resolution, but for the assembly of jsii', () => {
  const tools = Project.install({ directory: cdktfApp().path('tools'), dependencies: pinned('tools') });
  tools.write('types-in-tarball.mjs', TYPES_IN_TARBALL);
  const analysis = JSON.parse(tools.run('types-in-tarball.mjs', setups().tarball)) as Analysis;
  const problems = analysis.problems.map(
    ({ kind, entrypoint, resolutionKind }) => `${kind} ${entrypoint} ${resolutionKind}`,
  );
  expect(problems.sort()).toEqual(EXPLAINED);
  expect([...analysis.entrypoints].sort()).toEqual([
    '.',
    './.jsii',
    './assertions',
    './hostname-table.schema.json',
    './package.json',
    './port-table.schema.json',
    './testing',
  ]);
});

/** Prints what is asserted only: the command line of the same project ends before a pipe has taken its 200 KB of traces. */
const TYPES_IN_TARBALL = `
import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
const { problems, entrypoints } = await checkPackage(createPackageFromTarballData(readFileSync(process.argv[2])));
console.log(JSON.stringify({ problems, entrypoints: Object.keys(entrypoints) }));`;

interface Analysis {
  readonly problems: readonly { readonly kind: string; readonly entrypoint: string; readonly resolutionKind: string }[];
  readonly entrypoints: readonly string[];
}

/** Only jsii reads `.jsii`, by its path: it is no module, and has no types. */
const EXPLAINED = ['bundler', 'node10', 'node16-cjs', 'node16-esm'].map(
  (resolution) => `NoResolution ./.jsii ${resolution}`,
);

test.each([
  ['CommonJS', 'Node10'], // of the template of cdktf, which does not name the resolution
  ['Node16', 'Node16'],
  ['NodeNext', 'NodeNext'],
  ['ESNext', 'Bundler'],
])('TypeScript 5 compiles an app and its test: module %s, moduleResolution %s', (module, moduleResolution) => {
  const project = Project.install({ directory: cdktfApp().path('typescript5'), dependencies: pinned('typescript5') });
  for (const file of ['own-stack.ts', 'with-matchers.ts']) {
    cpSync(join(__dirname, 'programs', file), project.path(file));
  }
  project.write('main.ts', COMPILED);
  const named = module === 'CommonJS' ? {} : { moduleResolution };
  const compilerOptions = { ...TEMPLATE, module, ...named, outDir: moduleResolution };
  project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['main.ts', 'with-matchers.ts'] }));
  const { status, stdout } = project.program('node_modules/typescript/bin/tsc');
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  if (module !== 'ESNext') expect(project.run(`${moduleResolution}/main.js`)).toContain('"google_compute_firewall"');
});

/** What `cdktf init` writes, with the types of the runner. */
const TEMPLATE = {
  target: 'ES2018',
  lib: ['es2018'],
  strict: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitReturns: true,
  noEmitOnError: true,
  stripInternal: true,
  skipLibCheck: true,
  types: ['node', 'jest'],
};
const COMPILED = `
import { Testing } from 'cdktf';
import { assertPermitsExactly, permittedTraffic } from 'cdktf-cluster-ports/assertions';
import { ownStack, ROW } from './own-stack';
assertPermitsExactly(ownStack(), [ROW]);
console.log(permittedTraffic(ownStack()).text, Testing.synth(ownStack()));
`;

test.each(['esbuild', 'webpack', 'rollup'])(
  '%s bundles an app of one framework and one cloud, and the bundle synthesizes the same Terraform',
  async (bundler) => {
    const project = Project.install({ directory: cdktfApp().path('bundlers'), dependencies: pinned('bundlers') });
    await compile(project, { entry: BUNDLED, outfile: 'app.mjs', framework: 'cdktf', format: 'esm' });
    project.write(`${bundler}.mjs`, BUILD[bundler]);
    project.run(`${bundler}.mjs`);
    const terraform = JSON.parse(project.run(`${bundler}/app.cjs`)) as { resource: Record<string, object> };
    expect(terraform).toEqual(JSON.parse(project.run('app.mjs')));
    expect(Object.keys(terraform.resource.google_compute_firewall)).toEqual([
      'firewall_allow-vcluster-platform-to-prometheus',
    ]);
  },
);

const BUNDLED = [
  "import { ownStack } from './test/setups/programs/own-stack';",
  "import { Testing } from 'cdktf';",
  'console.log(Testing.synth(ownStack()));',
];

/** As users write it: what their app does not install is external. */
const BUILD: Readonly<Record<string, string>> = {
  esbuild: `
import { build } from 'esbuild';
await build({
  entryPoints: ['app.mjs'], outfile: 'esbuild/app.cjs', bundle: true, platform: 'node', external: ['@cdktf/*', '@cdktn/*'],
});
`,
  webpack: `
import { createRequire } from 'node:module';
const webpack = createRequire(import.meta.url)('webpack');
webpack(
  {
    mode: 'development', devtool: false, target: 'node', entry: './app.mjs', context: process.cwd(),
    output: { path: process.cwd() + '/webpack', filename: 'app.cjs' },
    externals: [
      ({ request }, done) => (/^(@cdkt[fn]\\/|cdktn$)/.test(request) ? done(null, 'commonjs ' + request) : done()),
    ],
  },
  (error, stats) => {
    if (error ?? stats.hasErrors()) { console.error(error ?? stats.toString('errors-only')); process.exit(1); }
  },
);
`,
  rollup: `
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
const bundle = await rollup({
  input: 'app.mjs', external: [/^@cdkt[fn]\\//, 'cdktn', /^node:/, /^cdktf$/, /^constructs$/],
  plugins: [nodeResolve({ preferBuiltins: true }), commonjs({ ignore: (id) => /^(@cdkt[fn]\\/|cdkt[fn]$)/.test(id) }), json()],
});
await bundle.write({ file: 'rollup/app.cjs', format: 'cjs', inlineDynamicImports: true });
`,
};
