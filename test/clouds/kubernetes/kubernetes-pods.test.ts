import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformVariable, Testing } from 'cdktf';
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
import { resourcesOf } from '../../support/refusals';
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

test('several host groups as one role get a policy each, whose name does not depend on their order', () => {
  const [a, b] = [pods({ app: 'a' }), pods({ app: 'b' })];
  const names = (...groups: KubernetesPods[]): string[] => {
    const stack = newStack();
    const server = HostGroup.anyOf(...groups);
    new DocumentedPortRules(stack, 'rules', { table: WEB, roles: { client: RANGE, server } });
    return Object.entries(policiesOf(stack))
      .map(([name, { spec }]) => `${name} ${spec.pod_selector.match_labels.app}`)
      .sort();
  };
  expect(names(a, b)).toEqual(['shop-client-to-server-3195a261 b', 'shop-client-to-server-ddf474d6 a']);
  expect(names(b, a)).toEqual(names(a, b));
});

test('sources with managed egress get a policy each, with the name servers of their own', () => {
  const stack = newStack();
  const [a, b] = [pods({ app: 'a' }, SENDING), pods({ app: 'b' }, { ...SENDING, dns: KubernetesDns.none('no names') })];
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
