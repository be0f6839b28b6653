// Checks the declaration files of the package as a user's compiler sees them, with only `constructs` installed.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import ts from 'typescript';

const ENTRIES = ['dist/index.d.ts', 'dist/testing/index.d.ts', 'dist/testing/assertions.d.ts'];
const OPTIONS = {
  module: ts.ModuleKind.Node16,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  types: [],
};

/** Throws unless the declaration files of the package in `root` compile, show no member that begins with `_`, and have no interchangeable interfaces. */
export function checkDeclarations(root) {
  const program = ts.createProgram(
    ENTRIES.map((file) => join(root, file)),
    OPTIONS,
  );
  const errors = ts.getPreEmitDiagnostics(program);
  assert.equal(errors.length, 0, ts.formatDiagnostics(errors, ts.createCompilerHost(OPTIONS)));
  const members = internalMembers(program, root);
  assert.equal(
    members.length,
    0,
    `members that begin with "_" must not be published, got ${members.join(', ')}; ` +
      'did you mean "@internal" in their comments, or an interface instead of the class?',
  );
  const confused = confusedInterfaces(program, root);
  assert.equal(
    confused.length,
    0,
    `interfaces must differ in their public members, got ${confused.join(', ')}; ` +
      'did you mean a required property with a different name?',
  );
}

/** Finds exported interfaces that TypeScript accepts in place of an interface that they do not extend: `IEndpoint as IPeer`. */
function confusedInterfaces(program, root) {
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(
    checker.getSymbolAtLocation(program.getSourceFile(join(root, ENTRIES[0]))),
  );
  const interfaces = exported
    .filter(({ name }) => /^I[A-Z][a-z]/.test(name))
    .map((symbol) => checker.getDeclaredTypeOfSymbol(checker.getAliasedSymbol(symbol)));
  const extended = (type) => [type, ...(checker.getBaseTypes(type) ?? []).flatMap(extended)];
  return interfaces.flatMap((type) =>
    interfaces
      .filter((other) => !extended(type).includes(other) && checker.isTypeAssignableTo(type, other))
      .map((other) => `${type.symbol.name} as ${other.symbol.name}`),
  );
}

/** Finds members that begin with `_` in all declaration files of the package that a compiler reads. */
function internalMembers(program, root) {
  const dist = join(root, 'dist').replaceAll('\\', '/');
  const found = [];

  function visit(node) {
    const name = ts.isClassElement(node) || ts.isTypeElement(node) ? node.name?.getText() : undefined;
    if (name?.startsWith('_')) found.push(`${node.parent.name?.text ?? node.getSourceFile().fileName}.${name}`);
    ts.forEachChild(node, visit);
  }

  program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(dist))
    .forEach(visit);
  return found.sort();
}
