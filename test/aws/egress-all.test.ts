import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { Testing } from 'cdktf';
import { AwsEgress, AwsSecurityGroup, ExternalHosts, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';
import { expectRefusal, resourcesOf } from '../support/refusals';

const props = { name: 'workers', vpcId: 'vpc-0123456789abcdef0', egress: AwsEgress.ALL };

test('a group that lets everything out has a rule for each family, with addresses that never change', () => {
  const stack = newStack();
  new AwsSecurityGroup(stack, 'workers', props);
  const rules = resourcesOf(stack).aws_vpc_security_group_egress_rule;
  const ranges = Object.entries(rules).map(([id, rule]) => [id, rule.cidr_ipv4 ?? rule.cidr_ipv6, rule.ip_protocol]);
  expect(ranges.sort()).toEqual(FROZEN);
});

/** Another id would close what is open: decision record 1. */
const FROZEN = [
  ['egress_all_all_7411830ccd7a', '0.0.0.0/0', '-1'],
  ['egress_all_all_7f6be8df4035', '::/0', '-1'],
];

test('a group that lets everything out gets no other rule for what goes out', () => {
  const stack = newStack();
  const workers = new AwsSecurityGroup(stack, 'workers', props);
  const prometheus = ExternalHosts.named('prometheus', '10.8.0.7/32');
  new PrometheusCostMetricsRule(stack, 'rule', { platform: workers, prometheus });
  expect(Object.keys(resourcesOf(stack).aws_vpc_security_group_egress_rule)).toHaveLength(2);
});

test('fails where a resource of the user has the address of the rule that lets everything out', () => {
  const stack = newStack();
  const { securityGroupId } = new AwsSecurityGroup(stack, 'workers', props);
  const [[id]] = FROZEN;
  new VpcSecurityGroupEgressRule(stack, 'own', { securityGroupId, ipProtocol: '-1' }).overrideLogicalId(id);
  expectRefusal(
    () => Testing.synth(stack),
    `stack/own: the address aws_vpc_security_group_egress_rule.${id} belongs to a rule of cdktf-cluster-ports, got a second ` +
      'resource of that address; did you mean another id?',
  );
});

test('fails for two groups of one name in a stack', () => {
  const stack = newStack();
  new AwsSecurityGroup(stack, 'workers', props);
  expectRefusal(
    () => new AwsSecurityGroup(stack, 'again', props),
    'AwsSecurityGroup "stack/again": name must be the only one of its kind in the stack, got "workers" twice',
  );
});
