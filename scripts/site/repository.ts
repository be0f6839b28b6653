import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the checkout. */
export const ROOT = join(__dirname, '../..');

/** Returns the address of the repository on the web. */
export function repositoryAddress(): string {
  const json = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { repository: { url: string } };
  return json.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
}
