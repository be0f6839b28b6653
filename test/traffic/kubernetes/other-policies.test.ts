import { type Configuration, readTerraform } from '../../../lib/traffic';
import { permittedBy, rowText, trafficRows } from '../../../lib/traffic/permitted';
import { EndJudge } from '../../../lib/traffic/verdict';
import { parsePorts } from '../../../lib/traffic/sets';
import { namedPeers } from '../../../lib/traffic/read';

function read(spec: object, metadata: object = { namespace: 'prod' }): Configuration {
  const resource = {
    kubernetes_network_policy_v1: { web: { metadata: [{ name: 'web', ...metadata }], spec: [spec] } },
  };
  return readTerraform({ resource }, 'policies.tf.json');
}

const WEB = { pod_selector: [{ match_labels: { app: 'web' } }], policy_types: ['Ingress'] };
const lines = ({ rules }: Configuration): string[] => trafficRows(permittedBy(rules)).map(rowText);
const missing = ({ notEvaluated }: Configuration): string[] =>
  notEvaluated.map(({ address, reason }) => `${address}: ${reason}`);
const ingress = (item: object): Configuration => read({ ...WEB, ingress: [item] });
const AT_80 = { ports: [{ port: '80' }] };
const RANGE = { ip_block: [{ cidr: '10.0.0.0/8' }] };

test('an item without far ends is everyone, and one without ports is every port', () => {
  expect(lines(ingress(AT_80))).toEqual([
    'ingress 80/tcp from 0.0.0.0/0 to pods:prod:app=web',
    'ingress 80/tcp from ::/0 to pods:prod:app=web',
  ]);
  expect(lines(ingress({ from: [RANGE] }))).toEqual(['ingress all from 10.0.0.0/8 to pods:prod:app=web']);
  expect(lines(ingress({ from: [RANGE], ports: [{ protocol: 'UDP' }] }))).toEqual([
    'ingress 0-65535/udp from 10.0.0.0/8 to pods:prod:app=web',
  ]);
});

test('exceptions of a range are not permitted', () => {
  const range = { ip_block: [{ cidr: '10.0.0.0/30', except: ['10.0.0.1/32', '10.0.0.2/32'] }] };
  expect(lines(ingress({ from: [range], ...AT_80 }))).toEqual([
    'ingress 80/tcp from 10.0.0.0/32 to pods:prod:app=web',
    'ingress 80/tcp from 10.0.0.3/32 to pods:prod:app=web',
  ]);
});

test('a selector of pods means its own namespace, and one of namespaces every pod of them', () => {
  const from = [
    { pod_selector: [{ match_labels: { app: 'a' } }] },
    { namespace_selector: [{}] },
    { namespace_selector: [{ match_labels: { 'kubernetes.io/metadata.name': 'ops' } }], pod_selector: [{}] },
  ];
  expect(lines(ingress({ from, ...AT_80 }))).toEqual(['ingress 80/tcp from pods:*:* to pods:prod:app=web']);
  expect(lines(ingress({ from: [from[0], from[2]], ...AT_80 }))).toEqual([
    'ingress 80/tcp from pods:ops:* to pods:prod:app=web',
    'ingress 80/tcp from pods:prod:app=a to pods:prod:app=web',
  ]);
});

test('an expression with In is each of its values', () => {
  const expressions = { match_expressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }] };
  expect(lines(ingress({ from: [{ pod_selector: [expressions] }], ...AT_80 }))).toEqual([
    'ingress 80/tcp from pods:prod:app=a to pods:prod:app=web',
    'ingress 80/tcp from pods:prod:app=b to pods:prod:app=web',
  ]);
  const policy = read({
    pod_selector: [expressions],
    policy_types: ['Ingress'],
    ingress: [{ from: [RANGE], ...AT_80 }],
  });
  expect(lines(policy)).toEqual([
    'ingress 80/tcp from 10.0.0.0/8 to pods:prod:app=a',
    'ingress 80/tcp from 10.0.0.0/8 to pods:prod:app=b',
  ]);
});

test('a policy without a namespace is in the default namespace of the provider', () => {
  expect(lines(read({ ...WEB, ingress: [{ from: [RANGE], ...AT_80 }] }, {}))).toEqual([
    'ingress 80/tcp from 10.0.0.0/8 to pods:default:app=web',
  ]);
});

test.each<[string, object, string[]]>([
  [
    'a named port, whose number each pod decides',
    { from: [RANGE], ports: [{ port: 'http' }, { port: '80' }] },
    ['kubernetes_network_policy_v1.web.spec[0].ingress[0]: the port "http" is a name, which each pod decides'],
  ],
  [
    'pods by an expression other than In',
    {
      from: [{ pod_selector: [{ match_expressions: [{ key: 'app', operator: 'NotIn', values: ['a'] }] }] }, RANGE],
      ...AT_80,
    },
    ['kubernetes_network_policy_v1.web.spec[0].ingress[0].from[0]: the expression "app notin (a)" is not evaluated'],
  ],
  [
    'namespaces by other labels',
    { from: [{ namespace_selector: [{ match_labels: { team: 'a' } }] }, RANGE], ...AT_80 },
    ['kubernetes_network_policy_v1.web.spec[0].ingress[0].from[0]: which namespaces have these labels is not known'],
  ],
])('lists as not evaluated, and reads the rest: %s', (_what, item, reasons) => {
  const policy = ingress(item);
  expect(missing(policy)).toEqual(reasons);
  expect(lines(policy)).toContain('ingress 80/tcp from 10.0.0.0/8 to pods:prod:app=web');
});

test.each<[string, object, string]>([
  [
    'pods by an expression',
    { pod_selector: [{ match_expressions: [{ key: 'app', operator: 'Exists' }] }], policy_types: ['Ingress'] },
    'the expression "app exists" is not evaluated',
  ],
  [
    'a range that is none',
    { ...WEB, ingress: [{ from: [{ ip_block: [{ cidr: '10.0.0.1/8' }] }] }] },
    'cidr must have no bits set after its prefix, got "10.0.0.1/8"',
  ],
  [
    'ports that descend',
    { ...WEB, ingress: [{ ports: [{ port: '90', end_port: 80 }] }] },
    'ports must be from 1 to 65535, upwards, got 90-80',
  ],
  [
    'a protocol that no policy has',
    { ...WEB, ingress: [{ ports: [{ protocol: 'ICMP' }] }] },
    'protocol must be TCP, UDP or SCTP, got "ICMP"',
  ],
  ['a far end without a selector', { ...WEB, ingress: [{ from: [{}] }] }, 'a far end must have a selector, got {}'],
  [
    'a type that does not exist',
    { ...WEB, policy_types: ['ingress'] },
    'policy_types must be Ingress or Egress, got "ingress"',
  ],
  ['no selector of pods', { policy_types: ['Ingress'] }, 'pod_selector must be given once, got 0'],
])('lists a policy as not evaluated: %s', (_what, spec, reason) => {
  const policy = read({ ingress: [{ from: [RANGE], ...AT_80 }], ...spec });
  expect(policy.rules).toEqual([]);
  expect(policy.notEvaluated.map((one) => one.reason)).toEqual([reason]);
});

describe('pods that a policy isolates', () => {
  const denied = read({ ...WEB, policy_types: ['Ingress', 'Egress'] });
  const judge = (configuration: Configuration, group: string, direction: 'ingress' | 'egress'): string | undefined =>
    new EndJudge(configuration).judge(
      { direction, network: '', group: group as never },
      namedPeers('pods:prod:app=a'),
      parsePorts('80/tcp')!,
    )?.verdict;

  test('refuse everything without a rule, also if they have more labels', () => {
    expect(judge(denied, 'pods:prod:app=web', 'ingress')).toBe('refused');
    expect(judge(denied, 'pods:prod:app=web,tier=front', 'egress')).toBe('refused');
  });

  test('are isolated only in the directions of the policy, and no other pods are', () => {
    expect(judge(read(WEB), 'pods:prod:app=web', 'egress')).toBeUndefined();
    expect(judge(denied, 'pods:prod:app=api', 'ingress')).toBeUndefined();
    expect(judge(denied, 'pods:test:app=web', 'ingress')).toBeUndefined();
  });

  test('are isolated by egress without types only if it has rules', () => {
    const spec = { pod_selector: WEB.pod_selector };
    expect(judge(read({ ...spec, egress: [] }), 'pods:prod:app=web', 'egress')).toBeUndefined();
    expect(judge(read({ ...spec, egress: [AT_80] }), 'pods:prod:app=web', 'egress')).toBe('passes');
  });
});

test('lists a policy that denies everything to pods that are not known', () => {
  const exists = { match_expressions: [{ key: 'app', operator: 'Exists' }] };
  expect(missing(read({ pod_selector: [exists], policy_types: ['Ingress'] }))).toEqual([
    'kubernetes_network_policy_v1.web.spec[0]: the expression "app exists" is not evaluated',
  ]);
});

test('a manifest of a network policy is read, and that of something else is not evaluated', () => {
  const manifest = (kind: string, apiVersion: string): object => ({
    manifest: {
      apiVersion,
      kind,
      metadata: { name: 'web', namespace: 'prod' },
      spec: {
        podSelector: { matchLabels: { App: 'Web' } },
        ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80, endPort: 90 }] }],
      },
    },
  });
  const resource = {
    kubernetes_manifest: {
      web: manifest('NetworkPolicy', 'networking.k8s.io/v1'),
      other: manifest('NetworkPolicy', 'crd.projectcalico.org/v1'),
      job: manifest('Job', 'batch/v1'),
    },
  };
  const read = readTerraform({ resource }, 'manifests.tf.json');
  expect(lines(read)).toEqual(['ingress 80-90/tcp from 10.0.0.0/8 to pods:prod:App=Web']);
  expect(missing(read)).toEqual([
    'kubernetes_manifest.other: the resources in it are not evaluated',
    'kubernetes_manifest.job: the resources in it are not evaluated',
  ]);
});

test('a manifest without a namespace is not evaluated, because the context of kubectl decides', () => {
  const manifest = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web' },
    spec: { podSelector: {}, ingress: [{}] },
  };
  const read = readTerraform({ resource: { kubernetes_manifest: { web: { manifest } } } }, 'manifests.tf.json');
  expect(missing(read)).toEqual([
    'kubernetes_manifest.web.spec[0].ingress[0]: metadata.namespace is missing, so that the context of kubectl decides',
  ]);
});
