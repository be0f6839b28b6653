import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { TerraformStack } from 'cdktf';
import {
  AwsSecurityGroup,
  Egress,
  FlannelBackend,
  KubeadmFlannelClusterRules,
  Peer,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import { Construct } from 'constructs';

/** A VPC, its security groups and their ports, all with one provider instance. */
class Cluster extends Construct {
  constructor(scope: Construct, region: string, cidrBlock: string, provider: AwsProvider) {
    super(scope, region);

    const vpc = new Vpc(this, 'vpc', { cidrBlock, provider });
    const [controlPlane, workers] = ['control-plane', 'workers'].map(
      (role) =>
        new AwsSecurityGroup(this, role, {
          name: `${role}-${region}`, // must be unique in the stack, because the Terraform address contains it
          vpcId: vpc.id,
          egress: Egress.ALL,
          provider,
        }),
    );

    new KubeadmFlannelClusterRules(this, 'cluster', {
      controlPlane,
      workers,
      flannel: FlannelBackend.VXLAN,
      workerToWorkerFlannel: true,
    });
    new PrometheusCostMetricsRule(this, 'cost-metrics', {
      platform: Peer.address('203.0.113.7'),
      prometheus: workers,
    });
  }
}

/** The same cluster in two regions of one stack. */
export class TwoRegions extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    const frankfurt = new AwsProvider(this, 'frankfurt', { region: 'eu-central-1' });
    const ireland = new AwsProvider(this, 'ireland', { region: 'eu-west-1', alias: 'ireland' });

    new Cluster(this, 'eu-central-1', '10.20.0.0/16', frankfurt);
    new Cluster(this, 'eu-west-1', '10.21.0.0/16', ireland);
  }
}
