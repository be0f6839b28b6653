import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Runner } from '../release/step-runs';
import { scriptOf } from '../release/workflow-steps';

const ROOT = join(__dirname, '../..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const TAG = { GITHUB_REF_NAME: `v${version}` };

/** npm publishes nothing here, and a machine that is not GitHub's has no provenance. */
const NPM = `if [ "$1" = publish ]; then
  echo "npm $*" >> "$CALLS"
  PATH="\${PATH#*:}" exec npm "\${@/--provenance/--dry-run}"
fi
PATH="\${PATH#*:}" exec npm "$@"`;

const steps = new Runner({ npm: NPM });
afterAll(() => rmSync(steps.directory, { recursive: true, force: true }));

/** The commit that is tagged: its changelog has the day of the release. */
beforeAll(() => {
  const { stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
  steps.copy(...stdout.split('\0').filter((file) => file !== ''));
  steps.write('CHANGELOG.md', steps.read('CHANGELOG.md').replace(`${version} (unreleased)`, `${version} (2027-01-31)`));
  // links to files and not to folders, because npm packs none and reads the packages at their end; copies on a different file system
  expect(
    steps.run('cp -al "$ROOT/node_modules" . || { rm -rf node_modules && cp -a "$ROOT/node_modules" .; }').status,
  ).toBe(0);
});

test('a tag makes the tarball, its bill of materials and the notes, and the tarball is checked and published', () => {
  for (const key of [
    'release.yml build: Make the tarball, its bill of materials and the notes',
    'release.yml build: Check the files of this tarball, and install it into apps',
  ]) {
    expect({ key, ...steps.run(scriptOf(key), TAG) }).toMatchObject({ key, status: 0 });
  }
  expect(readdirSync(join(steps.checkout, 'release')).sort()).toEqual([
    'bill-of-materials.cdx.json',
    `cdktf-cluster-ports-${version}.tgz`,
    'notes.md',
  ]);
  expect(steps.read('release/notes.md')).toMatch(/^### Ports\n/);

  const { status, stderr } = steps.run(scriptOf('release.yml npm: Publish the tarball'), TAG);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('name: cdktf-cluster-ports') });
  expect(steps.calls()).toBe(`npm publish ./release/cdktf-cluster-ports-${version}.tgz --provenance --access public\n`);
});
