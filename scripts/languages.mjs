// Makes the packages for other languages, in packages/<language>: npm run languages [-- python java go dotnet]
// Without names, all languages whose tools are on this machine. --code-only writes only the source, --outdir to a different folder.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pack } from './release/pack.mjs';
import { translateSamples } from './translate-samples.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What builds a package of each language. */
const TOOLS = {
  python: ['python3', '--version'],
  java: ['mvn', '--version'],
  go: ['go', 'version'],
  dotnet: ['dotnet', '--version'],
};
const shell = process.platform === 'win32';

const { values, positionals } = parseArgs({
  options: { 'code-only': { type: 'boolean' }, outdir: { type: 'string', default: join(ROOT, 'packages') } },
  allowPositionals: true,
});
const unknown = positionals.find((language) => !(language in TOOLS));
if (unknown !== undefined) throw new Error(`${unknown}: the languages are ${Object.keys(TOOLS).join(', ')}`);
const wanted = positionals.length === 0 ? Object.keys(TOOLS) : positionals;
const missing = values['code-only'] === true ? [] : wanted.filter((language) => !isOnMachine(TOOLS[language]));
for (const language of missing)
  console.log(`*** SKIPPED: ${language} needs ${TOOLS[language][0]}, which is not on this machine ***`);
if (positionals.length > 0 && missing.length > 0) process.exit(1);

const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-languages-'));
try {
  run('tar', '-xzf', pack(directory), '-C', directory);
  // the packages that the API mentions
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'), 'junction');
  translateSamples(join(directory, 'package'));
  const jsiiPacmak = join(ROOT, 'node_modules/jsii-pacmak/bin/jsii-pacmak');
  const targets = wanted.filter((language) => !missing.includes(language));
  const codeOnly = values['code-only'] === true ? ['--code-only'] : [];
  const options = ['--targets', ...targets, '--outdir', values.outdir, ...codeOnly];
  // the directory is first: after `--`, jsii-pacmak ignores it and takes the working directory
  run(process.execPath, jsiiPacmak, join(directory, 'package'), ...options);
} finally {
  rmSync(directory, { recursive: true });
}

function isOnMachine([program, ...args]) {
  return spawnSync(program, args, { stdio: 'ignore', shell }).status === 0;
}

function run(program, ...args) {
  const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  const { status } = spawnSync(program, args, { stdio: 'inherit', env });
  if (status !== 0) throw new Error(`${program}: exit ${status}`);
}
