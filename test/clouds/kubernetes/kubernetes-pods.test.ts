import { ContainerCluster as GkeCluster } from '@cdktf/provider-google/lib/container-cluster';
import { KubernetesProvider, type KubernetesProviderConfig } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AddressFamily,
  DocumentedPortRules,
  Egress,
  ExternalHosts,
  HostGroup,
  type IHostGroup,
  type IPeer,
  KubernetesDns,
  KubernetesPods,
  type KubernetesPodsProps,
  Peer,
  Port,
  PortLevel,
  type PortTable,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { expectRefusal, resourcesOf } from '../../support/refusals';
import { readBack } from '../../support/traced';
import { lines, policiesOf } from './policies';
import { NODE_PORT, row, tableOf, UNSAID, WEB } from './table';

const pods = (labels: Record<string, string>, props: Partial<KubernetesPodsProps> = {}): KubernetesPods =>
  KubernetesPods.labelled({ namespace: 'prod', labels, ...props });
const web = pods({ app: 'web' });
const RANGE = Peer.cidr('10.0.0.0/8');
const SENDING = { egress: Egress.DOCUMENTED, dns: KubernetesDns.kubeDns() };

function opened(table: PortTable, client: IPeer, server: IHostGroup): string[] {
  const stack = newStack();
  new DocumentedPortRules(stack, 'rules', { table, roles: { client, server } });
  return lines(stack);
}

test('are a host group of Kubernetes, named after their namespace and labels', () => {
  const { cloud, label, ipRanges } = pods({ tier: 'front', app: 'web' });
  expect({ cloud, label, ipRanges }).toEqual({
    cloud: 'kubernetes',
    label: 'pods prod:app=web,tier=front',
    ipRanges: [],
  });
  expect(pods({ app: 'web' }, { name: 'the shop' }).label).toBe('pods the shop');
  expect(pods({}, { reason: 'only the shop is in it' }).label).toBe('pods prod:*');
});

test('are read-only and can be extended, as jsii requires', () => {
  expect(() => Object.assign(web, { label: '' })).toThrow(TypeError);
  expect([web, KubernetesDns.kubeDns()].every(Object.isExtensible)).toBe(true);
});

test('get the documented policies of vCluster Platform and Prometheus, in both directions', () => {
  const stack = newStack();
  const platform = KubernetesPods.labelled({ namespace: 'vcluster-platform', labels: { app: 'loft' }, ...SENDING });
  const prometheus = KubernetesPods.labelled({
    namespace: 'monitoring',
    labels: { 'app.kubernetes.io/name': 'prometheus' },
    ports: [{ row: 'cost-metrics', port: Port.tcp(9090) }],
  });
  const kubernetesApi = Peer.cidr('172.16.0.0/28', '2001:db8::/64');
  new VClusterPlatformIngressRules(stack, 'platform', { kubernetesApi, platform });
  new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus });
  expect(lines(stack)).toEqual([
    'monitoring app.kubernetes.io/name=prometheus <- name=vcluster-platform|app=loft : TCP 9090',
    'vcluster-platform app=loft <- 172.16.0.0/28 2001:db8::/64 : TCP 8443 TCP 9443 TCP 9444',
    'vcluster-platform app=loft -> name=monitoring|app.kubernetes.io/name=prometheus : TCP 9090',
    'vcluster-platform app=loft -> name=kube-system|k8s-app=kube-dns : TCP 53 UDP 53',
  ]);
  expect(Testing.synth(stack)).toMatchSnapshot();
});

test('a policy isolates only the direction of its flows', () => {
  const stack = newStack();
  new DocumentedPortRules(stack, 'rules', {
    table: WEB,
    roles: { client: pods({ app: 'shop' }, SENDING), server: web },
  });
  const { 'shop-client-to-server': ingress, 'shop-client-to-server-egress': egress } = policiesOf(stack);
  expect([ingress.spec.policy_types, egress.spec.policy_types]).toEqual([['Ingress'], ['Egress']]);
  expect([ingress.spec.egress, egress.spec.ingress]).toEqual([undefined, undefined]);
});

test('select pods and their namespace in one peer, so that no other pod matches', () => {
  const far = pods({ app: 'shop' }, { namespaceLabels: { team: 'sales' } });
  expect(opened(WEB, Peer.anyOf(far, pods({ app: 'batch' }), RANGE), web)).toEqual([
    'prod app=web <- 10.0.0.0/8 name=prod|app=batch team=sales|app=shop : TCP 8080',
  ]);
});

test('the same pods are one far end, whoever created them', () => {
  expect(opened(WEB, Peer.anyOf(pods({ app: 'shop' }), pods({ app: 'shop' }), RANGE), web)).toEqual([
    'prod app=web <- 10.0.0.0/8 name=prod|app=shop : TCP 8080',
  ]);
});

test('every pod of a namespace is an empty selector, with the reason in the description', () => {
  const stack = newStack();
  const all = pods({}, { reason: 'only the shop is in ${it}' });
  new DocumentedPortRules(stack, 'rules', { table: WEB, roles: { client: RANGE, server: all } });
  const policy = policiesOf(stack)['shop-client-to-server'];
  expect(policy.spec.pod_selector).toEqual({});
  expect(policy.metadata.annotations).toEqual({
    'kubernetes.io/description':
      'The port web; every pod of namespace prod: only the shop is in $${it} [shop@2026-10/client-to-server/web]',
  });
});

test('every protocol and range of ports that a policy can have is one port of it', () => {
  const table = tableOf(
    row('dns', Port.tcpAndUdp(53)),
    row('passive', Port.tcpRange(30000, 30100), PortLevel.POD),
    row('diameter', Port.sctp(3868)),
  );
  expect(opened(table, RANGE, web)).toEqual(['prod app=web <- 10.0.0.0/8 : SCTP 3868 TCP 53 TCP 30000-30100 UDP 53']);
});

test('a row for one family is open to the ranges of this family, and to pods', () => {
  const table = tableOf(row('web', Port.tcp(8080)), row('six', Port.tcp(6666), undefined, AddressFamily.IPV6));
  const client = Peer.anyOf(Peer.cidr('10.0.0.0/8', '2001:db8::/32'), pods({ app: 'shop' }));
  expect(opened(table, client, web)).toEqual([
    'prod app=web <- 10.0.0.0/8 2001:db8::/32 name=prod|app=shop : TCP 8080',
    'prod app=web <- 2001:db8::/32 name=prod|app=shop : TCP 6666',
  ]);
});

test('a NodePort is the port of the containers, and the document stays in the description', () => {
  const stack = newStack();
  const server = pods({ app: 'web' }, { ports: [{ row: 'console', port: Port.tcp(8443) }] });
  new DocumentedPortRules(stack, 'rules', { table: NODE_PORT, roles: { client: RANGE, server } });
  expect(lines(stack)).toEqual(['prod app=web <- 10.0.0.0/8 : TCP 8443']);
  expect(policiesOf(stack)['shop-client-to-server'].metadata.annotations['kubernetes.io/description']).toBe(
    'The port console; document: 30080/tcp [shop@2026-10/client-to-server/console]',
  );
  const [{ port, documentedPort }] = readBack(stack).flows;
  expect([port, documentedPort].map(String)).toEqual(['8443/tcp', '30080/tcp']);
});

test('a row of which the table does not say where its port is seen is opened if the pods say that they listen there', () => {
  const listening = (port: Port): KubernetesPods => pods({ app: 'web' }, { ports: [{ row: 'metrics', port }] });
  expect(opened(UNSAID, RANGE, listening(Port.tcp(9090)))).toEqual(['prod app=web <- 10.0.0.0/8 : TCP 9090']);
  expect(opened(UNSAID, RANGE, listening(Port.tcp(19090)))).toEqual(['prod app=web <- 10.0.0.0/8 : TCP 19090']);
});

test('the container port of one flow comes before that of a row', () => {
  const ports = [
    { row: 'console', port: Port.tcp(8443) },
    { row: 'client>server/console', port: Port.tcp(9443) },
  ];
  expect(opened(NODE_PORT, RANGE, pods({ app: 'web' }, { ports }))).toEqual(['prod app=web <- 10.0.0.0/8 : TCP 9443']);
});

describe('the rows of container ports', () => {
  const CONSOLE = { row: 'console', port: Port.tcp(8443) };
  const synthesized = (tables: readonly PortTable[], row: string, props: object = {}): string => {
    const stack = newStack();
    const server = pods({ app: 'web' }, { ports: [CONSOLE, { row, port: Port.tcp(9090) }] });
    tables.forEach((table, at) => {
      const roles = { client: RANGE, server };
      new DocumentedPortRules(stack, `rules-${at}`, { table: { ...table, id: `table-${at}` }, roles, ...props });
    });
    return Testing.synth(stack);
  };

  test('may be those of several documents, opened or not', () => {
    for (const row of ['metrics', 'client>server/metrics']) {
      expect(() => synthesized([NODE_PORT, UNSAID], row)).not.toThrow();
    }
    expect(() => synthesized([tableOf(...NODE_PORT.flows[0].rows, ...UNSAID.flows[0].rows)], 'metrics')).not.toThrow();
    const both = tableOf(...NODE_PORT.flows[0].rows, ...UNSAID.flows[0].rows);
    expect(() => synthesized([both], 'metrics', { omit: ['metrics'] })).not.toThrow();
  });

  test.each(['metrics', 'consol', 'client>server/consol', 'server>client/console'])('fail for %s', (row) => {
    expectRefusal(() => synthesized([NODE_PORT], row), 'row-unknown');
  });
});

test('several host groups as one role get a policy each, whose name does not depend on the others', () => {
  const a = pods({ app: 'a' });
  const b = pods({ app: 'b' }, { namePrefix: 'b-' });
  const c = pods({ app: 'a' }, { namespace: 'test' });
  const names = (...groups: KubernetesPods[]): string[] => {
    const stack = newStack();
    const server = HostGroup.anyOf(...groups);
    new DocumentedPortRules(stack, 'rules', { table: WEB, roles: { client: RANGE, server } });
    return Object.entries(resourcesOf(stack).kubernetes_network_policy_v1)
      .map(([id, { metadata, spec }]) => `${id}: ${metadata.name} ${spec.pod_selector.match_labels.app}`)
      .sort();
  };
  expect(names(a)).toEqual(['network_policy_prod_shop-client-to-server: shop-client-to-server a']);
  expect(names(a, b, c)).toEqual([
    'network_policy_prod_b-shop-client-to-server: b-shop-client-to-server b',
    'network_policy_prod_shop-client-to-server: shop-client-to-server a',
    'network_policy_test_shop-client-to-server: shop-client-to-server a',
  ]);
  expect(names(c, b, a)).toEqual(names(a, b, c));
});

test('sources with managed egress get a policy each, with the name servers of their own', () => {
  const stack = newStack();
  const a = pods({ app: 'a' }, SENDING);
  const b = pods({ app: 'b' }, { ...SENDING, namePrefix: 'b-', dns: KubernetesDns.none('no names') });
  new DocumentedPortRules(stack, 'rules', { table: WEB, roles: { client: Peer.anyOf(a, b), server: web } });
  expect(lines(stack).sort()).toEqual(
    [
      'prod app=web <- name=prod|app=a name=prod|app=b : TCP 8080',
      'prod app=a -> name=prod|app=web : TCP 8080',
      'prod app=a -> name=kube-system|k8s-app=kube-dns : TCP 53 UDP 53',
      'prod app=b -> name=prod|app=web : TCP 8080',
    ].sort(),
  );
  expect(JSON.stringify(policiesOf(stack))).toContain('; no DNS: no names [');
});

test('name servers are IP ranges or pods, at a port of their own', () => {
  const client = (dns: KubernetesDns): IHostGroup => pods({ app: 'shop' }, { ...SENDING, dns });
  const sent = (dns: KubernetesDns): string[] => opened(WEB, client(dns), web).filter((line) => line.includes('UDP'));
  expect(sent(KubernetesDns.servers(Peer.address('169.254.20.10')))).toEqual([
    'prod app=shop -> 169.254.20.10/32 : TCP 53 UDP 53',
  ]);
  const openshift = KubernetesPods.labelled({
    namespace: 'openshift-dns',
    labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
  });
  expect(sent(KubernetesDns.servers(openshift, 5353))).toEqual([
    'prod app=shop -> name=openshift-dns|dns.operator.openshift.io/daemonset-dns=default : TCP 5353 UDP 5353',
  ]);
});

test('egress to external hosts is to their ranges', () => {
  const client = pods({ app: 'shop' }, SENDING);
  expect(opened(WEB, client, ExternalHosts.named('db', '192.0.2.0/28'))[0]).toBe(
    'prod app=shop -> 192.0.2.0/28 : TCP 8080',
  );
});

test('all outbound traffic is one policy, which constructs of a stack share', () => {
  const stack = newStack();
  const client = pods({ app: 'shop' }, { egress: Egress.ALL });
  for (const [id, server] of [
    ['a', web],
    ['b', pods({ app: 'api' }, { namePrefix: 'api-' })],
  ] as const) {
    new DocumentedPortRules(stack, id, { table: WEB, roles: { client, server } });
  }
  expect(lines(stack).filter((line) => line.includes('->'))).toEqual(['prod app=shop -> anyone : everything']);
  expect(Object.keys(policiesOf(stack)).sort()).toEqual([
    'api-shop-client-to-server',
    'egress-all-app-shop-3aeb4b25',
    'shop-client-to-server',
  ]);
});

test('a range that is known after apply has a precondition', () => {
  const stack = newStack();
  const variable = new TerraformVariable(stack, 'office', { type: 'string' });
  new DocumentedPortRules(stack, 'rules', {
    table: WEB,
    roles: { client: Peer.cidr(variable.stringValue), server: web },
  });
  const [policy] = Object.values(resourcesOf(stack).kubernetes_network_policy_v1);
  expect(policy.spec.ingress[0].from).toEqual([{ ip_block: { cidr: '${var.office}' } }]);
  expect(policy.lifecycle.precondition[0].condition).toContain('var.office');
});

test('the provider instance with an alias makes the policies', () => {
  const stack = newStack();
  const provider = new KubernetesProvider(stack, 'east', { alias: 'east' });
  new DocumentedPortRules(stack, 'rules', {
    table: WEB,
    roles: { client: RANGE, server: pods({ app: 'web' }, { provider }) },
  });
  const [policy] = Object.values(resourcesOf(stack).kubernetes_network_policy_v1);
  expect(policy.provider).toBe('kubernetes.east');
});

describe('a policy of the same name in a second stack', () => {
  type Config = Partial<KubernetesProviderConfig>;
  interface Stacks {
    readonly configs: readonly (Config | undefined)[];
    readonly props?: readonly Partial<KubernetesPodsProps>[];
  }

  /** An app with a stack for each configuration of a provider, and with pods of one name in all of them. */
  function app({ configs, props = [{}, {}] }: Stacks): TerraformStack[] {
    const root = Testing.app();
    return configs.map((config, at) => {
      const stack = new TerraformStack(root, `stack-${at}`);
      const alias = config?.alias;
      const provider = config && new KubernetesProvider(stack, 'kubernetes', config);
      const server = pods({ app: 'web' }, { ...props[at], provider: alias === undefined ? undefined : provider });
      new DocumentedPortRules(stack, 'rules', { table: WEB, roles: { client: RANGE, server } });
      return stack;
    });
  }

  const EAST = { host: 'https://east.example.com' };
  const CONTEXT = { configPath: '~/.kube/config', configContext: 'east' };

  test.each<[string, Config, Config]>([
    ['one address', EAST, EAST],
    ['one context', CONTEXT, CONTEXT],
    ['the context of a cluster', { configContextCluster: 'east' }, { configContextCluster: 'east' }],
    ['a provider with an alias', { ...EAST, alias: 'east' }, EAST],
  ])('fails if both providers have %s', (_what, ...configs) => {
    for (const stack of app({ configs })) expectRefusal(() => Testing.synth(stack), 'rule-created-twice');
  });

  test('fails if both providers refer to one cluster', () => {
    const root = Testing.app();
    const owner = new TerraformStack(root, 'owner');
    const cluster = new GkeCluster(owner, 'cluster', { name: 'east' });
    const [first] = ['a', 'b'].map((id) => {
      const stack = new TerraformStack(root, id);
      new KubernetesProvider(stack, 'kubernetes', { host: cluster.endpoint });
      new DocumentedPortRules(stack, 'rules', { table: WEB, roles: { client: RANGE, server: web } });
      return stack;
    });
    expectRefusal(() => Testing.synth(first), 'rule-created-twice');
  });

  /** What is said about a stack. */
  const said = (stack: TerraformStack): string[] => {
    stack.runAllValidations();
    Testing.synth(stack);
    return stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === '@cdktf/info')
      .map(({ data }) => String(data));
  };

  test.each<[string, Stacks]>([
    ['two addresses', { configs: [EAST, { host: 'https://west.example.com' }] }],
    ['two contexts', { configs: [CONTEXT, { ...CONTEXT, configContext: 'west' }] }],
    ['two files', { configs: [CONTEXT, { ...CONTEXT, configPath: '~/.kube/west' }] }],
    ['an address and a context', { configs: [EAST, CONTEXT] }],
    ['one address and two prefixes', { configs: [EAST, EAST], props: [{}, { namePrefix: 'second-' }] }],
    ['one address and two namespaces', { configs: [EAST, EAST], props: [{}, { namespace: 'test' }] }],
  ])('is accepted with %s', (_what, stacks) => {
    expect(app(stacks).map(said)).toEqual([[], []]);
  });

  test.each<[string, Stacks]>([
    ['two manifests', { configs: [undefined, undefined], props: [{ manifestsOnly: true }, { manifestsOnly: true }] }],
    ['files without a context', { configs: [{ configPath: 'a' }, { configPath: 'a' }] }],
  ])('is only said once if nothing says which cluster it is for: %s', (_what, stacks) => {
    expect(app(stacks).map(said)).toEqual([
      [
        'stack "stack-1" has the network policy shop-client-to-server in namespace prod too, and nothing says whether both stacks are ' +
          'for one cluster: if they are, give KubernetesPods a namePrefix in one of them',
      ],
      [],
    ]);
  });
});
