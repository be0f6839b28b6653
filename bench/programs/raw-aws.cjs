const { App, TerraformStack } = require('cdktf');
const { AwsProvider } = require('@cdktf/provider-aws/lib/provider');
const { SecurityGroup } = require('@cdktf/provider-aws/lib/security-group');
const { VpcSecurityGroupEgressRule } = require('@cdktf/provider-aws/lib/vpc-security-group-egress-rule');
const { VpcSecurityGroupIngressRule } = require('@cdktf/provider-aws/lib/vpc-security-group-ingress-rule');
const { AWS_RANGES, AWS_ROWS, EGRESS_DESCRIPTION, GROUP_DESCRIPTION, VPC } = require('./inputs.cjs');

const app = new App();
const stack = new TerraformStack(app, 'bench');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
const group = new SecurityGroup(stack, 'group_platform', {
  namePrefix: 'platform-',
  description: GROUP_DESCRIPTION,
  vpcId: VPC,
  lifecycle: { createBeforeDestroy: true },
});
const everything = { securityGroupId: group.id, ipProtocol: '-1', description: EGRESS_DESCRIPTION };
new VpcSecurityGroupEgressRule(stack, 'all_ipv4', { ...everything, cidrIpv4: '0.0.0.0/0' });
new VpcSecurityGroupEgressRule(stack, 'all_ipv6', { ...everything, cidrIpv6: '::/0' });

const idReadOnce = process.argv[3] === 'id-read-once' ? group.id : undefined;
for (const { port, description } of AWS_ROWS) {
  AWS_RANGES.forEach((range, index) => {
    new VpcSecurityGroupIngressRule(stack, `allow_${port}_${index}`, {
      securityGroupId: idReadOnce ?? group.id,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      cidrIpv4: range,
      description,
    });
  });
}
app.synth();
