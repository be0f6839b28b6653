import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import {
  AwsEgress,
  AwsPeer,
  AwsSecurityGroup,
  ExternalHosts,
  Peer,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import type { IHostGroup, IPeer } from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';
import { expectNothingMade, expectRefusal, resourcesOf } from '../support/refusals';

const ID = 'sg-0123456789abcdef0';

function rule(stack: TerraformStack, id: string, platform: IPeer, prometheus: IHostGroup): PrometheusCostMetricsRule {
  return new PrometheusCostMetricsRule(stack, id, { platform, prometheus });
}

test('a rule names its far end by the attribute of its kind and by no other', () => {
  const stack = newStack();
  const [four, six] = ['four', 'six'].map((name) => new TerraformVariable(stack, name, {}).stringValue);
  const ranges = [Peer.cidr('10.0.0.0/8', '2001:db8::/32', four), Peer.cidrIpv6(six)];
  const platform = Peer.anyOf(...ranges, AwsPeer.securityGroup(`123456789012/${ID}`));
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

test('provenance names a group of another account by account and id', () => {
  const stack = newStack();
  rule(stack, 'rule', AwsPeer.securityGroup(`123456789012/${ID}`), AwsSecurityGroup.fromId(ID));
  const { peers } = stack.toTerraform()['//'].metadata.clusterPorts;
  expect(peers.map(({ hostGroups }: { hostGroups: unknown }) => hostGroups)).toMatchObject([
    [{ cloud: 'aws', label: `security group 123456789012/${ID}` }],
    [{ cloud: 'aws', label: `security group ${ID}` }],
  ]);
});

test('the id of a VPC that turns out to be plain text is checked', () => {
  const vpcId = Token.asString({ resolve: () => 'my-vpc' });
  expectNothingMade(
    (stack) => new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId, egress: AwsEgress.ALL }),
    'AwsSecurityGroup "stack/workers": vpcId must be "vpc-" and 8 or 17 hexadecimal digits, or the id of a resource, got "my-vpc"',
  );
});

describe('of one group in one stack', () => {
  const tagged = (tags?: Record<string, string>): IHostGroup => AwsSecurityGroup.fromId(ID, { tags });
  const first = Peer.cidr('10.1.0.0/16');
  const second = Peer.cidr('10.2.0.0/16');

  test('the same tags are given in any order', () => {
    const stack = newStack();
    rule(stack, 'one', first, tagged({ team: 'a', cost: 'b' }));
    rule(stack, 'two', second, tagged({ cost: 'b', team: 'a' }));
    expect(Object.keys(resourcesOf(stack).aws_vpc_security_group_ingress_rule)).toHaveLength(2);
  });

  test('other tags fail', () => {
    const stack = newStack();
    rule(stack, 'one', first, tagged({ team: 'a' }));
    expectRefusal(
      () => rule(stack, 'two', second, tagged()),
      `PrometheusCostMetricsRule "stack/two": security group ${ID} must have the same tags everywhere in its stack, got [] ` +
        'where [["team","a"]] is given too',
    );
  });
});

test('groups of two stacks are two, though both are given one key', () => {
  const app = Testing.app();
  for (const id of ['left', 'right']) {
    const stack = new TerraformStack(app, id);
    const group = new SecurityGroup(stack, 'group', { name: id });
    rule(stack, 'rule', Peer.cidr('10.0.0.0/8'), AwsSecurityGroup.fromId(group.id, { key: 'nodes', maxRules: 1 }));
    expect(Object.keys(resourcesOf(stack).aws_vpc_security_group_ingress_rule)).toHaveLength(1);
  }
});

test('what goes out is counted for itself, and for the family of its range', () => {
  const group = AwsSecurityGroup.fromId(ID, { egress: AwsEgress.DOCUMENTED, maxRules: 1 });
  const stack = newStack();
  rule(stack, 'in', Peer.cidr('2001:db8::/32'), group);
  rule(stack, 'ipv4', group, ExternalHosts.named('stores', '10.8.0.0/28'));
  rule(stack, 'ipv6', group, ExternalHosts.named('more stores', '2001:db8::/64'));
  expect(() => rule(stack, 'more', group, ExternalHosts.named('most stores', '2001:db8:1::/64'))).toThrow(
    `PrometheusCostMetricsRule "stack/more": security group ${ID} must have at most 1 outbound IPv6 rules, got 2 `,
  );
});

test('fails for the same rule of what goes out from two stacks', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  const group = AwsSecurityGroup.fromId(ID, { egress: AwsEgress.DOCUMENTED });
  const stores = ExternalHosts.named('stores', '10.8.0.0/28');
  rule(left, 'one', group, stores);
  expectRefusal(
    () => rule(right, 'two', group, stores),
    `PrometheusCostMetricsRule "right/two": the egress rule of security group ${ID} for 9090/tcp to 10.8.0.0/28 must be asked ` +
      'for once, got it in stack "left" from "left/one" too; did you mean one construct that asks for it, in one stack?',
  );
});
