import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { matrixMarkdown } from '../../lib/documents/port-matrix';
import { markdownCode, markdownText } from '../../lib/text/text';
import { markdownTable } from '../../lib/text/text-table';
import { oneLine } from '../../lib/input';
import { rendered } from '../support/markdown';
import { flow, HOSTILE, hostileFlow, hostileHostname } from '../support/traced';
import '../properties/runs';
import { requestMarkdown } from '../support/plain-request';

/** Texts that GitHub or GitLab turn into something else. */
const ACTIVE = [
  '@team',
  'ask @org/team-name, please',
  '(@team)',
  '-@team',
  'ü@team',
  'see https://example.com/a_b.',
  'HTTPS://EXAMPLE.COM',
  'www.example.com',
  'mail net@example.com',
  '#12',
  'fixes #12',
  'GH-12',
  'gh-12',
  'JIRA-12',
  'GHSA-aaaa-bbbb-cccc',
  'org/repo#1',
  'a5c3785ed8d6a35868bc169f07e40e889087fd2e',
  'reverts a5c3785',
  'user@a5c3785',
  'org/repo@a5c3785',
  ':tada:',
  'a:+1:b',
  '<img src=x onerror=alert(1)>',
  '<!-- x -->',
  '&amp; &#64;team',
  '![image](https://example.com/x.png)',
  '[link](https://example.com)',
  '[link]: https://example.com',
  '<https://example.com>',
  '*emphasis* _emphasis_ ~~struck~~ **strong**',
  '`code` ``more`',
  '`',
  '\\',
  '\\|',
  '|',
  '| a | b |',
  'a\\|b`c|d',
  '$x$ $`y`$ $$z$$',
  '!12 &12 %12 $12 ~12 ~"a label" %"a milestone" ^alert#1',
  '[wiki_page:home] [vulnerability:1]',
  '[ ] task',
  '- list',
  '1. list',
  '# heading',
  '> quote',
  '---',
  '{+ added +} {- removed -}',
  '\u200b\u202eevil\ufeff',
  '@\u200bteam',
  ' leading and trailing ',
];

/** Ordinary texts, which stay as they are also in the source. */
const PLAIN = [
  'The web server',
  'API service extension (v1.cluster.loft.sh)',
  'kubeadm-flannel@2024-12/control-plane-to-worker/kubelet',
  '10.0.0.0/8, 50% of it!',
  'Knoten der Größe „mittel“ – 日本語 👩‍💻',
  "it's 8080/tcp; 1 + 1 = 2?",
];

test.each([...ACTIVE, ...HOSTILE])('shows %j as this text, of which GitHub and GitLab make nothing', (text) => {
  const { texts, active } = rendered(markdownTable({ columns: ['a', 'b'], rows: [[text, { code: text }]] }));
  expect(active).toEqual([]);
  const seen = oneLine(text);
  expect(texts).toEqual(['a', 'b', seen.trim(), seen]);
});

test.each(PLAIN)('leaves ordinary text such as %j as it is', (text) => {
  expect(markdownText(text)).toBe(text);
});

test('writes words that could be more than text as code, without the punctuation behind them', () => {
  expect(markdownText('Ask @team, see https://example.com.')).toBe('Ask `@team`, see `https://example.com`.');
  expect(markdownCode('a|b')).toBe('`a`&#124;`b`');
});

test('keeps any text as it is, in text and in code', () => {
  const fragments = oneof(
    constantFrom(...ACTIVE, ...PLAIN),
    constantFrom(
      '@',
      '#',
      ':',
      'a',
      '1',
      ' ',
      '|',
      '`',
      '\\',
      '/',
      '.',
      '-',
      '_',
      '(',
      ')',
      '[',
      ']',
      '!',
      'GH',
      'www',
      '~',
      '&',
      '<',
      '>',
    ),
    string({ unit: 'grapheme', maxLength: 5 }),
    string({ unit: 'binary', maxLength: 5 }),
  );
  assert(
    property(array(fragments, { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      const { texts, active } = rendered(markdownTable({ columns: ['a', 'b'], rows: [[text, { code: text }]] }));
      expect(active).toEqual([]);
      const seen = oneLine(text);
      expect(texts.slice(2)).toEqual([seen.trim(), seen]); // Markdown drops blanks at the ends of a cell
    }),
    { numRuns: 2000 },
  );
});

test.each([...ACTIVE, ...HOSTILE])('makes documents of flows and hostnames in which %j is only text', (text) => {
  const flows = [hostileFlow(text), flow()];
  const request = rendered(requestMarkdown(flows, [hostileHostname(text)]));
  expect(request.active).toEqual([]);
  expect(rendered(matrixMarkdown(flows)).active).toEqual([]);
});

test('links the documents', () => {
  expect(rendered(requestMarkdown([flow()])).links).toEqual(['https://example.com/ports']);
});
