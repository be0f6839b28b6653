import { alignedTable, csvTable, markdownTable, type TextTable } from '../../lib/renderers/text-table';
import { HOSTILE } from '../support/traced';

const table = {
  columns: ['Name', 'Ports'],
  rows: [
    ['web', [{ code: '80/tcp' }, { code: '443/tcp' }]],
    ['データ', ''],
    ['a, "b"', { code: 'x`y' }],
  ],
};

test('columns of a terminal are aligned by what is seen, without blanks at the ends of lines', () => {
  expect(alignedTable(table)).toBe(
    ['Name    Ports', 'web     80/tcp, 443/tcp', 'データ', 'a, "b"  x`y', ''].join('\n'),
  );
});

test('Markdown has code as code, and lines within a cell', () => {
  expect(markdownTable(table)).toBe(
    [
      '| Name | Ports |',
      '| --- | --- |',
      '| web | `80/tcp`<br>`443/tcp` |',
      '| データ |  |',
      '| a, "b" | `` x`y `` |',
      '',
    ].join('\n'),
  );
});

test('CSV is quoted where it must be', () => {
  expect(csvTable(table)).toBe('Name,Ports\r\nweb,"80/tcp, 443/tcp"\r\nデータ,\r\n"a, ""b""",x`y\r\n');
});

test.each(['=1+1', '+1', '-1', '@x', ' =1', '\uff1d1'])(
  'CSV that a spreadsheet would calculate is text: %s',
  (text) => {
    expect(csvTable({ columns: ['a'], rows: [[text]] })).toBe(`a\r\n'${text}\r\n`);
  },
);

test('characters that cannot be seen are written out', () => {
  expect(alignedTable({ columns: ['a'], rows: [['x\n\u001b[31m\u202ey\ud800\u2028\t\u0000']] })).toBe(
    'a\nx\\n\\u001b[31m\\u202ey\\ud800\\u2028\\t\\u0000\n',
  );
});

describe.each(HOSTILE)('text such as %j', (text) => {
  const table: TextTable = { columns: ['A', 'B'], rows: [[text, { code: text }]] };

  test('stays on its line of a terminal and of Markdown, in its column', () => {
    expect(alignedTable(table)).toMatch(/^A +B\n\P{C}+\n$/u);
    const [, , line, end] = markdownTable(table).split('\n');
    expect(end).toBe('');
    // a pipe ends a cell wherever it stands, unless it is escaped
    expect(line.replace(/\\[\\|]/g, '').split('|')).toHaveLength(4);
  });

  test('is not calculated where a CSV is opened', () => {
    const [, line] = csvTable(table).split('\r\n');
    expect(line).not.toMatch(/(^|,)"?\s*[=+@-]/);
  });
});
