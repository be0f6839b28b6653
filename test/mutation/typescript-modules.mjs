import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import vm from 'node:vm';
import ts from 'typescript';

const require = createRequire(import.meta.url);
const compiled = new Map();

/** The entries of the package, by the names under which users import them; as in jest.config.json. */
const ENTRIES = new Map([
  ['cdktf-cluster-ports', 'lib/index.ts'],
  ['cdktf-cluster-ports/testing', 'lib/testing/index.ts'],
]);

/** Makes `require` load the TypeScript files of a folder. Each file is compiled once. */
export function requireTypeScript(root) {
  const resolve = Module._resolveFilename;
  Module._resolveFilename = (request, ...rest) =>
    ENTRIES.has(request) ? join(root, ENTRIES.get(request)) : resolve.call(Module, request, ...rest);
  Module._extensions['.ts'] = (module, file) => {
    if (!compiled.has(file)) compiled.set(file, compile(file));
    compiled
      .get(file)
      .call(module.exports, module.exports, (name) => module.require(name), module, file, dirname(file));
  };
}

/** Removes TypeScript modules from the cache, so that the next `require` runs them again. Packages stay in the cache. */
export function forgetTypeScript() {
  for (const file of Object.keys(require.cache).filter((name) => name.endsWith('.ts'))) delete require.cache[file];
}

function compile(file) {
  const compilerOptions = {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
    esModuleInterop: true,
    inlineSourceMap: true,
  };
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions, fileName: file });
  return vm.runInThisContext(Module.wrap(outputText), { filename: file });
}
