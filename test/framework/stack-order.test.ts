import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AwsEgress,
  AwsPrefixList,
  AwsSecurityGroup,
  Peer,
  PrometheusCostMetricsRule,
  type IHostGroup,
  type IPeer,
} from '../../lib';
import { opened } from '../support/opened';
import { expectRefusal, resourcesOf } from '../support/refusals';

function stacks(...ids: string[]): TerraformStack[] {
  const app = Testing.app();
  return ids.map((id) => new TerraformStack(app, id));
}

function newGroup(stack: TerraformStack, name: string, maxRules = 60): AwsSecurityGroup {
  return new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: AwsEgress.ALL, maxRules });
}

function open(stack: TerraformStack, id: string, platform: IPeer, prometheus: IHostGroup): void {
  new PrometheusCostMetricsRule(stack, id, { platform, prometheus });
}

const refused = (other: string): string =>
  `PrometheusCostMetricsRule "right/rule": stacks must not wait for each other, got a reference to stack "${other}", which ` +
  'waits for "right" already; did you mean one stack that asks for both directions?';

test('two groups in two stacks that refer to each other make no cycle, when one stack asks for both directions', () => {
  const [left, right] = stacks('left', 'right');
  const [a, b] = [newGroup(left, 'a'), newGroup(right, 'b')];
  open(right, 'one', a, b);
  open(right, 'other', b, a);
  left.node.root.node.findAll().forEach((each) => {
    if (each instanceof TerraformStack) each.prepareStack();
  });
  expect(right.dependsOn(left)).toBe(true);
  expect(left.dependsOn(right)).toBe(false);
});

test('fails when each of the stacks asks for one direction, and makes nothing', () => {
  const [left, right] = stacks('left', 'right');
  const [a, b] = [newGroup(left, 'a'), newGroup(right, 'b')];
  open(left, 'rule', b, a);
  const before = resourcesOf(right);
  expectRefusal(() => {
    open(right, 'rule', a, b);
  }, refused('left'));
  expect(resourcesOf(right)).toEqual(before);
});

test('fails when there is a third stack between them', () => {
  const [left, middle, right] = stacks('left', 'middle', 'right');
  const [a, b, c] = [newGroup(left, 'a'), newGroup(middle, 'b'), newGroup(right, 'c')];
  open(left, 'rule', b, a);
  open(middle, 'rule', c, b);
  expectRefusal(() => {
    open(right, 'rule', a, c);
  }, refused('left'));
});

test('fails when the other stack is said to wait', () => {
  const [left, right] = stacks('left', 'right');
  left.addDependency(right);
  const offices = new AwsPrefixList(left, 'offices', { name: 'offices', ranges: Peer.cidr('10.0.0.0/8') });
  expectRefusal(() => {
    open(right, 'rule', offices, newGroup(right, 'b'));
  }, refused('left'));
});

test('stacks that wait for each other already, by the word of the user, keep no third one from its rules', () => {
  const [left, middle, right] = stacks('left', 'middle', 'right');
  const [a, b, c] = [newGroup(left, 'a'), newGroup(middle, 'b'), newGroup(right, 'c')];
  open(left, 'rule', b, a);
  middle.addDependency(left); // which the framework refuses when it synthesizes
  open(right, 'rule', a, c);
  expect(opened(right).filter((line) => line.startsWith('ingress'))).toHaveLength(1);
});

test('a rule that was refused makes no stack wait', () => {
  const [left, right] = stacks('left', 'right');
  const [a, b] = [newGroup(left, 'a', 1), newGroup(right, 'b')];
  expect(() => {
    open(left, 'refused', Peer.anyOf(b, Peer.cidr('10.0.0.0/8')), a);
  }).toThrow('must have at most 1 inbound IPv4 rules, got 2');
  open(right, 'rule', a, b);
  expect(opened(right).filter((line) => line.startsWith('ingress'))).toHaveLength(1);
});

test('a stack may refer to itself, and to values of its own', () => {
  const [stack] = stacks('stack');
  const id = new TerraformVariable(stack, 'group', {}).stringValue;
  open(stack, 'rule', AwsSecurityGroup.fromId(id), newGroup(stack, 'a'));
  open(stack, 'back', newGroup(stack, 'b'), AwsSecurityGroup.fromId(id));
  expect(opened(stack).filter((line) => line.startsWith('ingress'))).toHaveLength(2);
});
