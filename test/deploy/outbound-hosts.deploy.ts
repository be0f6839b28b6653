import { Testing } from 'cdktf';
import { ApinizerOutboundOnAws } from '../../examples/apinizer-outbound-on-aws';
import { deployment } from './deployment';

const deployed = deployment();

/** moto has no rule groups of Network Firewall, so the provider's own checks of the plan are as far as it goes. */
test('the AWS provider takes the rule groups that let hosts out, and their policy', async () => {
  const folder = deployed().terraform();
  await folder.write(new ApinizerOutboundOnAws(Testing.app(), 'example'));
  expect(await folder.plan()).toEqual([
    'create aws_networkfirewall_firewall_policy.policy',
    'create aws_networkfirewall_rule_group.hosts_apinizer-installation-hosts-http',
    'create aws_networkfirewall_rule_group.hosts_apinizer-installation-hosts-tls',
  ]);
  folder.remove();
});
