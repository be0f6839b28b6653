import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, synthesizeExamples, temporaryDirectory } from '../support/cli';
import { portsInCommands } from '../support/told';
import { unzipped } from '../support/unzipped';

const { path, file } = temporaryDirectory();
const stacks = synthesizeExamples(path);
const HYBRID = join(stacks, 'apinizer-hybrid');
const DOCUMENTS = join(__dirname, '../../examples/documents/apinizer-hybrid');

const GKE_MATRIX = `Source                            Destination                    Port      Purpose                                                     Opened by   Documented                          Document
gke-control-plane, 172.16.0.0/28  network tag vcluster-platform  8443/tcp  API service extension (v1.cluster.loft.sh) (port of a pod)  this stack  Connect Kubernetes to the platform  vcluster-platform@2025-03
gke-control-plane, 172.16.0.0/28  network tag vcluster-platform  9443/tcp  Webhook validation (loft webhook) (port of a pod)           this stack  Connect Kubernetes to the platform  vcluster-platform@2025-03
gke-control-plane, 172.16.0.0/28  network tag vcluster-platform  9444/tcp  Management API (v1.management.loft.sh) (port of a pod)      this stack  Connect Kubernetes to the platform  vcluster-platform@2025-03
203.0.113.7/32                    network tag prometheus         9090/tcp  Cost control dashboard metrics                              this stack  Connect the platform to Prometheus  prometheus-cost-metrics@2025-03
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

test('commands creates the rules of a firewall policy, and names what they need and it does not create', async () => {
  const stack = join(stacks, 'vcluster-platform-in-firewall-policy');
  const { code, stdout, stderr } = await cli(['commands', stack]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(portsInCommands(stdout)).toEqual(['8443/tcp', '9090/tcp', '9443/tcp', '9444/tcp']);
  expect(
    [...stdout.matchAll(/^gcloud compute network-firewall-policies rules create (\d+)/gm)].map(([, at]) => at),
  ).toEqual(['146140164', '138803737']);
  expect(stdout.split('\n\n').at(-1)).toBe(
    [
      'google_compute_network_firewall_policy.policy',
      'google_compute_network_firewall_policy_association.at-kubernetes',
      'google_tags_tag_key.role',
      'google_tags_tag_value.platform',
      'google_tags_tag_value.prometheus',
    ]
      .map((address) => `# ${address}: no command is generated for it\n`)
      .join(''),
  );
});

test('commands says where the network policies of pods come from', async () => {
  const { stdout } = await cli(['commands', join(stacks, 'vcluster-platform-network-policies')]);
  expect(stdout).not.toMatch(/^(?:gcloud|aws) /m);
  expect(stdout.match(/^# kubernetes_network_policy_v1\..*$/gm)).toEqual(
    [
      'vcluster-platform_allow-k8s-api-to-vcluster-platform',
      'monitoring_allow-vcluster-platform-to-prometheus',
      'monitoring_prometheus-cost-metrics-agent-to-prometheus',
      'loft-agent_prometheus-cost-metrics-agent-to-prometheus-egress',
    ].map(
      (id) => `# kubernetes_network_policy_v1.network_policy_${id}: a network policy, see "cluster-ports manifests"`,
    ),
  );
});

test('reads a file, a stack and a whole output directory alike, and uses the first format by default', async () => {
  const whole = await cli(['matrix', path, '--format', 'csv']);
  expect(whole).toEqual(await cli(['matrix', stacks, '--format', 'csv']));
  expect(whole.stdout.split('\r\n').length).toBeGreaterThan(100);
  const stack = await cli(['request', HYBRID]);
  expect(stack).toEqual(await cli(['request', join(HYBRID, 'cdk.tf.json'), '--format', 'text']));
});

test('renders the matrix as a table, with a bold header only on a terminal', async () => {
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

test('writes the same output to a file', async () => {
  const target = join(path, 'request.txt');
  expect(await cli(['request', HYBRID, '--output', target], { isTTY: true })).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
  expect(readFileSync(target, 'utf8')).toBe(readFileSync(join(DOCUMENTS, 'request.txt'), 'utf8'));
  expect(readdirSync(path).filter((name) => name.includes('tmp'))).toEqual([]);
});

test('writes a spreadsheet to a file', async () => {
  const target = join(path, 'request.xlsx');
  expect(await cli(['request', HYBRID, '--format', 'xlsx', '-o', target])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(unzipped(readFileSync(target), 'xl/sharedStrings.xml')).toContain('mongodb-berlin');
});

test('lists what the stack opens only with --all', async () => {
  const { stdout } = await cli(['request', HYBRID, '--all']);
  expect(stdout.split('\n').filter((line) => /^\d+\/tcp$/.test(line))).toEqual(['25080/tcp', '9200/tcp', '30080/tcp']);
  const gke = join(stacks, 'vcluster-platform-on-gke');
  expect((await cli(['request', gke])).stdout).toBe('# Nothing to open.\n');
});

test('names host groups without IP ranges, and the option that fills them in', async () => {
  const stack = join(stacks, 'control-plane-vip-on-gcp');
  const without = await cli(['request', stack, '--all']);
  expect(without.stderr).toMatch(
    /^note: IP ranges are missing for network tag .*; give them with --ip-ranges 'network tag [\w-]+=<ranges>' or --state\n$/,
  );
  const tags = [...new Set([...without.stdout.matchAll(/<IP ranges of (.*)>/g)].map(([, tag]) => tag))];
  const given = tags.flatMap((tag) => ['--ip-ranges', `${tag}=10.5.0.0/24, 10.6.0.0/24`]);
  const filled = await cli(['request', stack, '--all', ...given]);
  expect(filled.stderr).toBe('');
  expect(filled.stdout).toContain('10.5.0.0/24\n10.6.0.0/24\n');
});

test('fills in ranges that are known after apply from the state of their stack', async () => {
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

test('lists the commands of several stacks below their names', async () => {
  const { stdout } = await cli(['commands', join(stacks, 'vcluster-platform-on-gke'), HYBRID]);
  expect(stdout.split('\n').filter((line) => line.startsWith('# ---'))).toEqual([
    '# --- stack vcluster-platform-on-gke',
    '# --- stack apinizer-hybrid',
  ]);
  expect(stdout.match(/^set -eu$/gm)).toHaveLength(1);
});

test('asks for the routing of an external virtual address in the form for high availability', async () => {
  const { stdout } = await cli(['request', join(stacks, 'control-plane-vip-on-premises')]);
  const blocks = stdout.split('\n').filter((line) => !line.startsWith('# ') || /DNS (?:name|record)/.test(line));
  expect(blocks).toEqual([
    'Kubernetes High Availability (High Access) Cluster Setup. Load Balancer Access and Routing Requests:',
    'SOURCE (Only Kubernetes Cluster access to this address is required, there will be no external access):',
    ...['k8s-masters', '10.1.0.0/29', 'k8s-workers', '10.1.1.0/24', 'DESTINATION:', 'k8s-vip', '10.1.0.100/32'],
    ...['6443/tcp', '---', 'ROUTING:', 'k8s-masters', '10.1.0.0/29', 'tcp/6443'],
    '# A DNS name can be defined for the virtual address: api.k8s.example.com',
    ...['# DNS record, for whoever manages the zone: api.k8s.example.com A 10.1.0.100', '---'],
    ...['SOURCE:', '10.1.0.101/32', '10.1.0.102/32', 'DESTINATION:', 'k8s-masters', '10.1.0.0/29', '6443/tcp', '---'],
    'ADDRESSES TO ACCESS:',
    ...['archive.ubuntu.com 443/tcp 80/tcp', '*.docker.com 443/tcp', '*.docker.io 443/tcp', '*.k8s.io 443/tcp'],
    // the last block has only remarks: hostnames that a construct omits
    ...['*.mongodb.org 443/tcp', 'artifacts.elastic.co 443/tcp', '---', ''],
  ]);
});

test.each(['markdown', 'csv'])('lists hostnames of an external proxy in the %s of the request', async (format) => {
  const { stdout } = await cli(['request', join(stacks, 'control-plane-vip-on-premises'), '--format', format]);
  expect(stdout).toMatch(/through web-proxy.*artifacts\.elastic\.co.*443/);
});

test.each([
  [
    'markdown',
    '| please route | k8s-vip<br>api.k8s.example.com<br>`10.1.0.100/32` | k8s-masters<br>`10.1.0.0/29` | `6443/tcp` |',
  ],
  ['csv', 'please route,"k8s-vip, api.k8s.example.com",10.1.0.100/32,k8s-masters,10.1.0.0/29,6443,tcp,'],
])('has a row for the routing of a virtual address in the %s of the request', async (format, row) => {
  const { stdout } = await cli(['request', join(stacks, 'control-plane-vip-on-premises'), '--format', format]);
  expect(stdout.split('\n').filter((line) => line.startsWith(row))).toHaveLength(1);
});

test('matrix lists hostnames', async () => {
  const { code, stdout, stderr } = await cli(['matrix', join(stacks, 'apinizer-outbound-on-gcp')]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^machines behind Secure Web Proxy +\*\.docker\.com +443\/tcp /m);
});

test('diagram draws hostnames in a box for each group of machines and for each who opens them', async () => {
  const stack = join(stacks, 'apinizer-outbound-on-gcp');
  const { code, stdout, stderr } = await cli(['diagram', stack]);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'note: 2 parts are not evaluated; "cluster-ports show" lists them\n',
  });
  const boxes = [...stdout.matchAll(/^ *(box\d+)\["(.*?)"\]/gm)].map(([, id, text]) => [id, text.split('<br/>')]);
  expect(boxes).toEqual([
    ['box1', ['machines behind Secure Web Proxy']],
    [
      'box2',
      [
        '8 hostnames',
        'archive.ubuntu.com',
        'cdn.redhat.com',
        '#42;.docker.com',
        '#42;.docker.io',
        '#42;.k8s.io',
        '#42;.amazonaws.com',
        '#42;.mongodb.org',
        'artifacts.elastic.co',
      ],
    ],
    [
      'box3',
      [
        '5 hostnames',
        '#42;.mongodb.com',
        'ghcr.io',
        '#42;.githubusercontent.com',
        '#42;.pkg.dev',
        '#42;.r2.cloudflarestorage.com',
      ],
    ],
    ['box4', ['machines behind a firewall policy of GCP']],
    ['box5', ['2 hostnames', 'registry.example.com', 'time.example.com']],
  ]);
  expect(stdout).toContain('"443/tcp 8 hostnames<br/>80/tcp archive.ubuntu.com"');
  expect(stdout).toContain('"this stack opens it, not in the document:<br/>443/tcp 5 hostnames"');
  expect(stdout).toMatch(/"not known to be open:<br\/>443\/tcp registry\.example\.com#59; /);
  for (const [from, to] of ['1 2', '1 3', '4 5'].map((pair) => pair.split(' '))) {
    const [, label] =
      new RegExp(`^  box${from} -[-.]- (label\\d+)\\n(?:.*\\n)*?  \\1 -[-.]+> box${to}$`, 'm').exec(stdout) ?? [];
    expect([from, to, label]).toEqual([from, to, expect.any(String)]);
  }
  const one = await cli(['diagram', stacks, '--stack', 'apinizer-outbound-on-gcp']);
  expect(one.stdout).toBe(stdout);
});

test('diagram draws hostnames at the box of their clients, with the filter', async () => {
  const { stdout } = await cli(['diagram', join(stacks, 'apinizer-outbound-on-aws')]);
  expect(stdout).toContain('box1["kubernetes subnets<br/>10.20.0.0/16"]');
  expect(stdout).toContain('["7 hostnames<br/>through AWS Network Firewall<br/>');
});

/** Writes the hybrid example with a different name and a range that is known after apply. */
function stackWithReference(): string {
  const json = JSON.parse(readFileSync(join(HYBRID, 'cdk.tf.json'), 'utf8'));
  const { metadata } = json['//'];
  metadata.stackName = 'reference';
  const mongodb = metadata.clusterPorts.peers.find(({ label }: { label: string }) => label === 'mongodb-berlin');
  const unknownRanges = [{ family: 'ipv4', value: '${aws_vpc.vpc.cidr_block}', stack: 'reference' }];
  Object.assign(mongodb, { ranges: [], references: ['aws_vpc.vpc.cidr_block'], unknownRanges });
  return file('reference.tf.json', JSON.stringify(json));
}

function stateWith(cidr_block: string): object {
  const resources = [{ address: 'aws_vpc.vpc', values: { cidr_block } }];
  return { format_version: '1.0', values: { root_module: { resources } } };
}
