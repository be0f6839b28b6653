import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { DataGoogleComputeNetwork } from '@cdktf/provider-google/lib/data-google-compute-network';
import { DataGoogleNetblockIpRanges } from '@cdktf/provider-google/lib/data-google-netblock-ip-ranges';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsEgress,
  AwsSecurityGroup,
  ExternalHosts,
  GcpFirewall,
  Peer,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import { addressTexts } from '../../lib/renderers/peer-text';
import { referenceText } from '../../lib/model/terraform-text';
import type { TracedFlow } from '../../lib/model/traced-flow';
import { hasFlows, readStack } from '../../lib/model/read-stack';
import { readState } from '../../lib/model/terraform-state';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';
import { readBack } from '../support/traced';

const ORACLE = {
  '//': {
    metadata: {
      stackName: 'shop',
      clusterPorts: {
        version: 1,
        documents: {
          'table@2024-12': {
            title: 'Ports',
            reference: 'https://x.example',
            edition: '2024-12',
            comparedOn: '2026-11-21',
          },
        },
        rows: {
          'table@2024-12/client-to-server/web': {
            document: 'table@2024-12',
            section: 'Web',
            protocolBasis: 'table',
            description: 'The web server',
            source: { role: 'client', title: 'Clients' },
            destination: { role: 'server', title: 'Servers' },
          },
        },
        peers: [
          { label: 'office', ranges: ['10.1.0.0/16'], references: [], hostGroups: [], openToTheWorld: [] },
          {
            label: 'servers',
            ranges: ['10.2.0.0/28'],
            references: [],
            hostGroups: [],
            openToTheWorld: [],
            external: true,
          },
        ],
        flows: [
          {
            row: 'table@2024-12/client-to-server/web',
            port: '443/tcp',
            source: 0,
            destination: 1,
            external: true,
            construct: 'shop/web',
            rules: {},
          },
        ],
      },
    },
  },
};

/** The oracle with one change. */
function changed(change: (clusterPorts: any) => void): unknown {
  const json = structuredClone(ORACLE);
  change(json['//'].metadata.clusterPorts);
  return json;
}

test('gives the flows of a stack with everything that stands about them', () => {
  const { name, flows, resources } = readStack('file', ORACLE);
  expect({ name, resources }).toEqual({ name: 'shop', resources: {} });
  expect(flows).toHaveLength(1);
  const [{ port, source, destination, ...others }] = flows;
  expect(String(port)).toBe('443/tcp');
  expect([source.label, source.ranges.map(String), source.external]).toEqual(['office', ['10.1.0.0/16'], false]);
  expect([destination.label, destination.ranges.map(String), destination.external]).toEqual([
    'servers',
    ['10.2.0.0/28'],
    true,
  ]);
  expect(others).toEqual({
    stack: 'shop',
    rowKey: 'table@2024-12/client-to-server/web',
    row: 'web',
    sourceRole: { id: 'client', title: 'Clients' },
    destinationRole: { id: 'server', title: 'Servers' },
    document: {
      key: 'table@2024-12',
      title: 'Ports',
      reference: 'https://x.example',
      edition: '2024-12',
      comparedOn: '2026-11-21',
    },
    section: 'Web',
    basis: 'table',
    description: 'The web server',
    external: true,
    constructPath: 'shop/web',
    rules: [],
  });
});

test('gives what stands there only sometimes: names, purposes, supplements, hosts, resources and providers', () => {
  const json = changed((clusterPorts) => {
    clusterPorts.documents['table@2024-12'].checkedFor = ['kubernetes 1.31'];
    const row = clusterPorts.rows['table@2024-12/client-to-server/web'];
    Object.assign(row, { purpose: 'Shopping', supplement: 'missing in the document' });
    clusterPorts.flows[0].hostname = 'shop.example.com';
    clusterPorts.hostnames = [
      {
        row: 'images',
        hostname: 'ghcr.io',
        ports: ['443/tcp'],
        portsBasis: 'table',
        document: 'table@2024-12',
        section: 'Hosts',
        supplement: 'images of Flannel',
        through: 'proxy',
        construct: 'shop/hosts',
        rules: {},
      },
    ];
  }) as Record<string, unknown>;
  const resource = { aws_vpc: { main: { cidr_block: '10.0.0.0/8' } } };
  const provider = { aws: [{ region: 'eu-central-1' }] };
  const { flows, hostnames, resources, providers } = readStack('file', { ...json, resource, provider });
  expect(flows[0]).toMatchObject({ hostname: 'shop.example.com', purpose: 'Shopping' });
  expect(flows[0].supplement).toBe('missing in the document');
  expect(flows[0].document.checkedFor).toEqual(['kubernetes 1.31']);
  expect(hostnames[0]).toMatchObject({ hostname: 'ghcr.io', supplement: 'images of Flannel', external: false });
  expect(resources).toEqual(resource);
  expect(providers).toEqual(provider);
});

test.each<[string, object, string]>([
  ['resources that are none', { resource: 7 }, 'resource must be an object, got 7'],
  ['a provider that is none', { provider: 7 }, 'provider must be an object, got 7'],
  ['an instance of a provider that is none', { provider: { aws: [7] } }, 'provider["aws"][0] must be an object, got 7'],
])('fails for %s', (_what, parts, sentence) => {
  expectRefusal(
    () => readStack('file', { ...ORACLE, ...parts }),
    `file: ${sentence}; did you mean to synthesize the stack again?`,
  );
});

test('tells stacks with constructs of this package from others', () => {
  expect(hasFlows(ORACLE)).toBe(true);
  for (const json of [{}, { '//': { metadata: {} } }, { '//': {} }, null, 'text']) expect(hasFlows(json)).toBe(false);
});

test.each([
  [2, 'a newer', 'to update cluster-ports to the version that synthesized the stack'],
  [0, 'another', 'to synthesize the stack again with the version of cluster-ports'],
  ['2', 'another', 'to synthesize the stack again with the version of cluster-ports'],
])('fails for version %j of what is written', (version, whose, fix) => {
  const json = changed((clusterPorts) => {
    clusterPorts.version = version;
  });
  expectRefusal(
    () => readStack('file', json),
    `file: clusterPorts.version must be 1, got ${JSON.stringify(version)}, from ${whose} cdktf-cluster-ports; did you mean ${fix}?`,
  );
});

test('what only Terraform knows stands in labels as what it refers to, and only where the whole value is that', () => {
  const labelled = (value: unknown, label = 'group aws_sg.web.id'): string => {
    const json = changed(({ peers }) => {
      peers[0].label = label;
      peers[0].hostGroups = [{ cloud: 'aws', label, selectedBy: { kind: 'sg', value } }];
    });
    return readStack('file', json).flows[0].source.hostGroups[0].label;
  };
  expect(labelled('${aws_sg.web.id}')).toBe('group <aws_sg.web.id>');
  expect(labelled('x-${aws_sg.web.id}')).toBe('group aws_sg.web.id');
  expect(labelled('${aws_sg.web.id}-x')).toBe('group aws_sg.web.id');
  expect(labelled('sg-01234567')).toBe('group aws_sg.web.id');
  expect(labelled(undefined)).toBe('group aws_sg.web.id');
});

test('an address of a state is one range', () => {
  const json = changed(({ peers }) => {
    peers[0].references = ['aws_eip.nat.public_ip'];
  });
  const resources = [{ address: 'aws_eip.nat', values: { public_ip: '203.0.113.7' } }];
  const state = readState('state.json', { format_version: '1.0', values: { root_module: { resources } } });
  const [{ source }] = readStack('file', json, state).flows;
  expect(source.ranges.map(String)).toEqual(['10.1.0.0/16', '203.0.113.7/32']);
});

test('a range of a state that is none is told with what it is the value of', () => {
  const json = changed(({ peers }) => {
    peers[0].references = ['aws_vpc.main.name'];
  });
  const resources = [{ address: 'aws_vpc.main', values: { name: 'main' } }];
  const state = readState('state.json', { format_version: '1.0', values: { root_module: { resources } } });
  expect(() => readStack('file', json, state)).toThrow(
    /^file: clusterPorts\.peers\[0\], aws_vpc\.main\.name: .*, got "main"/,
  );
});

test('reads back what constructs ask for', () => {
  const stack = newStack();
  const workers = AwsSecurityGroup.fromId('sg-0123456789abcdef0', { ipRanges: Peer.cidr('10.20.1.0/24') });
  const ports = new ApinizerNodePorts(stack, 'ports', {
    workers,
    gateways: [{ environment: 'prod', clients: Peer.anyIpv4('public API') }],
  });
  const [{ port, environment, source, destination, rules }] = readBack(stack).flows;
  expect([String(port), environment, source.openToTheWorld]).toEqual(['30080/tcp', 'prod', ['ipv4: public API']]);
  expect(destination.hostGroups[0].ipRanges?.ranges.map(String)).toEqual(['10.20.1.0/24']);
  expect(rules).toEqual(ports.addresses);
});

test('values that Terraform alone knows stay what they refer to, until a state has them', () => {
  const stack = newStack();
  const vpc = new Vpc(stack, 'vpc', { cidrBlock: '10.20.0.0/16' });
  const host = new Instance(stack, 'host', { ami: 'ami-1', instanceType: 't3.micro' });
  new SecurityGroup(stack, 'other', {});
  new ApinizerDataStoreRules(stack, 'stores', {
    workers: Peer.anyOf(Peer.cidr(vpc.cidrBlock), Peer.address(host.privateIp)),
    mongodb: ExternalHosts.named('mongodb', '10.8.0.0/28'),
  });
  const [{ source }] = readBack(stack).flows;
  expect(source.references).toEqual(['${aws_instance.host.private_ip}/32', 'aws_vpc.vpc.cidr_block']);
  const state = readState('state.json', {
    format_version: '1.0',
    values: {
      root_module: {
        resources: [
          { address: 'aws_vpc.vpc', values: { cidr_block: '10.20.0.0/16' } },
          { address: 'aws_instance.host', values: { private_ip: '10.99.0.7' } },
        ],
      },
    },
  });
  const [filled] = readBack(stack, state).flows;
  expect(filled.source.references).toEqual([]);
  expect(filled.source.ranges.map(String)).toEqual(['10.20.0.0/16', '10.99.0.7/32']);
  const empty = readState('state.json', { format_version: '1.0' });
  expect(readBack(stack, empty).flows[0].source.references).toEqual(source.references);
});

describe('what Terraform alone knows', () => {
  const stack = newStack();
  const vpc = new Vpc(stack, 'vpc', { cidrBlock: '10.20.0.0/16' });
  const made = new SecurityGroup(stack, 'made', { vpcId: vpc.id });
  const nets = new DataGoogleNetblockIpRanges(stack, 'nets', { rangeType: 'cloud-netblocks' });
  const network = new DataGoogleComputeNetwork(stack, 'network', { name: 'prod' });
  new ApinizerNodePorts(stack, 'ports', {
    workers: new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId: vpc.id, egress: AwsEgress.ALL }),
    gateways: [{ environment: 'prod', clients: AwsSecurityGroup.fromId(made.id) }],
  });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.cidr(...nets.cidrBlocksIpv4),
    prometheus: new GcpFirewall({ network: network.selfLink }).networkTag('prometheus'),
  });
  const seen = (flows: readonly TracedFlow[]): unknown =>
    flows.map(({ source, destination }) => ({
      source: source.label,
      addresses: addressTexts(source),
      network: destination.hostGroups[0].network,
    }));

  test('is what it refers to: the ids of groups, lists of ranges, and the names of networks', () => {
    expect(seen(readBack(stack).flows)).toEqual([
      { source: 'security group <aws_security_group.made.id>', addresses: [], network: 'VPC <aws_vpc.vpc.id>' },
      {
        source: 'ranges known to Terraform',
        addresses: ['<data.google_netblock_ip_ranges.nets.cidr_blocks_ipv4>'],
        network: 'network <data.google_compute_network.network.self_link>',
      },
    ]);
  });

  test('is what a state has', () => {
    const resources = [
      { address: 'aws_vpc.vpc', values: { id: 'vpc-07' } },
      { address: 'aws_security_group.made', values: { id: 'sg-07' } },
      {
        address: 'data.google_netblock_ip_ranges.nets',
        values: { cidr_blocks_ipv4: ['34.64.0.0/24', '34.65.0.0/24'] },
      },
      {
        address: 'data.google_compute_network.network',
        values: { self_link: 'https://www.googleapis.com/compute/v1/projects/net-host/global/networks/prod' },
      },
    ];
    const state = readState('state', { format_version: '1.0', values: { root_module: { resources } } });
    expect(seen(readBack(stack, state).flows)).toEqual([
      { source: 'security group sg-07', addresses: [], network: 'VPC vpc-07' },
      {
        source: 'ranges known to Terraform',
        addresses: ['34.64.0.0/24', '34.65.0.0/24'],
        network: 'network prod',
      },
    ]);
  });
});

test('a template around a reference is a placeholder in its text', () => {
  expect(referenceText('${aws_eip.nat.public_ip}/32')).toBe('<aws_eip.nat.public_ip>/32');
  expect(referenceText('aws_vpc.vpc.cidr_block')).toBe('<aws_vpc.vpc.cidr_block>');
});

const need = 'cdk.tf.json: the output of "cdktf synth" is needed, got';
const fix = 'did you mean cdktf.out/stacks/<stack>/cdk.tf.json?';
test.each([
  [null, `${need} nothing; ${fix}`],
  [[], `${need} []; ${fix}`],
  ['text', `${need} "text"; ${fix}`],
  [{ resource: {} }, `${need} JSON of another tool; ${fix}`],
  [{ format_version: '1.0', values: {} }, `${need} a Terraform state; ${fix}`],
  [{ format_version: '1.2', planned_values: {} }, `${need} a Terraform plan; ${fix}`],
  [{ version: '0.21.0', stacks: {} }, `${need} a manifest of cdktf; ${fix}`],
  [
    { '//': { metadata: { stackName: 'shop' } } },
    'cdk.tf.json: a stack with constructs of cdktf-cluster-ports is needed, got stack "shop" without any',
  ],
])('fails when the file is not the output of cdktf with our constructs: %j', (json, sentence) => {
  expectRefusal(() => readStack('cdk.tf.json', json), sentence);
});

test.each([
  [
    2,
    '2, from a newer cdktf-cluster-ports; did you mean to update cluster-ports to the version that synthesized the stack?',
  ],
  [
    0,
    '0, from another cdktf-cluster-ports; did you mean to synthesize the stack again with the version of cluster-ports?',
  ],
  [
    undefined,
    'nothing, from another cdktf-cluster-ports; did you mean to synthesize the stack again with the version of cluster-ports?',
  ],
])('fails when another version of the package has written the provenance: %s', (version, rest) => {
  const json = changed((clusterPorts) => (clusterPorts.version = version));
  expectRefusal(() => readStack('cdk.tf.json', json), `cdk.tf.json: clusterPorts.version must be 1, got ${rest}`);
});

const row = 'clusterPorts.rows["table@2024-12/client-to-server/web"]';
test.each<[(clusterPorts: any) => void, string]>([
  [(c) => (c.flows = {}), 'clusterPorts.flows must be a list, got an object of Object'],
  [(c) => (c.rows = []), 'clusterPorts.rows must be an object, got []'],
  [(c) => (c.flows[0].port = 443), 'clusterPorts.flows[0].port must be text, got 443'],
  [(c) => (c.flows[0].source = 2), 'clusterPorts.flows[0].source must be the place of a peer, got 2'],
  [(c) => (c.flows[0].row = 'x'), 'clusterPorts.flows[0].row must be the name of a row, got "x"'],
  [(c) => (c.flows[0].external = 'yes'), 'clusterPorts.flows[0].external must be true or absent, got "yes"'],
  [(c) => (c.flows[0].rules = { a: 'b' }), 'clusterPorts.flows[0].rules["a"] must be a list, got "b"'],
  [
    (c) => (c.rows['table@2024-12/client-to-server/web'].document = '__proto__'),
    `${row}.document must be the name of a document, got "__proto__"`,
  ],
  [
    (c) => (c.rows['table@2024-12/client-to-server/web'].protocolBasis = 'x'),
    `${row}.protocolBasis must be "table" or "command" or "request-template" or "text" or "inferred", got "x"`,
  ],
])('fails when the provenance is not as it was written', (change, sentence) => {
  const again = '; did you mean to synthesize the stack again?';
  expectRefusal(() => readStack('cdk.tf.json', changed(change)), `cdk.tf.json: ${sentence}${again}`);
});

const HOST = {
  document: 'table@2024-12',
  row: 'packages',
  section: 'Hosts',
  portsBasis: 'inferred',
  hostname: '*.example.com',
  ports: ['443/tcp', '80/tcp'],
  remark: 'packages',
  through: 'proxy-berlin',
  external: true,
  construct: 'shop/hosts',
  rules: {},
};

test('gives the hosts that are let out by name, and none where the stack has none', () => {
  expect(readStack('file', ORACLE).hostnames).toEqual([]);
  const [{ ports, document, ...hostname }] = readStack(
    'file',
    changed((c) => (c.hostnames = [HOST])),
  ).hostnames;
  expect([ports.map(String), document.title]).toEqual([['443/tcp', '80/tcp'], 'Ports']);
  expect(hostname).toEqual({
    stack: 'shop',
    row: 'packages',
    hostname: '*.example.com',
    basis: 'inferred',
    section: 'Hosts',
    remark: 'packages',
    supplement: undefined,
    through: 'proxy-berlin',
    external: true,
    constructPath: 'shop/hosts',
    rules: [],
  });
});

test.each<[object, string]>([
  [{ hostname: 1 }, 'clusterPorts.hostnames[0].hostname must be text, got 1'],
  [{ document: 'x' }, 'clusterPorts.hostnames[0].document must be the name of a document, got "x"'],
  [{ external: 'no' }, 'clusterPorts.hostnames[0].external must be true or absent, got "no"'],
])('fails when a host is not as it was written', (change, sentence) => {
  const json = changed((c) => (c.hostnames = [{ ...HOST, ...change }]));
  const again = '; did you mean to synthesize the stack again?';
  expectRefusal(() => readStack('cdk.tf.json', json), `cdk.tf.json: ${sentence}${again}`);
});

test('fails when a port or a range in the provenance is none', () => {
  expectRefusal(
    () =>
      readStack(
        'cdk.tf.json',
        changed((c) => (c.flows[0].port = '443')),
      ),
    'cdk.tf.json: clusterPorts.flows[0].port: a port must be written as "6443/tcp" or "2379-2380/tcp", got "443"',
  );
  expectRefusal(
    () =>
      readStack(
        'cdk.tf.json',
        changed((c) => (c.peers[0].ranges = ['10.1.0.1/16'])),
      ),
    'cdk.tf.json: clusterPorts.peers[0].ranges[0]: a range must have no bits set after its prefix, got "10.1.0.1/16"; did you mean "10.1.0.0/16"?',
  );
});

const show = '; did you mean "terraform show -json > state.json" in the directory of the stack?';
test.each([
  [[], `the JSON of a Terraform state is needed, got []${show}`],
  [{ version: 4, resources: [] }, `the JSON of a Terraform state is needed, got an object of Object${show}`],
  [{ format_version: '1.2', planned_values: {} }, `the JSON of a Terraform state is needed, got that of a plan${show}`],
  [{ format_version: '2.0' }, 'format_version of a state must be 1, got "2.0"; did you mean a newer cluster-ports?'],
])('fails when the state is not what terraform shows: %j', (json, sentence) => {
  expectRefusal(() => readState('state.json', json), `state.json: ${sentence}`);
});
