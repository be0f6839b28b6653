import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, synthesizeExamples, temporaryDirectory } from '../support/cli';
import { unzipped } from '../support/unzipped';

const { path, file } = temporaryDirectory();
const stacks = synthesizeExamples(path);
const HYBRID = join(stacks, 'apinizer-hybrid');
const DOCUMENTS = join(__dirname, '../../examples/documents/apinizer-hybrid');

const GKE_MATRIX = `Source                            Destination                    Port      What for                                    Opened by  Documented                          Document
gke-control-plane, 172.16.0.0/28  network tag vcluster-platform  8443/tcp  API service extension (v1.cluster.loft.sh)  us         Connect Kubernetes to the platform  vcluster-platform@2025-03
gke-control-plane, 172.16.0.0/28  network tag vcluster-platform  9443/tcp  Webhook validation (loft webhook)           us         Connect Kubernetes to the platform  vcluster-platform@2025-03
gke-control-plane, 172.16.0.0/28  network tag vcluster-platform  9444/tcp  Management API (v1.management.loft.sh)      us         Connect Kubernetes to the platform  vcluster-platform@2025-03
203.0.113.7/32                    network tag prometheus         9090/tcp  Cost control dashboard metrics              us         Connect the platform to Prometheus  prometheus-cost-metrics@2025-03
`;

test.each([
  ['request', 'text', 'request.txt'],
  ['request', 'markdown', 'request.md'],
  ['request', 'csv', 'request.csv'],
  ['matrix', 'markdown', 'matrix.md'],
  ['matrix', 'csv', 'matrix.csv'],
  ['matrix', 'json', 'matrix.json'],
  ['diagram', 'mermaid', 'diagram.mmd'],
  ['diagram', 'dot', 'diagram.dot'],
  ['diagram', 'svg', 'diagram.svg'],
])('%s --format %s writes the document of the example', async (command, format, document) => {
  const text = readFileSync(join(DOCUMENTS, document), 'utf8');
  expect(await cli([command, HYBRID, '--format', format])).toEqual({ code: 0, stdout: text, stderr: '' });
});

test('commands writes the script of the example', async () => {
  const text = readFileSync(join(DOCUMENTS, 'commands.sh'), 'utf8');
  expect(await cli(['commands', HYBRID])).toEqual({ code: 0, stdout: text, stderr: '' });
});

test('a file, a stack and a whole output are read alike, and the default form is the first', async () => {
  const whole = await cli(['matrix', path, '--format', 'csv']);
  expect(whole).toEqual(await cli(['matrix', stacks, '--format', 'csv']));
  expect(whole.stdout.split('\r\n').length).toBeGreaterThan(100);
  const stack = await cli(['request', HYBRID]);
  expect(stack).toEqual(await cli(['request', join(HYBRID, 'cdk.tf.json'), '--format', 'text']));
});

test('the matrix is a table, with a head that stands out on a terminal and nowhere else', async () => {
  const stack = join(stacks, 'vcluster-platform-on-gke');
  const { stdout } = await cli(['matrix', stack]);
  expect(stdout).toBe(GKE_MATRIX);
  const [head, ...rows] = stdout.split('\n');
  const terminal = await cli(['matrix', stack], { isTTY: true });
  expect(terminal.stdout).toBe(`\u001b[1m${head}\u001b[22m\n${rows.join('\n')}`);
  expect(await cli(['matrix', stack], { isTTY: true, env: { NO_COLOR: '1' } })).toEqual({
    code: 0,
    stdout,
    stderr: '',
  });
  expect(await cli(['matrix', stack], { isTTY: true, env: { TERM: 'dumb' } })).toEqual({ code: 0, stdout, stderr: '' });
});

test('an output is written as a file, and is the same', async () => {
  const target = join(path, 'request.txt');
  expect(await cli(['request', HYBRID, '--output', target], { isTTY: true })).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
  expect(readFileSync(target, 'utf8')).toBe(readFileSync(join(DOCUMENTS, 'request.txt'), 'utf8'));
  expect(readdirSync(path).filter((name) => name.includes('tmp'))).toEqual([]);
});

test('a spreadsheet is written as a file', async () => {
  const target = join(path, 'request.xlsx');
  expect(await cli(['request', HYBRID, '--format', 'xlsx', '-o', target])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(unzipped(readFileSync(target), 'xl/sharedStrings.xml')).toContain('mongodb-berlin');
});

test('what is opened here is asked for with --all alone', async () => {
  const { stdout } = await cli(['request', HYBRID, '--all']);
  expect(stdout.split('\n').filter((line) => /^\d+\/tcp$/.test(line))).toEqual(['25080/tcp', '9200/tcp', '30080/tcp']);
  const gke = join(stacks, 'vcluster-platform-on-gke');
  expect((await cli(['request', gke])).stdout).toBe('# Nothing is asked for.\n');
});

test('machines without addresses are named with the option that gives them, and filled in by it', async () => {
  const stack = join(stacks, 'control-plane-vip-on-gcp');
  const without = await cli(['request', stack, '--all']);
  expect(without.stderr).toMatch(
    /^note: addresses are missing of network tag .*; give them with --addresses 'network tag [\w-]+=<ranges>', or with --state\n$/,
  );
  const tags = [...new Set([...without.stdout.matchAll(/<addresses of (.*)>/g)].map(([, tag]) => tag))];
  const given = tags.flatMap((tag) => ['--addresses', `${tag}=10.5.0.0/24, 10.6.0.0/24`]);
  const filled = await cli(['request', stack, '--all', ...given]);
  expect(filled.stderr).toBe('');
  expect(filled.stdout).toContain('10.5.0.0/24\n10.6.0.0/24\n');
});

test('ranges that Terraform alone knows are filled in from the state of their stack', async () => {
  const stack = stackWithReference();
  const state = file('state.json', JSON.stringify(stateWith('10.99.0.0/16')));
  expect((await cli(['request', stack, '--all'])).stdout).toContain('<aws_vpc.vpc.cidr_block>\n');
  const filled = await cli(['request', stack, '--all', '--state', state]);
  expect(filled.stdout).toContain('10.99.0.0/16\n');
  expect(await cli(['request', stack, HYBRID, '--all', '--state', `reference=${state}`])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('10.99.0.0/16\n'),
  });
});

test('commands of several stacks stand under their names', async () => {
  const { stdout } = await cli(['commands', join(stacks, 'vcluster-platform-on-gke'), HYBRID]);
  expect(stdout.split('\n').filter((line) => line.startsWith('# ---'))).toEqual([
    '# --- stack vcluster-platform-on-gke',
    '# --- stack apinizer-hybrid',
  ]);
  expect(stdout.match(/^set -eu$/gm)).toHaveLength(1);
});

test('the routing of a virtual address that others own is asked for in the form for high availability', async () => {
  const { stdout } = await cli(['request', join(stacks, 'control-plane-vip-on-premises')]);
  const blocks = stdout.split('\n').filter((line) => !line.startsWith('# ') || line.includes('DNS'));
  expect(blocks).toEqual([
    ...['SOURCE:', '10.1.0.101/32', '10.1.0.102/32', 'DESTINATION:', 'k8s-masters', '10.1.0.0/29', '6443/tcp', '---'],
    '# DNS name of the destination: api.k8s.example.com',
    'SOURCE (Only Kubernetes Cluster access to this address is required, there will be no external access):',
    ...['k8s-masters', '10.1.0.0/29', 'k8s-workers', '10.1.1.0/24', 'DESTINATION:', 'k8s-vip', '10.1.0.100/32'],
    ...['6443/tcp', '---', 'ROUTING:', 'k8s-masters', '10.1.0.0/29', 'tcp/6443', '---'],
    'ADDRESSES TO ACCESS:',
    ...['archive.ubuntu.com 443/tcp 80/tcp', '*.docker.com 443/tcp', '*.docker.io 443/tcp', '*.k8s.io 443/tcp'],
    ...['*.mongodb.org 443/tcp', 'artifacts.elastic.co 443/tcp', ''],
  ]);
});

test.each(['markdown', 'csv'])('hosts that others let out are in the %s of the request', async (format) => {
  const { stdout } = await cli(['request', join(stacks, 'control-plane-vip-on-premises'), '--format', format]);
  expect(stdout).toMatch(/through web-proxy.*artifacts\.elastic\.co.*443/);
});

test.each([
  [
    'markdown',
    '| to be routed by you | k8s-vip<br>api.k8s.example.com<br>`10.1.0.100/32` | k8s-masters<br>`10.1.0.0/29` | `6443/tcp` |',
  ],
  ['csv', 'to be routed by you,"k8s-vip, api.k8s.example.com",10.1.0.100/32,k8s-masters,10.1.0.0/29,6443,tcp,'],
])('the routing of a virtual address is a row of the %s of the request', async (format, row) => {
  const { stdout } = await cli(['request', join(stacks, 'control-plane-vip-on-premises'), '--format', format]);
  expect(stdout.split('\n').filter((line) => line.startsWith(row))).toHaveLength(1);
});

test.each(['matrix', 'diagram'])('%s says that there are hosts, which it has no place for', async (command) => {
  const { code, stdout, stderr } = await cli([command, join(stacks, 'apinizer-outbound-on-gcp')]);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'note: 15 hosts are let out by name; they are in "cluster-ports request --all"\n',
  });
  expect(stdout).toContain('No port is opened.');
});

/** The hybrid example under another name, with a range that is known to Terraform alone. */
function stackWithReference(): string {
  const json = JSON.parse(readFileSync(join(HYBRID, 'cdk.tf.json'), 'utf8'));
  const { metadata } = json['//'];
  metadata.stackName = 'reference';
  const mongodb = metadata.clusterPorts.peers.find(({ label }: { label: string }) => label === 'mongodb-berlin');
  Object.assign(mongodb, { ranges: [], references: ['aws_vpc.vpc.cidr_block'] });
  return file('reference.tf.json', JSON.stringify(json));
}

function stateWith(cidr_block: string): object {
  const resources = [{ address: 'aws_vpc.vpc', values: { cidr_block } }];
  return { format_version: '1.0', values: { root_module: { resources } } };
}
