import { readFileSync } from 'node:fs';

const OWN = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).name;

/** Counts the loaded files of each package. */
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
