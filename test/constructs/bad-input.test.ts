import { Testing, type TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  ExternalHosts,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
  type IHostGroup,
  type IPeer,
  type PortTable,
} from '../../lib';
import { newStack } from '../support/clouds';
import { expectNothingMade, expectRefusal } from '../support/refusals';

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

/** The construct `rules` of a stack, with what a test is about. */
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

const [VCLUSTER, PROMETHEUS, CLUSTER, NODE_PORTS, STORES, DOCUMENTED] = [
  'VClusterPlatformIngressRules "stack/rules"',
  'PrometheusCostMetricsRule "stack/rules"',
  'KubeadmFlannelClusterRules "stack/rules"',
  'ApinizerNodePorts "stack/rules"',
  'ApinizerDataStoreRules "stack/rules"',
  'DocumentedPortRules "stack/rules"',
];

describe('a range where machines must be selected fails to compile, and without types fails as', () => {
  const need = 'must be a host group (a network tag, a service account, a security group or external hosts)';
  const advice =
    'did you mean GcpFirewall.networkTag(tag), an AwsSecurityGroup, ' +
    'or ExternalHosts.named(name, ...ranges) where others open the ports?';
  const refused = (place: string, prop: string): string => `${place}: ${prop} ${need}, got 172.16.0.0/28; ${advice}`;

  test('platform of VClusterPlatformIngressRules', () => {
    expectNothingMade(
      (stack) => {
        // @ts-expect-error a range is no host group
        new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi: RANGE, platform: RANGE });
      },
      refused(VCLUSTER, 'platform'),
    );
  });

  test('prometheus of PrometheusCostMetricsRule', () => {
    expectNothingMade(
      (stack) => {
        // @ts-expect-error a range is no host group
        new PrometheusCostMetricsRule(stack, 'rules', { platform: RANGE, prometheus: RANGE });
      },
      refused(PROMETHEUS, 'prometheus'),
    );
  });

  test('controlPlane of KubeadmFlannelClusterRules', () => {
    expectNothingMade(
      (stack) => {
        // @ts-expect-error a range is no host group
        new KubeadmFlannelClusterRules(stack, 'rules', { controlPlane: RANGE, workers: GROUP });
      },
      refused(CLUSTER, 'controlPlane'),
    );
  });

  test('workers of KubeadmFlannelClusterRules', () => {
    expectNothingMade(
      (stack) => {
        // @ts-expect-error a range is no host group
        new KubeadmFlannelClusterRules(stack, 'rules', { controlPlane: GROUP, workers: RANGE });
      },
      refused(CLUSTER, 'workers'),
    );
  });

  test('workers of ApinizerNodePorts', () => {
    expectNothingMade(
      (stack) => {
        // @ts-expect-error a range is no host group
        new ApinizerNodePorts(stack, 'rules', { workers: RANGE, apiPortal: { clients: RANGE } });
      },
      refused(NODE_PORTS, 'workers'),
    );
  });

  test('mongodb of ApinizerDataStoreRules', () => {
    expectNothingMade(
      (stack) => {
        // @ts-expect-error a range is no host group
        new ApinizerDataStoreRules(stack, 'rules', { workers: GROUP, mongodb: RANGE });
      },
      refused(STORES, 'mongodb'),
    );
  });

  test('elasticsearch of ApinizerDataStoreRules', () => {
    expectNothingMade(
      (stack) => {
        // @ts-expect-error a range is no host group
        new ApinizerDataStoreRules(stack, 'rules', { workers: GROUP, elasticsearch: RANGE });
      },
      refused(STORES, 'elasticsearch'),
    );
  });

  test('a role of DocumentedPortRules that listens, which compiles, because roles have one type', () => {
    const roles = { node: RANGE, registry: RANGE };
    expectNothingMade((stack) => make.table(stack, { roles }), refused(DOCUMENTED, 'roles["registry"]'));
  });

  test.each([
    ['10.0.0.0/8', '"10.0.0.0/8"'],
    [undefined, 'nothing'],
    [{ cloud: 'aws', label: 'mine' }, 'an object of Object'],
  ])('%j', (platform, got) => {
    expectNothingMade(
      (stack) => make.vcluster(stack, { platform }),
      `${VCLUSTER}: platform ${need}, got ${got}; ${advice}`,
    );
  });
});

describe('text where a peer is needed fails as', () => {
  const sources = {
    kubernetesApi: [VCLUSTER, make.vcluster],
    platform: [PROMETHEUS, make.prometheus],
    workers: [STORES, make.stores],
  } as const;

  test.each(Object.entries(sources))('%s', (prop, [place, construct]) => {
    const need = `${place}: ${prop} must be a peer or a host group`;
    for (const [value, got] of [
      ['10.0.0.0/8', '"10.0.0.0/8"; did you mean Peer.cidr("10.0.0.0/8")?'],
      ['203.0.113.7', '"203.0.113.7"; did you mean Peer.address("203.0.113.7")?'],
      ['the VPN', '"the VPN"'],
      [undefined, 'nothing'],
      [[RANGE], '[an object of Peer]'],
    ] as const) {
      expectNothingMade((stack) => construct(stack, { [prop]: value }), `${need}, got ${got}`);
    }
  });

  test('clients of a NodePort', () => {
    for (const [prop, service] of [
      ['managementConsole', { managementConsole: { clients: '10.0.0.0/8' } }],
      ['apiPortal', { apiPortal: { clients: '10.0.0.0/8' } }],
      ['gateways[0]', { gateways: [{ environment: 'prod', clients: '10.0.0.0/8' }] }],
    ] as const) {
      expectNothingMade(
        (stack) => make.nodePorts(stack, { managementConsole: undefined, ...service }),
        `${NODE_PORTS}: ${prop}.clients must be a peer or a host group, got "10.0.0.0/8"; did you mean Peer.cidr("10.0.0.0/8")?`,
      );
    }
  });
});

describe('the rows of omit and ports fail', () => {
  /** `omit` knows the rows of supplements too. */
  const supplements: Record<string, string> = { cluster: ', kube-proxy-health' };
  const rows = {
    vcluster: [VCLUSTER, 'api-service, webhook, management-api', 'webhok', '; did you mean "webhook"?'],
    prometheus: [PROMETHEUS, 'cost-metrics', 'cost-metric', '; did you mean "cost-metrics"?'],
    cluster: [
      CLUSTER,
      'api-server, flannel-udp, flannel-vxlan, kubelet, etcd',
      'kubelett',
      '; did you mean "kubelet"?',
    ],
    stores: [STORES, 'mongodb, elasticsearch', 'mongo', '; did you mean "mongodb"?'],
    table: [DOCUMENTED, 'pull', 'push', '; did you mean "pull"?'],
  } as const;

  test.each(Object.entries(rows))('when %s does not have them, with the nearest', (name, [place, known, row, fix]) => {
    const construct = make[name as keyof typeof rows];
    expectNothingMade(
      (stack) => construct(stack, { omit: [row] }),
      `${place}: omit must name rows of the document (${known}${supplements[name] ?? ''}), got "${row}"${fix}`,
    );
    expectNothingMade(
      (stack) => construct(stack, { ports: { [row]: Port.tcp(1) } }),
      `${place}: ports must name rows of the document (${known}), got "${row}"${fix}`,
    );
  });

  test('when the NodePorts do not have them', () => {
    expectNothingMade(
      (stack) => make.nodePorts(stack, { omit: ['management-consol'] }),
      `${NODE_PORTS}: omit must name rows of the document (management-console, api-portal, api-gateway), ` +
        'got "management-consol"; did you mean "management-console"?',
    );
  });

  const clusterRows = 'rows of the document (api-server, flannel-udp, flannel-vxlan, kubelet, etcd, kube-proxy-health)';

  test('when a flow does not have them', () => {
    expectNothingMade(
      (stack) => make.cluster(stack, { omit: ['worker>control-plane/api-sever'] }),
      `${CLUSTER}: omit must name ${clusterRows}, got "worker>control-plane/api-sever"; ` +
        'did you mean "worker>control-plane/api-server"?',
    );
    expectNothingMade(
      (stack) => make.cluster(stack, { ports: { 'worker>worker/flannel-vxlan': Port.udp(1) } }),
      `${CLUSTER}: ports must name ${clusterRows.replace(', kube-proxy-health', '')}, got "worker>worker/flannel-vxlan"; ` +
        'did you mean "worker>control-plane/flannel-vxlan"?',
    );
  });

  test('when no row is near', () => {
    expectNothingMade(
      (stack) => make.cluster(stack, { omit: ['postgresql-replication-of-the-console'] }),
      `${CLUSTER}: omit must name ${clusterRows}, got "postgresql-replication-of-the-console"`,
    );
    expectNothingMade(
      (stack) => make.cluster(stack, { omit: [10250] }),
      `${CLUSTER}: omit must name ${clusterRows}, got 10250`,
    );
  });

  const all: Record<keyof typeof rows, string[]> = {
    vcluster: ['api-service', 'webhook', 'management-api'],
    prometheus: ['cost-metrics'],
    cluster: ['api-server', 'flannel-udp', 'flannel-vxlan', 'kubelet', 'etcd'],
    stores: ['mongodb', 'elasticsearch'],
    table: ['pull'],
  };

  test.each(Object.entries(all))('when none of %s is left', (name, omit) => {
    const [place] = rows[name as keyof typeof rows];
    expectNothingMade(
      (stack) => make[name as keyof typeof rows](stack, { omit }),
      `${place}: at least one row must be left, got none; did you mean no construct at all?`,
    );
  });

  test('when what was given clients is omitted', () => {
    expectNothingMade(
      (stack) => make.nodePorts(stack, { omit: ['management-console'] }),
      `${NODE_PORTS}: at least one row must be left, got none; did you mean no construct at all?`,
    );
  });

  test('when a port is no Port', () => {
    const sentence = `${CLUSTER}: ports["kubelet"] must be a Port`;
    expectNothingMade(
      (stack) => make.cluster(stack, { ports: { kubelet: 10251 } }),
      `${sentence}, got 10251; did you mean Port.tcp(10251)?`,
    );
    expectNothingMade(
      (stack) => make.cluster(stack, { ports: { kubelet: '10251/tcp' } }),
      `${sentence}, got "10251/tcp"`,
    );
    expectNothingMade((stack) => make.cluster(stack, { ports: { kubelet: undefined } }), `${sentence}, got nothing`);
    expectNothingMade(
      (stack) => make.cluster(stack, { ports: { 'control-plane>worker/flannel-vxlan': 8473 } }),
      `${CLUSTER}: ports["control-plane>worker/flannel-vxlan"] must be a Port, got 8473; did you mean Port.udp(8473)?`,
    );
  });

  test('when the protocol changes', () => {
    expectNothingMade(
      (stack) => make.cluster(stack, { ports: { 'flannel-vxlan': Port.tcp(8472) } }),
      `${CLUSTER}: row flannel-vxlan must stay udp, got 8472/tcp; did you mean 8472/udp?`,
    );
    expectNothingMade(
      (stack) => make.stores(stack, { ports: { mongodb: Port.udpRange(1, 2) } }),
      `${STORES}: row mongodb must stay tcp, got 1-2/udp; did you mean 1-2/tcp?`,
    );
  });
});

describe('the world fails as source of', () => {
  test.each([
    [VCLUSTER, make.vcluster, 'kubernetesApi', 'api-service (8443/tcp)'],
    [PROMETHEUS, make.prometheus, 'platform', 'cost-metrics (9090/tcp)'],
    [STORES, make.stores, 'workers', 'mongodb (25080/tcp)'],
  ])('%s', (place, construct, prop, row) => {
    for (const [source, call] of [
      [WORLD, 'Peer.anyIpv4("public")'],
      [Peer.anyIpv6('public'), 'Peer.anyIpv6("public")'],
      [Peer.anyOf(RANGE, WORLD), 'Peer.anyIpv4("public")'],
      [Peer.anyOf(GROUP, Peer.anyOf(WORLD)), 'Peer.anyIpv4("public")'],
    ] as const) {
      expectNothingMade(
        (stack) => construct(stack, { [prop]: source }),
        `${place}: row ${row} must not be open to the world, got ${call}`,
      );
    }
  });

  test('the row that is internal, though another is not', () => {
    const [{ rows, ...flow }] = TABLE.flows;
    const gossip = { ...rows[0], name: 'gossip', port: Port.udp(7946), internal: true };
    const table = { ...TABLE, flows: [{ ...flow, rows: [...rows, gossip] }] };
    const roles = { node: WORLD, registry: GROUP };
    expectNothingMade(
      (stack) => make.table(stack, { table, roles }),
      `${DOCUMENTED}: row gossip (7946/udp) must not be open to the world, got Peer.anyIpv4("public")`,
    );
    expect(make.table(newStack(), { table, roles, omit: ['gossip'] }).flows).toHaveLength(1);
  });
});

describe('a table of the user fails for', () => {
  const [{ rows, ...flow }] = TABLE.flows;
  const withRow = (changes: object): object => ({
    table: { ...TABLE, flows: [{ ...flow, rows: [{ ...rows[0], ...changes }] }] },
  });

  function refuses(what: string, props: object, sentence: string): void {
    test(what, () => expectNothingMade((stack) => make.table(stack, props), `${DOCUMENTED}${sentence}`));
  }

  const row = ', table registry, flow node>registry, row pull';
  refuses(
    'a number as port',
    withRow({ port: 5000 }),
    `${row}: port must be a Port, got 5000; did you mean Port.tcp(5000)?`,
  );
  refuses('a row without section', withRow({ section: undefined }), `${row}: section must be text, got nothing`);
  refuses(
    'text in the shape of a token',
    withRow({ description: '${TfToken[TOKEN.0]}' }),
    `${row}: description must be known at synthesis and must not look like a token, got "\${TfToken[TOKEN.0]}"`,
  );
  refuses('no table', { table: undefined }, ': table must be a port table, got nothing');

  refuses('null as roles', { roles: null }, ': roles must give machines to node, registry, got nothing');
  refuses('no roles', { roles: undefined }, ': roles must give machines to node, registry, got nothing');
  refuses(
    'a missing role',
    { roles: { node: RANGE } },
    ': roles must give machines to node, registry, got none for registry',
  );
  refuses(
    'an unknown role',
    { roles: { node: RANGE, registry: GROUP, nodes: RANGE } },
    ': roles must be those of the table (node, registry), got "nodes"; did you mean "node"?',
  );
  refuses(
    'a role that is like no other',
    { roles: { node: RANGE, registry: GROUP, 'console-client': RANGE } },
    ': roles must be those of the table (node, registry), got "console-client"',
  );
  refuses(
    'a role without machines',
    { roles: { node: undefined, registry: GROUP } },
    ': roles["node"] must be a peer or a host group, got nothing',
  );
});

describe('the NodePorts of Apinizer fail for', () => {
  function refuses(what: string, props: object, sentence: string): void {
    test(what, () =>
      expectNothingMade(
        (stack) => new ApinizerNodePorts(stack, 'rules', { workers: GROUP, ...props }),
        `${NODE_PORTS}${sentence}`,
      ),
    );
  }

  const clients = RANGE;
  const none = ': at least one of managementConsole, apiPortal and gateways is needed, got none';
  refuses('no service', {}, none);
  refuses('no gateway', { gateways: [] }, none);
  refuses(
    'an environment that is given twice',
    {
      gateways: ['prod', 'test', 'prod'].map((environment, index) => ({
        environment,
        clients,
        port: 30080 + index,
      })),
    },
    ': every environment must be given once, got "prod" twice; did you mean Peer.anyOf(...) with all clients?',
  );
  const own = ': every service must have a NodePort of its own';
  refuses(
    'two gateways on the documented NodePort',
    { gateways: ['prod', 'test'].map((environment) => ({ environment, clients })) },
    `${own}, got 30080 for gateways[0] and gateways[1]; did you mean gateways[1]: { clients, port }?`,
  );
  refuses(
    'two services on one NodePort',
    { managementConsole: { clients }, apiPortal: { clients, port: 32080 } },
    `${own}, got 32080 for managementConsole and apiPortal; did you mean apiPortal: { clients, port }?`,
  );
  refuses(
    'a gateway on the NodePort of the portal',
    { apiPortal: { clients }, gateways: [{ environment: 'prod', clients, port: 30180 }] },
    `${own}, got 30180 for apiPortal and gateways[0]; did you mean gateways[0]: { clients, port }?`,
  );

  test.each([
    ['Prod', '"Prod"'],
    ['prod_1', '"prod_1"'],
    ['1st', '"1st"'],
    ['prod-', '"prod-"'],
    ['', '""'],
    ['e'.repeat(21), `"${'e'.repeat(21)}"`],
    ['${var.env}', '"${var.env}"'],
    ['%{if}', '"%{if}"'],
    ['${TfToken[TOKEN.0]}', '"${TfToken[TOKEN.0]}"'],
    [undefined, 'nothing'],
    [5, '5'],
  ])('the environment %j', (environment, got) => {
    expectNothingMade(
      (stack) =>
        make.nodePorts(stack, {
          gateways: [
            { environment: 'a', clients },
            { environment, clients },
          ],
        }),
      `${NODE_PORTS}: gateways[1].environment must be at most 20 lower-case letters, digits and hyphens, ` +
        `beginning with a letter, got ${got}`,
    );
  });

  test.each([
    [0, '0'],
    [65536, '65536'],
    [30080.5, '30080.5'],
    [NaN, 'NaN'],
    ['30081', '"30081"'],
    [null, 'nothing'],
  ])('the NodePort %j', (port, got) => {
    const sentence = `a port must be a whole number from 1 to 65535, got ${got}`;
    expectNothingMade(
      (stack) => make.nodePorts(stack, { managementConsole: { clients, port } }),
      `${NODE_PORTS}, managementConsole.port: ${sentence}`,
    );
    expectNothingMade(
      (stack) => make.nodePorts(stack, { gateways: [{ environment: 'prod', clients, port }] }),
      `${NODE_PORTS}, gateways[0].port: ${sentence}`,
    );
  });

  refuses(
    'ports, because a NodePort stands beside its clients',
    { managementConsole: { clients }, ports: { 'management-console': Port.tcp(32081) } },
    ': a NodePort is chosen beside its clients, got ports["management-console"]; did you mean { clients, port }?',
  );
  refuses(
    'a range as workers',
    { workers: '10.0.0.0/8', managementConsole: { clients } },
    ': workers must be a host group (a network tag, a service account, a security group or external hosts), ' +
      'got "10.0.0.0/8"; did you mean GcpFirewall.networkTag(tag), an AwsSecurityGroup, ' +
      'or ExternalHosts.named(name, ...ranges) where others open the ports?',
  );
});

test('the data stores of Apinizer fail without one', () => {
  expectNothingMade(
    (stack) => new ApinizerDataStoreRules(stack, 'rules', { workers: RANGE }),
    `${STORES}: at least one of mongodb and elasticsearch is needed, got none`,
  );
});

test.each([
  ['vxlan2', '"vxlan2"'],
  ['FlannelBackend.VXLAN', '"FlannelBackend.VXLAN"'],
  [8472, '8472'],
])('the cluster fails for the Flannel backend %j', (flannel, got) => {
  expectNothingMade(
    (stack) => make.cluster(stack, { flannel }),
    `${CLUSTER}: flannel must be one of FlannelBackend, got ${got}; did you mean FlannelBackend.VXLAN?`,
  );
});

describe('a construct outside of a stack fails, whoever opens the ports:', () => {
  const groups: [string, IHostGroup][] = [
    ['on GCP', GROUP],
    ['on AWS', AwsSecurityGroup.fromId('sg-0123456789abcdef0')],
    ['on premises', ExternalHosts.named('servers', '10.8.0.0/28')],
  ];

  test.each(groups)('%s', (_where, group) => {
    const sentence = (name: string): string =>
      `${name}: the scope must be a stack or stand in one, got "rules" without a TerraformStack above it`;
    const outside = (): TerraformStack => Testing.app() as unknown as TerraformStack;
    const source: IPeer = group.cloud === 'aws' ? RANGE : group;
    for (const [name, act] of [
      ['VClusterPlatformIngressRules', () => make.vcluster(outside(), { kubernetesApi: source, platform: group })],
      ['PrometheusCostMetricsRule', () => make.prometheus(outside(), { platform: source, prometheus: group })],
      ['KubeadmFlannelClusterRules', () => make.cluster(outside(), { controlPlane: group, workers: group })],
      ['ApinizerNodePorts', () => make.nodePorts(outside(), { workers: group })],
      ['ApinizerDataStoreRules', () => make.stores(outside(), { mongodb: group, elasticsearch: group })],
      ['DocumentedPortRules', () => make.table(outside(), { roles: { node: source, registry: group } })],
    ] as const) {
      expectRefusal(act, sentence(`${name} "rules"`));
    }
  });
});
