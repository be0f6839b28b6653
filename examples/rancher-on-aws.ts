import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { AwsSecurityGroup, DocumentedPortRules, Egress, Peer, PortTables } from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** A Rancher server on AWS, and a cluster that it manages. */
export class RancherOnAws extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });

    const rancher = new AwsSecurityGroup(this, 'rancher', {
      name: 'rancher',
      vpcId: 'vpc-0123456789abcdef0',
      egress: Egress.DOCUMENTED,
    });

    new DocumentedPortRules(this, 'rancher-ports', {
      table: PortTables.named('rancher'),
      roles: {
        rancher,
        'rancher-client': Peer.named('office', '198.51.100.0/24'),
        'registered-cluster': AwsSecurityGroup.fromId('sg-0123456789abcdef0'), // control plane and workers of the cluster
        'tls-proxy': Peer.cidr('10.20.9.0/28'), // terminates TLS in front of Rancher; without it, omit 'rancher-http'
      },
    });
  }
}
