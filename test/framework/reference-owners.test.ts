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

describe('the same rule from two stacks fails if the group is a resource of one of them, given by its id', () => {
  const ways: [string, (group: SecurityGroup) => string][] = [
    ['directly', ({ id }) => id],
    ['in a function', ({ id }) => Token.asString(Fn.element([id], 0))],
    ['in a lazy value', (group) => Lazy.stringValue({ produce: () => group.id })],
  ];

  test.each(ways)('%s', (_way, idOf) => {
    const [left, right] = twoStacks();
    const group = new SecurityGroup(left, 'mongo', {});
    open(left, idOf(group));
    expectRefusal(() => open(right, idOf(group)), 'rule-created-twice');
    expect(resourcesOf(right)).toEqual({});
  });

  test('directly in one stack, and in a lazy value in the other', () => {
    const [left, right] = twoStacks();
    const group = new SecurityGroup(left, 'mongo', {});
    open(left, group.id);
    expectRefusal(() => open(right, Lazy.stringValue({ produce: () => group.id })), 'rule-created-twice');
  });
});

test('resources with one name in two stacks are two groups', () => {
  for (const stack of twoStacks()) {
    open(stack, Token.asString(Fn.element([new SecurityGroup(stack, 'mongo', {}).id], 0)));
    expect(opened(stack)).toEqual([
      'ingress 9090/tcp from 203.0.113.7/32 at ${element([aws_security_group.mongo.id], 0)}',
    ]);
  }
});

test('fails for a value that refers to two stacks', () => {
  const [left, right] = twoStacks();
  const ids = [left, right].map((stack) => new SecurityGroup(stack, 'mongo', {}).id);
  expectRefusal(() => open(right, Token.asString(Fn.element(ids, 0))), 'value-of-several-stacks');
});
