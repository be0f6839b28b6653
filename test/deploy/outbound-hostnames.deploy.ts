import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { ApinizerInstallationHostnames, AwsNetworkFirewallRuleGroup } from 'cdktf-cluster-ports';
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

test('the AWS provider accepts a key for the rule groups that is known after apply, and the alias of one', async () => {
  const folder = deployed().terraform();
  const stack = new TerraformStack(Testing.app(), 'stack');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  const keys = { own: new KmsKey(stack, 'key', { enableKeyRotation: true }).arn, shared: 'alias/firewall' };
  for (const [name, keyId] of Object.entries(keys)) {
    new ApinizerInstallationHostnames(stack, name, {
      through: new AwsNetworkFirewallRuleGroup({ namePrefix: `${name}-`, encryptionConfiguration: { keyId } }),
    });
  }
  await folder.write(stack);
  expect(await folder.plan()).toEqual([
    'create aws_kms_key.key',
    'create aws_networkfirewall_rule_group.hosts_own-apinizer-installation-hosts-http',
    'create aws_networkfirewall_rule_group.hosts_own-apinizer-installation-hosts-tls',
    'create aws_networkfirewall_rule_group.hosts_shared-apinizer-installation-hosts-http',
    'create aws_networkfirewall_rule_group.hosts_shared-apinizer-installation-hosts-tls',
  ]);
  folder.remove();
});
