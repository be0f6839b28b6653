import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { compile } from './compiled';
import { pinned, Project } from './project';
import { cdktfApp, setups } from './setups';

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

test('packing changes no file of the checkout', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, object>;
  expect(manifest.peerDependencies).toEqual({ constructs: '^10.3.0' });
  expect(manifest).not.toHaveProperty('peerDependenciesMeta');
});

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

test.each(['webpack', 'rollup'])(
  '%s bundles an app of one framework and one cloud, and the bundle synthesizes',
  async (bundler) => {
    const project = Project.install({ directory: cdktfApp().path('bundlers'), dependencies: pinned('bundlers') });
    await compile(project, { entry: BUNDLED, outfile: 'app.mjs', framework: 'cdktf', format: 'esm' });
    project.write(`${bundler}.mjs`, BUILD[bundler]);
    project.run(`${bundler}.mjs`);
    expect(JSON.parse(project.run(`${bundler}/app.cjs`))).toEqual(['firewall_allow-vcluster-platform-to-prometheus']);
  },
);

const BUNDLED = [
  "import { ownStack } from './test/setups/programs/own-stack';",
  "import { Testing } from 'cdktf';",
  'console.log(JSON.stringify(Object.keys(JSON.parse(Testing.synth(ownStack())).resource.google_compute_firewall)));',
];

/** As users write it: what their app does not install is external. */
const BUILD: Readonly<Record<string, string>> = {
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
