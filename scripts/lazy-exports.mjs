// Makes what most apps do not use load on first use: the constructs of most products, the rules of other clouds, and the readers of table
// files. Bundlers follow the calls of `require`. The getters of the compiler stay as they are, because Node.js finds the names for `import`
// in them.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const EVERY = /./;

/** The indexes, and which of their modules load on first use. */
const INDEXES = {
  'index.js': EVERY,
  'clouds/index.js': EVERY,
  'constructs/index.js': EVERY,
  'products/generated-rules.js': EVERY,
  'products/index.js': EVERY,
  'tables/index.js': /^\.\/file$/,
};
const LOADED = /^var (\w+) = require\("([^"]+)"\);$/gm;

for (const [name, modules] of Object.entries(INDEXES)) {
  const file = fileURLToPath(new URL(`../dist/${name}`, import.meta.url));
  const text = readFileSync(file, 'utf8');
  const lazy = text.replace(LOADED, (eager, variable, path) => {
    if (!modules.test(path)) return eager;
    const members = [...text.matchAll(new RegExp(String.raw`return ${variable}\.(\w+);`, 'g'))].map(
      ([, member]) => member,
    );
    // not `require` at each use, because Node.js looks for the file each time
    const loaded = `(${variable}_loaded ??= require("${path}"))`;
    const getters = members.map((member) => `get ${member}() { return ${loaded}.${member}; }`);
    return `var ${variable}_loaded, ${variable} = { ${getters.join(', ')} };`;
  });
  if (lazy === text) throw new Error(`${name} has no module that can load on first use`);
  writeFileSync(file, lazy);
}

// Jest has a registry of modules, which tests reset (`resetModules`). What loads after that would be a second copy, whose constructs do not
// know those of the first one, so there the import loads everything.
const IN_JEST = 'if (process.env.JEST_WORKER_ID !== undefined) Object.keys(exports).forEach((name) => exports[name]);';
const index = fileURLToPath(new URL('../dist/index.js', import.meta.url));
writeFileSync(index, readFileSync(index, 'utf8').replace(/^(?=\/\/# sourceMappingURL=)/m, `${IN_JEST}\n`));
