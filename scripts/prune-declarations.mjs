// Removes all declaration files that the entries of the package do not need. Otherwise the index of a component, which also exports
// internals for the other components, would make a user's compiler read these internals and the types of providers that are not installed.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const ENTRIES = ['index.d.ts', 'testing/index.d.ts', 'testing/assertions.d.ts'].map((file) => join(DIST, file));

const sources = new Map();
const needed = new Map();

function sourceOf(file) {
  if (!sources.has(file)) {
    sources.set(file, ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  }
  return sources.get(file);
}

/** Returns the declaration file of a relative import, or nothing for a package. */
function resolved(file, { text }) {
  if (!text.startsWith('.')) return undefined;
  const path = join(dirname(file), text);
  return [`${path}.d.ts`, join(path, 'index.d.ts')].find(existsSync);
}

const isForwarded = (statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
const isIndex = (file) => sourceOf(file).statements.every((statement) => isForwarded(statement));

/** Records that `names` of a file are needed, and everything that its declarations need in turn. */
function need(file, names) {
  const known = needed.get(file) ?? new Set();
  const added = names.filter((name) => !known.has(name));
  needed.set(file, new Set([...known, ...added]));
  if (added.length === 0) return;
  for (const statement of sourceOf(file).statements) {
    const target = statement.moduleSpecifier && resolved(file, statement.moduleSpecifier);
    if (target === undefined) continue;
    const wanted = namesIn(statement, file).filter((name) => !isIndex(file) || added.includes(name));
    if (wanted.length > 0) need(target, wanted);
  }
}

/** Returns the names that a statement takes from another file: for `export *` all names that this file exports. */
function namesIn(statement, file) {
  if (isForwarded(statement) && statement.exportClause === undefined) {
    const target = resolved(file, statement.moduleSpecifier);
    return sourceOf(target).statements.flatMap((each) => namesIn(each, target));
  }
  const bindings = isForwarded(statement) ? statement.exportClause : statement.importClause?.namedBindings;
  return (bindings?.elements ?? []).map((element) => (element.propertyName ?? element.name).text);
}

for (const entry of ENTRIES)
  need(
    entry,
    sourceOf(entry).statements.flatMap((statement) => namesIn(statement, entry)),
  );

for (const name of readdirSync(DIST, { recursive: true }).filter((file) => file.endsWith('.d.ts'))) {
  const file = join(DIST, name);
  const wanted = needed.get(file);
  if (wanted === undefined) rmSync(file);
  else if (isIndex(file) && !ENTRIES.includes(file)) writeFileSync(file, forwarding(file, wanted));
}

/** Renders an index that exports only these names. */
function forwarding(file, wanted) {
  const lines = sourceOf(file).statements.flatMap((statement) => {
    const elements = statement.exportClause?.elements.filter(({ name }) => wanted.has(name.text));
    const names =
      elements?.map((element) => element.getText()) ?? namesIn(statement, file).filter((name) => wanted.has(name));
    return names.length === 0 ? [] : [`export { ${names.join(', ')} } from ${statement.moduleSpecifier.getText()};`];
  });
  return `${lines.join('\n')}\n`;
}
