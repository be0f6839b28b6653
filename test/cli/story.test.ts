import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { cli, temporaryDirectory, unwrappedCells } from '../support/cli';
import { storyStack } from '../support/story';
import { unzipped } from '../support/unzipped';

const { path } = temporaryDirectory();
const outdir = join(path, 'out');
const app = new App({ outdir, skipValidation: true });
storyStack(app);
app.synth();
const STACK = join(outdir, 'stacks/story');

async function output(...argv: string[]): Promise<string> {
  const { stdout } = await cli(argv);
  return stdout;
}

/** Every command and format that names ports of a stack. */
const OUTPUTS: [string, ...string[]][] = [
  ['matrix', STACK],
  ['matrix', STACK, '--format', 'markdown'],
  ['matrix', STACK, '--format', 'csv'],
  ['request', STACK, '--all'],
  ['request', STACK, '--all', '--format', 'markdown'],
  ['diagram', STACK, '--format', 'mermaid'],
  ['diagram', STACK, '--format', 'dot'],
  ['commands', STACK],
  ['show', STACK],
  ['lint', STACK],
];

/** The moved rows: the port that is opened, and that of the document. */
const MOVED = [
  ['10350/tcp', '10250/tcp'],
  ['8443/tcp', '32080/tcp'],
  ['9091/tcp', '9090/tcp'],
  ['9092/tcp', '9090/tcp'],
];

test.each(OUTPUTS)('%s %s %s %s shows both ports of every moved row', async (...argv) => {
  const text = await output(...argv);
  for (const [opened, documented] of MOVED) {
    expect(text.replaceAll('#40;', '(').replaceAll('`', '').replaceAll('<br>', ', ')).toMatch(
      new RegExp(`${opened}(?:</FONT>|[ ,(])+document: ${documented}`),
    );
  }
  // the document of a supplement has no port
  expect(text).not.toMatch(/18472\/udp[^\n]{0,20}document: 8472/);
});

test('the CSV of a request has the port of the document in a column of its own', async () => {
  const lines = (await output('request', STACK, '--all', '--format', 'csv'))
    .split('\r\n')
    .map((line) => line.split(','));
  const [columns, ...rows] = lines;
  const [port, documented] = [columns.indexOf('Port'), columns.indexOf('Document port')];
  const moved = rows.filter((row) => row[documented]).map((row) => `${row[port]} ${row[documented]}`);
  expect([...new Set(moved)].sort()).toEqual([
    '10350 10250/tcp',
    '18472 8472/udp',
    '8443 32080/tcp',
    '9091 9090/tcp',
    '9092 9090/tcp',
  ]);
});

test('the JSON of the matrix has both ports', async () => {
  const { flows } = JSON.parse(await output('matrix', STACK, '--format', 'json')) as {
    flows: { port: string; documentedPort?: string }[];
  };
  const moved = flows.filter(({ documentedPort }) => documentedPort !== undefined);
  expect([...new Set(moved.map(({ port, documentedPort }) => `${port} ${documentedPort}`))].sort()).toEqual([
    '10350/tcp 10250/tcp',
    '18472/udp 8472/udp',
    '8443/tcp 32080/tcp',
    '9091/tcp 9090/tcp',
    '9092/tcp 9090/tcp',
  ]);
});

test('the spreadsheet of a request has both ports', async () => {
  const file = join(path, 'request.xlsx');
  await cli(['request', STACK, '--all', '--format', 'xlsx', '--output', file]);
  const archive = readFileSync(file);
  const text = ['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml'].map((part) => unzipped(archive, part)).join('');
  for (const [opened, documented] of MOVED) {
    expect(text).toContain(documented);
    expect(text).toContain(opened.split('/')[0]);
  }
});

test('explain names the port of the document of a moved row', async () => {
  const text = await output(
    'explain',
    STACK,
    '--from',
    'sg:aws_security_group.group_control-plane',
    '--to',
    'workers',
    '--port',
    '10350/tcp',
  );
  expect(unwrappedCells(text).flat().join()).toContain('10350/tcp,document:10250/tcp');
});

describe('a supplement cites its own page, and never the document that lacks it', () => {
  const REASON = 'pods on different workers reach each other through Flannel';
  const PAGE =
    'https://github.com/flannel-io/flannel/blob/5295a0f6c359ea6b51b90e91dc7eb2e1be368c51/Documentation/troubleshooting.md';

  test.each([
    ['matrix', STACK],
    ['matrix', STACK, '--format', 'csv'],
    ['matrix', STACK, '--format', 'markdown'],
    ['request', STACK, '--all', '--format', 'csv'],
    ['request', STACK, '--all', '--format', 'markdown'],
  ])('%s %s %s %s %s', async (...argv) => {
    const lines = (await output(...argv)).split('\n').filter((line) => line.includes(REASON));
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toContain(PAGE);
      expect(line).not.toContain('kubeadm-flannel@');
      expect(line).not.toContain('docs.apinizer.com');
    }
  });

  test('request', async () => {
    const blocks = (await output('request', STACK, '--all')).split('---\n').filter((block) => block.includes(REASON));
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toContain(
      `18472/udp, its source: 8472/udp: Flannel; not in the document: ${REASON}, which the document does not open between ` +
        `workers; "Firewalls", ${PAGE}`,
    );
    expect(blocks[0]).not.toContain('# Document:');
  });

  test('matrix as JSON', async () => {
    const { flows } = JSON.parse(await output('matrix', STACK, '--format', 'json')) as {
      flows: { supplement?: string; supplementReference?: string; document?: object }[];
    };
    const supplements = flows.filter(({ supplement }) => supplement !== undefined);
    expect(supplements).toHaveLength(2);
    for (const each of supplements) {
      expect(each.supplementReference).toBe(PAGE);
      expect(each.document).toBeUndefined();
    }
  });

  test('explain', async () => {
    const workers = 'sg:aws_security_group.group_workers';
    const text = await output(
      'explain',
      STACK,
      '--from',
      workers,
      '--to',
      workers,
      '--port',
      '8285/udp',
      '--format',
      'json',
    );
    const { destination } = JSON.parse(text) as {
      destination: { matching: { documentedBy: { reference: string; supplement: string }[] }[] };
    };
    const [rule] = destination.matching;
    expect(rule.documentedBy).toEqual([
      expect.objectContaining({ reference: PAGE, supplement: expect.stringContaining(REASON) as string }),
    ]);
    const table = await output('explain', STACK, '--from', workers, '--to', workers, '--port', '8285/udp');
    const cells = unwrappedCells(table).flat().join();
    expect(cells).toContain(`supplement: ${REASON}`.replace(/\s/g, ''));
    expect(cells).toContain(PAGE);
  });
});

describe('what fails when a port is closed, and the versions that the vendor checked', () => {
  const CHECKED = 'checked by the vendor for kubernetes 1.31.0, flannel 0.26.1';
  const UNCHECKED = `${CHECKED}, not for your kubernetes 1.34.1; ports may vary in other versions`;
  const IMPACT = 'cost monitoring might fail: cost metrics are missing or unavailable';

  test('are in a request', async () => {
    const blocks = (await output('request', STACK, '--all')).split('---\n');
    const cluster = blocks.filter((block) => block.includes('6443/tcp'));
    expect(cluster.length).toBeGreaterThan(0);
    for (const block of cluster) expect(block).toContain(`# Versions: ${UNCHECKED}\n`);
    const ports = blocks.filter((block) => block.includes('8443/tcp'));
    for (const block of ports) expect(block).toContain(`# Versions: ${CHECKED}; ports may vary in other versions\n`);
    const metrics = blocks.filter((block) => block.includes('9092/tcp'));
    expect(metrics).toHaveLength(1);
    expect(metrics[0]).toContain(`# 9092/tcp, if closed: ${IMPACT}\n`);
    expect(metrics[0]).toContain(
      '# Versions: the document names no versions that the vendor has checked; yours: vcluster 4.3.0\n',
    );
  });

  test.each(['markdown', 'csv'])('are in a request as %s', async (format) => {
    const text = (await output('request', STACK, '--all', '--format', format)).replaceAll('\\', '');
    expect(text).toContain(UNCHECKED);
    expect(text).toContain(IMPACT);
  });

  test('are in explain', async () => {
    const metrics = await output(
      'explain',
      STACK,
      '--from',
      '10.7.0.5',
      '--to',
      'tag:prometheus',
      '--port',
      '9091/tcp',
    );
    expect(metrics).toContain(`If it is closed: ${IMPACT}.`);
    const workers = 'sg:aws_security_group.group_workers';
    const group = 'sg:aws_security_group.group_control-plane';
    const cluster = await output('explain', STACK, '--from', workers, '--to', group, '--port', '6443/tcp');
    expect(cluster).toContain(`kubeadm-flannel@2024-12 is ${UNCHECKED}.`);
    // the document does not speak about a supplement
    const supplement = await output('explain', STACK, '--from', workers, '--to', workers, '--port', '8285/udp');
    expect(supplement).not.toContain('checked by the vendor');
  });

  test('are in explain if the rule of a row is gone', async () => {
    const json = JSON.parse(readFileSync(join(STACK, 'cdk.tf.json'), 'utf8'));
    delete json.resource.google_compute_firewall;
    const file = join(path, 'closed.tf.json');
    writeFileSync(file, JSON.stringify(json));
    const ends = ['--from', '10.7.0.5', '--to', 'network tag prometheus', '--network', 'prod'];
    const text = await output('explain', file, ...ends, '--port', '9091/tcp');
    expect(text).toContain('The packet is refused: 9091/tcp');
    expect(text).toContain('It is needed for prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics.');
    expect(text).toContain(`If it is closed: ${IMPACT}.`);
    expect(await output('explain', file, ...ends, '--port', '9090/tcp')).not.toContain('needed');
  });

  test('are in the JSON of the matrix', async () => {
    const { flows } = JSON.parse(await output('matrix', STACK, '--format', 'json')) as {
      flows: { row: string; impact?: string; checkedFor?: string[]; versions?: object }[];
    };
    const rowOf = (end: string): object | undefined => flows.find(({ row }) => row.endsWith(end));
    expect(rowOf('/cost-metrics')).toMatchObject({ impact: IMPACT });
    expect(rowOf('/api-server')).toMatchObject({
      checkedFor: ['kubernetes 1.31.0', 'flannel 0.26.1'],
      versions: { kubernetes: '1.34.1' },
    });
  });
});
