import { terraformAddresses } from '../support/opened';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { DataGoogleComputeNetwork } from '@cdktf/provider-google/lib/data-google-compute-network';
import { DataGoogleNetblockIpRanges } from '@cdktf/provider-google/lib/data-google-netblock-ip-ranges';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  GcpFirewall,
  Peer,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import { peerRangeTexts } from '../../lib/documents/peer-text';
import type { ErrorCode } from '../../lib/input';
import { hasFlows, readStack } from '../../lib/provenance/read-stack';
import { readState, referenceText } from '../../lib/provenance/terraform-state';
import type { TracedFlow } from '../../lib/provenance/traced-flow';
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

/** Returns the oracle with one change. */
function changed(change: (clusterPorts: any) => void): unknown {
  const json = structuredClone(ORACLE);
  change(json['//'].metadata.clusterPorts);
  return json;
}

test('reads the flows of a stack with everything about them', () => {
  const { name, flows, resources } = readStack('file', ORACLE);
  expect({ name, resources }).toEqual({ name: 'shop', resources: {} });
  expect(flows).toHaveLength(1);
  const [{ port, source, destination, ...remaining }] = flows;
  expect(String(port)).toBe('443/tcp');
  expect([source.label, source.ranges.map(String), source.external]).toEqual(['office', ['10.1.0.0/16'], false]);
  expect([destination.label, destination.ranges.map(String), destination.external]).toEqual([
    'servers',
    ['10.2.0.0/28'],
    true,
  ]);
  expect(remaining).toEqual({
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

test('reads optional members: names, purposes, supplements, hostnames, resources and providers', () => {
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

test.each<[string, object]>([
  ['resources that are not an object', { resource: 7 }],
  ['a provider that is not an object', { provider: 7 }],
  ['a provider instance that is not an object', { provider: { aws: [7] } }],
])('fails for %s', (_what, parts) => {
  expectRefusal(() => readStack('file', { ...ORACLE, ...parts }), 'json-altered');
});

test('finds out whether a stack has constructs of this package', () => {
  expect(hasFlows(ORACLE)).toBe(true);
  for (const json of [{}, { '//': { metadata: {} } }, { '//': {} }, null, 'text']) expect(hasFlows(json)).toBe(false);
});

test.each([2, 0, '2', undefined])('fails for provenance of version %j', (version) => {
  const json = changed((clusterPorts) => {
    clusterPorts.version = version;
  });
  expectRefusal(() => readStack('file', json), 'provenance-version-unknown');
});

test('replaces an expression in a label by a placeholder only if it is the whole value', () => {
  const labelled = (value: unknown, label = 'security group aws_sg.web.id'): string => {
    const json = changed(({ peers }) => {
      peers[0].label = label;
      peers[0].hostGroups = [{ cloud: 'aws', label, selectedBy: { kind: 'sg', value } }];
    });
    return readStack('file', json).flows[0].source.hostGroups[0].label;
  };
  expect(labelled('${aws_sg.web.id}')).toBe('security group <aws_sg.web.id>');
  expect(labelled('x-${aws_sg.web.id}')).toBe('security group x-${aws_sg.web.id}');
  expect(labelled('${aws_sg.web.id}-x')).toBe('security group ${aws_sg.web.id}-x');
  expect(labelled('sg-01234567')).toBe('security group sg-01234567');
  expect(labelled(undefined)).toBe('security group aws_sg.web.id');
});

/** Adds a range that is known after apply and belongs to a different stack. */
function refer(peer: { references: string[]; unknownRanges?: object[] }, expression: string): void {
  peer.references = [expression];
  peer.unknownRanges = [{ family: 'ipv4', value: `\${${expression}}`, stack: 'network' }];
}

test('reads an IP address of a state as one range', () => {
  const json = changed(({ peers }) => {
    refer(peers[0], 'aws_eip.nat.public_ip');
  });
  const resources = [{ address: 'aws_eip.nat', values: { public_ip: '203.0.113.7' } }];
  const state = readState('state.json', { format_version: '1.0', values: { root_module: { resources } } });
  const [{ source }] = readStack('file', json, state).flows;
  expect(source.ranges.map(String)).toEqual(['10.1.0.0/16', '203.0.113.7/32']);
});

test('fails for a value of a state that is not a range, and names its expression', () => {
  const json = changed(({ peers }) => {
    refer(peers[0], 'aws_vpc.main.name');
  });
  const resources = [{ address: 'aws_vpc.main', values: { name: 'main' } }];
  const state = readState('state.json', { format_version: '1.0', values: { root_module: { resources } } });
  expectRefusal(() => readStack('file', json, state), 'ip-address-invalid');
});

test('reads back the flows of constructs', () => {
  const stack = newStack();
  const workers = AwsSecurityGroup.fromId('sg-0123456789abcdef0', { ipRanges: Peer.cidr('10.20.1.0/24') });
  const ports = new ApinizerNodePorts(stack, 'ports', {
    workers,
    gateways: [{ environment: 'prod', clients: Peer.anyIpv4('public API') }],
  });
  const [{ port, environment, source, destination, rules }] = readBack(stack).flows;
  expect([String(port), environment, source.openToTheWorld]).toEqual(['30080/tcp', 'prod', ['ipv4: public API']]);
  expect(destination.hostGroups[0].ipRanges?.ranges.map(String)).toEqual(['10.20.1.0/24']);
  expect(rules).toEqual(terraformAddresses(ports));
});

test('keeps ranges that are known after apply as expressions, until a state has them', () => {
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

describe('a value that is known after apply', () => {
  const stack = newStack();
  const vpc = new Vpc(stack, 'vpc', { cidrBlock: '10.20.0.0/16' });
  const made = new SecurityGroup(stack, 'made', { vpcId: vpc.id });
  const nets = new DataGoogleNetblockIpRanges(stack, 'nets', { rangeType: 'cloud-netblocks' });
  const network = new DataGoogleComputeNetwork(stack, 'network', { name: 'prod' });
  new ApinizerNodePorts(stack, 'ports', {
    workers: new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId: vpc.id, egress: Egress.ALL }),
    gateways: [{ environment: 'prod', clients: AwsSecurityGroup.fromId(made.id) }],
  });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.cidr(...nets.cidrBlocksIpv4),
    prometheus: new GcpFirewall({ network: network.selfLink }).networkTag('prometheus'),
  });
  const seen = (flows: readonly TracedFlow[]): unknown =>
    flows.map(({ source, destination }) => ({
      source: source.label,
      ranges: peerRangeTexts(source),
      network: destination.hostGroups[0].network,
    }));

  test('is a placeholder: the ids of groups, lists of ranges, and the names of networks', () => {
    expect(seen(readBack(stack).flows)).toEqual([
      { source: 'security group <aws_security_group.made.id>', ranges: [], network: 'VPC <aws_vpc.vpc.id>' },
      {
        source: 'ranges known after apply',
        ranges: ['<data.google_netblock_ip_ranges.nets.cidr_blocks_ipv4>'],
        network: 'network <data.google_compute_network.network.self_link>',
      },
    ]);
  });

  test('is the value of a state, if there is one', () => {
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
      { source: 'security group sg-07', ranges: [], network: 'VPC vpc-07' },
      {
        source: 'ranges known after apply',
        ranges: ['34.64.0.0/24', '34.65.0.0/24'],
        network: 'network prod',
      },
    ]);
  });
});

test('replaces only the expressions of a template by placeholders', () => {
  expect(referenceText('${aws_eip.nat.public_ip}/32')).toBe('<aws_eip.nat.public_ip>/32');
  expect(referenceText('aws_vpc.vpc.cidr_block')).toBe('<aws_vpc.vpc.cidr_block>');
});

test.each<[unknown, ErrorCode]>([
  [null, 'synthesized-stack-required'],
  [[], 'synthesized-stack-required'],
  ['text', 'synthesized-stack-required'],
  [{ resource: {} }, 'synthesized-stack-required'],
  [{ format_version: '1.0', values: {} }, 'synthesized-stack-required'],
  [{ format_version: '1.2', planned_values: {} }, 'synthesized-stack-required'],
  [{ version: '0.21.0', stacks: {} }, 'synthesized-stack-required'],
  [{ '//': { metadata: { stackName: 'shop' } } }, 'provenance-missing'],
])('fails unless the file is a synthesized stack with constructs of this package: %j', (json, code) => {
  expectRefusal(() => readStack('cdk.tf.json', json), code);
});

// the fix is the same for all kinds, so only the sentence tells readers which file they passed
test.each([
  ['a Terraform state', { format_version: '1.0', values: {} }],
  ['a Terraform plan', { format_version: '1.2', planned_values: {} }],
  ['a cdktf manifest', { version: '0.21.0', stacks: {} }],
  ['JSON of a different tool', { resource: {} }],
])('names the kind of file that was passed: %s', (kind, json) => {
  expect(() => readStack('cdk.tf.json', json)).toThrow(`got ${kind};`);
});

const ROW = 'table@2024-12/client-to-server/web';

test.each<[string, (clusterPorts: any) => void]>([
  ['flows that are not a list', (c) => (c.flows = {})],
  ['rows that are not an object', (c) => (c.rows = [])],
  ['a port that is not text', (c) => (c.flows[0].port = 443)],
  ['an unknown peer', (c) => (c.flows[0].source = 2)],
  ['an unknown row', (c) => (c.flows[0].row = 'x')],
  ['a mark that is not true', (c) => (c.flows[0].external = 'yes')],
  ['rules that are not lists', (c) => (c.flows[0].rules = { a: 'b' })],
  ['an unknown document', (c) => (c.rows[ROW].document = '__proto__')],
  ['an unknown basis', (c) => (c.rows[ROW].protocolBasis = 'x')],
])('fails for altered provenance: %s', (_what, change) => {
  expectRefusal(() => readStack('cdk.tf.json', changed(change)), 'json-altered');
});

/** Returns the oracle with two rows that are written as one entry, and one change. */
function withRowList(change: (clusterPorts: any) => void = () => undefined): unknown {
  return changed((c) => {
    const { row, port, ...shared } = c.flows[0];
    c.rowLists = [
      [
        { row, port },
        { row, port: '8443/tcp', documentedPort: '443/tcp', family: 'ipv4' },
      ],
    ];
    c.flows = [{ ...shared, rowList: 0 }];
    change(c);
  });
}

test('reads flows that are written as one entry like flows with an entry each', () => {
  const each = changed((c) => {
    const [flow] = c.flows;
    c.flows = [flow, { ...flow, port: '8443/tcp', documentedPort: '443/tcp', family: 'ipv4' }];
  });
  expect(readStack('file', withRowList()).flows).toEqual(readStack('file', each).flows);
});

test.each<[string, (clusterPorts: any) => void, string]>([
  ['a list that does not exist', (c) => (c.flows[0].rowList = 1), 'flows[0].rowList'],
  ['the text of an index', (c) => (c.flows[0].rowList = '0'), 'flows[0].rowList'],
  ['lists that are absent', (c) => delete c.rowLists, 'flows[0].rowList'],
  ['a list without rows', (c) => (c.rowLists[0] = []), 'rowLists[0]'],
  ['a list that is not one', (c) => (c.rowLists[0] = {}), 'rowLists[0]'],
  ['an unknown row', (c) => (c.rowLists[0][1].row = 'x'), 'rowLists[0][1].row'],
  ['a port that is not text', (c) => (c.rowLists[0][0].port = 443), 'rowLists[0][0].port'],
  ['a list and a port', (c) => (c.flows[0].port = '443/tcp'), 'flows[0].port'],
])('fails for an entry of several rows with %s', (_what, change, place) => {
  const act = (): unknown => readStack('cdk.tf.json', withRowList(change));
  expectRefusal(act, 'json-altered');
  expect(act).toThrow(`clusterPorts.${place} `);
});

const HOSTNAME = {
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

test('reads the hostnames of a stack, and none if there are none', () => {
  expect(readStack('file', ORACLE).hostnames).toEqual([]);
  const [{ ports, document, ...hostname }] = readStack(
    'file',
    changed((c) => (c.hostnames = [HOSTNAME])),
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

test.each([{ hostname: 1 }, { document: 'x' }, { external: 'no' }])('fails for an altered hostname: %j', (change) => {
  const json = changed((c) => (c.hostnames = [{ ...HOSTNAME, ...change }]));
  expectRefusal(() => readStack('cdk.tf.json', json), 'json-altered');
});

test('fails for a port or a range in the provenance that is not one', () => {
  expectRefusal(
    () =>
      readStack(
        'cdk.tf.json',
        changed((c) => (c.flows[0].port = '443')),
      ),
    'port-invalid',
  );
  expectRefusal(
    () =>
      readStack(
        'cdk.tf.json',
        changed((c) => (c.peers[0].ranges = ['10.1.0.1/16'])),
      ),
    'range-with-host-bits',
  );
});

test.each<[unknown, ErrorCode]>([
  [[], 'state-required'],
  [{ version: 4, resources: [] }, 'state-required'],
  [{ format_version: '1.2', planned_values: {} }, 'state-required'],
  [{ format_version: '2.0' }, 'terraform-json-version-unknown'],
])('fails for a state that Terraform did not print: %j', (json, code) => {
  expectRefusal(() => readState('state.json', json), code);
});

test('adds the network to labels of machines that are in several networks of a stack', () => {
  const stack = newStack();
  for (const network of ['prod', 'test']) {
    const prometheus = new GcpFirewall({ network, namePrefix: `${network}-` }).networkTag('prometheus');
    new PrometheusCostMetricsRule(stack, network, { platform: Peer.cidr('10.0.0.0/8'), prometheus });
  }
  expect(readBack(stack).flows.map(({ destination }) => destination.label)).toEqual([
    'network tag prometheus (network prod)',
    'network tag prometheus (network test)',
  ]);
});

const OMITTED = { row: ROW, port: '443/tcp', source: 0, destination: 1, construct: 'shop/other' };

test('reads the omitted rows of a stack, and none if there are none', () => {
  expect(readStack('file', ORACLE).omitted).toEqual([]);
  const json = changed((c) => (c.omitted = [{ ...OMITTED, external: true, environment: 'test' }]));
  const [{ port, source, destination, ...omission }] = readStack('file', json).omitted;
  expect([String(port), source.label, destination.label]).toEqual(['443/tcp', 'office', 'servers']);
  expect(omission).toMatchObject({ rowKey: ROW, row: 'web', section: 'Web', description: 'The web server' });
  expect(omission).toMatchObject({ stack: 'shop', external: true, environment: 'test', constructPath: 'shop/other' });
});

test.each([
  { row: 'x' },
  { port: 443 },
  { source: 2 },
  { destination: '0' },
  { external: 'no' },
  { construct: 7 },
  { family: 'ipv5' },
  { options: { cni: 1 } },
])('fails for an altered omitted row: %j', (change) => {
  const json = changed((c) => (c.omitted = [{ ...OMITTED, ...change }]));
  expectRefusal(() => readStack('cdk.tf.json', json), 'json-altered');
});

test('leaves out an omitted row that its construct opens between the same peers', () => {
  const json = changed((c) => (c.omitted = [{ ...OMITTED, construct: 'shop/web' }, OMITTED]));
  expect(readStack('file', json).omitted.map(({ constructPath }) => constructPath)).toEqual(['shop/other']);
});

test('leaves out an omitted row between peers that its construct has in other roles', () => {
  const other = 'table@2024-12/client-to-server/other';
  const json = changed((c) => {
    c.rows[other] = c.rows[ROW];
    const omitted = { ...OMITTED, row: other, construct: 'shop/web' };
    c.omitted = [omitted, { ...omitted, source: 1 }, { ...omitted, destination: 0 }];
  });
  const ends = readStack('file', json).omitted.map(({ source, destination }) => [source.label, destination.label]);
  expect(ends).toEqual([['office', 'servers']]);
});
