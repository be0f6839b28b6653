import { App, TerraformStack, Testing } from 'cdktf';
import {
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  Egress,
  ExternalHosts,
  GcpFirewall,
  HostGroup,
  type IHostGroup,
  type IPeer,
  Peer,
  Port,
  type PortTable,
} from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';
import { opened, terraformAddresses } from '../support/opened';
import { expectNothingCreated } from '../support/refusals';
import { readBack } from '../support/traced';

const NODE = { id: 'node', title: 'nodes' };
const CLIENT = { id: 'client', title: 'clients' };
const basis = { section: 'Ports', protocolBasis: Basis.TABLE };
const TABLE: PortTable = {
  id: 'cluster',
  title: 'Ports of a cluster',
  reference: 'https://wiki.example.com/cluster',
  edition: '2026-10',
  comparedOn: '2026-11-21',
  flows: [
    {
      source: NODE,
      destination: NODE,
      rows: [
        { name: 'gossip', port: Port.tcpAndUdp(7946), description: 'Gossip', ...basis },
        { name: 'replication', port: Port.tcp(9500), description: 'Replication', ...basis },
      ],
    },
    { source: CLIENT, destination: NODE, rows: [{ name: 'api', port: Port.tcp(8443), description: 'API', ...basis }] },
  ],
};

const client = Peer.cidr('198.51.100.0/24');

function cluster(stack: TerraformStack, node: IPeer, props: object = {}): DocumentedPortRules {
  return new DocumentedPortRules(stack, 'cluster', { table: TABLE, roles: { node, client }, ...props });
}

const firewall = new GcpFirewall({ network: 'prod' });
const tag = (name: string): IHostGroup => firewall.networkTag(name);
const [server, agent] = [tag('server'), tag('agent')];

/** What a stack opens, with a line for each machine that a firewall of GCP selects. */
function openedAtEach(stack: TerraformStack): string[] {
  return opened(stack).flatMap((line) => {
    const [flow, machines] = line.split(' at ');
    return machines.split(', ').map((machine) => `${flow} at ${machine}`);
  });
}

const PAIRS = ['server', 'agent'].flatMap((from) =>
  ['server', 'agent'].flatMap((to) =>
    ['7946/tcp', '7946/udp', '9500/tcp'].map((port) => `ingress ${port} from ${from} at ${to}`),
  ),
);

test('opens a flow for each pair of the host groups, and between the members, on GCP in one rule', () => {
  const stack = newStack();
  const rules = cluster(stack, HostGroup.anyOf(server, agent));
  const fromClients = ['server', 'agent'].map((to) => `ingress 8443/tcp from 198.51.100.0/24 at ${to}`);
  expect(openedAtEach(stack).sort()).toEqual([...PAIRS, ...fromClients].sort());
  expect(terraformAddresses(rules)).toEqual([
    'google_compute_firewall.firewall_cluster-client-to-node',
    'google_compute_firewall.firewall_cluster-node-to-node',
  ]);
});

test('opens a flow for each pair of the host groups, and between the members, on AWS in a rule for each', () => {
  const stack = newStack();
  const group = (name: string): IHostGroup =>
    new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.DOCUMENTED });
  cluster(stack, HostGroup.anyOf(group('server'), group('agent')));
  const fromClients = ['server', 'agent'].map((to) => `ingress 8443/tcp from 198.51.100.0/24 at ${to}`);
  const outbound = PAIRS.map((line) => line.replace('ingress', 'egress').replace('from', 'FROM')).map((line) =>
    line.replace(/FROM (\S+) at (\S+)/, 'to $2 at $1'),
  );
  expect(opened(stack)).toEqual([...PAIRS, ...fromClients, ...outbound].sort());
});

test('on GCP opens outbound rules to the IP ranges of each member', () => {
  const stack = newStack();
  const documented = new GcpFirewall({ network: 'prod', egress: Egress.DOCUMENTED });
  const at = (name: string, range: string): IHostGroup => documented.networkTag(name, { ipRanges: Peer.cidr(range) });
  cluster(stack, HostGroup.anyOf(at('server', '10.1.0.0/24'), at('agent', '10.2.0.0/24')));
  const rules = JSON.parse(Testing.synth(stack)).resource.google_compute_firewall;
  expect(rules['firewall_cluster-node-to-node-egress']).toMatchObject({
    destination_ranges: ['10.1.0.0/24', '10.2.0.0/24'],
    target_tags: ['agent', 'server'],
  });
});

test('the same host groups in another order, or nested, are the same Terraform', () => {
  const storage = tag('storage');
  const synthesized = (node: IHostGroup): unknown => {
    const stack = newStack();
    cluster(stack, node);
    return (JSON.parse(Testing.synth(stack)) as { resource: unknown }).resource;
  };
  const all = synthesized(HostGroup.anyOf(server, agent, storage));
  expect(synthesized(HostGroup.anyOf(storage, HostGroup.anyOf(agent, server)))).toEqual(all);
  expect(synthesized(HostGroup.anyOf(server))).toEqual(synthesized(server));
});

test('on AWS a further member keeps every Terraform address of the others', () => {
  const ids = ['sg-00000001', 'sg-00000002', 'sg-00000003'];
  const addresses = (given: string[]): string[] =>
    terraformAddresses(cluster(newStack(), HostGroup.anyOf(...given.map((id) => AwsSecurityGroup.fromId(id)))));
  expect(addresses(ids)).toEqual(expect.arrayContaining(addresses(ids.slice(0, 2))));
});

test.each<[what: string, groups: () => IHostGroup[], destinations: string[]]>([
  ['GCP', () => [server, agent], ['network tag agent', 'network tag server']],
  [
    'AWS',
    () => [AwsSecurityGroup.fromId('sg-00000001'), AwsSecurityGroup.fromId('sg-00000002')],
    ['security group sg-00000001', 'security group sg-00000002'],
  ],
  [
    'external hosts',
    () => [ExternalHosts.named('web', '10.8.0.0/28'), ExternalHosts.named('db', '10.9.0.0/28')],
    ['db', 'web'],
  ],
])(
  'the provenance has a flow to each host group of the role on %s, which its rules open',
  (_what, groups, expected) => {
    const stack = newStack();
    cluster(stack, HostGroup.anyOf(...groups()));
    const { flows } = readBack(stack);
    expect([...new Set(flows.map(({ destination }) => destination.label))].sort()).toEqual(expected);
    expect([...new Set(flows.map(({ destinationRole }) => destinationRole.id))]).toEqual(['node']);
    expect(flows.filter(({ notDocumented, deviation }) => (notDocumented ?? deviation) !== undefined)).toEqual([]);
    expect(flows).toHaveLength(8);
  },
);

test('a changed port is described once for all host groups', () => {
  const stack = newStack();
  cluster(stack, HostGroup.anyOf(server, agent), { ports: { api: Port.tcp(9443) } });
  const rules = JSON.parse(Testing.synth(stack)).resource.google_compute_firewall;
  expect(rules['firewall_cluster-client-to-node'].description).toBe(
    'API; document: 8443/tcp [cluster@2026-10/client-to-node/api]',
  );
});

test('is a source like every peer, also within one', () => {
  const stack = newStack();
  const clients = Peer.anyOf(HostGroup.anyOf(server, agent), client);
  cluster(stack, tag('node'), { roles: { node: tag('node'), client: clients }, omit: ['gossip', 'replication'] });
  expect(opened(stack)).toEqual(
    ['198.51.100.0/24', 'agent', 'server'].map((source) => `ingress 8443/tcp from ${source} at node`),
  );
});

const other = new GcpFirewall({ network: 'other' });
test.each<[what: string, node: () => unknown, code: string]>([
  [
    'the same security group by two calls',
    () => HostGroup.anyOf(AwsSecurityGroup.fromId('sg-00000001'), AwsSecurityGroup.fromId('sg-00000001')),
    'host-group-twice',
  ],
  ['the same tag by two calls', () => HostGroup.anyOf(tag('server'), tag('server')), 'host-group-twice'],
  [
    'the same external hosts by two calls',
    () => HostGroup.anyOf(ExternalHosts.named('web', '10.8.0.0/28'), ExternalHosts.named('web', '10.8.0.0/28')),
    'host-group-twice',
  ],
  [
    'a tag and a service account',
    () => HostGroup.anyOf(server, firewall.serviceAccount('agent@prod-host.iam.gserviceaccount.com')),
    'tags-and-accounts-mixed',
  ],
  ['tags of two networks', () => HostGroup.anyOf(server, other.networkTag('agent')), 'far-end-network-mismatch'],
  ['host groups as a peer', () => Peer.anyOf(server, agent), 'host-group-required'],
  ['host groups as a list', () => [server, agent], 'host-group-required'],
])('creates nothing with %s', (_what, node, code) => {
  expectNothingCreated((stack) => cluster(stack, node() as IHostGroup), code);
});

test('two firewalls of one network need names of their own', () => {
  const node = HostGroup.anyOf(server, new GcpFirewall({ network: 'prod', priority: 900 }).networkTag('agent'));
  expectNothingCreated((stack) => cluster(stack, node), 'rule-address-taken');
  const own = new GcpFirewall({ network: 'prod', priority: 900, namePrefix: 'agent-' });
  const stack = new TerraformStack(new App(), 'stack');
  cluster(stack, HostGroup.anyOf(server, own.networkTag('agent')), { omit: ['gossip'] });
  expect(openedAtEach(stack).filter((line) => line.includes('9500/tcp'))).toEqual(
    ['agent', 'server'].flatMap((from) => ['agent', 'server'].map((to) => `ingress 9500/tcp from ${from} at ${to}`)),
  );
});
