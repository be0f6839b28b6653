import { Testing } from 'cdktf';
import { ApinizerOutboundOnAws } from '../../examples/apinizer-outbound-on-aws';
import { deployment } from './deployment';

const deployed = deployment();

/** moto does not have rule groups of Network Firewall, so this test plans and does not apply. */
test('the AWS provider accepts the rule groups of hostnames, and their policy', async () => {
  const folder = deployed().terraform();
  await folder.write(new ApinizerOutboundOnAws(Testing.app(), 'example'));
  expect(await folder.plan()).toEqual([
    'create aws_networkfirewall_firewall_policy.policy',
    'create aws_networkfirewall_rule_group.hosts_apinizer-installation-hosts-http',
    'create aws_networkfirewall_rule_group.hosts_apinizer-installation-hosts-tls',
  ]);
  folder.remove();
});
