import { readFileSync } from 'node:fs';

const OWN = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).name;

/** How many files of which packages a list of loaded files holds. */
export function packagesOf(files) {
  const counts = new Map();
  for (const file of files) {
    const name = packageOf(file);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function packageOf(file) {
  const [, name = OWN] = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file) ?? [];
  return name.replace('\\', '/');
}
