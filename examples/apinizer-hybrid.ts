import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  Peer,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/**
 * Workers on AWS, databases on premises. The security group of the workers allows documented flows outbound, and the firewall team is
 * asked to open the ports of the databases.
 */
export class ApinizerHybrid extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });

    const vpc = new Vpc(this, 'vpc', { cidrBlock: '10.20.0.0/16' });
    const workers = new AwsSecurityGroup(this, 'workers', {
      name: 'apinizer-workers',
      vpcId: vpc.id,
      egress: Egress.DOCUMENTED,
      tags: { team: 'integration' },
      ipRanges: Peer.cidr('10.20.1.0/24'), // the source in access requests to the firewall team
    });

    new ApinizerDataStoreRules(this, 'data-stores', {
      workers,
      mongodb: ExternalHosts.named('mongodb-berlin', '10.8.0.0/28'),
      elasticsearch: ExternalHosts.named('elasticsearch-berlin', '10.8.0.16/28'),
    });
    new ApinizerNodePorts(this, 'node-ports', {
      workers,
      gateways: [{ environment: 'prod', clients: Peer.named('partners', '198.51.100.0/24', '2001:db8:100::/48') }],
    });
  }
}
