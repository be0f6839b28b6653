import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  Egress,
  ExternalHosts,
  GcpFirewall,
  HostGroup,
  type IHostGroup,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  type PortRow,
  VClusterPlatformIngressRules,
} from '../../lib';
import '../../lib/testing';
import { cli, temporaryDirectory } from '../support/cli';

type Json = any;

const { path } = temporaryDirectory();

/** A stack whose constructs omit etcd, MongoDB and the webhook; in some tests another construct opens the webhook. */
function omitting(opensWebhook = false): Json {
  const stack = new TerraformStack(new App({ outdir: join(path, 'prod'), skipValidation: true }), 'prod');
  const [workers, controlPlane] = ['workers', 'masters'].map(
    (name) => new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL }),
  );
  new KubeadmFlannelClusterRules(stack, 'cluster', {
    workers,
    controlPlane,
    workerToWorkerFlannel: false,
    omit: ['etcd'],
  });
  new ApinizerDataStoreRules(stack, 'stores', {
    workers,
    mongodb: ExternalHosts.named('mongodb', '10.8.0.4/31'),
    elasticsearch: ExternalHosts.named('elasticsearch', '10.8.1.4/31'),
    omit: ['mongodb'],
  });
  const kubernetesApi = Peer.named('kubernetes-api', '10.0.0.0/28');
  const vcluster = { kubernetesApi, platform: workers };
  new VClusterPlatformIngressRules(stack, 'vcluster', { ...vcluster, omit: ['webhook'] });
  if (opensWebhook) new VClusterPlatformIngressRules(stack, 'second', { ...vcluster, omit: ['api-service'] });
  return stack.toTerraform();
}

const OMITTING = omitting();

function written(json: Json): string {
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

async function run(command: readonly string[], json: Json = OMITTING): Promise<string> {
  const [name, ...others] = command;
  const { stdout } = await cli([name, written(json), ...others]);
  return stdout;
}

/** Expects the findings of a code: level, address and message. */
async function expectFindings(json: Json, code: string, expected: readonly (string | RegExp)[][]): Promise<void> {
  const { findings } = JSON.parse(await run(['lint', '--format', 'json', '--only', code], json));
  expect(findings).toEqual(
    expected.map(([level, address, message]) =>
      expect.objectContaining({ code, level, address, message: expect.stringMatching(message) }),
    ),
  );
  expect(new Set(findings.map(({ fingerprint }: Json) => fingerprint)).size).toBe(expected.length);
}

const MASTERS = 'security group masters';
const ETCD = `2379-2380/tcp from ${MASTERS} to ${MASTERS}: Etcd server client API, omitted by prod/cluster`;
const MONGODB = '25080/tcp from security group workers to mongodb';
const IMPACT = 'webhook validation might fail';

test('matrix lists an omitted row, which nobody opens, in every format', async () => {
  const row = `Etcd server client API.*nobody: omitted by prod/cluster.*kubeadm-flannel@2024-12`;
  expect(await run(['matrix'])).toMatch(new RegExp(`2379-2380/tcp +${row}`));
  expect(await run(['matrix', '--format', 'markdown'])).toMatch(new RegExp(`\`2379-2380/tcp\` \\| ${row}`));
  expect(await run(['matrix', '--format', 'csv'])).toMatch(new RegExp(`2379-2380/tcp,${row}`));
  const { omitted, flows } = JSON.parse(await run(['matrix', '--format', 'json']));
  expect(omitted).toMatchObject([
    {
      row: 'kubeadm-flannel@2024-12/control-plane-to-control-plane/etcd',
      port: '2379-2380/tcp',
      source: { label: MASTERS },
      destination: { label: MASTERS },
      construct: 'prod/cluster',
    },
    { port: '25080/tcp', external: true, construct: 'prod/stores' },
    { port: '9443/tcp', impact: IMPACT, construct: 'prod/vcluster' },
  ]);
  expect(flows.map(({ port }: Json) => port)).not.toContain('2379-2380/tcp');
});

test('matrix says what fails while an omitted row is closed', async () => {
  expect(await run(['matrix'])).toMatch(new RegExp(`if closed: ${IMPACT}.*nobody: omitted by prod/vcluster`));
});

test('an omitted row that another construct opens names the rule', async () => {
  const opened = /omitted by prod\/vcluster, and opened by aws_vpc_security_group_ingress_rule\.ingress_tcp_9443_\w+/;
  const stdout = await run(['matrix'], omitting(true));
  expect(stdout).toMatch(opened);
  expect(stdout).not.toMatch(`if closed: ${IMPACT}`);
  expect(await run(['lint', '--fail-on', 'none'], omitting(true))).toMatch(opened);
  expect(await run(['show'], omitting(true))).toMatch(opened);
});

test.each(['text', 'markdown', 'csv'])('a request in %s says what is omitted and not asked for', async (format) => {
  const stdout = await run(['request', '--format', format]);
  expect(stdout).toContain(`not asked for: ${MONGODB}`);
  expect(stdout).toContain('omitted by prod/stores');
  expect(stdout).not.toContain('2379');
  const all = await run(['request', '--format', format, '--all']);
  expect(all).toContain(`not asked for: ${MONGODB}`);
  expect(all).toContain(`not opened: ${ETCD}`);
  expect(all).toContain(`omitted by prod/vcluster; if closed: ${IMPACT}`);
});

test('show has a note for each omitted row', async () => {
  const { notes } = JSON.parse(await run(['show', '--format', 'json']));
  expect(notes).toContainEqual({
    file: join(path, 'cdk.tf.json'),
    address: 'prod/cluster',
    text:
      `kubeadm-flannel@2024-12/control-plane-to-control-plane/etcd, 2379-2380/tcp from ${MASTERS} to ${MASTERS}: ` +
      'omitted by prod/cluster',
  });
});

test('lint reports each omitted row as information, which a baseline can accept', async () => {
  await expectFindings(OMITTING, 'omitted', [
    ['information', 'prod/cluster', /etcd, 2379-2380\/tcp .*: omitted by prod\/cluster$/],
    ['information', 'prod/stores', /mongodb, 25080\/tcp .*: omitted by prod\/stores$/],
    ['information', 'prod/vcluster', /webhook, 9443\/tcp .*: omitted by prod\/vcluster$/],
  ]);
});

test.each(['mermaid', 'dot'])('a picture in %s says how many rows are omitted', async (format) => {
  expect(await run(['diagram', '--format', format])).toContain('3 documented ports are omitted');
});

test('commands have a comment for each omitted row', async () => {
  expect(await run(['commands'])).toContain(`\n# not opened: ${ETCD}\n`);
});

test.each([
  [[], /not tried +25080\/tcp +mongodb: .* +omitted by prod\/stores/],
  [['--script'], /# not tried: 25080\/tcp to mongodb: .*: omitted by prod\/stores/],
  [
    ['--format', 'junit'],
    /name="25080\/tcp mongodb: .*\n +<skipped message="omitted by prod\/stores; if closed: the document does not say what fails"/,
  ],
  [['--format', 'json'], /"reason": "omitted by prod\/stores"/],
])('verify %j lists omitted rows of its role as not tried', async (options, expected) => {
  const stdout = await run(['verify', '--as', 'worker', ...options]);
  expect(stdout).toMatch(expected);
  expect(stdout).not.toContain('2379');
});

test('explain names the omitted row that a refused packet needs, who omits it and what fails', async () => {
  const packet = ['--from', '10.0.0.3', '--to', 'security group workers', '--port', '9443/tcp'];
  const stdout = await run(['explain', ...packet]);
  expect(stdout).toContain(
    'It is needed for vcluster-platform@2025-03/kubernetes-api-to-platform/webhook, which is omitted by prod/vcluster.\n',
  );
  expect(stdout).toContain(`If it is closed: ${IMPACT}.`);
  expect(await run(['explain', ...packet], omitting(true))).not.toContain('omitted');
  const other = ['--from', '10.9.0.3', '--to', 'security group workers', '--port', '9443/tcp'];
  expect(await run(['explain', ...other])).not.toContain('omitted');
});

test('explain names the omitted row of a port that the firewall team is not asked for', async () => {
  const stdout = await run(['explain', '--from', 'security group workers', '--to', 'mongodb', '--port', '25080/tcp']);
  expect(stdout).toContain('/mongodb, which is omitted by prod/stores.');
});

test('an omitted row that its document does not have is a false claim, and no other output has it', async () => {
  const json = structuredClone(OMITTING);
  json['//'].metadata.clusterPorts.omitted[0].port = '22/tcp';
  await expectFindings(json, 'false-claim', [
    ['error', 'prod/cluster', /^it does not omit .*\/etcd: kubeadm-flannel@2024-12 has 2379-2380\/tcp for etcd$/],
  ]);
  for (const command of ['matrix', 'show', 'commands']) expect(await run([command], json)).not.toContain('22/tcp');
});

test('a row that its construct opens is not omitted, whatever the provenance says', async () => {
  const json = structuredClone(OMITTING);
  const { flows, omitted } = json['//'].metadata.clusterPorts;
  const { row, port, source, destination, construct } = flows[0];
  omitted.unshift({ row, port, source, destination, construct });
  await expectFindings(json, 'false-claim', [
    [
      'error',
      'omitted[0]',
      /^its provenance says "prod\/cluster omits .*", and the file has "a flow of this construct/,
    ],
  ]);
  expect(JSON.parse(await run(['matrix', '--format', 'json'], json)).omitted).toHaveLength(3);
});

const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });

const GROUPS: [cloud: string, group: (stack: TerraformStack, name: string) => IHostGroup][] = [
  ['GCP', (_stack, name) => firewall.networkTag(name)],
  [
    'AWS',
    (stack, name) => new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL }),
  ],
  ['premises', (_stack, name) => ExternalHosts.named(name, name === 'a' ? '10.1.0.0/24' : '10.2.0.0/24')],
];

/** Returns a stack with nodes in two host groups, and one flow in each direction. */
function withTwoGroups(group: (stack: TerraformStack, name: string) => IHostGroup, omit: string[]): Json {
  const stack = new TerraformStack(new App({ outdir: join(path, 'two'), skipValidation: true }), 'prod');
  const [node, client] = ['node', 'client'].map((id) => ({ id, title: id }));
  const row = (name: string, port: Port): PortRow => ({
    name,
    port,
    description: name,
    section: 'Ports',
    protocolBasis: Basis.TABLE,
  });
  new DocumentedPortRules(stack, 'own', {
    table: {
      id: 'own',
      title: 'Ports',
      reference: 'https://wiki.example.com/ports',
      edition: '2026-10',
      comparedOn: '2026-11-21',
      flows: [
        { source: node, destination: node, rows: [row('gossip', Port.tcp(7946))] },
        { source: client, destination: node, rows: [row('api', Port.tcp(8080))] },
        { source: node, destination: client, rows: [row('callback', Port.tcp(9090))] },
      ],
    },
    roles: { node: HostGroup.anyOf(group(stack, 'a'), group(stack, 'b')), client: group(stack, 'client') },
    omit,
  });
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

describe.each(GROUPS)('nodes in two host groups on %s', (_cloud, group) => {
  test.each([
    ['are a source in omitted rows only', ['gossip', 'callback'], 3],
    ['are a destination in omitted rows only', ['gossip', 'api'], 4],
  ])('%s', async (_what, omit, count) => {
    const json = withTwoGroups(group, omit);
    await expectFindings(json, 'false-claim', []);
    expect(JSON.parse(await run(['matrix', '--format', 'json'], json)).omitted).toHaveLength(count);
  });
});

test('the client is not a node, whatever the provenance says about an omitted row', async () => {
  const json = withTwoGroups(GROUPS[1][1], ['gossip', 'callback']);
  const { flows, omitted } = json['//'].metadata.clusterPorts;
  omitted[0].source = flows[0].source;
  await expectFindings(json, 'false-claim', [
    ['error', 'omitted[0].source', /^its provenance says "security group client", and the file has "security group a/],
  ]);
});

test('omitted rows pass toMatchDocuments', () => {
  expect(OMITTING).toMatchDocuments();
});
