import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join, posix } from 'node:path';
import { ROOT } from './repository';

/** The text of a page, by its path from the root of the site. */
export type Pages = Readonly<Record<string, string>>;

const README = 'README.md';
const FOLDERS = ['docs', 'docs/decisions', 'docs/ports'];
const PAGES_AT_ROOT = [README, 'API.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];
const CODE_LANGUAGES: Readonly<Record<string, string>> = {
  '.ts': 'ts',
  '.yml': 'yaml',
  '.yaml': 'yaml',
  '.py': 'python',
  '.go': 'go',
  '.java': 'java',
};
/** Folders of files to which the pages link: each of these files has a page of its own. */
const CODE_FOLDERS = ['examples', 'examples/pipelines', 'examples/python', 'examples/go', 'examples/java'];

/** Returns the pages of the repository, with links that work on the site. */
export function repositoryPages(repository: string): Pages {
  const files = [...PAGES_AT_ROOT, ...FOLDERS.flatMap((folder) => filesIn(folder, ['.md']))];
  const codes = CODE_FOLDERS.flatMap((folder) => filesIn(folder, Object.keys(CODE_LANGUAGES)));
  const pages = new Map([...files, ...codes].map((file) => [file, pageOf(file)]));
  const texts = files.map((file): [string, string] => [
    pageOf(file),
    withLinks(withoutComments(readFileSync(join(ROOT, file), 'utf8')), { file, pages, repository }),
  ]);
  return Object.fromEntries([...texts, ...codes.map((file): [string, string] => [pageOf(file), codePage(file)])]);
}

/** Returns the path of the page of a file: the README is the first page. Only the last part of its name may have a dot. */
export function pageOf(file: string): string {
  if (file === README) return 'index.md';
  return extname(file) === '.md' ? file : `${file.replaceAll('.', '-')}.md`;
}

function filesIn(folder: string, endings: readonly string[]): string[] {
  const files = readdirSync(join(ROOT, folder)).filter((name) => endings.includes(extname(name)));
  return files.map((name) => `${folder}/${name}`);
}

/** Returns a page with a file of code. */
function codePage(file: string): string {
  const code = readFileSync(join(ROOT, file), 'utf8').replaceAll(/^ *\/\/ #(?:end)?region.*\n/gm, '');
  return `# ${basename(file)}\n\n\`\`\`\`${CODE_LANGUAGES[extname(file)]}\n${code}\`\`\`\`\n`;
}

/** Removes the marks by which code blocks are filled. */
function withoutComments(text: string): string {
  return text.replaceAll(/^<!-- .* -->\n/gm, '');
}

interface Linked {
  readonly file: string;
  readonly pages: ReadonlyMap<string, string>;
  readonly repository: string;
}

/** Returns the pictures of pages, by their path in the repository, which is their path on the site too. */
export function pictures(): string[] {
  const files = FOLDERS.flatMap((folder) => filesIn(folder, ['.md']));
  return files.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, target]) =>
      posix.join(posix.dirname(file), target),
    ),
  );
}

/** Rewrites links to files: to the page of the file, or to the repository if it has none. Pictures stay where they are. */
function withLinks(text: string, { file, pages, repository }: Linked): string {
  return text.replaceAll(
    /(?<!!\[[^\]]*)\]\((?!https?:|mailto:|#)([^)#\s]*)(#[^)]*)?\)/g,
    (_all, target: string, anchor = '') => {
      const path = posix.normalize(posix.join(posix.dirname(file), target)).replace(/\/$/, '');
      const page = pages.get(path);
      if (page !== undefined) return `](/${page}${anchor})`;
      const kind = statSync(join(ROOT, path)).isDirectory() ? 'tree' : 'blob';
      return `](${repository}/${kind}/main/${path}${anchor})`;
    },
  );
}
