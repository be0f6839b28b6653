import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AwsPrefixList,
  AwsSecurityGroup,
  Egress,
  type IHostGroup,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { opened } from '../support/opened';
import { expectRefusal, resourcesOf } from '../support/refusals';

function stacks(...ids: string[]): TerraformStack[] {
  const app = Testing.app();
  return ids.map((id) => new TerraformStack(app, id));
}

function newGroup(stack: TerraformStack, name: string, maxRules = 60): AwsSecurityGroup {
  return new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL, maxRules });
}

function open(stack: TerraformStack, id: string, platform: IPeer, prometheus: IHostGroup): void {
  new PrometheusCostMetricsRule(stack, id, { platform, prometheus });
}

test('two groups in two stacks that refer to each other make no cycle if one stack opens both directions', () => {
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

test('fails if each of the stacks opens one direction, and creates nothing', () => {
  const [left, right] = stacks('left', 'right');
  const [a, b] = [newGroup(left, 'a'), newGroup(right, 'b')];
  open(left, 'rule', b, a);
  const before = resourcesOf(right);
  expectRefusal(() => {
    open(right, 'rule', a, b);
  }, 'stacks-depend-on-each-other');
  expect(resourcesOf(right)).toEqual(before);
});

test('fails if there is a third stack between them', () => {
  const [left, middle, right] = stacks('left', 'middle', 'right');
  const [a, b, c] = [newGroup(left, 'a'), newGroup(middle, 'b'), newGroup(right, 'c')];
  open(left, 'rule', b, a);
  open(middle, 'rule', c, b);
  expectRefusal(() => {
    open(right, 'rule', a, c);
  }, 'stacks-depend-on-each-other');
});

test('fails if the user declared the opposite dependency', () => {
  const [left, right] = stacks('left', 'right');
  left.addDependency(right);
  const offices = new AwsPrefixList(left, 'offices', { name: 'offices', ranges: Peer.cidr('10.0.0.0/8') });
  expectRefusal(() => {
    open(right, 'rule', offices, newGroup(right, 'b'));
  }, 'stacks-depend-on-each-other');
});

test('a cycle that the user declared between two stacks does not affect a third stack', () => {
  const [left, middle, right] = stacks('left', 'middle', 'right');
  const [a, b, c] = [newGroup(left, 'a'), newGroup(middle, 'b'), newGroup(right, 'c')];
  open(left, 'rule', b, a);
  middle.addDependency(left); // which is an error of the framework during synthesis
  open(right, 'rule', a, c);
  expect(opened(right).filter((line) => line.startsWith('ingress'))).toHaveLength(1);
});

test('a rule that failed creates no dependency', () => {
  const [left, right] = stacks('left', 'right');
  const [a, b] = [newGroup(left, 'a', 1), newGroup(right, 'b')];
  expectRefusal(() => {
    open(left, 'refused', Peer.anyOf(b, Peer.cidr('10.0.0.0/8')), a);
  }, 'quota-exceeded');
  open(right, 'rule', a, b);
  expect(opened(right).filter((line) => line.startsWith('ingress'))).toHaveLength(1);
});

test('a stack may refer to itself and to its own values', () => {
  const [stack] = stacks('stack');
  const id = new TerraformVariable(stack, 'group', {}).stringValue;
  open(stack, 'rule', AwsSecurityGroup.fromId(id), newGroup(stack, 'a'));
  open(stack, 'back', newGroup(stack, 'b'), AwsSecurityGroup.fromId(id));
  expect(opened(stack).filter((line) => line.startsWith('ingress'))).toHaveLength(2);
});
