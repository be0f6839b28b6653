import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import {
  AwsPeer,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  type IHostGroup,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { expectNothingCreated, expectRefusal, resourcesOf } from '../../support/refusals';

const ID = 'sg-0123456789abcdef0';

function rule(stack: TerraformStack, id: string, platform: IPeer, prometheus: IHostGroup): PrometheusCostMetricsRule {
  return new PrometheusCostMetricsRule(stack, id, { platform, prometheus });
}

test('a rule has its far end in the attribute of its kind, and in no other', () => {
  const stack = newStack();
  const [four, six] = ['four', 'six'].map((name) => new TerraformVariable(stack, name, {}).stringValue);
  const ranges = [Peer.cidr('10.0.0.0/8', '2001:db8::/32', four), Peer.cidrIpv6(six)];
  const platform = Peer.anyOf(...ranges, AwsPeer.securityGroup(ID, { ownerId: '123456789012' }));
  rule(stack, 'rule', platform, AwsSecurityGroup.fromId(ID));
  const farEnds = Object.values(resourcesOf(stack).aws_vpc_security_group_ingress_rule).map(
    ({ cidr_ipv4, cidr_ipv6, referenced_security_group_id }) => ({
      cidr_ipv4,
      cidr_ipv6,
      referenced_security_group_id,
    }),
  );
  expect(farEnds).toHaveLength(5);
  expect(farEnds).toEqual(
    expect.arrayContaining([
      { cidr_ipv4: '10.0.0.0/8' },
      { cidr_ipv6: '2001:db8::/32' },
      { cidr_ipv4: '${var.four}' },
      { cidr_ipv6: '${var.six}' },
      { referenced_security_group_id: `123456789012/${ID}` },
    ]),
  );
});

test('provenance names a group of a different account by account and id', () => {
  const stack = newStack();
  rule(stack, 'rule', AwsPeer.securityGroup(ID, { ownerId: '123456789012' }), AwsSecurityGroup.fromId(ID));
  const { peers } = stack.toTerraform()['//'].metadata.clusterPorts;
  expect(peers.map(({ hostGroups }: { hostGroups: unknown }) => hostGroups)).toEqual([
    [
      {
        cloud: 'aws',
        label: `security group 123456789012/${ID}`,
        selectedBy: { kind: 'sg', value: `123456789012/${ID}` },
      },
    ],
    [{ cloud: 'aws', label: `security group ${ID}`, selectedBy: { kind: 'sg', value: ID } }],
  ]);
});

test('the id of a VPC that a token resolves to is checked', () => {
  const vpcId = Token.asString({ resolve: () => 'my-vpc' });
  expectNothingCreated(
    (stack) => new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId, egress: Egress.ALL }),
    'vpc-id-invalid',
  );
});

describe('of one group in one stack', () => {
  const tagged = (tags?: Record<string, string>): IHostGroup => AwsSecurityGroup.fromId(ID, { tags });
  const first = Peer.cidr('10.1.0.0/16');
  const second = Peer.cidr('10.2.0.0/16');

  test('the same tags may be given in any order', () => {
    const stack = newStack();
    rule(stack, 'one', first, tagged({ team: 'a', cost: 'b' }));
    rule(stack, 'two', second, tagged({ cost: 'b', team: 'a' }));
    expect(Object.keys(resourcesOf(stack).aws_vpc_security_group_ingress_rule)).toHaveLength(2);
  });

  test('fails for different tags', () => {
    const stack = newStack();
    rule(stack, 'one', first, tagged({ team: 'a' }));
    expectRefusal(() => rule(stack, 'two', second, tagged()), 'settings-disagree');
  });
});

test('groups of two stacks are two groups, even with one key', () => {
  const app = Testing.app();
  for (const id of ['left', 'right']) {
    const stack = new TerraformStack(app, id);
    const group = new SecurityGroup(stack, 'group', { name: id });
    rule(stack, 'rule', Peer.cidr('10.0.0.0/8'), AwsSecurityGroup.fromId(group.id, { key: 'nodes', maxRules: 1 }));
    expect(Object.keys(resourcesOf(stack).aws_vpc_security_group_ingress_rule)).toHaveLength(1);
  }
});

test('outbound rules are counted by themselves, and for the IP family of their range', () => {
  const group = AwsSecurityGroup.fromId(ID, { egress: Egress.DOCUMENTED, maxRules: 1 });
  const stack = newStack();
  rule(stack, 'in', Peer.cidr('2001:db8::/32'), group);
  rule(stack, 'ipv4', group, ExternalHosts.named('stores', '10.8.0.0/28'));
  rule(stack, 'ipv6', group, ExternalHosts.named('more stores', '2001:db8::/64'));
  expectRefusal(
    () => rule(stack, 'more', group, ExternalHosts.named('most stores', '2001:db8:1::/64')),
    'quota-exceeded',
  );
});

test('fails for the same outbound rule in two stacks', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  const group = AwsSecurityGroup.fromId(ID, { egress: Egress.DOCUMENTED });
  const stores = ExternalHosts.named('stores', '10.8.0.0/28');
  rule(left, 'one', group, stores);
  expectRefusal(() => rule(right, 'two', group, stores), 'rule-created-twice');
});
