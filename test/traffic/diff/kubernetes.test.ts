import type { Configuration, Gate } from '../../../lib/traffic/configuration';
import { diff } from '../../../lib/traffic/diff/diff';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { firstGate, firstGateOfPlan, planOf } from '../../support/first-gate';

const of = (type: string, body?: object): object => ({ resource: body === undefined ? {} : { [type]: { x: body } } });
const SERVICE = 'kubernetes_service_v1';
const service = (metadata: object): object =>
  of(SERVICE, { metadata: { name: 'x', ...metadata }, spec: { type: 'LoadBalancer' } });
const annotated = (key: string, value: string): object => service({ annotations: { [key]: value } });
const INTERNAL = 'service.beta.kubernetes.io/aws-load-balancer-internal';
const SCHEME = 'service.beta.kubernetes.io/aws-load-balancer-scheme';
const DEPLOYMENT = 'kubernetes_deployment_v1';
const deployment = (spec: object, labels: object = { app: 'a' }): object =>
  of(DEPLOYMENT, { metadata: { name: 'x' }, spec: { template: { metadata: { labels }, spec } } });
const container = (...ports: object[]): object => ({ container: [{ image: 'a', port: ports }] });
const NAMESPACE = 'kubernetes_namespace_v1';
const namespace = (metadata: object): object => of(NAMESPACE, { metadata: { name: 'x', ...metadata } });
const CONFIG_MAP = 'kubernetes_config_map_v1';
const configMap = (name: string, port: string): object =>
  of(CONFIG_MAP, { metadata: { name }, data: { [port]: 'db/x' } });
const addon = (configuration_values: string): object =>
  of('aws_eks_addon', { addon_name: 'vpc-cni', configuration_values });

test.each<[string, object, object, Gate | undefined]>([
  ['the annotation of an internal load balancer is gone', annotated(INTERNAL, 'true'), service({}), 'opened'],
  ['a scheme is changed', annotated(SCHEME, 'internal'), annotated(SCHEME, 'internet-facing'), 'opened'],
  ['a service moves to a namespace', service({ namespace: 'a' }), service({ namespace: 'b' }), 'opened'],
  ['a deployment uses the network of its machine', deployment({}), deployment({ host_network: true }), 'opened'],
  [
    'a container has a port of its machine',
    deployment(container({ container_port: 80 })),
    deployment(container({ container_port: 80, host_port: 22 })),
    'opened',
  ],
  ['a new deployment has a port of its machine', of(''), deployment(container({ host_port: 22 })), 'opened'],
  ['a new deployment has no port of its machine', of(''), deployment(container({ container_port: 22 })), undefined],
  ['a label of pods is changed', deployment({}), deployment({}, { app: 'b' }), 'opened'],
  [
    'an image is changed',
    deployment({ container: { image: 'a' } }),
    deployment({ container: { image: 'b' } }),
    undefined,
  ],
  ['a label of a namespace is new', namespace({}), namespace({ labels: { team: 'a' } }), 'opened'],
  ['an annotation of a namespace is new', namespace({}), namespace({ annotations: { a: 'b' } }), undefined],
  ['annotations of a resource are new', of(''), of('kubernetes_annotations', { kind: 'Service' }), 'opened'],
  ['labels of a resource are new', of(''), of('kubernetes_labels', { kind: 'Namespace' }), 'opened'],
  ['endpoints are new', of(''), of('kubernetes_endpoints_v1', { metadata: { name: 'x' } }), 'opened'],
  ['ports of an ingress controller are new', of(''), configMap('tcp-services', '22'), 'opened'],
  ['another config map is changed', configMap('a', '1'), configMap('a', '2'), undefined],
  ['an add-on stops enforcing network policies', addon('{"a":true}'), addon('{"a":false}'), 'opened'],
  ...['argocd_application', 'flux_bootstrap_git', 'rancher2_app_v2', 'kustomization_resource'].map(
    (type): [string, object, object, Gate] => [`a new ${type}`, of(''), of(type, { name: 'x' }), 'opened'],
  ),
])('%s', (_what, before, after, gate) => {
  expect(firstGate(before, after)).toBe(gate);
  expect(firstGate(after, after)).toBeUndefined();
});

test('a plan that changes an annotation of a service stops, and a new version of its metadata does not', () => {
  const values = (metadata: object): object => ({ metadata: [{ name: 'x', ...metadata }], spec: [{ type: 'a' }] });
  const planned = (before: object, after: object): Gate | undefined =>
    firstGateOfPlan(planOf({ [`${SERVICE}.x`]: values(before) }, { [`${SERVICE}.x`]: values(after) }));
  expect(planned({ annotations: { [INTERNAL]: 'true' } }, { annotations: {} })).toBe('opened');
  expect(planned({ generation: 1, resource_version: '1' }, { generation: 2, resource_version: '9' })).toBeUndefined();
});

test('says of pods that their provider decides the cluster', () => {
  const policy = {
    metadata: { name: 'web', namespace: 'prod' },
    spec: { pod_selector: {}, policy_types: ['Ingress'], ingress: [{}] },
  };
  const at = (host: string): Configuration =>
    readTerraform(
      { provider: { kubernetes: [{ host }] }, resource: { kubernetes_network_policy_v1: { web: policy } } },
      'cdk.tf.json',
    );
  const { notEvaluated } = diff(at('https://a'), at('https://b'));
  expect(notEvaluated.changed.map(({ address, reason }) => `${address}: ${reason}`)).toEqual([
    'pods:prod:*: the settings of its provider decide its cluster',
  ]);
});
