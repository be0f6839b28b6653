import { Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import { newStack, opensOnBothClouds, CLOUDS } from '../support/clouds';

opensOnBothClouds(
  'opens Prometheus for the one address of the platform',
  (stack, group) =>
    new PrometheusCostMetricsRule(stack, 'rules', {
      platform: Peer.address('203.0.113.7'),
      prometheus: group('prometheus'),
    }),
  ['ingress 9090/tcp from 203.0.113.7/32 at prometheus'],
);

opensOnBothClouds(
  'opens Prometheus for the machines of the cluster agent',
  (stack, group) =>
    new PrometheusCostMetricsRule(stack, 'rules', { platform: group('agent'), prometheus: group('prometheus') }),
  ['ingress 9090/tcp from agent at prometheus'],
);

test('has the name of the vendor command on GCP', () => {
  const stack = newStack();
  const prometheus = CLOUDS[0].group(stack, 'prometheus');
  const rule = new PrometheusCostMetricsRule(stack, 'rules', { platform: Peer.address('203.0.113.7'), prometheus });
  expect(rule.addresses).toEqual(['google_compute_firewall.firewall_allow-vcluster-platform-to-prometheus']);
});
