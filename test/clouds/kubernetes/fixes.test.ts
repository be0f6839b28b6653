import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AwsSecurityGroup,
  DocumentedPortRules,
  Egress,
  GcpFirewall,
  HostGroup,
  type IHostGroup,
  type IPeer,
  KubernetesDns,
  KubernetesPods,
  type KubernetesPodsProps,
  Peer,
  Port,
  type PortTable,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { type Fix, testFixes } from '../../support/fixes';
import { HOST, NODE_PORT, row, tableOf, UNSAID, WEB } from './table';

/** Plain JavaScript, which the types do not check. */
const [Pods] = [KubernetesPods] as any[];
const RANGE = Peer.cidr('10.0.0.0/8');
const PING = tableOf(row('ping', Port.icmp(8)), row('web', Port.tcp(80)));

type Call = () => unknown;

const podsWith =
  (props: object): Call =>
  () =>
    Pods.labelled({ namespace: 'prod', labels: { app: 'web' }, ...props });
const labelled = (labels: unknown): Call => podsWith({ labels });
const listening = (name: string, port: Port): IHostGroup => podsWith({ ports: [{ row: name, port }] })() as IHostGroup;
const web = podsWith({})() as IHostGroup;
const sg = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
const SENDING = { egress: Egress.DOCUMENTED, dns: KubernetesDns.kubeDns() };

const opening =
  (table: PortTable, client: IPeer, server: IHostGroup, props: object = {}): Call =>
  () =>
    new DocumentedPortRules(newStack(), 'rules', { table, roles: { client, server }, ...props });

/** Far ends that a policy cannot have. */
function farEnds(): Fix[] {
  const inStack =
    (open: (stack: TerraformStack) => void): Call =>
    () => {
      open(newStack());
    };
  const between =
    (client: IPeer, server: IHostGroup) =>
    (stack: TerraformStack): void => {
      new DocumentedPortRules(stack, 'rules', { table: WEB, roles: { client, server } });
    };
  const tag = new GcpFirewall({ network: 'prod' }).networkTag('web');
  const ofPods = 'Peer.cidr(...) with the IP ranges of pods prod:app=web';
  return [
    [
      'a network tag at the far end',
      'far-end-cloud-mismatch',
      opening(WEB, tag, web),
      'Peer.cidr(...) with the IP ranges of network tag web',
      opening(WEB, RANGE, web),
    ],
    [
      'pods at the far end of a tag',
      'far-end-cloud-mismatch',
      opening(WEB, web, tag),
      ofPods,
      opening(WEB, RANGE, tag),
    ],
    [
      'pods of a different cluster',
      'far-end-network-mismatch',
      inStack((stack) => {
        const provider = new KubernetesProvider(stack, 'east', { alias: 'east' });
        between(podsWith({ provider })() as IPeer, web)(stack);
      }),
      ofPods,
      opening(WEB, RANGE, web),
    ],
    [
      'a manifest with a range that is known after apply',
      'manifest-not-known',
      inStack((stack) => {
        const server = podsWith({ manifestsOnly: true })() as IHostGroup;
        between(Peer.cidr(new TerraformVariable(stack, 'office', { type: 'string' }).stringValue), server)(stack);
      }),
      'a KubernetesPods without manifestsOnly',
      inStack((stack) => {
        between(Peer.cidr(new TerraformVariable(stack, 'office', { type: 'string' }).stringValue), web)(stack);
      }),
    ],
    [
      'a list that is known after apply',
      'list-known-after-apply',
      inStack((stack) => {
        between(Peer.cidr(...new TerraformVariable(stack, 'office', { type: 'list(string)' }).listValue), web)(stack);
      }),
      'Peer.cidr(...) with each range',
      inStack((stack) => {
        between(Peer.cidr(new TerraformVariable(stack, 'office', { type: 'string' }).stringValue), web)(stack);
      }),
    ],
  ];
}

/** Calls without what they need, and policies that exist already. */
function calls(): Fix[] {
  const twice =
    (...servers: ((stack: TerraformStack) => IHostGroup)[]): Call =>
    () => {
      const stack = newStack();
      servers.forEach((server, at) => {
        new DocumentedPortRules(stack, `rules-${at}`, { table: WEB, roles: { client: RANGE, server: server(stack) } });
      });
    };
  const east = (stack: TerraformStack, namePrefix?: string): IHostGroup =>
    podsWith({ provider: new KubernetesProvider(stack, 'east', { alias: 'east' }), namePrefix })() as IHostGroup;
  const synthesized =
    (name: string): Call =>
    () => {
      const stack = newStack();
      const rows = [row('console', Port.tcp(8080)), row('web', Port.tcp(80))];
      const server = listening(name, Port.tcp(8080));
      new DocumentedPortRules(stack, 'rules', { table: tableOf(...rows), roles: { client: RANGE, server } });
      return Testing.synth(stack);
    };
  const sendingAs = (app: string, namePrefix?: string): IHostGroup => {
    const egress = { egress: Egress.DOCUMENTED, dns: KubernetesDns.kubeDns() };
    const [one, two] = [{}, { labels: { app }, namePrefix }].map((props) => podsWith({ ...egress, ...props })());
    return HostGroup.anyOf(one as IHostGroup, two as IHostGroup);
  };
  const inTwoStacks =
    (props: Partial<KubernetesPodsProps>): Call =>
    () => {
      const app = Testing.app();
      const [first] = [{}, props].map((own, at) => {
        const stack = new TerraformStack(app, `stack-${at}`);
        new KubernetesProvider(stack, 'kubernetes', { host: 'https://east.example.com' });
        const server = podsWith(own)() as IHostGroup;
        new DocumentedPortRules(stack, 'rules', { table: WEB, roles: { client: RANGE, server } });
        return stack;
      });
      return Testing.synth(first);
    };
  const prefixed = (): IHostGroup => podsWith({ namePrefix: 'other-' })() as IHostGroup;
  return [
    [
      'a policy that exists',
      'rule-created-twice',
      twice(
        () => web,
        () => web,
      ),
      'Peer.anyOf(...) with all sources, or KubernetesPods with a namePrefix',
      twice(() => web, prefixed),
      opening(WEB, Peer.anyOf(RANGE, Peer.cidr('192.168.0.0/16')), web),
    ],
    ['a misspelled row of container ports', 'row-unknown', synthesized('consol'), '"console"', synthesized('console')],
    [
      'two groups of pods in one role and namespace',
      'rule-created-twice',
      opening(WEB, RANGE, HostGroup.anyOf(web, podsWith({ labels: { app: 'api' } })() as IHostGroup)),
      'namePrefix: "api-" for pods prod:app=api',
      opening(
        WEB,
        RANGE,
        HostGroup.anyOf(web, podsWith({ labels: { app: 'api' }, namePrefix: 'api-' })() as IHostGroup),
      ),
    ],
    [
      'two groups of pods that send, with labels that are no prefix',
      'rule-created-twice',
      opening(WEB, sendingAs('A'), web),
      'namePrefix: "second-" for pods prod:app=A',
      opening(WEB, sendingAs('A', 'second-'), web),
    ],
    [
      'a policy of a second stack',
      'rule-created-twice',
      inTwoStacks({}),
      'KubernetesPods with a namePrefix in one of the stacks',
      inTwoStacks({ namePrefix: 'second-' }),
    ],
    [
      'a policy of a different cluster',
      'rule-address-taken',
      twice(() => web, east),
      'KubernetesPods with a namePrefix',
      twice(
        () => web,
        (stack) => east(stack, 'east-'),
      ),
    ],
    [
      'a provider of manifests',
      'provider-not-used',
      () =>
        podsWith({ manifestsOnly: true, provider: new KubernetesProvider(newStack(), 'east', { alias: 'east' }) })(),
      'no provider',
      podsWith({ manifestsOnly: true }),
    ],
    ['no props', 'object-required', () => Pods.labelled(), '{ namespace, labels }', podsWith({})],
    [
      'a scope and an id',
      'scope-not-expected',
      () => Pods.labelled(newStack(), 'web', {}),
      'KubernetesPods.labelled({ namespace, labels })',
      podsWith({}),
    ],
    [
      'a container port that is no object',
      'object-required',
      podsWith({ ports: ['console'] }),
      '{ row, port }',
      podsWith({ ports: [{ row: 'console', port: Port.tcp(80) }] }),
    ],
  ];
}

testFixes([
  ['capitals', 'namespace-invalid', podsWith({ namespace: 'Prod_1' }), '"prod-1"', podsWith({ namespace: 'prod-1' })],
  ['a selector of kubectl', 'label-invalid', labelled('app=web'), 'labels: { "app": "web" }', labelled({ app: 'web' })],
  ['a number as a value', 'label-invalid', labelled({ shard: 3 }), '"3"', labelled({ shard: '3' })],
  [
    'empty labels',
    'selector-without-reason',
    labelled({}),
    'reason: "why every pod is meant"',
    podsWith({ labels: {}, reason: 'why every pod is meant' }),
  ],
  ['a reason without need', 'reason-not-used', podsWith({ reason: 'all' }), 'no reason', podsWith({})],
  ['no labels of a namespace', 'label-invalid', podsWith({ namespaceLabels: {} }), 'no namespaceLabels', podsWith({})],
  [
    'egress without DNS',
    'dns-missing',
    podsWith({ egress: Egress.DOCUMENTED }),
    'dns: KubernetesDns.kubeDns()',
    podsWith(SENDING),
  ],
  [
    'DNS without egress',
    'dns-not-used',
    podsWith({ dns: KubernetesDns.kubeDns() }),
    'egress: Egress.DOCUMENTED',
    podsWith(SENDING),
  ],
  [
    'DNS that is a name',
    'dns-invalid',
    podsWith({ egress: Egress.DOCUMENTED, dns: 'kube-dns' }),
    'KubernetesDns.kubeDns()',
    podsWith(SENDING),
  ],
  [
    'container ports that are an object',
    'container-port-invalid',
    podsWith({ ports: {} }),
    '[{ row, port }]',
    podsWith({ ports: [{ row: 'console', port: Port.tcp(80) }] }),
  ],
  [
    'a container port that is a number',
    'port-required',
    podsWith({ ports: [{ row: 'console', port: 80 }] }),
    'Port.tcp(80)',
    podsWith({ ports: [{ row: 'console', port: Port.tcp(80) }] }),
  ],
  [
    'a NodePort',
    'container-port-missing',
    opening(NODE_PORT, RANGE, web),
    'ports: [{ row: "console", port: Port.tcp(8080) }]',
    opening(NODE_PORT, RANGE, listening('console', Port.tcp(8080))),
  ],
  [
    'a port of which the table does not say that it is one of pods',
    'container-port-missing',
    opening(UNSAID, RANGE, web),
    'ports: [{ row: "metrics", port: Port.tcp(9090) }]',
    opening(UNSAID, RANGE, listening('metrics', Port.tcp(9090))),
  ],
  [
    'a misspelled NodePort',
    'container-port-missing',
    opening(NODE_PORT, RANGE, listening('consol', Port.tcp(8080))),
    'ports: [{ row: "console", port: Port.tcp(8080) }]',
    opening(NODE_PORT, RANGE, listening('console', Port.tcp(8080))),
  ],
  [
    'a NodePort in a different protocol',
    'container-port-invalid',
    opening(NODE_PORT, RANGE, listening('console', Port.udp(8080))),
    'ports: [{ row: "console", port: Port.tcp(8080) }]',
    opening(NODE_PORT, RANGE, listening('console', Port.tcp(8080))),
  ],
  [
    'a container port for a port of pods',
    'container-port-invalid',
    opening(WEB, RANGE, listening('web', Port.tcp(80))),
    'ports: { "web": Port.tcp(80) } of the construct',
    opening(WEB, RANGE, web, { ports: { web: Port.tcp(80) } }),
  ],
  [
    'a port of the machine',
    'port-of-the-machine',
    opening(HOST, RANGE, web),
    'omit: ["kubelet"]',
    opening(HOST, RANGE, web, { omit: ['kubelet'] }),
  ],
  [
    'ICMP',
    'protocol-not-in-cloud',
    opening(PING, RANGE, web),
    'omit: ["ping"]',
    opening(PING, RANGE, web, { omit: ['ping'] }),
  ],
  [
    'a security group at the far end',
    'far-end-cloud-mismatch',
    opening(WEB, sg, web),
    'Peer.cidr(...) with the IP ranges of security group sg-0123456789abcdef0',
    opening(WEB, RANGE, web),
  ],
  ...farEnds(),
  ...calls(),
  [
    'no host group',
    'host-group-required',
    opening(WEB, web, 7 as never),
    'KubernetesPods.labelled({ namespace, labels })',
    opening(WEB, web, web),
  ],
  [
    'no peer',
    'peer-required',
    opening(WEB, 7 as never, web),
    'KubernetesPods.labelled({ namespace, labels })',
    opening(WEB, web, web),
  ],
] satisfies Fix[]);
