// Makes the constructs of products load on first use: most apps use few of them. Bundlers follow the calls of `require`. The getters of the
// compiler stay as they are, because Node.js finds the names for `import` in them.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILES = ['../dist/products/generated-rules.js', '../dist/products/index.js'];
const LOADED = /^var (\w+) = (require\("[^"]+"\));$/gm;

for (const name of FILES) {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const text = readFileSync(file, 'utf8');
  const lazy = text.replace(LOADED, (_all, module, load) => {
    const members = [...text.matchAll(new RegExp(String.raw`return ${module}\.(\w+);`, 'g'))].map(
      ([, member]) => member,
    );
    const getters = members.map((member) => `get ${member}() { return ${load}.${member}; }`);
    return `var ${module} = { ${getters.join(', ')} };`;
  });
  writeFileSync(file, lazy);
}
