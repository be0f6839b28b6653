import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHOP_JUNIT, synthesizeShop } from '../report/scenario';
import { cli, expectBadInput, synthesizeExamples, temporaryDirectory } from '../support/cli';

const { path, file } = temporaryDirectory();
const stacks = synthesizeExamples(join(path, 'out'));
const HYBRID = join(stacks, 'apinizer-hybrid');
const [BEFORE, AFTER] = ['before', 'after'].map((time) => join(path, time));
synthesizeShop(BEFORE, 'before');
synthesizeShop(AFTER, 'after');

/** Returns the page of a report that succeeds. */
async function page(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(['report', '--today', '2026-11-28', ...argv]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** Returns the rows of the table with an id, by their anchors, with their text. */
function rowsOf(html: string, table: string): Map<string, string> {
  const [, body] = new RegExp(`<table id="${table}"[^]*?<tbody>([^]*?)</tbody>`).exec(html) ?? ['', ''];
  const rows = [...body.matchAll(/<tr\s+id="([^"]+)"[^>]*>([^]*?)<\/tr>/g)];
  return new Map(rows.map(([, anchor, cells]) => [anchor, cells.replace(/<[^>]*>|\s+/g, ' ')]));
}

/** Returns the anchor of the only row whose text has all these words. */
function anchorOf(html: string, ...words: string[]): string {
  const found = [...rowsOf(html, 'all-ports')].filter(([, text]) => words.every((word) => text.includes(word)));
  expect(found).toHaveLength(1);
  return found[0][0];
}

test('writes a page that needs nothing else, the same every time', async () => {
  const target = join(path, 'report.html');
  expect(await cli(['report', HYBRID, '--today', '2026-11-28', '-o', target])).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
  const html = readFileSync(target, 'utf8');
  expect(html).toBe(await page(HYBRID));
  expect(html).not.toMatch(/<(?:link|img|iframe|object|embed|base|script\s)|(?:src|srcset|action)=|@import|url\(/);
});

test('every link within the page leads somewhere, and no id is given twice', async () => {
  const html = await page(AFTER, '--since', BEFORE, '--junit', file('verify.xml', SHOP_JUNIT));
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  const links = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter((id) => !ids.includes(id))).toEqual([]);
});

test('every documented row and supplement links to its page', async () => {
  const html = await page(join(stacks, 'kubeadm-on-premises'));
  const [, body] = /<table id="all-ports"[^]*?<tbody>([^]*?)<\/tbody>/.exec(html)!;
  const rows = body.split('</tr>').slice(0, -1);
  expect(rows).toHaveLength(16);
  for (const row of rows) expect(row).toMatch(/data-column="Document"[^]*href="https:\/\//);
});

test('a link to a row stays the same if the port is moved, the ranges change, or other rows come and go', async () => {
  const json = readFileSync(join(HYBRID, 'cdk.tf.json'), 'utf8');
  const changed = JSON.parse(json);
  const { flows, peers } = changed['//'].metadata.clusterPorts;
  for (const peer of peers) if (peer.label === 'mongodb-berlin') peer.ranges = ['10.8.0.0/27'];
  const [first] = flows;
  expect(first).toMatchObject({ row: expect.stringMatching(/mongodb$/), port: '25080/tcp' });
  Object.assign(first, { port: '25081/tcp', documentedPort: '25080/tcp' });
  changed['//'].metadata.clusterPorts.flows = [...flows.slice(1), first];
  const anchor = anchorOf(await page(HYBRID), '25080/tcp');
  const moved = await page(file('changed.tf.json', JSON.stringify(changed)));
  expect(anchorOf(moved, '25081/tcp', 'document: 25080/tcp', '10.8.0.0/27')).toBe(anchor);
  expect(anchor).toMatch(/^apinizer-hybrid-apinizer-data-stores-mongodb-[\da-f]{8}$/);
});

test('several stacks are told apart, and each has its picture', async () => {
  const html = await page(HYBRID, join(stacks, 'rancher-on-aws'));
  expect(html).toContain('<title>Ports of 2 stacks</title>');
  expect(html.match(/<svg role="img"/g)).toHaveLength(2);
  for (const [anchor, text] of rowsOf(html, 'all-ports')) {
    expect(anchor).toMatch(/^(?:apinizer-hybrid|rancher-on-aws)-/);
    expect(text).toMatch(/apinizer-hybrid|rancher-on-aws/);
  }
});

test('has the rows of the matrix', async () => {
  const paths = [join(AFTER, 'stacks/shop'), join(stacks, 'two-regions'), join(stacks, 'apinizer-hybrid')];
  const { flows, omitted, undocumented } = JSON.parse((await cli(['matrix', ...paths, '--format', 'json'])).stdout);
  const inMatrix = [...flows, ...omitted, ...undocumented].map(({ stack, port }: any) => `${stack} ${port}`);
  const html = await page(...paths);
  const [, body] = /<table id="all-ports"[^]*?<tbody>([^]*?)<\/tbody>/.exec(html)!;
  const inReport = body
    .split('</tr>')
    .slice(0, -1)
    .map((row) => `${/data-stack="([^"]*)"/.exec(row)![1]} ${/class="port"[^>]*>\s*([^<]*?)\s*</.exec(row)![1]}`);
  expect(inReport.sort()).toEqual(inMatrix.sort());
});

test('says what changes, and what opens to the world first', async () => {
  const html = await page(AFTER, '--since', BEFORE);
  const [, changes] = /<section\s+id="changes"([^]*?)<\/section>/.exec(html)!;
  const text = changes.replace(/<[^>]*>|\s+/g, ' ');
  expect(text).toMatch(/widened +open to the world/);
  expect(text).toContain('30080/tcp 0.0.0.0/0');
  expect(text).toContain('30080/tcp 198.51.100.0/24');
  expect(await page(AFTER, '--since', AFTER)).toContain('Nothing that is evaluated is different from');
});

test('has no part about changes or results that nobody gave', async () => {
  expect(await page(HYBRID)).not.toMatch(/id="(?:changes|verification)"/);
});

test.each([
  ['an element that is none of JUnit', '<html></html>'],
  ['an entity of its own', '<!DOCTYPE x [<!ENTITY e "x">]><testsuites>&e;</testsuites>'],
  ['a file that ends too early', '<testsuites><testcase>'],
  ['text', 'open'],
  ['nothing', ''],
])('fails for a JUnit file with %s', async (_, xml) => {
  await expectBadInput(['report', HYBRID, '--junit', file('not.xml', xml)], 'junit-invalid');
});

test('fails for a JUnit file that does not exist', async () => {
  await expectBadInput(['report', HYBRID, '--junit', 'no-such-file.xml'], 'file-not-readable');
});

test.each(['2026-02-30', '2026-11', 'tomorrow', '2026-11-28T00:00:00Z'])('fails for the day %s', async (today) => {
  await expectBadInput(['report', HYBRID, '--today', today], 'today-invalid');
});

test('fails for several paths to compare with one', async () => {
  await expectBadInput(['report', HYBRID, BEFORE, '--since', HYBRID], 'since-several-paths');
});
