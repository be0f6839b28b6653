// Writes the pages of the documentation site from the files of the repository, and builds it: npm run site.
// It needs the build of the package (`npm run build`).
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allHostnameTables, allTables } from '../../lib/products/catalog';
import { commandPages } from './command-pages';
import { sidebar } from './navigation';
import { type Pages, pictures, repositoryPages } from './pages';
import { repositoryAddress, ROOT } from './repository';
import { hostnameSection } from './hostname-section';
import { terraformSection } from './terraform-section';

const SITE = join(ROOT, 'site');
const CONTENT = join(SITE, 'content');

/** Returns all pages. The page of a table also has its Terraform on both clouds; of several editions, that of the newest. */
function allPages(repository: string): Pages {
  const pages: Record<string, string> = { ...repositoryPages(repository), ...commandPages() };
  const sections = new Map([
    ...allTables().map((table) => [table.id, () => terraformSection(table)] as const),
    ...allHostnameTables().map((table) => [table.id, () => hostnameSection(table)] as const),
  ]);
  for (const [id, section] of sections) {
    const page = `docs/ports/${id}.md`;
    if (pages[page] === undefined) throw new Error(`${page} must exist, because a table has the id ${id}`);
    pages[page] = `${pages[page]}\n${section()}\n`;
  }
  return withLooks(pages);
}

/** Adds how pages look: messages of errors are wrapped, and what commands print is wide, so that it has the room of the outline too. */
function withLooks(pages: Pages): Pages {
  const looks = (file: string): string | undefined =>
    file === 'docs/errors.md'
      ? 'pageClass: sentences'
      : file.startsWith('commands/')
        ? 'aside: false\npageClass: printed'
        : undefined;
  return Object.fromEntries(
    Object.entries(pages).map(([file, text]) => {
      const look = looks(file);
      return [file, look === undefined ? text : `---\n${look}\n---\n\n${text}`];
    }),
  );
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function npm(...args: readonly string[]): void {
  const { status } = spawnSync('npm', args, { cwd: SITE, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} in site: exit ${status}`);
}

const repository = repositoryAddress();
const pages = allPages(repository);
rmSync(CONTENT, { recursive: true, force: true });
for (const [file, text] of Object.entries(pages)) write(join(CONTENT, file), text);
for (const file of pictures()) write(join(CONTENT, file), readFileSync(join(ROOT, file), 'utf8'));
write(join(CONTENT, 'navigation.json'), JSON.stringify({ repository, sidebar: sidebar(pages) }));
npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
npm('exec', '--no', '--', 'vitepress', 'build');
