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
  renderers: ['model'],
  traffic: ['model'],
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

test('only the framework folder loads modules at run time, but for the one that only errors need', () => {
  const loading = files.filter((file) => /\brequire\(/.test(readFileSync(join(LIB, file), 'utf8')));
  expect(loading.sort()).toEqual(['framework/framework.ts', 'framework/providers.ts', 'model/nearest-name.ts']);
});

test('every construct and table file is reachable from the public surface', () => {
  const reachable = new Set<string>();
  const visit = (file: string): void => {
    if (reachable.has(file)) return;
    reachable.add(file);
    for (const specifier of importsOf(file).filter((name) => name.startsWith('.'))) {
      visit(`${relative(LIB, join(LIB, dirname(file), specifier))}.ts`);
    }
  };
  visit('index.ts');
  expect(files.filter((file) => /^(constructs\/|catalog\/.*@)/.test(file) && !reachable.has(file))).toEqual([]);
});
