import { Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import { CLOUDS, newStack, opensOnBothClouds } from '../../support/clouds';
import { terraformAddresses } from '../../support/opened';

opensOnBothClouds(
  'opens Prometheus to the IP address of the platform',
  (stack, group) =>
    new PrometheusCostMetricsRule(stack, 'rules', {
      platform: Peer.address('203.0.113.7'),
      prometheus: group('prometheus'),
    }),
  ['ingress 9090/tcp from 203.0.113.7/32 at prometheus'],
);

opensOnBothClouds(
  'opens Prometheus to the machines of the cluster agent',
  (stack, group) =>
    new PrometheusCostMetricsRule(stack, 'rules', { platform: group('agent'), prometheus: group('prometheus') }),
  ['ingress 9090/tcp from agent at prometheus'],
);

test('has the name of the vendor command on GCP', () => {
  const stack = newStack();
  const prometheus = CLOUDS[0].group(stack, 'prometheus');
  const rule = new PrometheusCostMetricsRule(stack, 'rules', { platform: Peer.address('203.0.113.7'), prometheus });
  expect(terraformAddresses(rule)).toEqual(['google_compute_firewall.firewall_allow-vcluster-platform-to-prometheus']);
});
