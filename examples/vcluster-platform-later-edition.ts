import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { TerraformOutput, TerraformStack } from 'cdktf';
import { AwsSecurityGroup, Egress, PortTableDiff, PortTables, VClusterPlatformIngressRules } from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

const EDITION = '2025-10';

/** vCluster Platform by the edition of October 2025, with an output that lists the changes since the default edition. */
export class VClusterPlatformLaterEdition extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });

    const vpc = new Vpc(this, 'vpc', { cidrBlock: '10.20.0.0/16' });
    const [kubernetesApi, nodes] = ['k8s-control-plane', 'k8s-nodes'].map(
      (name) => new AwsSecurityGroup(this, name, { name, vpcId: vpc.id, egress: Egress.ALL }),
    );

    new VClusterPlatformIngressRules(this, 'vcluster-platform', {
      edition: EDITION,
      kubernetesApi,
      platform: nodes,
      nodes, // 1053 for the DNS of virtual clusters
      virtualClusters: nodes, // 10443 for virtual clusters in the cluster of the platform
      omit: ['legacy-metrics'], // 8080, which only service monitors need
    });

    const table = 'vcluster-platform';
    const changes = PortTableDiff.between({
      before: PortTables.named(table),
      after: PortTables.named(table, EDITION),
    });
    new TerraformOutput(this, 'changes', { value: String(changes) });
  }
}
