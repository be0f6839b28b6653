// Changes every port, protocol, basis, direction and `internal` flag of the port tables, one at a time in a copy of the project,
// and expects a test to fail.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COPIED = [
  'lib',
  'test',
  'scripts',
  'docs',
  'tsconfig.json',
  'tsconfig.dev.json',
  'jest.config.json',
  'package.json',
  'API.md',
  'examples',
];
const MUTATIONS = [
  { what: 'port', pattern: /(?<=Port\.\w+\((?:\d+, )?)\d+/g, change: (port) => String(Number(port) + 1) },
  { what: 'protocol', pattern: /(?<=Port\.)(tcp|udp)/g, change: (name) => (name === 'tcp' ? 'udp' : 'tcp') },
  {
    what: 'basis',
    pattern: /(?<=Basis\.)(TABLE|COMMAND|REQUEST_TEMPLATE|TEXT|INFERRED)/g,
    change: (name) => (name === 'TABLE' ? 'INFERRED' : 'TABLE'),
  },
  {
    what: 'direction',
    pattern: /source: (\w+),\n(\s+)destination: (\w+)/g,
    change: (_all, from, space, to) => (from === to ? undefined : `source: ${to},\n${space}destination: ${from}`),
  },
  { what: 'internal flag', pattern: / +internal: true,\n/g, change: () => '' },
];

const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-mutants-'));
for (const name of COPIED) cpSync(join(ROOT, name), join(directory, name), { recursive: true });
symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));

function isNoticed() {
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  return spawnSync(process.execPath, [jest, '--bail', '--silent', 'test/products'], { cwd: directory }).status !== 0;
}

function mutantsOf(text) {
  return MUTATIONS.flatMap(({ what, pattern, change }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const changed = change(...match);
      const line = text.slice(0, match.index).split('\n').length;
      const mutant = text.slice(0, match.index) + changed + text.slice(match.index + match[0].length);
      return changed === undefined ? [] : [{ what, line, mutant }];
    }),
  );
}

if (isNoticed()) throw new Error('the tests of the catalog must pass before it can be changed');
if (process.argv.includes('--check')) {
  rmSync(directory, { recursive: true });
  process.exit(0);
}
const survivors = [];
let count = 0;
const catalog = join(directory, 'lib/products');
for (const file of readdirSync(catalog, { recursive: true }).filter((name) => /@|-supplements/.test(name))) {
  const text = readFileSync(join(catalog, file), 'utf8');
  for (const { what, line, mutant } of mutantsOf(text)) {
    writeFileSync(join(catalog, file), mutant);
    count++;
    if (!isNoticed()) survivors.push(`lib/products/${file}:${line}: a changed ${what}`);
  }
  writeFileSync(join(catalog, file), text);
}
rmSync(directory, { recursive: true });
console.log(`${count} changes of the port tables, ${survivors.length} of them noticed by no test`);
survivors.forEach((survivor) => console.log(survivor));
process.exit(survivors.length === 0 ? 0 : 1);
