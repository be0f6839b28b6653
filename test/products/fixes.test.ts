import type { TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerInstallationHostnames,
  type ApinizerInstallationHostnamesProps,
  ApinizerNodePorts,
  ControlPlaneEndpoint,
  ControlPlaneVipRules,
  ExternalHosts,
  FlannelBackend,
  GcpFirewall,
  GcpSecureWebProxy,
  KeepalivedRules,
  KubeadmFlannelClusterRules,
  KubeadmRules,
  LinuxDistribution,
  Peer,
  Port,
  PortTables,
  PrometheusCostMetricsRule,
  RancherRules,
  Rke2Rules,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';
import { type Fix, testFixes } from '../support/fixes';

const firewall = new GcpFirewall({ network: 'prod' });
const workers = firewall.networkTag('workers');
const clients = Peer.cidr('10.9.0.0/16');
const edge = Peer.cidr('10.50.0.0/24');
const platform = { kubernetesApi: Peer.cidr('172.16.0.0/28'), platform: firewall.networkTag('platform') };

const vcluster = (props: object) => () =>
  new VClusterPlatformIngressRules(newStack(), 'rules', { ...platform, ...props });
const costMetrics = (props: object) => () =>
  new PrometheusCostMetricsRule(newStack(), 'rules', { prometheus: firewall.networkTag('prometheus'), ...props });
const cluster = (props: object) => () =>
  new KubeadmFlannelClusterRules(newStack(), 'rules', {
    controlPlane: firewall.networkTag('control-plane'),
    workers,
    ...props,
  });
const nodePorts = (props: object) => () => new ApinizerNodePorts(newStack(), 'rules', { workers, ...props });
const hostnames = (props: object) => () =>
  new ApinizerInstallationHostnames(newStack(), 'rules', props as ApinizerInstallationHostnamesProps);
const through = new GcpSecureWebProxy({ location: 'europe-west3' });

/** Three gateways: the first has the documented port, and the third has the one after it. */
const takenGateways = (second: number): object[] => [
  { environment: 'prod', clients },
  { environment: 'test', clients, port: second },
  { environment: 'dev', clients, port: 30081 },
];

/** The fixes of shared props are in the tests of other rooms. */
testFixes([
  [
    'a port without an object',
    'object-required',
    () => PortTables.find('8472/udp' as never),
    "{ port: '8472/udp' }",
    () => PortTables.find({ port: '8472/udp' }),
  ],
  [
    'an edition with the id of its table',
    'edition-unknown',
    vcluster({ edition: 'vcluster-platform@2025-10' }),
    '"2025-10"',
    vcluster({ edition: '2025-10', nodes: workers, virtualClusters: clients }),
  ],
  [
    'an edition of a later month',
    'edition-unknown',
    vcluster({ edition: '2025-11' }),
    '"2025-10"',
    vcluster({ edition: '2025-10', nodes: workers, virtualClusters: clients }),
  ],
  [
    'a role that an edition needs',
    'role-missing',
    vcluster({ edition: '2025-04' }),
    'omit: ["coredns-tcp", "coredns-udp"]',
    vcluster({ edition: '2025-04', omit: ['coredns-tcp', 'coredns-udp'] }),
  ],
  [
    'cost metrics without a source',
    'role-missing',
    costMetrics({}),
    "platform: Peer.address('203.0.113.7')",
    costMetrics({ platform: Peer.address('203.0.113.7') }),
  ],
  [
    'a role of a later edition',
    'role-not-in-edition',
    vcluster({ nodes: workers }),
    'a later edition',
    vcluster({ nodes: workers, edition: '2025-04' }),
  ],
  ['a misspelled row', 'row-unknown', vcluster({ omit: ['webhoook'] }), '"webhook"', vcluster({ omit: ['webhook'] })],
  [
    'a misspelled prop',
    'prop-unknown',
    vcluster({ plattform: workers }),
    '"platform"',
    vcluster({ platform: workers }),
  ],
  [
    'the name of a backend',
    'flannel-backend-invalid',
    cluster({ flannel: 'UDP' }),
    'FlannelBackend.UDP',
    cluster({ flannel: FlannelBackend.UDP }),
  ],
  [
    'a misspelled backend',
    'flannel-backend-invalid',
    cluster({ flannel: 'vxlan2' }),
    'FlannelBackend.VXLAN',
    cluster({ flannel: FlannelBackend.VXLAN }),
  ],
  [
    'a service without clients',
    'clients-missing',
    nodePorts({ apiPortal: null }),
    'apiPortal: { clients }',
    nodePorts({ apiPortal: { clients } }),
  ],
  [
    'a peer in place of a service',
    'clients-missing',
    nodePorts({ managementConsole: clients }),
    'managementConsole: { clients }',
    nodePorts({ managementConsole: { clients } }),
  ],
  [
    'a peer in place of a gateway',
    'clients-missing',
    nodePorts({ gateways: [clients] }),
    '{ environment, clients }',
    nodePorts({ gateways: [{ environment: 'prod', clients }] }),
  ],
  [
    'one gateway in place of a list',
    'gateways-invalid',
    nodePorts({ gateways: { environment: 'prod', clients } }),
    '[{ environment, clients }]',
    nodePorts({ gateways: [{ environment: 'prod', clients }] }),
  ],
  [
    'two gateways of one environment',
    'environment-given-twice',
    nodePorts({ gateways: ['prod', 'prod'].map((environment) => ({ environment, clients })) }),
    'clients: Peer.anyOf(...) in one of them',
    nodePorts({ gateways: [{ environment: 'prod', clients: Peer.anyOf(clients, edge) }] }),
  ],
  [
    'one port for two gateways',
    'node-port-taken',
    nodePorts({ gateways: ['prod', 'test'].map((environment) => ({ environment, clients })) }),
    'port: 30081 for gateways[1]',
    nodePorts({
      gateways: [
        { environment: 'prod', clients },
        { environment: 'test', clients, port: 30081 },
      ],
    }),
  ],
  [
    'one port for two gateways, of which the next one is taken',
    'node-port-taken',
    nodePorts({ gateways: takenGateways(30080) }),
    'port: 30082 for gateways[1]',
    nodePorts({ gateways: takenGateways(30082) }),
  ],
  [
    'one port for two services',
    'node-port-taken',
    nodePorts({ managementConsole: { clients, port: 32767 }, apiPortal: { clients, port: 32767 } }),
    'port: 30000 for apiPortal',
    nodePorts({ managementConsole: { clients, port: 32767 }, apiPortal: { clients, port: 30000 } }),
  ],
  [
    'a misspelled row of hostnames',
    'row-unknown',
    hostnames({ through, omit: ['docker'] }),
    '"docker-io"',
    hostnames({ through, omit: ['docker-io'] }),
  ],
  [
    'a misspelled distribution',
    'distribution-invalid',
    hostnames({ through, distribution: 'redhat' }),
    'LinuxDistribution.RED_HAT',
    hostnames({ through, distribution: LinuxDistribution.RED_HAT }),
  ],
  [
    'a misspelled table',
    'table-unknown',
    () => PortTables.named('metric-server'),
    '"metrics-server"',
    () => PortTables.named('metrics-server'),
  ],
  [
    'an edition of a later month of a table',
    'edition-unknown',
    () => PortTables.named('rancher', '2025-12'),
    '"2025-11"',
    () => PortTables.named('rancher', '2025-11'),
  ],
]);

/** A construct in JavaScript, which does not check props. */
type New = new (scope: TerraformStack, id: string, props?: object) => unknown;
const platformTag = firewall.networkTag('platform');
const stores = ExternalHosts.named('stores', '10.8.0.0/28');
const virtualAddress = ExternalHosts.named('virtual-address', '10.8.1.1/32');

testFixes(
  (
    [
      [
        ApinizerDataStoreRules,
        '{ workers, mongodb, elasticsearch }',
        { workers, mongodb: stores, elasticsearch: stores },
      ],
      [ApinizerNodePorts, '{ workers, managementConsole: { clients } }', { workers, managementConsole: { clients } }],
      [ApinizerInstallationHostnames, '{ through }', { through }],
      [
        ControlPlaneVipRules,
        '{ controlPlane, workers, virtualAddress, loadBalancer }',
        { controlPlane: workers, workers, virtualAddress, loadBalancer: edge },
      ],
      [KubeadmFlannelClusterRules, '{ controlPlane, workers }', { controlPlane: workers, workers }],
      [PrometheusCostMetricsRule, '{ platform, prometheus }', { platform: edge, prometheus: platformTag }],
      [VClusterPlatformIngressRules, '{ kubernetesApi, platform }', { kubernetesApi: edge, platform: platformTag }],
    ] as const
  ).map(([construct, suggestion, props]): Fix => {
    expect(`{ ${Object.keys(props).join(', ')} }`).toBe(suggestion.replace(/: \{[^}]*\}/g, ''));
    const create = (given?: object) => () => new (construct as New)(newStack(), 'rules', given);
    return [`${construct.name} without props`, 'object-required', create(), suggestion, create(props)];
  }),
);

const rke2 = (props: object) => () =>
  new Rke2Rules(newStack(), 'rke2', {
    server: firewall.networkTag('server'),
    agent: firewall.networkTag('agent'),
    ...props,
  });
const kubeadm = (props: object) => () =>
  new KubeadmRules(newStack(), 'kubeadm', {
    controlPlane: firewall.networkTag('control-plane'),
    worker: workers,
    client: clients,
    ...props,
  });

testFixes(
  (
    [
      ['a misspelled choice', 'choice-unknown', { cni: 'calicoo' }, '"calico"', { cni: 'calico' }],
      [
        'a row of a choice',
        'row-closed',
        { omit: ['calico-health'] },
        'cni: "calico"',
        { cni: 'calico', omit: ['calico-health'] },
      ],
      [
        'a row that two choices close',
        'row-closed',
        { omit: ['calico-bgp'] },
        'cni: "calico", encapsulation: "bgp"',
        { cni: 'calico', encapsulation: 'bgp', omit: ['calico-bgp'] },
      ],
      [
        'a row that a flag closes',
        'row-closed',
        { cni: 'flannel', omit: ['windows-vxlan'] },
        'cni: "flannel", windows: true',
        { cni: 'flannel', windows: true, omit: ['windows-vxlan'] },
      ],
    ] as const
  ).map(([what, code, wrong, suggestion, fixed]): Fix => [what, code, rke2(wrong), suggestion, rke2(fixed)]),
);

testFixes(
  (
    [
      [
        'machines of a role whose rows are closed',
        'role-closed',
        { etcd: workers },
        'etcdTopology: "external"',
        { etcd: workers, etcdTopology: 'external' },
      ],
      [
        'no clients',
        'role-missing',
        { client: undefined },
        'omit: ["client>control-plane/api-server", "client>worker/node-ports"]',
        { client: undefined, omit: ['client>control-plane/api-server', 'client>worker/node-ports'] },
      ],
    ] as const
  ).map(([what, code, wrong, suggestion, fixed]): Fix => [what, code, kubeadm(wrong), suggestion, kubeadm(fixed)]),
);

const rancher = (props: object) => () =>
  new RancherRules(newStack(), 'rancher', {
    rancher: workers,
    registeredCluster: platformTag,
    rancherClient: clients,
    tlsProxy: edge,
    ...props,
  });
const driver = { driverNode: firewall.networkTag('driver'), nodeDriver: true, externalSslTermination: true };

testFixes([
  [
    'a role that only a later edition has',
    'role-not-in-edition',
    rancher(driver),
    'edition: "2026-07"',
    rancher({ ...driver, edition: '2026-07' }),
  ],
  [
    'an option that only a later edition has',
    'option-not-in-edition',
    rancher({ externalSslTermination: true }),
    'edition: "2026-07"',
    rancher({ externalSslTermination: true, edition: '2026-07' }),
  ],
]);

const withoutLoadBalancer = {
  controlPlane: firewall.networkTag('control-plane'),
  workers,
  virtualAddress: ExternalHosts.named('k8s-vip', '10.1.0.100/32'),
  hostname: 'api.k8s.example.com',
  port: 7443,
};
const declared = new ControlPlaneEndpoint({
  ...withoutLoadBalancer,
  loadBalancer: ExternalHosts.named('k8s-haproxy', '10.1.0.101/32'),
});
const ofEndpoint = (props: object) => () =>
  new ControlPlaneVipRules(newStack(), 'rules', { endpoint: declared, ...props });
const behindEndpoint = (props: object) => () =>
  new KubeadmRules(newStack(), 'rules', { endpoint: declared, client: clients, ...props });
const peersOfEndpoint = (props: object) => () =>
  new KeepalivedRules(newStack(), 'rules', { endpoint: declared, ...props });

testFixes([
  [
    'machines that the endpoint does not have',
    'endpoint-differs',
    ofEndpoint({ controlPlane: platformTag }),
    'controlPlane left out',
    ofEndpoint({}),
  ],
  ...['workers', 'virtualAddress', 'loadBalancer'].map((prop): Fix => [
    `other ${prop} than the endpoint`,
    'endpoint-differs',
    ofEndpoint({ [prop]: platformTag }),
    `${prop} left out`,
    ofEndpoint({}),
  ]),
  [
    'other workers of kubeadm than the endpoint',
    'endpoint-differs',
    behindEndpoint({ worker: platformTag }),
    'worker left out',
    behindEndpoint({}),
  ],
  [
    'other peers of keepalived than the endpoint',
    'endpoint-differs',
    peersOfEndpoint({ node: platformTag }),
    'node left out',
    peersOfEndpoint({}),
  ],
  [
    'no machines of keepalived in the endpoint',
    'role-missing',
    peersOfEndpoint({ endpoint: new ControlPlaneEndpoint(withoutLoadBalancer) }),
    'loadBalancer in the ControlPlaneEndpoint',
    peersOfEndpoint({}),
  ],
  [
    'a hostname that the endpoint does not have',
    'endpoint-differs',
    ofEndpoint({ hostname: 'kube.example.com' }),
    'hostname left out',
    ofEndpoint({}),
  ],
  [
    'a port that the endpoint does not have',
    'endpoint-differs',
    ofEndpoint({ ports: { routing: Port.tcp(6443) } }),
    'Port.tcp(7443)',
    ofEndpoint({ ports: { routing: Port.tcp(7443) } }),
  ],
  [
    'text as endpoint',
    'control-plane-endpoint-required',
    ofEndpoint({ endpoint: 'api.k8s.example.com:7443' }),
    'new ControlPlaneEndpoint({ ... })',
    ofEndpoint({}),
  ],
]);
