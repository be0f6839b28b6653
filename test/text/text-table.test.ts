import { alignedTable, csvTable, markdownTable, type TextTable } from '../../lib/text/text-table';
import { HOSTILE } from '../support/traced';

const table = {
  columns: ['Name', 'Ports'],
  rows: [
    ['web', [{ code: '80/tcp' }, { code: '443/tcp' }]],
    ['データ', ''],
    ['a, "b"', { code: 'x`y' }],
  ],
};

test('aligns columns by visible width, without trailing blanks', () => {
  expect(alignedTable(table)).toBe(
    ['Name    Ports', 'web     80/tcp, 443/tcp', 'データ', 'a, "b"  x`y', ''].join('\n'),
  );
});

test('renders code and several lines of a cell in Markdown', () => {
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

test('quotes CSV only if needed', () => {
  expect(csvTable(table)).toBe('Name,Ports\r\nweb,"80/tcp, 443/tcp"\r\nデータ,\r\n"a, ""b""",x`y\r\n');
});

test.each(['=1+1', '+1', '-1', '@x', ' =1', '\uff1d1'])('keeps a formula as text in CSV: %s', (text) => {
  expect(csvTable({ columns: ['a'], rows: [[text]] })).toBe(`a\r\n'${text}\r\n`);
});

test('escapes invisible characters', () => {
  expect(alignedTable({ columns: ['a'], rows: [['x\n\u001b[31m\u202ey\ud800\u2028\t\u0000']] })).toBe(
    'a\nx\\n\\u001b[31m\\u202ey\\ud800\\u2028\\t\\u0000\n',
  );
});

describe.each(HOSTILE)('text such as %j', (text) => {
  const table: TextTable = { columns: ['A', 'B'], rows: [[text, { code: text }]] };

  test('stays in its line and column on a terminal and in Markdown', () => {
    expect(alignedTable(table)).toMatch(/^A +B\n\P{C}+\n$/u);
    const [, , line, end] = markdownTable(table).split('\n');
    expect(end).toBe('');
    expect(line.split('|')).toHaveLength(4);
  });

  test('is not calculated if the CSV is opened in a spreadsheet', () => {
    const [, line] = csvTable(table).split('\r\n');
    expect(line).not.toMatch(/(^|,)"?\s*[=+@-]/);
  });
});

test('renders more rows than a call has room for arguments', () => {
  const rows = Array.from({ length: 200_000 }, () => ['web', '80/tcp']);
  expect(alignedTable({ columns: ['Name', 'Ports'], rows })).toHaveLength(200_001 * 'web   80/tcp\n'.length - 1);
});
