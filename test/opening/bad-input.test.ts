import { type TerraformStack, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsSecurityGroup,
  Basis,
  Cloud,
  DocumentedPortRules,
  ExternalHosts,
  GcpFirewall,
  type IHostGroup,
  type IPeer,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  type PortTable,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../lib';
import { newStack } from '../support/clouds';
import { expectNothingCreated, expectRefusal } from '../support/refusals';

const RANGE = Peer.cidr('172.16.0.0/28');
const GROUP = new GcpFirewall({ network: 'prod' }).networkTag('servers');
const WORLD = Peer.anyIpv4('public');
const TABLE: PortTable = {
  id: 'registry',
  title: 'Ports of the registry',
  reference: 'https://wiki.example.com/registry',
  edition: '2026-10',
  comparedOn: '2026-11-21',
  flows: [
    {
      source: { id: 'node', title: 'nodes' },
      destination: { id: 'registry', title: 'registry servers' },
      rows: [
        { name: 'pull', port: Port.tcp(5000), description: 'Pulls', section: 'Ports', protocolBasis: Basis.TABLE },
      ],
    },
  ],
};

/** Functions that create a construct `rules` in a stack, with default values for everything that a test does not set. */
const make = {
  vcluster: (stack: TerraformStack, props: object = {}) =>
    new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi: RANGE, platform: GROUP, ...props }),
  prometheus: (stack: TerraformStack, props: object = {}) =>
    new PrometheusCostMetricsRule(stack, 'rules', { platform: RANGE, prometheus: GROUP, ...props }),
  cluster: (stack: TerraformStack, props: object = {}) =>
    new KubeadmFlannelClusterRules(stack, 'rules', { controlPlane: GROUP, workers: GROUP, ...props }),
  nodePorts: (stack: TerraformStack, props: object = {}) =>
    new ApinizerNodePorts(stack, 'rules', { workers: GROUP, managementConsole: { clients: RANGE }, ...props }),
  stores: (stack: TerraformStack, props: object = {}) =>
    new ApinizerDataStoreRules(stack, 'rules', { workers: RANGE, mongodb: GROUP, elasticsearch: GROUP, ...props }),
  table: (stack: TerraformStack, props: object = {}) =>
    new DocumentedPortRules(stack, 'rules', { table: TABLE, roles: { node: RANGE, registry: GROUP }, ...props }),
};

describe('a range where a host group is needed fails to compile, and without types fails as', () => {
  test('platform of VClusterPlatformIngressRules', () => {
    expectNothingCreated((stack) => {
      // @ts-expect-error a range is not a host group
      new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi: RANGE, platform: RANGE });
    }, 'host-group-required');
  });

  test('prometheus of PrometheusCostMetricsRule', () => {
    expectNothingCreated((stack) => {
      // @ts-expect-error a range is not a host group
      new PrometheusCostMetricsRule(stack, 'rules', { platform: RANGE, prometheus: RANGE });
    }, 'host-group-required');
  });

  test('controlPlane of KubeadmFlannelClusterRules', () => {
    expectNothingCreated((stack) => {
      // @ts-expect-error a range is not a host group
      new KubeadmFlannelClusterRules(stack, 'rules', { controlPlane: RANGE, workers: GROUP });
    }, 'host-group-required');
  });

  test('workers of KubeadmFlannelClusterRules', () => {
    expectNothingCreated((stack) => {
      // @ts-expect-error a range is not a host group
      new KubeadmFlannelClusterRules(stack, 'rules', { controlPlane: GROUP, workers: RANGE });
    }, 'host-group-required');
  });

  test('workers of ApinizerNodePorts', () => {
    expectNothingCreated((stack) => {
      // @ts-expect-error a range is not a host group
      new ApinizerNodePorts(stack, 'rules', { workers: RANGE, apiPortal: { clients: RANGE } });
    }, 'host-group-required');
  });

  test('mongodb of ApinizerDataStoreRules', () => {
    expectNothingCreated((stack) => {
      // @ts-expect-error a range is not a host group
      new ApinizerDataStoreRules(stack, 'rules', { workers: GROUP, mongodb: RANGE });
    }, 'host-group-required');
  });

  test('elasticsearch of ApinizerDataStoreRules', () => {
    expectNothingCreated((stack) => {
      // @ts-expect-error a range is not a host group
      new ApinizerDataStoreRules(stack, 'rules', { workers: GROUP, elasticsearch: RANGE });
    }, 'host-group-required');
  });

  test('a role of DocumentedPortRules that listens, which compiles, because roles have one type', () => {
    const roles = { node: RANGE, registry: RANGE };
    expectNothingCreated((stack) => make.table(stack, { roles }), 'host-group-required');
  });

  test.each(['10.0.0.0/8', undefined, { cloud: 'aws', label: 'mine' }])('%j', (platform) => {
    expectNothingCreated((stack) => make.vcluster(stack, { platform }), 'host-group-required');
  });
});

describe('text where a peer is needed fails as', () => {
  const sources = { kubernetesApi: make.vcluster, platform: make.prometheus, workers: make.stores } as const;

  test.each(Object.entries(sources))('%s', (prop, construct) => {
    for (const value of ['10.0.0.0/8', '203.0.113.7', 'the VPN', undefined, [RANGE]]) {
      // the agent may take the place of the platform
      const code = prop === 'platform' && value === undefined ? 'role-missing' : 'peer-required';
      expectNothingCreated((stack) => construct(stack, { [prop]: value }), code);
    }
  });

  test('clients of a NodePort', () => {
    for (const service of [
      { managementConsole: { clients: '10.0.0.0/8' } },
      { apiPortal: { clients: '10.0.0.0/8' } },
      { gateways: [{ environment: 'prod', clients: '10.0.0.0/8' }] },
    ]) {
      expectNothingCreated(
        (stack) => make.nodePorts(stack, { managementConsole: undefined, ...service }),
        'peer-required',
      );
    }
  });
});

describe('the rows of omit and ports fail', () => {
  const misspelled = {
    vcluster: 'webhok',
    prometheus: 'cost-metric',
    cluster: 'kubelett',
    stores: 'mongo',
    table: 'push',
  } as const;

  test.each(Object.entries(misspelled))('if %s does not have them', (name, row) => {
    const construct = make[name as keyof typeof misspelled];
    expectNothingCreated((stack) => construct(stack, { omit: [row] }), 'row-unknown');
    expectNothingCreated((stack) => construct(stack, { ports: { [row]: Port.tcp(1) } }), 'row-unknown');
  });

  test('if the NodePorts do not have them', () => {
    expectNothingCreated((stack) => make.nodePorts(stack, { omit: ['management-consol'] }), 'row-unknown');
  });

  test('if a flow does not have them', () => {
    expectNothingCreated((stack) => make.cluster(stack, { omit: ['worker>control-plane/api-sever'] }), 'row-unknown');
    expectNothingCreated(
      (stack) => make.cluster(stack, { ports: { 'worker>worker/flannel-vxlan': Port.udp(1) } }),
      'row-unknown',
    );
  });

  test('if ports name a row that is omitted', () => {
    const ports = { kubelet: Port.tcp(10251) };
    expectNothingCreated((stack) => make.cluster(stack, { omit: ['kubelet'], ports }), 'row-unknown');
  });

  test('if no row has a similar name', () => {
    expectNothingCreated(
      (stack) => make.cluster(stack, { omit: ['postgresql-replication-of-the-console'] }),
      'row-unknown',
    );
    expectNothingCreated((stack) => make.cluster(stack, { omit: [10250] }), 'row-unknown');
  });

  const all: Record<keyof typeof misspelled, string[]> = {
    vcluster: ['api-service', 'webhook', 'management-api'],
    prometheus: ['cost-metrics'],
    cluster: ['api-server', 'flannel-udp', 'flannel-vxlan', 'kubelet', 'etcd'],
    stores: ['mongodb', 'elasticsearch'],
    table: ['pull'],
  };

  test.each(Object.entries(all))('if every row of %s is omitted', (name, omit) => {
    expectNothingCreated((stack) => make[name as keyof typeof all](stack, { omit }), 'nothing-left');
  });

  test('if the only row with clients is omitted', () => {
    expectNothingCreated((stack) => make.nodePorts(stack, { omit: ['management-console'] }), 'nothing-left');
  });

  test('if a port is not a Port', () => {
    expectNothingCreated((stack) => make.cluster(stack, { ports: { kubelet: 10251 } }), 'port-required');
    expectNothingCreated((stack) => make.cluster(stack, { ports: { kubelet: '10251/tcp' } }), 'port-required');
    expectNothingCreated((stack) => make.cluster(stack, { ports: { kubelet: undefined } }), 'port-required');
    expectNothingCreated(
      (stack) => make.cluster(stack, { ports: { 'control-plane>worker/flannel-vxlan': 8473 } }),
      'port-required',
    );
  });

  test('if the protocol changes', () => {
    expectNothingCreated(
      (stack) => make.cluster(stack, { ports: { 'flannel-vxlan': Port.tcp(8472) } }),
      'protocol-differs',
    );
    expectNothingCreated((stack) => make.stores(stack, { ports: { mongodb: Port.udp(1) } }), 'protocol-differs');
  });
});

describe('the world fails as the source of', () => {
  test.each([
    ['VClusterPlatformIngressRules', make.vcluster, 'kubernetesApi'],
    ['PrometheusCostMetricsRule', make.prometheus, 'platform'],
    ['ApinizerDataStoreRules', make.stores, 'workers'],
  ])('%s', (_name, construct, prop) => {
    for (const source of [
      WORLD,
      Peer.anyIpv6('public'),
      Peer.anyOf(RANGE, WORLD),
      Peer.anyOf(GROUP, Peer.anyOf(WORLD)),
    ]) {
      expectNothingCreated((stack) => construct(stack, { [prop]: source }), 'world-not-allowed');
    }
  });

  test('an internal row, also if a different row of the table is public', () => {
    const [{ rows, ...flow }] = TABLE.flows;
    const gossip = { ...rows[0], name: 'gossip', port: Port.udp(7946), internal: true };
    const table = { ...TABLE, flows: [{ ...flow, rows: [...rows, gossip] }] };
    const roles = { node: WORLD, registry: GROUP };
    expectNothingCreated((stack) => make.table(stack, { table, roles }), 'world-not-allowed');
    expect(make.table(newStack(), { table, roles, omit: ['gossip'] }).flows).toHaveLength(1);
  });
});

describe('a table of the user fails for', () => {
  const [{ rows, ...flow }] = TABLE.flows;
  const withRow = (changes: object): object => ({
    table: { ...TABLE, flows: [{ ...flow, rows: [{ ...rows[0], ...changes }] }] },
  });

  test.each<[string, object, string]>([
    ['a number as port', withRow({ port: 5000 }), 'port-required'],
    ['a row without section', withRow({ section: undefined }), 'text-required'],
    ['text in the shape of a token', withRow({ description: '${TfToken[TOKEN.0]}' }), 'text-not-known'],
    ['no table', { table: undefined }, 'table-value-invalid'],
    ['null as roles', { roles: null }, 'roles-invalid'],
    ['no roles', { roles: undefined }, 'roles-invalid'],
    ['a missing role', { roles: { node: RANGE } }, 'role-missing'],
    ['an unknown role', { roles: { node: RANGE, registry: GROUP, nodes: RANGE } }, 'role-unknown'],
    [
      'a role with no similar name',
      { roles: { node: RANGE, registry: GROUP, 'console-client': RANGE } },
      'role-unknown',
    ],
    ['a role without machines', { roles: { node: undefined, registry: GROUP } }, 'peer-required'],
  ])('%s', (_what, props, code) => {
    expectNothingCreated((stack) => make.table(stack, props), code);
  });
});

describe('the NodePorts of Apinizer fail for', () => {
  const clients = RANGE;

  test.each<[string, object, string]>([
    ['no service', {}, 'service-missing'],
    ['no gateway', { gateways: [] }, 'service-missing'],
    [
      'an environment that is given twice',
      {
        gateways: ['prod', 'test', 'prod'].map((environment, index) => ({
          environment,
          clients,
          port: 30080 + index,
        })),
      },
      'environment-given-twice',
    ],
    [
      'two gateways on the documented NodePort',
      { gateways: ['prod', 'test'].map((environment) => ({ environment, clients })) },
      'node-port-taken',
    ],
    [
      'two services on one NodePort',
      { managementConsole: { clients }, apiPortal: { clients, port: 32080 } },
      'node-port-taken',
    ],
    [
      'a gateway on the NodePort of the portal',
      { apiPortal: { clients }, gateways: [{ environment: 'prod', clients, port: 30180 }] },
      'node-port-taken',
    ],
    [
      'ports, because each service has a prop for its port',
      { managementConsole: { clients }, ports: { 'management-console': Port.tcp(32081) } },
      'prop-unknown',
    ],
    ['a prop with a similar name', { managementConsole: { clients }, apiPortl: { clients } }, 'prop-unknown'],
    ['a prop with no similar name', { managementConsole: { clients }, console: { clients } }, 'prop-unknown'],
    ['an unknown prop of a service', { managementConsole: { clients, nodePort: 32081 } }, 'prop-unknown'],
    ['a range as workers', { workers: '10.0.0.0/8', managementConsole: { clients } }, 'host-group-required'],
  ])('%s', (_what, props, code) => {
    expectNothingCreated((stack) => new ApinizerNodePorts(stack, 'rules', { workers: GROUP, ...props }), code);
  });

  test.each([
    'Prod',
    'prod_1',
    '1st',
    'prod-',
    '',
    'e'.repeat(21),
    '${var.env}',
    '%{if}',
    '${TfToken[TOKEN.0]}',
    undefined,
    5,
  ])('the environment %j', (environment) => {
    expectNothingCreated(
      (stack) =>
        make.nodePorts(stack, {
          gateways: [
            { environment: 'a', clients },
            { environment, clients },
          ],
        }),
      'environment-invalid',
    );
  });

  test.each([0, 65536, 30080.5, NaN, '30081', null])('the NodePort %j', (port) => {
    expectNothingCreated((stack) => make.nodePorts(stack, { managementConsole: { clients, port } }), 'port-invalid');
    expectNothingCreated(
      (stack) => make.nodePorts(stack, { gateways: [{ environment: 'prod', clients, port }] }),
      'port-invalid',
    );
  });
});

test('the data stores of Apinizer fail without a data store', () => {
  expectNothingCreated((stack) => new ApinizerDataStoreRules(stack, 'rules', { workers: RANGE }), 'role-missing');
});

test.each(['vxlan2', 'FlannelBackend.VXLAN', 8472])('the cluster fails for the Flannel backend %j', (flannel) => {
  expectNothingCreated((stack) => make.cluster(stack, { flannel }), 'flannel-backend-invalid');
});

describe('a construct outside of a stack fails if the ports are opened', () => {
  const groups: [string, IHostGroup][] = [
    ['on GCP', GROUP],
    ['on AWS', AwsSecurityGroup.fromId('sg-0123456789abcdef0')],
    ['by the firewall team', ExternalHosts.named('servers', '10.8.0.0/28')],
  ];

  test.each(groups)('%s', (_where, group) => {
    const outside = (): TerraformStack => Testing.app() as unknown as TerraformStack;
    const source: IPeer = group.cloud === Cloud.AWS ? RANGE : group;
    for (const act of [
      () => make.vcluster(outside(), { kubernetesApi: source, platform: group }),
      () => make.prometheus(outside(), { platform: source, prometheus: group }),
      () => make.cluster(outside(), { controlPlane: group, workers: group }),
      () => make.nodePorts(outside(), { workers: group }),
      () => make.stores(outside(), { mongodb: group, elasticsearch: group }),
      () => make.table(outside(), { roles: { node: source, registry: group } }),
    ]) {
      expectRefusal(act, 'stack-required');
    }
  });
});
