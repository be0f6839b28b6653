import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { ApinizerDataStoreRules, ExternalHosts, Peer, Port, PrometheusCostMetricsRule } from '../../lib';
import { SHOP_JUNIT, synthesizeShop } from '../report/scenario';
import { cli, expectBadInput, synthesizeExamples, temporaryDirectory } from '../support/cli';

const { path, file } = temporaryDirectory();
const stacks = synthesizeExamples(join(path, 'out'));
const HYBRID = join(stacks, 'apinizer-hybrid');
const [BEFORE, AFTER] = ['before', 'after'].map((time) => join(path, time));
synthesizeShop(BEFORE, 'before');
synthesizeShop(AFTER, 'after');

/** Where a browser may break lines. */
const UNBROKEN = /<wbr \/>|<span class="whole">([^<]*)<\/span>/g;

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
  return new Map(rows.map(([, anchor, cells]) => [anchor, cells.replace(UNBROKEN, '$1').replace(/<[^>]*>|\s+/g, ' ')]));
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
  const text = changes.replace(UNBROKEN, '$1').replace(/<[^>]*>|\s+/g, ' ');
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

describe('what the firewall team must open and close since an earlier day', () => {
  /** Synthesizes a request for one port, from these ranges. */
  function asked(name: string, ranges: string[], port: number, owner: string): string {
    const app = new App({ outdir: join(path, name), skipValidation: true });
    const stack = new TerraformStack(app, 'stack');
    new PrometheusCostMetricsRule(stack, 'metrics', {
      platform: Peer.named('platform', ...ranges),
      prometheus: ExternalHosts.named('prometheus hosts', '10.7.2.0/28'),
      ports: { 'cost-metrics': Port.tcp(port) },
      ownership: { owner },
    });
    new ApinizerDataStoreRules(stack, 'data-stores', {
      workers: Peer.cidr('10.9.0.0/24'),
      mongodb: ExternalHosts.named('mongodb', '10.8.0.0/28'),
    });
    app.synth();
    return join(path, name, 'stacks/stack');
  }
  const OLD = asked('old', ['10.7.1.0/28'], 9091, 'payments');
  const MOVED = asked('moved', ['10.7.1.0/28', '10.7.5.0/28'], 9092, 'audit');
  const WIDER = asked('wider', ['10.7.1.0/28', '10.7.5.0/28'], 9091, 'payments');

  /** Returns the text below a heading of the part about changes. */
  function below(html: string, heading: string): string {
    const [, changes] = /<section\s+id="changes"([^]*?)<\/section>/.exec(html)!;
    const [, text] = new RegExp(`<h3>${heading}</h3>([^]*?)(?=<h3>|<details|$)`).exec(changes)!;
    return text;
  }
  const textOf = (html: string): string =>
    html
      .replace(UNBROKEN, '$1')
      .replace(/<[^>]*>|\s+/g, ' ')
      .replace(/ +/g, ' ');

  test('a moved port is one to open, which links to its row, and one to close, which can be linked', async () => {
    const html = await page(MOVED, '--since', OLD);
    const open = below(html, 'To be opened by the firewall team');
    expect(textOf(open)).toContain('9092/tcp');
    expect(textOf(open)).not.toContain('9091/tcp');
    expect(open).toContain(`href="#${anchorOf(html, '9092/tcp')}"`);
    const close = below(html, 'To be closed by the firewall team');
    expect(textOf(close)).toContain('9091/tcp');
    expect(textOf(close)).not.toContain('9092/tcp');
    const [, anchor] = /<tr id="([^"]+)"/.exec(close)!;
    expect(close).toContain(`href="#${anchor}"`);
    expect(textOf(html)).toContain('1 port or hostname of the firewall team unchanged');
  });

  test('only the ranges that are new are to be opened, and the row of them all is new', async () => {
    const html = await page(WIDER, '--since', OLD);
    const open = textOf(below(html, 'To be opened by the firewall team'));
    expect(open).toContain('10.7.5.0/28');
    expect(open).not.toContain('10.7.1.0/28');
    expect(below(html, 'To be closed by the firewall team')).toContain('Nothing.');
    const row = rowsOf(html, 'all-ports').get(anchorOf(html, '9091/tcp'))!;
    expect(row).toContain('10.7.1.0/28');
    expect(row).toMatch(/\bnew\b/);
    expect(rowsOf(html, 'all-ports').get(anchorOf(html, '25080/tcp'))).not.toMatch(/\bnew\b/);
    // machines are listed once, with all their ranges
    expect(html.match(/<bdi>platform<\/bdi>\s*<\/th>/g)).toHaveLength(1);
  });

  test('says whose rows are now somebody else\'s, as "request" does', async () => {
    const note = 'cost-metrics 9091/tcp: owner audit, before: payments';
    const now = asked('owner', ['10.7.1.0/28'], 9091, 'audit');
    expect(textOf(below(await page(now, '--since', OLD), 'Owners, tickets and last days'))).toContain(note);
    const { stdout, stderr } = await cli(['request', now, '--since', OLD]);
    expect(stdout).toContain(`# stack/metrics: ${note}`);
    expect(stderr).toContain(note);
  });

  test('has the same text as "request --since"', async () => {
    const head = ['--ticket', 'NET-42', '--requested-by', 'Jane Doe'];
    const html = await page(MOVED, '--since', OLD, ...head);
    const [, text] = /<details class="as-text" id="changes-text">[^]*?<pre[^>]*>([^]*?)<\/pre>/.exec(html)!;
    const { stdout } = await cli(['request', MOVED, '--since', OLD, ...head]);
    const plain = text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'");
    expect(stdout).toContain(plain.replaceAll('&amp;', '&').trimEnd());
  });

  test('has the number, who asks, and a place for the approval in its head and in the request', async () => {
    const html = await page(OLD, '--ticket', 'NET-42', '--requested-by', 'Jane Doe');
    const [, summary] = /<section\s+id="summary"([^]*?)<\/section>/.exec(html)!;
    expect(textOf(summary)).toMatch(/Request NET-42 Requested by Jane Doe Approved by _+ on: _+/);
    expect(html).toContain('# Access request NET-42');
    expect(textOf(await page(OLD))).toContain('Ticket and requester not given');
    expect(textOf(await page(OLD, '--ticket', 'NET-42'))).toContain('Requested by not given');
    expect(await page(OLD)).not.toContain('Approved by');
  });

  test('says at its head that a state does not contain what is asked for', async () => {
    const state = file(
      'state.json',
      JSON.stringify({ format_version: '1.0', terraform_version: '1.9.0', values: { root_module: {} } }),
    );
    const html = await page(OLD, '--since', state);
    for (const section of ['summary', 'changes']) {
      const [, text] = new RegExp(`<section\\s+id="${section}"([^]*?)</section>`).exec(html)!;
      expect(textOf(text)).toContain(`What the firewall team must open is not compared with ${state}`);
    }
  });
});

test('a change in traffic links to its rows', async () => {
  const html = await page(AFTER, '--since', BEFORE);
  const [, changes] = /<section\s+id="changes"([^]*?)<\/section>/.exec(html)!;
  expect(changes).toContain(`href="#${anchorOf(html, '30080/tcp')}"`);
});
