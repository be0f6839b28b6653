import { DataAwsEksCluster } from '@cdktf/provider-aws/lib/data-aws-eks-cluster/index.js';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { AwsSecurityGroup, PrometheusCostMetricsRule, VClusterPlatformIngressRules } from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/**
 * vCluster Platform and Prometheus on the nodes of an EKS cluster whose nodes have a security group of their own.
 *
 * If the nodes use the cluster security group, as managed node groups do by default, they need no rules: that group allows all traffic
 * between its members.
 */
export class VClusterPlatformOnEks extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });

    const cluster = new DataAwsEksCluster(this, 'cluster', { name: 'prod' });

    // the id is known after apply: the key keeps the Terraform addresses of the rules if the reference is renamed or becomes a literal
    const kubernetesApi = AwsSecurityGroup.fromId(cluster.vpcConfig.get(0).clusterSecurityGroupId, { key: 'eks-prod' });
    const nodes = AwsSecurityGroup.fromId('sg-0123456789abcdef0');

    new VClusterPlatformIngressRules(this, 'vcluster-platform', {
      kubernetesApi,
      platform: nodes,
      // terraform-aws-modules/eks opens 8443 and 9443 to its node group already, and AWS refuses duplicate rules.
      // Without that module, remove this line.
      omit: ['api-service', 'webhook'],
    });
    new PrometheusCostMetricsRule(this, 'cost-metrics', { platform: nodes, prometheus: nodes });
  }
}
