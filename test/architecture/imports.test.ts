import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { filesBelow, type Import, importCycles, importsBelow } from './import-graph';

const LIB = join(__dirname, '../../lib');

/** The components that each component may import, in addition to itself. */
const MAY_IMPORT: Record<string, string[]> = {
  input: [],
  net: ['input'],
  text: ['input'],
  tables: ['input', 'net'],
  provenance: ['input', 'net', 'tables'],
  access: ['input', 'net', 'tables', 'provenance'],
  framework: ['input', 'net', 'tables', 'access'],
  opening: ['input', 'net', 'tables', 'provenance', 'access', 'framework'],
  constructs: ['input', 'net', 'tables', 'access', 'framework', 'opening', 'products'],
  products: ['input', 'net', 'tables', 'access', 'framework', 'opening'],
  clouds: ['input', 'net', 'tables', 'provenance', 'access', 'framework', 'opening'],
  proxies: ['input', 'net', 'access', 'tables'],
  traffic: ['input', 'net', 'tables', 'provenance', 'access', 'products'],
  documents: ['text', 'input', 'net', 'tables', 'provenance', 'access', 'products'],
  checks: ['text', 'input', 'net', 'provenance', 'documents'],
  cli: ['text', 'input', 'net', 'provenance', 'documents', 'checks', 'traffic'],
  expectations: ['input', 'net', 'text', 'framework', 'traffic', 'provenance'],
  testing: ['input', 'expectations'],
};

/** The same for the folders inside `traffic`, and for the clouds, which may not import each other. */
const INNER_MAY_IMPORT: Record<string, string[]> = {
  'traffic/sets': [],
  'traffic/permitted': ['traffic/sets'],
  'traffic/terraform': [],
  'traffic/read': ['traffic/sets', 'traffic/permitted', 'traffic/terraform'],
  'traffic/diff': ['traffic/sets', 'traffic/permitted'],
  'traffic/cover': ['traffic/sets', 'traffic/permitted', 'traffic/explain'],
  'traffic/explain': ['traffic/sets', 'traffic/permitted'],
  'traffic/lint': ['traffic/sets', 'traffic/permitted'],
  'traffic/proof': ['traffic/sets', 'traffic/permitted', 'traffic/read', 'traffic/terraform'],
  'clouds/aws': [],
  'clouds/gcp': [],
  'clouds/external': [],
  'clouds/kubernetes': [],
  'clouds/linux': [],
};

const files = filesBelow(LIB);
const folders = [...new Set(files.map(dirname))].filter((folder) => folder !== '.');
const imports = importsBelow(LIB);
const isWithin = (file: string, folder: string): boolean => file.startsWith(`${folder}/`);
const componentOf = (file: string): string => file.split('/')[0];

/** Returns the only file of a folder that outsiders import: `index.ts`, or the file with the folder's name. */
function entryOf(folder: string): string {
  const named = `${folder}/${folder.split('/').at(-1)!}.ts`;
  return files.includes(`${folder}/index.ts`) ? `${folder}/index.ts` : named;
}

/** The tables of products are data, and a second entry, for code that must not load constructs: the command line. */
const TABLES = /^products\/(?:[a-z-]+\/)?catalog\.ts$/;
/** The lists of what is generated from tables import it from the folders of products, which need no index. */
const GENERATED_LISTS = ['products/generated-rules.ts', 'products/generated-tables.ts'];

/** Returns the outermost folder that an import enters from outside. */
function enteredFolder({ from, to }: Import): string | undefined {
  return folders.filter((folder) => isWithin(to, folder) && !isWithin(from, folder)).sort()[0];
}

test('every component of the library is listed with the components that it may import', () => {
  expect([...new Set(files.filter((file) => file.includes('/')).map(componentOf))].sort()).toEqual(
    Object.keys(MAY_IMPORT).sort(),
  );
});

test('every component imports only the components that it may import', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [component, other] = [componentOf(from), componentOf(to)];
    return from.includes('/') && component !== other && !MAY_IMPORT[component].includes(other);
  });
  expect(wrong).toEqual([]);
});

test('the folders inside a component import each other in one direction', () => {
  const inner = (file: string): string | undefined =>
    Object.keys(INNER_MAY_IMPORT).find((folder) => isWithin(file, folder));
  const wrong = imports.filter(({ from, to }) => {
    const [component, other] = [inner(from), inner(to)];
    return (
      component !== undefined &&
      other !== undefined &&
      component !== other &&
      !INNER_MAY_IMPORT[component].includes(other)
    );
  });
  expect(wrong).toEqual([]);
});

test('outsiders import only the entry of a folder', () => {
  const past = imports.filter((each) => {
    const folder = enteredFolder(each);
    const isEntry = folder === undefined || each.to === entryOf(folder) || TABLES.test(each.to);
    return !isEntry && !GENERATED_LISTS.includes(each.from);
  });
  expect(past).toEqual([]);
});

test('the tables of products load no constructs and no framework', () => {
  const reachable = reachableFiles('products/catalog.ts');
  const others = [...reachable].filter((file) => !/^(?:products|tables|net|input)\//.test(file));
  expect([
    ...others,
    ...[...reachable].filter((file) => readFileSync(join(LIB, file), 'utf8').includes("constructs'")),
  ]).toEqual([]);
});

test('files of a folder do not import its index, which would be a cycle', () => {
  expect(imports.filter(({ from, to }) => to.endsWith('/index.ts') && isWithin(from, dirname(to)))).toEqual([]);
});

test('no folder holds more than 15 files of its own besides its index', () => {
  const crowded = folders.filter(
    (folder) => files.filter((file) => dirname(file) === folder && !file.endsWith('/index.ts')).length > 15,
  );
  expect(crowded).toEqual([]);
});

test('there are no cycles of imports, those of types included', () => {
  expect(importCycles(imports)).toEqual([]);
});

/** Returns the names that a file declares and exports. */
function exportsOf(file: string): string[] {
  const declarations = readFileSync(join(LIB, file), 'utf8').matchAll(
    /^export (?:abstract |async )*(?:function|class|interface|type|const|enum) (\w+)/gm,
  );
  return [...declarations].map(([, name]) => name);
}

/** What the scripts import from the library. */
const importsOfScripts = importsBelow(join(LIB, '../scripts')).map((each) => ({
  ...each,
  to: relative('../lib', each.to),
}));

/** Returns whether a file imports a name from a file; the import of a whole module imports all its names. */
const isImported = (name: string, file: string): boolean =>
  [...imports, ...importsOfScripts].some(
    ({ to, names }) => to === file && (names === undefined || names.includes(name)),
  );

test('every export of an index is imported outside of its folder', () => {
  const unused = imports
    .filter(({ from }) => from.endsWith('/index.ts') && from !== 'testing/index.ts')
    .flatMap(({ from, names = [] }) => names.map((name) => ({ name, index: from })))
    .filter(({ name, index }) => !isImported(name, index))
    .map(({ name, index }) => `${index}: ${name}`);
  expect(unused).toEqual([]);
});

test('every exported declaration is imported by a different file of the library, or by a script', () => {
  const inside = files.filter((file) => file !== 'testing/assertions.ts'); // an entry of the package
  const unused = inside.flatMap((file) =>
    exportsOf(file)
      .filter((name) => !isImported(name, file))
      .map((name) => `${file}: ${name}`),
  );
  expect(unused).toEqual([]);
});

test('no two exports share a name', () => {
  const declared = files.flatMap(exportsOf);
  expect(declared.filter((name, index) => declared.indexOf(name) !== index)).toEqual([]);
});

test('only the framework component and code for errors, files and the command line load modules at run time', () => {
  const loading = files.filter((file) => /\brequire\(/.test(readFileSync(join(LIB, file), 'utf8')));
  expect(loading).toEqual([
    'checks/yaml-text.ts',
    'cli/manifests/policies.ts',
    'cli/manifests/read-manifests.ts',
    'documents/diagram/graphviz.ts',
    'documents/report/page/markup.ts',
    'documents/spreadsheet.ts',
    'expectations/permitted-traffic.ts',
    'framework/framework.ts',
    'framework/provider-versions.ts',
    'framework/providers.ts',
    'input/member.ts',
    'input/refusal.ts',
    'products/generated-tables.ts',
    'tables/file/parsed-file.ts',
    'testing/jest-expect.ts',
  ]);
});

/** Returns the files that a file needs, by default the public API, at once or on first use. */
function reachableFiles(from = 'index.ts', graph: readonly Import[] = imports): Set<string> {
  const reachable = new Set<string>();
  const visit = (file: string): void => {
    if (reachable.has(file)) return;
    reachable.add(file);
    graph.filter((each) => each.from === file).forEach(({ to }) => visit(to));
  };
  visit(from);
  return reachable;
}

test('the public API does not load code that only the command line and tests need', () => {
  const notPublic = /^(?:documents|checks|cli|traffic|testing)\//;
  const loaded = reachableFiles(
    'index.ts',
    imports.filter(({ loads }) => loads),
  );
  expect([...loaded].filter((file) => notPublic.test(file))).toEqual([]);
});

test('a bundler that follows the public API finds no code with packages that only the command line has', () => {
  const notBundled = /^(?:documents|checks|cli)\//;
  expect([...reachableFiles()].filter((file) => notBundled.test(file))).toEqual([]);
});

test('every file of constructs and products is reachable from the public API', () => {
  const reachable = reachableFiles();
  expect(files.filter((file) => /^(?:constructs|products)\//.test(file) && !reachable.has(file))).toEqual([]);
});
