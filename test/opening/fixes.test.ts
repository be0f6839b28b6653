import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsNetworkFirewallRuleGroup,
  AwsPrefixList,
  AwsSecurityGroup,
  Basis,
  DocumentedHostnameRules,
  DocumentedPortRules,
  Egress,
  ExternalHosts,
  ExternalProxy,
  GcpFirewall,
  GcpFirewallPolicy,
  GcpSecureWebProxy,
  HostGroup,
  type IHostnameFilter,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  ReachabilityChecks,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { Construct } from 'constructs';
import { newStack } from '../support/clouds';
import { hostnameRow, hostnameTable } from '../support/hostname-tables';
import { type Fix, testFixes } from '../support/fixes';

const firewall = new GcpFirewall({ network: 'prod' });
const web = firewall.networkTag('web');
const range = Peer.cidr('10.0.0.0/8');
const existing = AwsSecurityGroup.fromId('sg-01234567');

const cluster = (props: object) => () =>
  new KubeadmFlannelClusterRules(newStack(), 'rules', { controlPlane: web, workers: web, ...props });
const stores = (props: object) => () =>
  new ApinizerDataStoreRules(newStack(), 'rules', { workers: web, mongodb: hosts, ...props });
const vcluster = (props: object) => () =>
  new VClusterPlatformIngressRules(newStack(), 'rules', { kubernetesApi: range, platform: web, ...props });

/** Opens a row of a table that a user wrote. */
const ownTable = (name: string, port: Port) => () =>
  new DocumentedPortRules(newStack(), 'own', {
    table: {
      id: 'own-ports',
      title: 'Ports of the platform',
      reference: 'https://wiki.example.com/ports',
      edition: '2026-10',
      comparedOn: '2026-11-21',
      flows: [
        {
          source: { id: 'client', title: 'clients' },
          destination: { id: 'server', title: 'servers' },
          rows: [{ name, port, description: 'Own port', section: 'Ports', protocolBasis: Basis.TABLE }],
        },
      ],
    },
    roles: { client: web, server: web },
  });

const table = hostnameTable([
  hostnameRow('registry', 'registry.example.com', Port.tcp(443)),
  hostnameRow('all', '*.example.com', Port.tcp(443)),
]);
const policy = new GcpFirewallPolicy({ policy: 'prod' });
const proxy = new GcpSecureWebProxy({ location: 'europe-west3' });
const hostnames = (props: object) => () =>
  new DocumentedHostnameRules(newStack(), 'rules', { table, through: proxy, ...props });
const through = (filter: IHostnameFilter): (() => unknown) => hostnames({ through: filter, omit: ['all'] });

const [ID, LIST, ACCOUNT] = ['sg-0123456789abcdef0', 'pl-0123456789abcdef0', 'web@prod-host.iam.gserviceaccount.com'];
const token = new TerraformVariable(newStack(), 'id', {}).stringValue;
const onAws = (kubernetesApi: unknown): (() => unknown) => vcluster({ platform: existing, kubernetesApi });
const onGcp = (kubernetesApi: unknown): (() => unknown) => vcluster({ platform: web, kubernetesApi });
const workersOnAws = (workers: unknown): (() => unknown) => cluster({ controlPlane: existing, workers });
const workersOnGcp = (workers: unknown): (() => unknown) => cluster({ controlPlane: web, workers });
const [NAMED, ANY_ON_AWS, ANY_ON_GCP] = [
  Peer.named('named', '10.0.0.0/8'),
  'AwsSecurityGroup.fromId(id) or ExternalHosts.named(name, ...ranges)',
  'firewall.networkTag(tag) or ExternalHosts.named(name, ...ranges)',
];
const hosts = ExternalHosts.named('servers', '10.8.0.0/28');

/** What is given in place of machines, next to machines of a known cloud. */
testFixes([
  ['a tag as source on AWS', 'peer-required', onAws('foo'), 'Peer.named("foo", ...ranges)', onAws(NAMED)],
  ['an account as source on AWS', 'peer-required', onAws(ACCOUNT), `Peer.named("${ACCOUNT}", ...ranges)`, onAws(NAMED)],
  [
    'an empty text as source on AWS',
    'peer-required',
    onAws(''),
    'Peer.cidr(...), or a host group such as AwsSecurityGroup.fromId(id)',
    onAws(range),
    onAws(existing),
  ],
  ['a group as source on AWS', 'peer-required', onAws(ID), `AwsSecurityGroup.fromId("${ID}")`, onAws(existing)],
  [
    'a prefix list as source on AWS',
    'peer-required',
    onAws(LIST),
    `AwsPrefixList.fromId("${LIST}", { maxEntries })`,
    onAws(AwsPrefixList.fromId(LIST, { maxEntries: 5 })),
  ],
  ['a tag as source on GCP', 'peer-required', onGcp('foo'), 'firewall.networkTag("foo")', onGcp(web)],
  ...[ID, LIST, new SecurityGroup(newStack(), 'group', {}), [existing]].map((given): Fix => [
    `${Array.isArray(given) ? 'a list of groups' : typeof given === 'string' ? given : 'a group'} as source on GCP`,
    'peer-required',
    onGcp(given),
    'Peer.cidr(...), or a host group such as firewall.networkTag(tag)',
    onGcp(range),
    onGcp(web),
  ]),
  [
    'a token as source on GCP',
    'peer-required',
    onGcp(token),
    'Peer.cidr(...) or firewall.networkTag(...)',
    onGcp(range),
    onGcp(web),
  ],
  ...['k8s-worker', ACCOUNT, undefined].map((given): Fix => [
    `${given} as servers on AWS`,
    'host-group-required',
    workersOnAws(given),
    ANY_ON_AWS,
    workersOnAws(AwsSecurityGroup.fromId('sg-abcdef01')),
    workersOnAws(hosts),
  ]),
  ...[ID, LIST, token, undefined].map((given): Fix => [
    `${given === token ? 'a token' : given} as servers on GCP`,
    'host-group-required',
    workersOnGcp(given),
    ANY_ON_GCP,
    workersOnGcp(firewall.networkTag('k8s-worker')),
    workersOnGcp(hosts),
  ]),
  [
    'servers between two clouds',
    'host-group-required',
    cluster({ controlPlane: existing, workers: 'k8s-worker', healthCheckers: web, omit: [] }),
    'ExternalHosts.named(name, ...ranges)',
    cluster({ controlPlane: existing, workers: hosts, healthCheckers: web }),
  ],
  [
    'a tag next to a group in Peer.anyOf',
    'peer-required',
    () => Peer.anyOf(existing, 'foo' as never),
    'Peer.named("foo", ...ranges)',
    () => Peer.anyOf(existing, NAMED),
  ],
]);

testFixes([
  ['a row of omit', 'row-unknown', cluster({ omit: ['kubelett'] }), '"kubelet"', cluster({ omit: ['kubelet'] })],
  [
    'a flow of omit',
    'row-unknown',
    cluster({ omit: ['worker>control-plane/api-sever'] }),
    '"worker>control-plane/api-server"',
    cluster({ omit: ['worker>control-plane/api-server'] }),
  ],
  [
    'a flow in the opposite direction',
    'row-unknown',
    cluster({ omit: ['worker>control-plane/kubelet'] }),
    '"control-plane>worker/kubelet"',
    cluster({ omit: ['control-plane>worker/kubelet'] }),
  ],
  [
    'a row of a different flow',
    'row-unknown',
    cluster({ omit: ['worker>control-plane/etcd'] }),
    '"control-plane>control-plane/etcd"',
    cluster({ omit: ['control-plane>control-plane/etcd'] }),
  ],
  [
    'a misspelled row of a different flow',
    'row-unknown',
    cluster({ omit: ['worker>control-plane/kubelett'] }),
    '"control-plane>worker/kubelet"',
    cluster({ omit: ['control-plane>worker/kubelet'] }),
  ],
  [
    'a row that this flow does not have, and several others have',
    'row-unknown',
    cluster({ omit: ['worker>worker/api-server'] }),
    '"worker>control-plane/api-server" or "control-plane>control-plane/api-server"',
    cluster({ omit: ['worker>control-plane/api-server'] }),
  ],
  [
    'a row that two other flows have',
    'row-unknown',
    cluster({ omit: ['control-plane>worker/api-server'] }),
    '"worker>control-plane/api-server"',
    cluster({ omit: ['worker>control-plane/api-server'] }),
  ],
  [
    'a misspelled role of a flow',
    'row-unknown',
    cluster({ omit: ['worker>controlplane/api-server'] }),
    '"worker>control-plane/api-server"',
    cluster({ omit: ['worker>control-plane/api-server'] }),
  ],
  [
    'a row of ports',
    'row-unknown',
    cluster({ ports: { kubelett: Port.tcp(10251) } }),
    '"kubelet"',
    cluster({ ports: { kubelet: Port.tcp(10251) } }),
  ],
  [
    'a number as port',
    'port-required',
    cluster({ ports: { 'flannel-vxlan': 8473 } }),
    'Port.udp(8473)',
    cluster({ ports: { 'flannel-vxlan': Port.udp(8473) } }),
  ],
  [
    'text as omit',
    'row-names-invalid',
    cluster({ omit: 'kubelet' }),
    'omit: ["kubelet"]',
    cluster({ omit: ['kubelet'] }),
  ],
  [
    'text as omit of hostnames',
    'row-names-invalid',
    hostnames({ omit: 'registry' }),
    'omit: ["registry"]',
    hostnames({ omit: ['registry'] }),
  ],
  [
    'text as port',
    'port-required',
    cluster({ ports: { kubelet: '10251/tcp' } }),
    'Port.tcp(10251)',
    cluster({ ports: { kubelet: Port.tcp(10251) } }),
  ],
  [
    'a different protocol',
    'protocol-differs',
    cluster({ ports: { 'flannel-vxlan': Port.tcp(8473) } }),
    'Port.udp(8473), or a table of your own for DocumentedPortRules',
    cluster({ ports: { 'flannel-vxlan': Port.udp(8473) } }),
    ownTable('flannel-vxlan', Port.tcp(8473)),
  ],
  [
    'a range with a different protocol',
    'protocol-differs',
    cluster({ ports: { etcd: Port.udpRange(2381, 2382) } }),
    'Port.tcpRange(2381, 2382), or a table of your own for DocumentedPortRules',
    cluster({ ports: { etcd: Port.tcpRange(2381, 2382) } }),
    ownTable('etcd', Port.udpRange(2381, 2382)),
  ],
  [
    'a range in place of one port',
    'port-count-differs',
    stores({ ports: { mongodb: Port.tcpRange(27017, 27018) } }),
    'Port.tcp(27017), or a table of your own for DocumentedPortRules',
    stores({ ports: { mongodb: Port.tcp(27017) } }),
    ownTable('mongodb', Port.tcpRange(27017, 27018)),
  ],
  [
    'two ports of UDP in place of one',
    'port-count-differs',
    cluster({ ports: { 'flannel-vxlan': Port.udpRange(8473, 8474) } }),
    'Port.udp(8473), or a table of your own for DocumentedPortRules',
    cluster({ ports: { 'flannel-vxlan': Port.udp(8473) } }),
    ownTable('flannel-vxlan', Port.udpRange(8473, 8474)),
  ],
  [
    'UDP in place of TCP',
    'protocol-differs',
    stores({ ports: { mongodb: Port.udp(27017) } }),
    'Port.tcp(27017), or a table of your own for DocumentedPortRules',
    stores({ ports: { mongodb: Port.tcp(27017) } }),
    ownTable('mongodb', Port.udp(27017)),
  ],
  [
    'the last port in place of a range',
    'port-count-differs',
    cluster({ ports: { etcd: Port.tcp(65535) } }),
    'Port.tcpRange(65534, 65535), or a table of your own for DocumentedPortRules',
    cluster({ ports: { etcd: Port.tcpRange(65534, 65535) } }),
    ownTable('etcd', Port.tcp(65535)),
  ],
  [
    'a product whose versions no document names',
    'product-unknown',
    cluster({ versions: { kubernets: '1.34.1' } }),
    '"kubernetes"',
    cluster({ versions: { kubernetes: '1.34.1' } }),
  ],
  [
    'a version in place of versions',
    'object-required',
    cluster({ versions: '1.34.1' }),
    "versions: { kubernetes: '1.34.1' }",
    cluster({ versions: { kubernetes: '1.34.1' } }),
  ],
  [
    'a role that an edition needs',
    'role-missing',
    vcluster({ edition: '2025-10', virtualClusters: range }),
    'omit: ["coredns-tcp", "coredns-udp"]',
    vcluster({ edition: '2025-10', virtualClusters: range, omit: ['coredns-tcp', 'coredns-udp'] }),
  ],
  [
    'two roles that an edition needs',
    'role-missing',
    vcluster({ edition: '2025-10' }),
    'omit: ["coredns-tcp", "coredns-udp", "in-cluster-api"]',
    vcluster({ edition: '2025-10', omit: ['coredns-tcp', 'coredns-udp', 'in-cluster-api'] }),
  ],
  [
    'a role that an edition needs, and rows that are omitted',
    'role-missing',
    vcluster({ edition: '2025-10', omit: ['webhook', 'coredns-tcp', 'coredns-udp'] }),
    'omit: ["webhook", "coredns-tcp", "coredns-udp", "in-cluster-api"]',
    vcluster({ edition: '2025-10', omit: ['webhook', 'coredns-tcp', 'coredns-udp', 'in-cluster-api'] }),
  ],
  [
    'a role that an edition does not have',
    'role-not-in-edition',
    vcluster({ edition: '2025-03', nodes: web }),
    'a later edition',
    vcluster({ edition: '2025-04', nodes: web }),
  ],
  [
    'something else than a hostname filter',
    'hostname-filter-required',
    hostnames({ through: 'proxy' }),
    'an AwsNetworkFirewallRuleGroup, a GcpSecureWebProxy, a GcpFirewallPolicy, or ExternalProxy.named(name)',
    through(new AwsNetworkFirewallRuleGroup()),
    through(proxy),
    through(policy),
    through(ExternalProxy.named('proxy')),
  ],
  [
    'a row of hostnames',
    'row-unknown',
    hostnames({ omit: ['registri'] }),
    '"registry"',
    hostnames({ omit: ['registry'] }),
  ],
  [
    'wildcards',
    'wildcard-not-supported',
    hostnames({ through: policy }),
    'a GcpSecureWebProxy, or omit: ["all"] and a table of your own with the exact hostnames',
    hostnames({ through: proxy }),
    hostnames({ through: policy, omit: ['all'] }),
  ],
]);

const rule = (stack: Construct, prometheus = web): PrometheusCostMetricsRule =>
  new PrometheusCostMetricsRule(stack, 'rule', { platform: range, prometheus });

/** Opens a port between two groups, and then the opposite direction in the stack of one of the groups. */
const bothDirections = (at: 0 | 1) => (): unknown => {
  const app = Testing.app();
  const stacks = ['left', 'right'].map((id) => new TerraformStack(app, id));
  const [left, right] = stacks.map((stack) => {
    const name = stack.node.id;
    return new AwsSecurityGroup(stack, 'group', { name, vpcId: 'vpc-01234567', egress: Egress.ALL });
  });
  new PrometheusCostMetricsRule(stacks[0], 'rule', { platform: right, prometheus: left });
  return new PrometheusCostMetricsRule(stacks[at], 'back', { platform: left, prometheus: right });
};

const withConstruct = (id: string) => (): unknown => {
  const stack = newStack();
  new Construct(stack, id);
  return rule(stack);
};

const withFirewall = (id: string) => (): unknown => {
  const stack = newStack();
  rule(stack);
  new ComputeFirewall(stack, id, { name: 'mine', network: 'prod' });
  return Testing.synth(stack);
};

const RULES = 'aws_vpc_security_group_ingress_rule';
const MOVED = { from: `${RULES}.prometheus`, to: `${RULES}.ingress_tcp_9090_a5630f61d934` };

const overridden = (): unknown => {
  const stack = newStack();
  const [resource] = rule(stack, existing).resources;
  (resource as VpcSecurityGroupIngressRule).overrideLogicalId('prometheus');
  return Testing.synth(stack);
};

const moved = (): void => {
  const stack = newStack();
  const [{ fqn }] = rule(stack, existing).dependables;
  stack.addOverride('moved', [MOVED]);
  expect(fqn).toBe(MOVED.to);
  expect(JSON.parse(Testing.synth(stack)).moved).toEqual([MOVED]);
};

testFixes([
  [
    'two stacks that depend on each other',
    'stacks-depend-on-each-other',
    bothDirections(1),
    'one stack that opens both directions',
    bothDirections(0),
  ],
  [
    'a construct with the id of the hidden construct',
    'construct-id-taken',
    withConstruct('cdktf-cluster-ports'),
    'a different id',
    withConstruct('something-else'),
  ],
  [
    'a resource with the Terraform address of a rule',
    'rule-address-taken',
    withFirewall('firewall_allow-vcluster-platform-to-prometheus'),
    'a different id',
    withFirewall('firewall_allow-vcluster-platform-to-prometheus-2'),
  ],
  [
    'a rule whose logical id was overridden',
    'rule-moved',
    overridden,
    `stack.addOverride("moved", [{ from: "${MOVED.from}", to: "${MOVED.to}" }])`,
    moved,
  ],
]);

/** Opens the management console to one range after another, in an app that may have a threshold of its own. */
const consoles =
  (context: object, ...clients: Peer[]) =>
  (): void => {
    const stack = new TerraformStack(new App({ context }), 'stack');
    clients.forEach((peer, index) => {
      new ApinizerNodePorts(stack, `rules-${index}`, { workers: existing, managementConsole: { clients: peer } });
    });
  };
const THRESHOLD = 'clusterPorts:worldWiderThan';
const [HALF, OTHER_HALF] = ['16.0.0.0/8', '17.0.0.0/8'];

testFixes([
  [
    'constructs that together open a port to most of the internet',
    'world-without-reason',
    consoles({}, Peer.cidr(HALF), Peer.cidr(OTHER_HALF)),
    `Peer.wide("why it is open", "${OTHER_HALF}")`,
    consoles({}, Peer.cidr(HALF), Peer.wide('why it is open', OTHER_HALF)),
  ],
  [
    'a range that the app counts as most of the internet',
    'world-without-reason',
    consoles({ [THRESHOLD]: '/12' }, Peer.cidr(HALF)),
    `Peer.wide("why it is open", "${HALF}")`,
    consoles({ [THRESHOLD]: '/12' }, Peer.wide('why it is open', HALF)),
  ],
  [
    'an app that counts nothing as most of the internet',
    'world-threshold-invalid',
    consoles({ [THRESHOLD]: '/1' }, Peer.cidr('10.0.0.0/8')),
    'Peer.wide("why it is open", ...ranges)',
    consoles({}, Peer.wide('why it is open', '0.0.0.0/1')),
  ],
  [
    'a threshold of an app that is no prefix length',
    'world-threshold-invalid',
    consoles({ [THRESHOLD]: 12 }, Peer.cidr('10.0.0.0/8')),
    '"/12" or "/12,/24"',
    consoles({ [THRESHOLD]: '/12' }, Peer.cidr('10.0.0.0/8')),
    consoles({ [THRESHOLD]: '/12,/24' }, Peer.cidr('10.0.0.0/8')),
  ],
]);

/** A class in JavaScript, which does not check arguments. */
type New = new (...args: unknown[]) => unknown;
const withoutScope = (construct: object, props: object) => (): unknown => new (construct as New)(props);

testFixes([
  [
    'ports without a scope',
    'scope-required',
    withoutScope(VClusterPlatformIngressRules, { kubernetesApi: range, platform: web }),
    'new VClusterPlatformIngressRules(this, "id", { ... })',
    vcluster({}),
  ],
  [
    'hostnames without a scope',
    'scope-required',
    withoutScope(DocumentedHostnameRules, { table, through: proxy }),
    'new DocumentedHostnameRules(this, "id", { ... })',
    hostnames({}),
  ],
  [
    'checks without a scope',
    'scope-required',
    withoutScope(ReachabilityChecks, { checks: [] }),
    'new ReachabilityChecks(this, "id", { ... })',
  ],
]);

const ofRole = (workers: unknown) => () =>
  new KubeadmFlannelClusterRules(newStack(), 'rules', {
    controlPlane: web,
    workers: workers as typeof web,
    workerToWorkerFlannel: false,
  });

testFixes([
  [
    'the same security group by two calls',
    'host-group-twice',
    () =>
      new KubeadmFlannelClusterRules(newStack(), 'rules', {
        controlPlane: existing,
        workers: HostGroup.anyOf(existing, AwsSecurityGroup.fromId('sg-01234567')),
        workerToWorkerFlannel: false,
      }),
    'each of them once, without HostGroup.anyOf if only one is left',
    () =>
      new KubeadmFlannelClusterRules(newStack(), 'rules', {
        controlPlane: existing,
        workers: existing,
        workerToWorkerFlannel: false,
      }),
  ],
  [
    'the same tag by two calls',
    'host-group-twice',
    ofRole(HostGroup.anyOf(firewall.networkTag('db'), firewall.networkTag('db'))),
    'each of them once, without HostGroup.anyOf if only one is left',
    ofRole(firewall.networkTag('db')),
  ],
]);

const owned = (ownership: object): ReturnType<typeof vcluster> =>
  vcluster({ ownership: { owner: 'payments', ...ownership } });
const ownedRow = (name: string): ReturnType<typeof vcluster> =>
  vcluster({ rowOwnership: { [name]: { owner: 'payments' } } });

testFixes([
  [
    'a day that does not exist',
    'expiry-invalid',
    owned({ expires: '2027-02-30' }),
    '"2027-02-28"',
    owned({ expires: '2027-02-28' }),
  ],
  [
    'day, month and year',
    'expiry-invalid',
    owned({ expires: '31.03.2027' }),
    '"2027-03-31"',
    owned({ expires: '2027-03-31' }),
  ],
  [
    'a day that is no month',
    'expiry-invalid',
    owned({ expires: '31/3/2027' }),
    '"2027-03-31"',
    owned({ expires: '2027-03-31' }),
  ],
  [
    'month, day and year',
    'expiry-invalid',
    owned({ expires: '3/31/2027' }),
    '"2027-03-31"',
    owned({ expires: '2027-03-31' }),
  ],
  [
    'an owner that descriptions on AWS cannot have',
    'description-invalid',
    vcluster({ platform: existing, ownership: { owner: 'Ağ ekibi' } }),
    '"Ag ekibi"',
    vcluster({ platform: existing, ownership: { owner: 'Ag ekibi' } }),
  ],
  ['a short day', 'expiry-invalid', owned({ expires: '2027/3/1' }), '"2027-03-01"', owned({ expires: '2027-03-01' })],
  [
    'a time',
    'expiry-invalid',
    owned({ expires: '2027-03-31T10:00:00Z' }),
    '"2027-03-31"',
    owned({ expires: '2027-03-31' }),
  ],
  [
    'a Date',
    'expiry-invalid',
    owned({ expires: new Date('2027-03-31T22:00:00Z') }),
    '"2027-03-31"',
    owned({ expires: '2027-03-31' }),
  ],
  [
    'an ownership that is text',
    'object-required',
    vcluster({ ownership: 'payments' }),
    "{ owner: 'payments', ticket: 'NET-42', expires: '2027-03-31' }",
    owned({ ticket: 'NET-42', expires: '2027-03-31' }),
  ],
  [
    'the owners of rows in a Map',
    'object-required',
    vcluster({ rowOwnership: new Map([['webhook', { owner: 'payments' }]]) }),
    "rowOwnership: { kubelet: { owner: 'payments' } }",
    cluster({ rowOwnership: { kubelet: { owner: 'payments' } } }),
  ],
  [
    'a tag of the same name',
    'tags-invalid',
    () => AwsSecurityGroup.fromId('sg-01234567', { ownershipTags: true, tags: { Owner: 'me' } }),
    'no ownershipTags',
    () => AwsSecurityGroup.fromId('sg-01234567', { tags: { Owner: 'me' } }),
  ],
  [
    'brackets',
    'text-invalid',
    owned({ owner: 'payments [team]' }),
    '"payments team"',
    owned({ owner: 'payments team' }),
  ],
  ['a semicolon', 'text-invalid', owned({ ticket: 'NET-1;NET-2' }), '"NET-1 NET-2"', owned({ ticket: 'NET-1 NET-2' })],
  [
    'a misspelled ownership',
    'prop-unknown',
    owned({ expiry: '2027-03-31' }),
    '"expires"',
    owned({ expires: '2027-03-31' }),
  ],
  ['the owner of a misspelled row', 'row-unknown', ownedRow('webhok'), '"webhook"', ownedRow('webhook')],
  [
    'the owner of a misspelled hostname',
    'row-unknown',
    hostnames({ omit: ['all'], through: proxy, rowOwnership: { registri: { owner: 'payments' } } }),
    '"registry"',
    hostnames({ omit: ['all'], through: proxy, rowOwnership: { registry: { owner: 'payments' } } }),
  ],
]);

const chosen = {
  ...hostnameTable([
    { ...hostnameRow('eks', 'eks.{region}.amazonaws.com', Port.tcp(443)), when: { cloud: ['aws'] } },
    { ...hostnameRow('gke', 'container.googleapis.com', Port.tcp(443)), when: { cloud: ['gcp'] } },
    hostnameRow('registry', 'registry.example.com', Port.tcp(443)),
  ]),
  options: [{ id: 'cloud', title: 'The cloud', choices: ['aws', 'gcp'], default: 'gcp', section: 'Clouds' }],
  parameters: [{ id: 'region', title: 'The region', example: 'eu-central-1' }],
};
const onCloud = (cloud: string, props: object = {}): (() => unknown) =>
  hostnames({ table: chosen, options: { cloud }, ...props });

testFixes([
  [
    'a choice of hostnames',
    'choice-unknown',
    onCloud('awz', { parameters: { region: 'a' } }),
    '"aws"',
    onCloud('aws', { parameters: { region: 'a' } }),
  ],
  [
    'an option of hostnames',
    'option-unknown',
    hostnames({ table: chosen, options: { clouds: 'gcp' } }),
    '"cloud"',
    onCloud('gcp'),
  ],
  [
    'a hostname that an option closes',
    'row-closed',
    onCloud('gcp', { omit: ['eks'], parameters: { region: 'a' } }),
    'options: { "cloud": "aws" }',
    onCloud('aws', { omit: ['eks'], parameters: { region: 'a' } }),
  ],
  [
    'the ownership of a hostname that an option closes',
    'row-closed',
    onCloud('gcp', { rowOwnership: { eks: { owner: 'web' } }, parameters: { region: 'a' } }),
    'options: { "cloud": "aws" }',
    onCloud('aws', { rowOwnership: { eks: { owner: 'web' } }, parameters: { region: 'a' } }),
  ],
  [
    'no value of a parameter',
    'parameter-missing',
    onCloud('aws'),
    'parameters: { "region": "eu-central-1" }',
    onCloud('aws', { parameters: { region: 'eu-central-1' } }),
  ],
  [
    'a parameter that the table does not have',
    'parameter-unknown',
    onCloud('aws', { parameters: { regoin: 'eu-central-1' } }),
    '"region"',
    onCloud('aws', { parameters: { region: 'eu-central-1' } }),
  ],
  [
    'a region in capitals',
    'parameter-invalid',
    onCloud('aws', { parameters: { region: 'EU-Central-1' } }),
    '"eu-central-1"',
    onCloud('aws', { parameters: { region: 'eu-central-1' } }),
  ],
  [
    'a number as a part of a hostname',
    'parameter-invalid',
    onCloud('aws', { parameters: { region: 12 } }),
    '"12"',
    onCloud('aws', { parameters: { region: '12' } }),
  ],
]);
