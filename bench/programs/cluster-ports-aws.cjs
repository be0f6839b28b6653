const { App, TerraformStack } = require('cdktf');
const { AwsProvider } = require('@cdktf/provider-aws/lib/provider');
const { Egress, AwsSecurityGroup, Peer, VClusterPlatformIngressRules } = require('cdktf-cluster-ports');
const { AWS_GROUPS, MOST_RULES, VPC } = require('./inputs.cjs');

const app = new App();
const stack = new TerraformStack(app, 'bench');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
for (const { name, ranges } of AWS_GROUPS) {
  const platform = new AwsSecurityGroup(stack, name, {
    name,
    vpcId: VPC,
    egress: Egress.ALL,
    maxRules: MOST_RULES,
  });
  if (ranges.length > 0) {
    new VClusterPlatformIngressRules(stack, `${name}-rules`, {
      kubernetesApi: Peer.cidr(...ranges),
      platform,
    });
  }
}
app.synth();
