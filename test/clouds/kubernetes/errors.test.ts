import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AddressFamily,
  AwsSecurityGroup,
  DocumentedPortRules,
  Egress,
  GcpFirewall,
  HostGroup,
  type IHostGroup,
  type IPeer,
  KubeadmFlannelClusterRules,
  KubernetesDns,
  KubernetesPods,
  Peer,
  Port,
  PortLevel,
  type PortTable,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { errorOf, expectNothingCreated, expectRefusal } from '../../support/refusals';
import { HOST, NODE_PORT, row, tableOf, UNSAID, WEB } from './table';

/** Plain JavaScript, which the types do not check. */
const [Pods, Dns] = [KubernetesPods, KubernetesDns] as any[];
const RANGE = Peer.cidr('10.0.0.0/8');
const LONG = 'a'.repeat(64);

type Call = () => unknown;

const podsWith =
  (props: object): Call =>
  () =>
    Pods.labelled({ namespace: 'prod', labels: { app: 'web' }, ...props });
const labelled = (labels: unknown): Call => podsWith({ labels });
const web = podsWith({})() as IHostGroup;

function opening(
  table: PortTable,
  client: IPeer,
  server: IHostGroup,
  props: object = {},
): (stack: TerraformStack) => void {
  return (stack) => {
    new DocumentedPortRules(stack, 'rules', { table, roles: { client, server }, ...props });
  };
}

describe('pods fail for', () => {
  test.each<[string, Call, string]>([
    ['no props', () => Pods.labelled(), 'object-required'],
    ['a scope and an id', () => Pods.labelled(newStack(), 'web', {}), 'scope-not-expected'],
    ['a prop that does not exist', podsWith({ selector: {} }), 'prop-unknown'],
    ['no namespace', podsWith({ namespace: undefined }), 'namespace-invalid'],
    ['a namespace that is too long', podsWith({ namespace: LONG }), 'namespace-invalid'],
    ['a namespace with a dot', podsWith({ namespace: 'a.b' }), 'namespace-invalid'],
    ['a namespace known after apply', () => podsWith({ namespace: unknownText() })(), 'namespace-invalid'],
    ['no labels', labelled(undefined), 'label-invalid'],
    ['a list of labels', labelled(['app']), 'label-invalid'],
    ['a label key that is too long', labelled({ [LONG]: 'web' }), 'label-invalid'],
    ['a label key that begins with a hyphen', labelled({ '-app': 'web' }), 'label-invalid'],
    ['an empty label key', labelled({ '': 'web' }), 'label-invalid'],
    ['a label key without a name', labelled({ 'example.com/': 'web' }), 'label-invalid'],
    ['a label key with two slashes', labelled({ 'example.com/a/b': 'web' }), 'label-invalid'],
    ['a prefix that is no DNS name', labelled({ 'Example_com/app': 'web' }), 'label-invalid'],
    ['a prefix that is too long', labelled({ [`${'a.'.repeat(126)}aa/app`]: 'web' }), 'label-invalid'],
    ['a label value that is too long', labelled({ app: LONG }), 'label-invalid'],
    ['a label value that ends with a dot', labelled({ app: 'web.' }), 'label-invalid'],
    ['a label value with a blank', labelled({ app: 'web 1' }), 'label-invalid'],
    ['a label value that is nothing', labelled({ app: null }), 'label-invalid'],
    ['a label value known after apply', () => labelled({ app: unknownText() })(), 'label-invalid'],
    ['empty labels without a reason', labelled({}), 'selector-without-reason'],
    ['a reason that is not needed', podsWith({ reason: 'all of them' }), 'reason-not-used'],
    ['a reason that is not text', podsWith({ labels: {}, reason: 7 }), 'text-required'],
    ['no labels of the namespace', podsWith({ namespaceLabels: {} }), 'label-invalid'],
    ['a name that is not text', podsWith({ name: '' }), 'text-required'],
    ['an egress that does not exist', podsWith({ egress: 'some' }), 'egress-invalid'],
    ['egress without DNS', podsWith({ egress: Egress.DOCUMENTED }), 'dns-missing'],
    ['DNS without egress', podsWith({ dns: KubernetesDns.kubeDns() }), 'dns-not-used'],
    ['DNS that is only a name', podsWith({ egress: Egress.DOCUMENTED, dns: 'kube-dns' }), 'dns-invalid'],
    ['name servers that are no peer', () => Dns.servers('169.254.20.10'), 'peer-required'],
    ['a port of name servers that is none', () => Dns.servers(RANGE, 0), 'port-invalid'],
    ['no DNS without a reason', () => Dns.none(), 'text-required'],
    ['IP ranges that are no peer', podsWith({ ipRanges: '10.0.0.0/8' }), 'peer-required'],
    ['a zone that does not exist', podsWith({ zone: 'dmz' }), 'zone-invalid'],
    ['a provider that is none', podsWith({ provider: {} }), 'provider-invalid'],
    ['manifestsOnly that is text', podsWith({ manifestsOnly: 'yes' }), 'not-a-boolean'],
    [
      'a provider of manifests',
      () =>
        podsWith({ manifestsOnly: true, provider: new KubernetesProvider(newStack(), 'east', { alias: 'east' }) })(),
      'provider-not-used',
    ],
    ['a prefix that is no name', podsWith({ namePrefix: 'Web-' }), 'name-prefix-invalid'],
    ['container ports that are no list', podsWith({ ports: { console: Port.tcp(80) } }), 'container-port-invalid'],
    ['a container port that is no object', podsWith({ ports: ['console'] }), 'object-required'],
    ['a container port with a misspelled prop', podsWith({ ports: [{ row: 'a', prot: 1 }] }), 'prop-unknown'],
    ['a container port without a row', podsWith({ ports: [{ port: Port.tcp(80) }] }), 'text-required'],
    ['a container port that is a number', podsWith({ ports: [{ row: 'console', port: 80 }] }), 'port-required'],
    [
      'two container ports for one row',
      podsWith({ ports: [Port.tcp(80), Port.tcpAndUdp(81)].map((port) => ({ row: 'console', port })) }),
      'container-port-invalid',
    ],
    ['pods and a security group as one role', () => HostGroup.anyOf(web, sg()), 'clouds-mixed'],
  ])('%s', (_what, act, code) => {
    expectRefusal(act, code);
  });

  test.each<[string, unknown]>([
    ['63 characters', { ['a'.repeat(63)]: 'b'.repeat(63) }],
    ['a prefix of 253 characters', { [`${'a.'.repeat(126)}a/app`]: 'web' }],
    ['an empty value', { app: '' }],
    ['upper-case letters', { App_1: 'Web.2_x-3' }],
  ])('nothing if labels have %s', (_what, labels) => {
    expect(labelled(labels)).not.toThrow();
  });
});

const sg = (): IHostGroup => AwsSecurityGroup.fromId('sg-0123456789abcdef0');
const tag = (): IHostGroup => new GcpFirewall({ network: 'prod' }).networkTag('web');
const variable = (stack: TerraformStack, type = 'string'): TerraformVariable =>
  new TerraformVariable(stack, 'office', { type });
const unknownText = (): string => variable(newStack()).stringValue;

describe('constructs fail and create nothing for', () => {
  const sending = podsWith({ egress: Egress.DOCUMENTED, dns: KubernetesDns.kubeDns() })() as IHostGroup;
  test.each<[string, (stack: TerraformStack) => unknown, string]>([
    ['a security group as the source of pods', opening(WEB, sg(), web), 'far-end-cloud-mismatch'],
    ['a network tag as the source of pods', opening(WEB, Peer.anyOf(RANGE, tag()), web), 'far-end-cloud-mismatch'],
    ['pods as the source of a security group', opening(WEB, web, sg()), 'far-end-cloud-mismatch'],
    ['pods as the source of a network tag', opening(WEB, web, tag()), 'far-end-cloud-mismatch'],
    ['a port of the machine', opening(HOST, RANGE, web), 'port-of-the-machine'],
    [
      'a port of which the table does not say that it is one of pods',
      opening(UNSAID, RANGE, web),
      'container-port-missing',
    ],
    [
      'a kubelet of kubeadm, which is a process of the machine',
      (stack) =>
        new KubeadmFlannelClusterRules(stack, 'kubeadm', {
          controlPlane: web,
          workers: podsWith({ labels: { a: 'b' } })() as IHostGroup,
        }),
      'port-of-the-machine',
    ],
    ['a NodePort without a container port', opening(NODE_PORT, RANGE, web), 'container-port-missing'],
    [
      'a container port in a different protocol',
      opening(NODE_PORT, RANGE, podsWith({ ports: [{ row: 'console', port: Port.udp(80) }] })() as IHostGroup),
      'container-port-invalid',
    ],
    [
      'a container port for a port of pods',
      opening(WEB, RANGE, podsWith({ ports: [{ row: 'web', port: Port.tcp(80) }] })() as IHostGroup),
      'container-port-invalid',
    ],
    ['ICMP', opening(tableOf(row('ping', Port.icmp(8), 'unsaid')), RANGE, web), 'protocol-not-in-cloud'],
    ['an IP protocol', opening(tableOf(row('vrrp', Port.ip(112))), RANGE, web), 'protocol-not-in-cloud'],
    ['ICMP that pods send', opening(tableOf(row('ping', Port.icmp(8))), sending, web), 'protocol-not-in-cloud'],
    [
      'a list of ranges that is known after apply',
      (stack) => {
        opening(WEB, Peer.cidr(...variable(stack, 'list(string)').listValue), web)(stack);
      },
      'list-known-after-apply',
    ],
    [
      'a manifest with a range that is known after apply',
      (stack) => {
        const server = podsWith({ manifestsOnly: true })() as IHostGroup;
        opening(WEB, Peer.cidr(variable(stack).stringValue), server)(stack);
      },
      'manifest-not-known',
    ],
    [
      'pods of a different cluster',
      (stack) => {
        const provider = new KubernetesProvider(stack, 'east', { alias: 'east' });
        opening(WEB, podsWith({ provider })() as IPeer, web)(stack);
      },
      'far-end-network-mismatch',
    ],
    ['a source that is no peer', opening(WEB, 'pods' as never, web), 'peer-required'],
    ['a destination that is no host group', opening(WEB, web, 7 as never), 'host-group-required'],
  ])('%s', (_what, act, code) => {
    expectNothingCreated(act, code);
  });

  const several = tableOf(...['a', 'b', 'c', 'd'].map((name, at) => row(name, Port.tcp(80 + at))));
  test.each<[string, PortTable, (stack: TerraformStack) => IPeer, string]>([
    ['a network tag', tableOf(row('web', Port.tcp(9443))), () => tag(), 'row web (9443/tcp)'],
    ['a network tag, for several rows', several, () => tag(), 'rows a (80/tcp), b (81/tcp), c (82/tcp) and 1 more'],
    [
      'a network tag, for a row of one family',
      tableOf(row('web', Port.tcp(9443), PortLevel.POD, AddressFamily.IPV6)),
      () => tag(),
      'row web (9443/tcp)',
    ],
    [
      'pods of a different cluster',
      tableOf(row('web', Port.udp(53))),
      (stack) => podsWith({ provider: new KubernetesProvider(stack, 'east', { alias: 'east' }) })() as IPeer,
      'row web (53/udp)',
    ],
    [
      'a list of ranges',
      tableOf(row('web', Port.tcpRange(1, 2))),
      (stack) => Peer.cidr(...variable(stack, 'list(string)').listValue),
      'row web (1-2/tcp)',
    ],
  ])('a far end that a network policy cannot have, naming the row: %s', (_what, table, client, rows) => {
    const stack = newStack();
    const { sentence } = errorOf(() => opening(table, client(stack), web)(stack));
    expect(sentence).toContain(`: ${rows}: `);
  });

  test('a name server that a network policy cannot have, naming DNS', () => {
    const client = podsWith({ egress: Egress.DOCUMENTED, dns: KubernetesDns.servers(tag()) })() as IHostGroup;
    const { sentence } = errorOf(() => opening(WEB, client, web)(newStack()));
    expect(sentence).toContain(': DNS: a network policy needs IP ranges or pods at the far end');
  });

  test('a policy that a different construct has made, naming both', () => {
    const stack = newStack();
    opening(WEB, RANGE, web)(stack);
    const error = errorOf(
      () =>
        new DocumentedPortRules(stack, 'others', {
          table: WEB,
          roles: { client: Peer.cidr('192.168.0.0/16'), server: web },
        }),
    );
    expectRefusal(() => {
      throw error;
    }, 'rule-created-twice');
    expect(error.sentence).toContain(
      'DocumentedPortRules "stack/others": the network policy shop-client-to-server in namespace prod must be created only once, got one ' +
        'from "stack/rules" already',
    );
  });

  test('a policy of a different cluster with the same Terraform address', () => {
    const stack = newStack();
    opening(WEB, RANGE, web)(stack);
    const provider = new KubernetesProvider(stack, 'east', { alias: 'east' });
    const server = podsWith({ provider })() as IHostGroup;
    expectRefusal(
      () => new DocumentedPortRules(stack, 'east-rules', { table: WEB, roles: { client: RANGE, server } }),
      'rule-address-taken',
    );
  });
});
