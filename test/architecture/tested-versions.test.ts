import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** Returns the version that CI installs of a program. */
function versionInCi(setting: string): string {
  return new RegExp(`^ +${setting}: (\\S+)$`, 'm').exec(textOf('.github/workflows/ci.yml'))![1];
}

test('README and the install page name the versions of Terraform and OpenTofu that CI deploys with, and no others', () => {
  const [terraform, tofu] = [versionInCi('terraform_version'), versionInCi('tofu_version')];
  const rows = [...textOf('docs/install.md').matchAll(/^\| ((?:Terraform|OpenTofu) \S.*?) +\| ([^|]*?) +\|/gm)];
  expect(rows.filter(([, , state]) => state.startsWith('in CI')).map(([, program]) => program)).toEqual([
    `Terraform ${terraform}`,
    `OpenTofu ${tofu}`,
  ]);
  const named = textOf('README.md').match(/(?:Terraform|OpenTofu) \d[\d.]*\d/g);
  expect(named).toEqual([`Terraform ${terraform}`, `OpenTofu ${tofu}`]);
  expect(textOf('docs/support.md')).not.toMatch(/(?:Terraform|OpenTofu) \d/);
});
