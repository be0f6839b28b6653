import { NetworkfirewallFirewallPolicy } from '@cdktf/provider-aws/lib/networkfirewall-firewall-policy';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  AwsNetworkFirewallRuleGroup,
  AwsRuleOrder,
  LinuxDistribution,
  Peer,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** Lets out the hosts that an installation downloads from, by name, and drops the rest, where the subnets go through a firewall. */
export class ApinizerOutboundOnAws extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });

    const ruleOrder = AwsRuleOrder.STRICT; // with the other one, a policy has no default action that drops
    const hosts = new ApinizerInstallationHostnames(this, 'installation', {
      distribution: LinuxDistribution.UBUNTU,
      through: new AwsNetworkFirewallRuleGroup({
        clients: Peer.named('kubernetes subnets', '10.20.0.0/16'), // the firewall stands in a VPC of its own
        ruleOrder,
      }),
      supplements: ['ubuntu-security', 'flannel-images', 'github-content', 'kubernetes-images', 'docker-images'],
    });

    // the allow-lists deny other names in TLS and HTTP; the default action drops what is neither
    new NetworkfirewallFirewallPolicy(this, 'policy', {
      name: 'outbound',
      firewallPolicy: {
        statelessDefaultActions: ['aws:forward_to_sfe'],
        statelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        statefulEngineOptions: { ruleOrder },
        statefulDefaultActions: ['aws:drop_established'], // a connection may begin, so that its name can be seen
        statefulRuleGroupReference: hosts.ids.map((resourceArn, index) => ({ resourceArn, priority: index + 1 })),
      },
    });
  }
}

if (require.main === module) {
  const app = new App();
  new ApinizerOutboundOnAws(app, 'apinizer-outbound-on-aws');
  app.synth();
}
