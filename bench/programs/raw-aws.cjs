const { App, TerraformStack } = require('cdktf');
const { AwsProvider } = require('@cdktf/provider-aws/lib/provider');
const { SecurityGroup } = require('@cdktf/provider-aws/lib/security-group');
const { VpcSecurityGroupEgressRule } = require('@cdktf/provider-aws/lib/vpc-security-group-egress-rule');
const { VpcSecurityGroupIngressRule } = require('@cdktf/provider-aws/lib/vpc-security-group-ingress-rule');
const { AWS_GROUPS, AWS_ROWS, EGRESS_DESCRIPTION, GROUP_DESCRIPTION, VPC } = require('./inputs.cjs');

const app = new App();
const stack = new TerraformStack(app, 'bench');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
for (const { name, ranges } of AWS_GROUPS) {
  const group = new SecurityGroup(stack, `group_${name}`, {
    namePrefix: `${name}-`,
    description: GROUP_DESCRIPTION,
    vpcId: VPC,
    lifecycle: { createBeforeDestroy: true },
  });
  const everything = { securityGroupId: group.id, ipProtocol: '-1', description: EGRESS_DESCRIPTION };
  new VpcSecurityGroupEgressRule(stack, `${name}_all_ipv4`, { ...everything, cidrIpv4: '0.0.0.0/0' });
  new VpcSecurityGroupEgressRule(stack, `${name}_all_ipv6`, { ...everything, cidrIpv6: '::/0' });

  const idReadOnce = process.argv[3] === 'id-read-once' ? group.id : undefined;
  for (const { port, description } of AWS_ROWS) {
    ranges.forEach((range, index) => {
      new VpcSecurityGroupIngressRule(stack, `${name}_${port}_${index}`, {
        securityGroupId: idReadOnce ?? group.id,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        cidrIpv4: range,
        description,
      });
    });
  }
}
app.synth();
