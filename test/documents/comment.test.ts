import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { markdownComment } from '../../lib/documents/comment';
import type { TableCell, TextTable } from '../../lib/text/text-table';
import { rendered } from '../support/markdown';
import '../properties/runs';

const LEAST = 10_000;

const remarks = ['3 opened, 1 open to the world', '`--fail-on widened` stops this change.'];

/** Returns a comment with these rows. */
function commentOf(rows: TableCell[][], notEvaluated: TableCell[][], notes: TableCell[][], maxLength: number): string {
  const table = (name: string, rows: TableCell[][]): TextTable => ({ columns: [name, 'B', 'C'], rows });
  return markdownComment(
    {
      main: { heading: '## What opens and closes', table: table('Change', rows), nothing: 'No difference.', remarks },
      notEvaluated: { heading: '### Not evaluated', table: table('Not evaluated', notEvaluated) },
      notes: { heading: '### Notes', table: table('Note', notes) },
    },
    maxLength,
  );
}

/** Returns rows, each with its number. */
function rowsOf(name: string, count: number, text = 'text'): TableCell[][] {
  return Array.from({ length: count }, (_, at) => [`${name} ${at + 1}`, { code: text }, [text, { code: text }]]);
}

function countOf(comment: string, name: string): number {
  return comment.split('\n').filter((line) => line.startsWith(`| ${name} `) && /\d/.test(line)).length;
}

test('shows everything if it fits', () => {
  expect(commentOf(rowsOf('opened', 1), rowsOf('unread', 1), rowsOf('note', 1), LEAST)).toBe(`## What opens and closes

| Change | B | C |
| --- | --- | --- |
| opened 1 | \`text\` | text<br>\`text\` |

3 opened, 1 open to the world

\`--fail-on widened\` stops this change.

### Not evaluated

| Not evaluated | B | C |
| --- | --- | --- |
| unread 1 | \`text\` | text<br>\`text\` |

### Notes

| Note | B | C |
| --- | --- | --- |
| note 1 | \`text\` | text<br>\`text\` |
`);
});

test('loses rows of the table first, says how many, and keeps everything that was not evaluated', () => {
  const comment = commentOf(rowsOf('opened', 1000), rowsOf('unread', 50), rowsOf('note', 100), LEAST);
  const shown = countOf(comment, 'opened');
  expect(shown).toBeGreaterThan(50);
  expect(comment).toContain(`\n${shown} of 1000 rows are shown; \`--format table\` shows all`);
  expect(countOf(comment, 'unread')).toBe(50);
  expect(countOf(comment, 'note')).toBe(0);
  expect(comment).toContain(`\n0 of 100 rows are shown; `);
  expect(comment.length).toBeGreaterThan(LEAST - 400);
});

test('shows the first rows of both tables if the second one is too long by itself', () => {
  const comment = commentOf(rowsOf('opened', 1000), rowsOf('unread', 1000), [], LEAST);
  expect(countOf(comment, 'opened')).toBeGreaterThan(30);
  expect(countOf(comment, 'unread')).toBeGreaterThan(2 * countOf(comment, 'opened'));
  expect(comment).toContain(`${countOf(comment, 'unread')} of 1000 rows`);
});

test('shortens long cells, and cuts no character', () => {
  const lines = Array.from({ length: 1000 }, (_, at) => ({ code: `${at}/tcp` }));
  const comment = commentOf([[lines, { code: '👩‍💻'.repeat(5000) }, 'x']], [['a', 'b', 'c']], [], LEAST);
  const { texts, active } = rendered(comment);
  expect(active).toEqual([]);
  expect(texts).toContainEqual(expect.stringMatching(/^0\/tcp\n1\/tcp\n(.*\n)+and 9\d\d more$/));
  expect(texts).toContain(`${'👩‍💻'.repeat(60)}...`);
});

test('is never too long, and never loses counts, verdict and what was not evaluated', () => {
  const text = constantFrom('a', 'words of text', '\u0000 ', '|', '`', '@team ', '\u{e0001}', '日本', '👩‍💻', '\n').chain(
    (part) => integer({ min: 1, max: 15_000 }).map((length) => part.repeat(length)),
  );
  const texts = array(text, { minLength: 1, maxLength: 3 });
  const table = record({
    count: integer({ min: 0, max: 1000 }),
    text: constantFrom('a', 'words '.repeat(30)),
    long: texts,
  });
  const rows = ({ count, text, long }: { count: number; text: string; long: string[] }, name: string): TableCell[][] =>
    count % 2 === 0
      ? [[long, long.map((code) => ({ code })), long[0]], ...rowsOf(name, count, text)]
      : [...rowsOf(name, count, text), [long, long.map((code) => ({ code })), long[0]]];
  assert(
    property(table, table, table, constantFrom(LEAST, 65_000, 1_000_000), (main, notEvaluated, notes, maxLength) => {
      const comment = commentOf(rows(main, 'opened'), rows(notEvaluated, 'unread'), rows(notes, 'note'), maxLength);
      expect(comment.length).toBeLessThanOrEqual(maxLength);
      for (const remark of remarks) expect(comment).toContain(`\n${remark}\n`);
      expect(comment).toMatch(/\n### Not evaluated\n\n\| Not evaluated \| B \| C \|\n\| --- \| --- \| --- \|\n\| \S/);
      const left = [...comment.matchAll(/\n(\d+) of (\d+) rows are shown/g)].map(
        ([, shown, all]) => Number(all) - Number(shown),
      );
      const lines = comment.split('\n').filter((line) => line.startsWith('| '));
      const heads = lines.filter((line) => line.startsWith('| ---')).length * 2;
      const all = main.count + notEvaluated.count + notes.count + 3;
      expect(lines.length - heads + left.reduce((sum, one) => sum + one, 0)).toBe(all);
    }),
    { numRuns: 30 },
  );
});
