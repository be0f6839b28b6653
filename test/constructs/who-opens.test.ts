import { ExternalHosts, Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import { CLOUDS, newStack } from '../support/clouds';

const platform = Peer.address('203.0.113.7');

test.each(CLOUDS)('a flow to machines in a cloud is opened by us on $name', ({ group }) => {
  const stack = newStack();
  const rule = new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: group(stack, 'prometheus') });
  expect(rule.flows.map(({ external }) => external)).toEqual([false]);
  expect(rule.addresses).toHaveLength(1);
});

test('a flow to machines on premises is opened by others', () => {
  const prometheus = ExternalHosts.named('prometheus', '10.8.0.7/32');
  const rule = new PrometheusCostMetricsRule(newStack(), 'rule', { platform, prometheus });
  expect(rule.flows.map(({ external }) => external)).toEqual([true]);
  expect(rule.addresses).toEqual([]);
});
