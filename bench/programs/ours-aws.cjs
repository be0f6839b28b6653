const { App, TerraformStack } = require('cdktf');
const { AwsProvider } = require('@cdktf/provider-aws/lib/provider');
const { AwsEgress, AwsSecurityGroup, Peer, VClusterPlatformIngressRules } = require('cdktf-cluster-ports');
const { AWS_RANGES, VPC } = require('./inputs.cjs');

const app = new App();
const stack = new TerraformStack(app, 'bench');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
const platform = new AwsSecurityGroup(stack, 'nodes', {
  name: 'platform',
  vpcId: VPC,
  egress: AwsEgress.ALL,
  maxRules: 100000,
});

if (AWS_RANGES.length > 0) {
  new VClusterPlatformIngressRules(stack, 'rules', {
    kubernetesApi: Peer.cidr(...AWS_RANGES),
    platform,
  });
}
app.synth();
