import { terraformAddresses } from '../support/opened';
import { ExternalHosts, Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import { CLOUDS, newStack } from '../support/clouds';

const platform = Peer.address('203.0.113.7');

test.each(CLOUDS)('a flow to a host group of a cloud is opened by a rule on $name', ({ group }) => {
  const stack = newStack();
  const rule = new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: group(stack, 'prometheus') });
  expect(rule.flows.map(({ external }) => external)).toEqual([false]);
  expect(terraformAddresses(rule)).toHaveLength(1);
});

test('a flow to external hosts has no rule, because the firewall team opens it', () => {
  const prometheus = ExternalHosts.named('prometheus', '10.8.0.7/32');
  const rule = new PrometheusCostMetricsRule(newStack(), 'rule', { platform, prometheus });
  expect(rule.flows.map(({ external }) => external)).toEqual([true]);
  expect(terraformAddresses(rule)).toEqual([]);
});
