import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns a bill of materials in CycloneDX for what the package contains: its bundled dependencies, and the packages in the file of the
 * command line, which are development dependencies and would otherwise be missing.
 */
export function billOfMaterials(root) {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const notices = readFileSync(join(root, 'dist/bin/THIRD-PARTY-NOTICES.txt'), 'utf8');
  const inCommandLine = [...notices.matchAll(/^(\S+) (\d\S*) \([^)\n]+\)$/gm)].map(
    ([, name, version]) => `${name}@${version}`,
  );
  return reduced(
    wholeTree(root),
    (component) => component.name in dependencies || inCommandLine.includes(idOf(component)),
  );
}

function wholeTree(cwd) {
  const options = { cwd, encoding: 'utf8', maxBuffer: 2 ** 28, shell: process.platform === 'win32' };
  return JSON.parse(execFileSync('npm', ['sbom', '--sbom-format=cyclonedx'], options));
}

function reduced(bill, isIn) {
  const components = bill.components.filter(isIn).map((component) => ({
    ...component,
    scope: 'required',
    properties: component.properties.filter(({ name }) => name !== 'cdx:npm:package:development'),
  }));
  const root = { ...bill.metadata.component, name: bill.metadata.component['bom-ref'].replace(/@[^@]+$/, '') };
  const refs = new Set([root, ...components].map((component) => component['bom-ref']));
  const dependencies = bill.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) }));
  return { ...bill, metadata: { ...bill.metadata, component: root }, components, dependencies };
}

function idOf({ name, version }) {
  return `${name}@${version}`;
}
