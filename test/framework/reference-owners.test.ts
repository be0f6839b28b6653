import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Fn, Lazy, TerraformStack, Testing, Token } from 'cdktf';
import { AwsSecurityGroup, Peer, PrometheusCostMetricsRule } from '../../lib';
import { opened } from '../support/opened';
import { expectRefusal, resourcesOf } from '../support/refusals';

function open(stack: TerraformStack, groupId: string): void {
  const [platform, prometheus] = [Peer.address('203.0.113.7'), AwsSecurityGroup.fromId(groupId)];
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
}

function twoStacks(): [TerraformStack, TerraformStack] {
  const app = Testing.app();
  return [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
}

const refused = (group: string): string =>
  `PrometheusCostMetricsRule "right/rule": the ingress rule of security group ${group} for 9090/tcp from 203.0.113.7/32 ` +
  'must be asked for once, got it in stack "left" from "left/rule" too; ' +
  'did you mean one construct that asks for it, in one stack?';

describe('the same rule from two stacks fails, when the id of a resource of one of them is given', () => {
  const ways: [string, (group: SecurityGroup) => string, string][] = [
    ['as it is', ({ id }) => id, 'aws_security_group.mongo.id'],
    ['in a function', ({ id }) => Token.asString(Fn.element([id], 0)), 'element([aws_security_group.mongo.id], 0)'],
    ['later', (group) => Lazy.stringValue({ produce: () => group.id }), 'aws_security_group.mongo.id'],
  ];

  test.each(ways)('%s', (_way, idOf, shown) => {
    const [left, right] = twoStacks();
    const group = new SecurityGroup(left, 'mongo', {});
    open(left, idOf(group));
    expectRefusal(() => open(right, idOf(group)), refused(shown));
    expect(resourcesOf(right)).toEqual({});
  });

  test('as it is to one, and later to the other', () => {
    const [left, right] = twoStacks();
    const group = new SecurityGroup(left, 'mongo', {});
    open(left, group.id);
    expectRefusal(
      () => open(right, Lazy.stringValue({ produce: () => group.id })),
      refused('aws_security_group.mongo.id'),
    );
  });
});

test('resources of one name in two stacks are two groups', () => {
  for (const stack of twoStacks()) {
    open(stack, Token.asString(Fn.element([new SecurityGroup(stack, 'mongo', {}).id], 0)));
    expect(opened(stack)).toEqual([
      'ingress 9090/tcp from 203.0.113.7/32 at ${element([aws_security_group.mongo.id], 0)}',
    ]);
  }
});

test('fails for a value that refers to things of two stacks', () => {
  const [left, right] = twoStacks();
  const ids = [left, right].map((stack) => new SecurityGroup(stack, 'mongo', {}).id);
  expectRefusal(
    () => open(right, Token.asString(Fn.element(ids, 0))),
    'PrometheusCostMetricsRule "right/rule": a value must refer to things of one stack, got "left" and "right"',
  );
});
