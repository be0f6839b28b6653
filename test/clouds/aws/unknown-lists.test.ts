import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Fn, Lazy, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { AwsSecurityGroup, Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { opened, terraformAddresses } from '../../support/opened';
import { expectRefusal, resourcesOf } from '../../support/refusals';

const prometheus = AwsSecurityGroup.fromId('sg-aaaaaaaa');
const rulesOf = (stack: TerraformStack): Record<string, any>[] =>
  Object.values(resourcesOf(stack).aws_vpc_security_group_ingress_rule ?? {});
const list = (stack: TerraformStack, id = 'offices'): string[] =>
  new TerraformVariable(stack, id, { type: 'list(string)' }).listValue;

test('a list that is known after apply gets one rule for each of its members', () => {
  const stack = newStack();
  const platform = Peer.cidr(...list(stack));
  const addresses = terraformAddresses(new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus }));
  expect(rulesOf(stack)).toMatchObject([
    {
      for_each: '${toset((length(var.offices) >= 1) ? tolist(var.offices) : [""])}',
      cidr_ipv4: '${each.value}',
      from_port: 9090,
      lifecycle: {
        precondition: [
          {
            error_message:
              'var.offices must be at least one IPv4 range, each without bits after its prefix, together not the whole internet.',
          },
        ],
      },
    },
  ]);
  expect(addresses).toEqual(['aws_vpc_security_group_ingress_rule.ingress_tcp_9090_f21a7b82c182']);
});

test('a list of IPv6 ranges has the attribute of its family', () => {
  const stack = newStack();
  new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidrIpv6(...list(stack)), prometheus });
  expect(rulesOf(stack)).toMatchObject([{ cidr_ipv6: '${each.value}' }]);
});

test('lists may be combined with ranges, and each list gets one rule', () => {
  const stack = newStack();
  const [one, two] = [list(stack, 'one'), list(stack, 'two')];
  new PrometheusCostMetricsRule(stack, 'rule', {
    platform: Peer.anyOf(Peer.cidr('10.0.0.0/8', ...one), Peer.cidr(...two), Peer.cidr(...one)),
    prometheus,
  });
  expect(rulesOf(stack)).toHaveLength(3);
});

test('a list and a single range of the same reference are two things', () => {
  const stack = newStack();
  const text = Token.asString({ resolve: () => '${var.x}' });
  const [many] = Token.asList({ resolve: () => '${var.x}' });
  new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(text, many), prometheus });
  expect(rulesOf(stack)).toHaveLength(2);
});

test('a list that a token resolves to is its ranges', () => {
  const stack = newStack();
  const [known] = Lazy.listValue({ produce: () => ['10.9.0.0/16', '10.8.0.0/16'] });
  new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(known), prometheus });
  expect(opened(stack)).toEqual([
    'ingress 9090/tcp from 10.8.0.0/16 at sg-aaaaaaaa',
    'ingress 9090/tcp from 10.9.0.0/16 at sg-aaaaaaaa',
  ]);
});

test.each([
  [[], 'ranges-missing'],
  [['10.0.0.1/8'], 'range-with-host-bits'],
  [['0.0.0.0/1', '128.0.0.0/1'], 'world-without-reason'],
])('fails for a list that a token resolves to: %j', (members, code) => {
  const stack = newStack();
  const [known] = Lazy.listValue({ produce: () => members });
  expectRefusal(() => new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(known), prometheus }), code);
  expect(rulesOf(stack)).toEqual([]);
});

test('fails for a list that has no value yet', () => {
  const stack = newStack();
  const [nameless] = Lazy.listValue({ produce: () => undefined });
  expectRefusal(
    () => new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(nameless), prometheus }),
    'value-not-available',
  );
});

describe('a list whose members are known after apply only', () => {
  test.each([
    'aws_vpc.main.ranges',
    'compact([aws_vpc.main.cidr_block])',
    'aws_vpc.main[0].ranges',
    'aws_vpc.main["a-b"].ranges',
  ])('fails as %s', (text) => {
    const stack = newStack();
    const [given] = Token.asList({ resolve: () => `\${${text}}` });
    expectRefusal(
      () => new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(given), prometheus }),
      'list-known-after-apply',
    );
    expect(rulesOf(stack)).toEqual([]);
  });

  test.each([
    'var.my_list',
    'data.aws_vpc.main.ranges',
    'local.my_list',
    'module.net_work.my.ranges',
    'tolist(var.a_b.c)',
  ])('may be %s', (expression) => {
    const stack = newStack();
    const [given] = Token.asList({ resolve: () => `\${${expression}}` });
    new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(given), prometheus });
    expect(rulesOf(stack)).toHaveLength(1);
  });

  test('may belong to a different stack, whose outputs are known', () => {
    const app = Testing.app();
    const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
    const vpc = new Vpc(left, 'main', { cidrBlock: '10.0.0.0/8' });
    const given = Token.asList(Fn.compact([vpc.cidrBlock]));
    new PrometheusCostMetricsRule(right, 'rule', { platform: Peer.cidr(...given), prometheus });
    expect(rulesOf(right)).toMatchObject([{ cidr_ipv4: '${each.value}' }]);
  });
});
