import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Fn, Lazy, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { AwsSecurityGroup, Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { expectRefusal, resourcesOf } from '../support/refusals';

const prometheus = AwsSecurityGroup.fromId('sg-aaaaaaaa');
const rulesOf = (stack: TerraformStack): Record<string, any>[] =>
  Object.values(resourcesOf(stack).aws_vpc_security_group_ingress_rule ?? {});
const list = (stack: TerraformStack, id = 'offices'): string[] =>
  new TerraformVariable(stack, id, { type: 'list(string)' }).listValue;

test('a list that Terraform knows is one rule for each of its members', () => {
  const stack = newStack();
  const platform = Peer.cidr(...list(stack));
  const { addresses } = new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
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

test('lists stand beside ranges, and every list is asked for once', () => {
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

test('a list that turns out to be known is its ranges', () => {
  const stack = newStack();
  const [known] = Lazy.listValue({ produce: () => ['10.9.0.0/16', '10.8.0.0/16'] });
  new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(known), prometheus });
  expect(opened(stack)).toEqual([
    'ingress 9090/tcp from 10.8.0.0/16 at sg-aaaaaaaa',
    'ingress 9090/tcp from 10.9.0.0/16 at sg-aaaaaaaa',
  ]);
});

test.each([
  [[], 'at least one range is needed, got an empty list'],
  [['10.0.0.1/8'], 'a range must have no bits set after its prefix, got "10.0.0.1/8"; did you mean "10.0.0.0/8"?'],
  [['0.0.0.0/1', '128.0.0.0/1'], 'opening to the whole internet needs a reason'],
])('fails for a list that turns out to be %j', (members, sentence) => {
  const stack = newStack();
  const [known] = Lazy.listValue({ produce: () => members });
  expect(() => new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(known), prometheus })).toThrow(
    `PrometheusCostMetricsRule "stack/rule": ${sentence}`,
  );
  expect(rulesOf(stack)).toEqual([]);
});

test('fails for a list that has no name to be called by', () => {
  const stack = newStack();
  const [nameless] = Lazy.listValue({ produce: () => undefined });
  expectRefusal(
    () => new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(nameless), prometheus }),
    'PrometheusCostMetricsRule "stack/rule": a value that is unknown at synthesis must refer to something, because rules are named ' +
      'after it, got a value that is not there yet; did you mean a range of its own for every construct?',
  );
});

describe('a list of which Terraform knows the members only when it applies', () => {
  const sentence = (expression: string): string =>
    'PrometheusCostMetricsRule "stack/rule": a list of ranges for a security group must be known to Terraform before it plans, got ' +
    `${expression} of a resource; did you mean new AwsPrefixList(...) with the list and maxEntries?`;

  test.each([
    ['aws_vpc.main.ranges', 'aws_vpc.main.ranges'],
    ['compact([aws_vpc.main.cidr_block])', 'compact([aws_vpc.main.cidr_block])'],
    ['aws_vpc.main[0].ranges', 'aws_vpc.main[0].ranges'],
    ['aws_vpc.main["a-b"].ranges', 'aws_vpc.main["a-b"].ranges'],
  ])('fails as %s', (text, expression) => {
    const stack = newStack();
    const [given] = Token.asList({ resolve: () => `\${${text}}` });
    expectRefusal(
      () => new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(given), prometheus }),
      sentence(expression),
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

  test('may belong to another stack, whose outputs are known', () => {
    const app = Testing.app();
    const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
    const vpc = new Vpc(left, 'main', { cidrBlock: '10.0.0.0/8' });
    const given = Token.asList(Fn.compact([vpc.cidrBlock]));
    new PrometheusCostMetricsRule(right, 'rule', { platform: Peer.cidr(...given), prometheus });
    expect(rulesOf(right)).toMatchObject([{ cidr_ipv4: '${each.value}' }]);
  });
});
