// Moves the source maps that jsii writes into the compiled files to files beside them. They are two thirds of the text, and Node.js
// reads a compiled file whole on every `require`; a debugger still finds the map.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const INLINE = /^\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/m;
const dist = fileURLToPath(new URL('../dist', import.meta.url));

for (const name of readdirSync(dist, { recursive: true })) {
  if (!name.endsWith('.js')) continue;
  const file = join(dist, name);
  const text = readFileSync(file, 'utf8');
  const map = INLINE.exec(text)?.[1];
  if (map === undefined) continue;
  writeFileSync(`${file}.map`, Buffer.from(map, 'base64'));
  writeFileSync(file, text.replace(INLINE, `//# sourceMappingURL=${basename(file)}.map\n`));
}
