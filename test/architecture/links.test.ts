import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const ROOT = join(__dirname, '../..');
const PAGES = [...readdirSync(ROOT), ...filesIn('docs'), ...filesIn('.github')].filter((file) => file.endsWith('.md'));

function filesIn(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files.map((file) => posix.join(folder, file.replaceAll('\\', '/')));
}

/** The lines of a page outside of code blocks. */
function prose(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return text.replaceAll(/^ *```[^]*?^ *```/gm, '').split('\n');
}

/** The anchors that GitHub gives to the headings of a page. */
function anchors(page: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = prose(page).flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? []);
  return new Set(
    headings.map((heading) => {
      const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
      const anchor = words.replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-');
      const count = seen.get(anchor) ?? 0;
      seen.set(anchor, count + 1);
      return count === 0 ? anchor : `${anchor}-${count}`;
    }),
  );
}

test('every link of a page to the repository leads to a file, and every anchor to a heading', () => {
  const links = PAGES.flatMap((page) =>
    prose(page).flatMap((line) =>
      [...line.replaceAll(/`[^`]*`/g, '').matchAll(/\]\((?![a-z]+:)([^)\s#]*)#?([^)\s]*)[^)]*\)/g)].map(
        ([, path, anchor]) => ({ page, file: path === '' ? page : posix.join(posix.dirname(page), path), anchor }),
      ),
    ),
  );
  expect(links.length).toBeGreaterThan(1000);
  const known = new Map(PAGES.map((page) => [page, anchors(page)]));
  const broken = links.filter(
    ({ file, anchor }) => !existsSync(join(ROOT, file)) || (anchor !== '' && known.get(file)?.has(anchor) !== true),
  );
  expect(broken).toEqual([]);
});
