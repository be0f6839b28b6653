// Makes what a release publishes, in release/: the tarball, its bill of materials and the notes. Stops if the tag is not the version.
//
//   node scripts/release/prepare.mjs v1.2.3
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { billOfMaterials } from './bill-of-materials.mjs';
import { pack } from './pack.mjs';
import { releaseNotes } from './release-notes.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OUT = join(ROOT, 'release');
const tag = process.argv[2];

try {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  if (tag !== `v${version}`)
    throw new Error(`The tag is ${tag}, and package.json has version ${version}: tag v${version}`);
  const notes = releaseNotes(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), version);
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT);
  pack(OUT);
  writeFileSync(join(OUT, 'notes.md'), notes);
  writeFileSync(join(OUT, 'bill-of-materials.cdx.json'), `${JSON.stringify(billOfMaterials(ROOT), null, 2)}\n`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
