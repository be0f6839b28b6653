import { NetworkfirewallFirewallPolicy } from '@cdktf/provider-aws/lib/networkfirewall-firewall-policy/index.js';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  AwsNetworkFirewallRuleGroup,
  AwsRuleOrder,
  LinuxDistribution,
  Peer,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** Allows outbound traffic only to the hostnames that an installation downloads from, by AWS Network Firewall. */
export class ApinizerOutboundOnAws extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });

    const ruleOrder = AwsRuleOrder.STRICT; // only in strict order a policy can have a default action that drops
    const hosts = new ApinizerInstallationHostnames(this, 'installation', {
      distribution: LinuxDistribution.UBUNTU,
      through: new AwsNetworkFirewallRuleGroup({
        clients: Peer.named('kubernetes subnets', '10.20.0.0/16'), // required, because the firewall is in a VPC of its own
        ruleOrder,
      }),
      supplements: ['ubuntu-security', 'flannel-images', 'github-content', 'kubernetes-images', 'docker-images'],
    });

    // the allow-lists deny other hostnames in TLS and HTTP; the default action drops all other traffic
    new NetworkfirewallFirewallPolicy(this, 'policy', {
      name: 'outbound',
      firewallPolicy: {
        statelessDefaultActions: ['aws:forward_to_sfe'],
        statelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        statefulEngineOptions: { ruleOrder },
        statefulDefaultActions: ['aws:drop_established'], // allows the handshake, so that the firewall sees the hostname
        statefulRuleGroupReference: hosts.ids.map((resourceArn, index) => ({ resourceArn, priority: index + 1 })),
      },
    });
  }
}
