// Bundles the command line into one file, and writes the licences of the bundled packages next to it. Graphviz is large and rarely
// used, so it is a separate file that the first picture loads.
//
//   node scripts/bundle.mjs [directory]   (default: dist/bin)
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = process.argv[2] ?? join(ROOT, 'dist/bin');
if (OUT.startsWith('-')) throw new Error(`bundle: needs a directory, got ${OUT}`);
const GRAPHVIZ = '@viz-js/viz';
const LICENCE = /^(?:licen[cs]e|copying)/i;
/** Licence texts of packages that do not contain one. */
const NOTICES = { [GRAPHVIZ]: 'scripts/notices/viz-js.txt', saxes: 'scripts/notices/saxes.txt' };

const separateGraphviz = {
  name: 'separate-graphviz',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^@viz-js\/viz$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './graphviz.js', external: true },
    );
  },
};

function packageOf(input) {
  const [, name] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
  return name;
}

function notice(directory) {
  const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const inside = readdirSync(directory).find((each) => LICENCE.test(each));
  const file = NOTICES[name] === undefined ? inside && join(directory, inside) : join(ROOT, NOTICES[name]);
  if (file === undefined) throw new Error(`${name}: a licence text is needed in the package, or in scripts/notices`);
  return `${name} ${version} (${license})\n\n${readFileSync(file, 'utf8').trim()}\n`;
}

rmSync(OUT, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: { 'cluster-ports': 'lib/cli/main.ts', graphviz: GRAPHVIZ },
  outdir: OUT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'none', // THIRD-PARTY-NOTICES.txt has them
  metafile: true,
  plugins: [separateGraphviz],
});
const packages = new Set(Object.keys(metafile.inputs).flatMap((input) => packageOf(join(ROOT, input)) ?? []));
const notices = [...packages].sort().map(notice);
writeFileSync(
  join(OUT, 'THIRD-PARTY-NOTICES.txt'),
  `The files of this directory contain the following packages.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`,
);
