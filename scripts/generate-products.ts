// Generates from the tables in lib/products/*/*.yaml: a module for each table, the construct of each table, their exports, and the list
// of all tables. With --check, fails if any of them is out of date.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { driftedFiles, generatedFiles, PRODUCTS } from './products';

async function main(): Promise<void> {
  const files = await generatedFiles();
  const drifted = driftedFiles(files);
  if (process.argv.includes('--check')) {
    drifted.forEach((file) => console.error(`lib/products/${file} is out of date: run npm run products`));
    process.exitCode = drifted.length === 0 ? 0 : 1;
    return;
  }
  for (const file of drifted) {
    const text = files.get(file);
    if (text === undefined) rmSync(join(PRODUCTS, file));
    else writeFileSync(join(PRODUCTS, file), text);
    console.log(`${text === undefined ? 'removed' : 'wrote'} lib/products/${file}`);
  }
}

void main();
