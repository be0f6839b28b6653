import { DocumentedPortRules, Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import { CLOUDS, newStack, opensOnBothClouds } from '../../support/clouds';
import { terraformAddresses } from '../../support/opened';
import { expectNothingCreated } from '../../support/refusals';

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

opensOnBothClouds(
  'opens Prometheus to the cluster agent in its own role',
  (stack, group) =>
    new PrometheusCostMetricsRule(stack, 'rules', { agent: group('agent'), prometheus: group('prometheus') }),
  ['ingress 9090/tcp from agent at prometheus'],
);

opensOnBothClouds(
  'opens Prometheus to both the platform and the cluster agent',
  (stack, group) =>
    new PrometheusCostMetricsRule(stack, 'rules', {
      platform: Peer.address('203.0.113.7'),
      agent: group('agent'),
      prometheus: group('prometheus'),
    }),
  ['ingress 9090/tcp from 203.0.113.7/32 at prometheus', 'ingress 9090/tcp from agent at prometheus'],
);

test('names the text of the document as the basis of the row of the agent', () => {
  const stack = newStack();
  const [agent, prometheus] = ['agent', 'prometheus'].map((name) => CLOUDS[0].group(stack, name));
  const { flows } = new PrometheusCostMetricsRule(stack, 'rules', { agent, prometheus, edition: '2025-10' });
  expect(flows.map(({ row, sourceRole }) => [sourceRole.id, row.name, row.protocolBasis])).toEqual([
    ['agent', 'cost-metrics', 'text'],
  ]);
});

test('fails without the platform and without the agent', () => {
  expectNothingCreated(
    (stack) => new PrometheusCostMetricsRule(stack, 'rules', { prometheus: CLOUDS[0].group(stack, 'prometheus') }),
    'role-missing',
  );
});

test('leaves the agent out of DocumentedPortRules unless it is given', () => {
  const stack = newStack();
  const [platform, prometheus, agent] = ['platform', 'prometheus', 'agent'].map((name) => CLOUDS[0].group(stack, name));
  const table = PrometheusCostMetricsRule.portTable;
  const sourcesOf = (rules: DocumentedPortRules): string[] => rules.flows.map(({ sourceRole }) => sourceRole.id);
  expect(sourcesOf(new DocumentedPortRules(stack, 'one', { table, roles: { platform, prometheus } }))).toEqual([
    'platform',
  ]);
  const other = newStack();
  expect(sourcesOf(new DocumentedPortRules(other, 'both', { table, roles: { platform, prometheus, agent } }))).toEqual([
    'platform',
    'agent',
  ]);
});

test('has the name of the vendor command on GCP', () => {
  const stack = newStack();
  const prometheus = CLOUDS[0].group(stack, 'prometheus');
  const rule = new PrometheusCostMetricsRule(stack, 'rules', { platform: Peer.address('203.0.113.7'), prometheus });
  expect(terraformAddresses(rule)).toEqual(['google_compute_firewall.firewall_allow-vcluster-platform-to-prometheus']);
});
