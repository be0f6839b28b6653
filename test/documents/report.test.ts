import { join } from 'node:path';
import { readAccess } from '../../lib/cli/read-flows';
import { makeReportData, reportPage } from '../../lib/documents';
import { synthesizeShop } from '../report/scenario';
import { hostileReport, HOSTILE_TEXTS } from '../report/hostile-report';
import { temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const stream = { isTTY: false, write: () => undefined };
synthesizeShop(path, 'after');
const read = readAccess(
  [join(path, 'stacks/shop')],
  { state: [], ipRanges: [] },
  { stdout: stream, stderr: stream, env: {} },
);
const data = makeReportData(read, {
  ...{ today: '2026-11-28', version: '1.0.0', paths: ['cdktf.out'], pictures: [], findings: [] },
  laterEditions: new Map(),
});

test.each(HOSTILE_TEXTS)('text such as %j stays text in every field', (text) => {
  const html = reportPage(hostileReport(data, text));
  const tags = (page: string): Set<string> => new Set(page.match(/<\/?[a-z!][^\s>]*/gi));
  // a web address is a link, with whatever text behind it
  const plain = reportPage(hostileReport(data, text.startsWith('https:') ? 'https://example.com/plain' : 'plain'));
  expect(tags(html)).toEqual(tags(plain));
  expect(html.match(/="[^"]*"/g)?.length).toBe(plain.match(/="[^"]*"/g)?.length);
  expect(html).not.toMatch(/href="(?!#|https?:\/\/)/);
  // characters that change what a reader sees are shown as text
  expect(html).not.toMatch(/[\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[^\P{Cc}\n]/u);
});

test('shows both ports of a moved row', () => {
  const moved = data.rows.filter(({ marks }) => marks.includes('moved'));
  expect(
    moved.map(({ ports, movedFrom, source, destination }) => [source.name, destination.name, ...ports, movedFrom]),
  ).toEqual([
    ['shop-masters', 'security group shop-workers', '10350/tcp', 'document: 10250/tcp'],
    ['shop-masters', 'shop-masters', '10350/tcp', 'document: 10250/tcp'],
  ]);
});

test('a supplement cites its own page', () => {
  const supplements = data.rows.filter(({ marks }) => marks.includes('supplement'));
  expect(supplements.map(({ ports }) => ports)).toEqual([['8285/udp'], ['8472/udp']]);
  for (const { document } of supplements) {
    expect(document.text).toBe('supplement');
    expect(document.reference).toMatch(/^https:\/\/github\.com\/flannel-io\/flannel\//);
  }
});

test('owner, ticket and expiry have columns as soon as one row has them', () => {
  const columns = (page: string): string[] =>
    [...(/ id="all-ports".*?<\/table>/s.exec(page)?.[0] ?? '').matchAll(/<th scope="col" data-column="([^"]*)"/g)].map(
      ([, name]) => name,
    );
  const [first, ...others] = data.rows.map((row) => ({ ...row, ownership: undefined }));
  expect(columns(reportPage({ ...data, rows: [first, ...others] }))).not.toContain('Owner');
  const ownership = { owner: 'team shop', expires: '2027-03-31' };
  const page = reportPage({ ...data, rows: [{ ...first, ownership }, ...others] });
  expect(columns(page)).toEqual(expect.arrayContaining(['Owner', 'Expires']));
  expect(columns(page)).not.toContain('Ticket');
  expect(page).toContain('2027-03-31');
});
