import { Testing } from 'cdktf';
import { ExternalHosts, Peer, Port, VClusterPlatformIngressRules } from 'cdktf-cluster-ports';
import { CLOUDS, newStack, opensOnBothClouds } from '../../support/clouds';
import { opened, terraformAddresses } from '../../support/opened';
import { expectNothingCreated } from '../../support/refusals';

const kubernetesApi = Peer.named('gke-control-plane', '172.16.0.0/28');

opensOnBothClouds(
  'opens the three ports of the document from the Kubernetes API to the platform',
  (stack, group) => new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi, platform: group('platform') }),
  [
    'ingress 8443/tcp from 172.16.0.0/28 at platform',
    'ingress 9443/tcp from 172.16.0.0/28 at platform',
    'ingress 9444/tcp from 172.16.0.0/28 at platform',
  ],
);

opensOnBothClouds(
  'opens ranges of both families',
  (stack, group) =>
    new VClusterPlatformIngressRules(stack, 'rules', {
      kubernetesApi: Peer.cidr('172.16.0.0/28', '2001:db8::/64'),
      platform: group('platform'),
    }),
  [
    'ingress 8443/tcp from 172.16.0.0/28 at platform',
    'ingress 8443/tcp from 2001:db8::/64 at platform',
    'ingress 9443/tcp from 172.16.0.0/28 at platform',
    'ingress 9443/tcp from 2001:db8::/64 at platform',
    'ingress 9444/tcp from 172.16.0.0/28 at platform',
    'ingress 9444/tcp from 2001:db8::/64 at platform',
  ],
);

opensOnBothClouds(
  'omits rows, and moves a row to a different port',
  (stack, group) =>
    new VClusterPlatformIngressRules(stack, 'rules', {
      kubernetesApi,
      platform: group('platform'),
      omit: ['webhook'],
      ports: { 'kubernetes-api>platform/management-api': Port.tcp(19444) },
    }),
  ['ingress 8443/tcp from 172.16.0.0/28 at platform', 'ingress 19444/tcp from 172.16.0.0/28 at platform'],
);

test('gives the firewall of the vendor command on GCP', () => {
  const stack = newStack();
  const platform = CLOUDS[0].group(stack, 'vcluster-platform');
  new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi, platform });
  const { google_compute_firewall } = JSON.parse(Testing.synth(stack)).resource;
  expect(google_compute_firewall).toEqual({
    'firewall_allow-k8s-api-to-vcluster-platform': {
      name: 'allow-k8s-api-to-vcluster-platform',
      description:
        'API service extension (v1.cluster.loft.sh), Webhook validation (loft webhook), Management API (v1.management.loft.sh)' +
        ' [vcluster-platform@2025-03/kubernetes-api-to-platform/api-service,webhook,management-api]',
      network: 'prod',
      project: 'net-host',
      direction: 'INGRESS',
      priority: 1000,
      allow: [{ protocol: 'tcp', ports: ['8443', '9443', '9444'] }],
      source_ranges: ['172.16.0.0/28'],
      target_tags: ['vcluster-platform'],
    },
  });
});

test('marks the same ports as external if the platform is on premises', () => {
  const stack = newStack();
  const platform = ExternalHosts.named('platform', '10.7.0.0/28');
  const rules = new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi, platform });
  expect(opened(stack)).toEqual([]);
  expect(terraformAddresses(rules)).toEqual([]);
  expect(rules.flows.map((flow) => `${String(flow.port)} ${flow.external ? 'external' : 'internal'}`)).toEqual([
    '8443/tcp external',
    '9443/tcp external',
    '9444/tcp external',
  ]);
});

test('fails for a different port of a row that is omitted', () => {
  expectNothingCreated((stack) => {
    const platform = CLOUDS[0].group(stack, 'platform');
    const props = { kubernetesApi, platform, omit: ['webhook'], ports: { webhook: Port.tcp(19443) } };
    new VClusterPlatformIngressRules(stack, 'rules', props);
  }, 'row-unknown');
});
