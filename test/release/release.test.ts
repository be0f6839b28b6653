import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(__dirname, '../..');
const SCRIPTS = join(ROOT, 'scripts/release');

describe('the notes of a release', () => {
  const CHANGELOG = `# Changelog

## 1.1.0 (unreleased)

- Later.

## 1.0.0 (2027-01-31)

### Added

- A construct.

## 0.9.0 (2026-12-24)
`;

  test('are its section of the changelog', () => {
    expect(notes('1.0.0')).toEqual({ status: 0, stdout: '### Added\n\n- A construct.\n', error: undefined });
  });

  test.each([
    ['1.1.0', 'CHANGELOG.md: "## 1.1.0 (unreleased)" must end with the day of the release, such as (2027-01-31)'],
    ['0.9.0', 'CHANGELOG.md: the section "## 0.9.0 (2026-12-24)" is empty'],
    ['1.0.1', 'CHANGELOG.md has no section "## 1.0.1 (<day>)"'],
    ['1.0', 'CHANGELOG.md has no section "## 1.0 (<day>)"'],
  ])('%s: an error that says what to write', (version, error) => {
    expect(notes(version)).toEqual({ status: 1, stdout: '', error });
  });

  function notes(version: string): { status: number | null; stdout: string; error: string | undefined } {
    const module = pathToFileURL(join(SCRIPTS, 'release-notes.mjs')).href;
    const program = `import { releaseNotes } from ${JSON.stringify(module)};
      process.stdout.write(releaseNotes(${JSON.stringify(CHANGELOG)}, ${JSON.stringify(version)}));`;
    const { status, stdout, stderr } = node('--input-type=module', '-e', program);
    return { status, stdout, error: /^Error: (.*)$/m.exec(stderr)?.[1] };
  }
});

test('a tag that is not the version is refused before anything is made', () => {
  const { status, stderr } = node(join(SCRIPTS, 'prepare.mjs'), 'v99.0.0');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^The tag is v99\.0\.0, and package\.json has version \S+: tag v\S+\n$/);
});

test('the bill of materials has what the tarball contains, and nothing else', () => {
  const module = pathToFileURL(join(SCRIPTS, 'bill-of-materials.mjs')).href;
  const program = `import { billOfMaterials } from ${JSON.stringify(module)};
    process.stdout.write(JSON.stringify(billOfMaterials(${JSON.stringify(ROOT)})));`;
  const { status, stdout } = node('--input-type=module', '-e', program);
  const bill = JSON.parse(stdout) as Bill;
  expect({ status, format: bill.bomFormat, about: bill.metadata.component.name }).toEqual({
    status: 0,
    format: 'CycloneDX',
    about: 'cdktf-cluster-ports',
  });
  expect(bill.components.map(({ name }) => name).sort()).toEqual([
    '@viz-js/viz',
    'commander',
    'fastest-levenshtein',
    'fflate',
    'hono',
    'saxes',
    'write-excel-file',
    'xmlchars',
    'yaml',
  ]);
  const refs = [bill.metadata.component, ...bill.components].map((component) => component['bom-ref']);
  for (const { ref, dependsOn } of bill.dependencies) expect(refs).toEqual(expect.arrayContaining([ref, ...dependsOn]));
});

describe('the comparison with the API of the last release', () => {
  const directories: string[] = [];
  afterEach(() => directories.splice(0).forEach((directory) => rmSync(directory, { recursive: true })));

  test('passes if nothing has changed', () => {
    const { status, stdout } = node(join(SCRIPTS, 'compatibility.mjs'), '--against', release());
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'Every call of the last release works.\n' });
  });

  test('fails if a method is gone', () => {
    const last = release((assembly) => assembly.types['cdktf-cluster-ports.Cidr'].methods.push({ name: 'goneMethod' }));
    const { status, stdout, stderr } = node(join(SCRIPTS, 'compatibility.mjs'), '--against', last);
    expect(status).toBe(1);
    expect(stdout + stderr).toContain('METHOD cdktf-cluster-ports.Cidr.goneMethod: has been removed');
  });

  /** Makes a release with the API of the working tree, in a place where its packages are found. */
  function release(change: (assembly: Assembly) => void = () => undefined): string {
    mkdirSync(join(ROOT, 'packages'), { recursive: true });
    const directory = mkdtempSync(join(ROOT, 'packages', 'test-'));
    directories.push(directory);
    const assembly = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')) as Assembly;
    change(assembly);
    writeFileSync(join(directory, '.jsii'), JSON.stringify(assembly));
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { peerDependencies: object };
    // a published package has optional peers, and this checkout does not have them all
    const peers = {
      peerDependencies: { ...manifest.peerDependencies, '@cdktn/provider-aws': '^25.0.0' },
      peerDependenciesMeta: { '@cdktn/provider-aws': { optional: true } },
    };
    writeFileSync(join(directory, 'package.json'), JSON.stringify({ ...manifest, ...peers }));
    return directory;
  }
});

interface Assembly {
  readonly types: Record<string, { readonly methods: { readonly name: string }[] }>;
}

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
}

interface Bill {
  readonly bomFormat: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

function node(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });
}
