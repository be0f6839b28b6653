import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const LIB = join(__dirname, '../../lib');

/** Which folders the files of a folder may import from, besides their own. */
const MAY_IMPORT: Record<string, string[]> = {
  model: [],
  catalog: ['model'],
  framework: ['model'],
  gcp: ['model', 'framework'],
  aws: ['model', 'framework'],
  external: ['model', 'framework'],
  files: ['model'],
  renderers: ['model'],
  checks: ['model', 'renderers'],
  traffic: ['model'],
  cli: ['model', 'files', 'renderers', 'checks', 'traffic'],
  testing: ['model', 'files', 'framework', 'renderers', 'traffic'],
  constructs: ['catalog', 'model', 'framework'],
};

const files = (readdirSync(LIB, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));
const importsOf = (file: string): string[] =>
  [...readFileSync(join(LIB, file), 'utf8').matchAll(/from '([^']+)'/g)].map(([, specifier]) => specifier);

test('every folder of the library has its place in the order of imports', () => {
  expect([...new Set(files.map(dirname))].sort()).toEqual(['.', ...Object.keys(MAY_IMPORT)].sort());
});

test.each(files.filter((file) => dirname(file) !== '.'))('%s imports in the right direction', (file) => {
  const folder = dirname(file);
  const folders = importsOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => dirname(relative(LIB, join(LIB, folder, specifier))));
  for (const imported of folders.filter((other) => other !== folder)) expect(MAY_IMPORT[folder]).toContain(imported);
});

test('only the framework folder loads modules at run time, but for what only errors, files and the command line need', () => {
  const loading = files.filter((file) => /\brequire\(/.test(readFileSync(join(LIB, file), 'utf8')));
  expect(loading.sort()).toEqual([
    'files/parsed-file.ts',
    'files/table-text.ts',
    'framework/check-providers.ts',
    'framework/framework.ts',
    'framework/host-providers.ts',
    'framework/providers.ts',
    'model/nearest-name.ts',
    'renderers/graphviz.ts',
    'renderers/spreadsheet.ts',
    'testing/jest-expect.ts',
  ]);
});

/** What is loaded with the public surface. */
function reachableFiles(): Set<string> {
  const reachable = new Set<string>();
  const visit = (file: string): void => {
    if (reachable.has(file)) return;
    reachable.add(file);
    for (const specifier of importsOf(file).filter((name) => name.startsWith('.'))) {
      visit(`${relative(LIB, join(LIB, dirname(file), specifier))}.ts`);
    }
  };
  visit('index.ts');
  return reachable;
}

test('the public surface does not load what the command line alone needs', () => {
  const ofCommandLine = [...reachableFiles()].filter((file) => /^(renderers|checks|cli|traffic|testing)\//.test(file));
  const ofEveryone = /^renderers\/(haproxy|squid)-/; // configurations that an app may write as well
  expect(ofCommandLine.filter((file) => !ofEveryone.test(file))).toEqual([]);
});

test('every construct and table file is reachable from the public surface', () => {
  const reachable = reachableFiles();
  expect(files.filter((file) => /^(constructs\/|catalog\/.*@)/.test(file) && !reachable.has(file))).toEqual([]);
});
