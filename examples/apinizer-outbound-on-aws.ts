import { NetworkfirewallFirewallPolicy } from '@cdktf/provider-aws/lib/networkfirewall-firewall-policy';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { ApinizerInstallationHosts, AwsNetworkFirewallRuleGroup, LinuxDistribution, Peer } from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** The hosts that an installation downloads from, by name, for a firewall through which the subnets of the servers are routed. */
export class ApinizerOutboundOnAws extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });

    const hosts = new ApinizerInstallationHosts(this, 'installation', {
      distribution: LinuxDistribution.UBUNTU,
      through: new AwsNetworkFirewallRuleGroup({
        clients: Peer.named('kubernetes subnets', '10.20.0.0/16'), // the firewall stands in a VPC of its own
      }),
      supplements: ['ubuntu-security', 'flannel-images', 'github-content', 'kubernetes-images', 'docker-images'],
    });

    // an allow-list denies other names in TLS and HTTP; what else goes out is for the policy to deny
    new NetworkfirewallFirewallPolicy(this, 'policy', {
      name: 'outbound',
      firewallPolicy: {
        statelessDefaultActions: ['aws:forward_to_sfe'],
        statelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        statefulRuleGroupReference: hosts.ids.map((resourceArn) => ({ resourceArn })),
      },
    });
  }
}

if (require.main === module) {
  const app = new App();
  new ApinizerOutboundOnAws(app, 'apinizer-outbound-on-aws');
  app.synth();
}
