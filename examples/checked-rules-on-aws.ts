import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { AwsEndpoint, AwsSecurityGroup, KubeadmFlannelClusterRules, ReachabilityChecks } from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** Checks after each apply, by Reachability Analyzer, that documented flows pass. AWS bills every analysis. */
export class CheckedRulesOnAws extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });

    const cluster = new KubeadmFlannelClusterRules(this, 'cluster', {
      controlPlane: AwsSecurityGroup.fromId('sg-0123456789abcdef0'),
      workers: AwsSecurityGroup.fromId('sg-0fedcba9876543210'),
      workerToWorkerFlannel: true,
    });

    const worker = AwsEndpoint.fromId('i-0123456789abcdef0');
    const controlPlane = AwsEndpoint.fromId('i-0fedcba9876543210');
    new ReachabilityChecks(this, 'checks', {
      rules: cluster,
      checks: [
        { flow: 'worker>control-plane/api-server', source: worker, destination: controlPlane },
        { flow: 'control-plane>worker/kubelet', source: controlPlane, destination: worker },
      ],
      failApply: true,
    });
  }
}
