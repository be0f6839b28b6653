import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Lazy, TerraformVariable } from 'cdktf';
import {
  AwsEndpoint,
  AwsNetworkFirewallRuleGroup,
  AwsPeer,
  AwsPrefixList,
  AwsSecurityGroup,
  Egress,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { expectNothingCreated, expectRefusal, resourcesOf } from '../../support/refusals';

const VPC = 'vpc-0123456789abcdef0';
const props = { name: 'workers', vpcId: VPC, egress: Egress.DOCUMENTED };

test.each(['sg-0123456789abcdef0', 'sg-01234567'])('%s is the id of a group, also of a different account', (id) => {
  expect(AwsSecurityGroup.fromId(id).label).toBe(`security group ${id}`);
  expect(AwsPeer.securityGroup(id, { ownerId: '123456789012' }).label).toBe(`security group 123456789012/${id}`);
});

const NO_IDS = ['xsg-01234567', 'sg-012345678', 'sg-0123456', 'sg-0123456789abcdef', 'sg-0123456789abcdeg0', 'sg-g'];

test.each(NO_IDS)('fails for %s as the id of a group', (id) => {
  expectRefusal(() => AwsSecurityGroup.fromId(id), 'security-group-id-invalid');
});

test.each(NO_IDS)('fails for %s as the id of a group of a different account', (id) => {
  expectRefusal(() => AwsPeer.securityGroup(id, { ownerId: '123456789012' }), 'security-group-id-invalid');
});

test.each(['x123456789012', '12345678901', '1234567890123', '', 123456789012, 7, undefined])(
  'fails for %j as an account',
  (ownerId) => {
    expectRefusal(() => AwsPeer.securityGroup('sg-01234567', { ownerId: ownerId as string }), 'owner-id-invalid');
  },
);

test('fails for objects of text as a group of a different account', () => {
  const [id, ownerId] = ['sg-01234567', '123456789012'].map((text) => new String(text) as string);
  expectRefusal(() => AwsPeer.securityGroup(id, { ownerId: '123456789012' }), 'security-group-id-invalid');
  expectRefusal(() => AwsPeer.securityGroup('sg-01234567', { ownerId }), 'owner-id-invalid');
});

test('fails for an account and an id in one text, which is how Terraform writes them', () => {
  const joined = '123456789012/sg-01234567';
  expectRefusal(() => AwsPeer.securityGroup(joined, { ownerId: '123456789012' }), 'security-group-id-invalid');
});

test('fails for a resource of a different type, without a fix', () => {
  const vpc = new Vpc(newStack(), 'vpc', {});
  expectRefusal(() => AwsSecurityGroup.fromId(vpc as never), 'security-group-id-invalid');
});

test('fails for a misspelled account', () => {
  expectRefusal(() => AwsPeer.securityGroup('sg-01234567', { ownerID: '123456789012' } as never), 'prop-unknown');
});

test.each([
  ['sg-0123456789abcdef0', 'var.account/sg-0123456789abcdef0'],
  ['sg-01234567', 'var.account/sg-01234567'],
])('the account of the group %s may be known after apply', (id, shown) => {
  const stack = newStack();
  const ownerId = new TerraformVariable(stack, 'account', {}).stringValue;
  const peer = AwsPeer.securityGroup(id, { ownerId });
  expect(peer.label).toBe('security group of a different account');
  expect(peer._farEnd.hostGroups[0]._labelIn(stack, 'here')).toBe(
    `security group ${shown.replace('var.account', '${var.account}')}`,
  );
});

test.each(['sg-0123456', 'sg-0123456789abcdeg0', 'sg-0123456789abcdef', 'sg-ghijklmn'])(
  'fails for %s in an account that is known after apply',
  (id) => {
    const ownerId = new TerraformVariable(newStack(), 'account', {}).stringValue;
    expectRefusal(() => AwsPeer.securityGroup(id, { ownerId }), 'security-group-id-invalid');
  },
);

test('fails for a list as a group of a different account that is known after apply', () => {
  const list = new TerraformVariable(newStack(), 'groups', { type: 'list(string)' }).listValue;
  for (const text of [list[0], list as unknown as string]) {
    expectRefusal(() => AwsPeer.securityGroup(text, { ownerId: '123456789012' }), 'security-group-id-invalid');
    expectRefusal(() => AwsPeer.securityGroup('sg-01234567', { ownerId: text }), 'owner-id-invalid');
  }
});

test('fails for a group of a different account whose id has no value yet', () => {
  const value = Lazy.stringValue({ produce: () => undefined });
  const rule = (id: string, ownerId: string): unknown =>
    new PrometheusCostMetricsRule(newStack(), 'rule', {
      platform: AwsPeer.securityGroup(id, { ownerId }),
      prometheus: AwsSecurityGroup.fromId('sg-01234567'),
    });
  expectRefusal(() => rule(value, value), 'value-not-available');
  expectRefusal(() => rule('sg-89abcdef', value), 'value-not-available');
  expectRefusal(() => rule(value, '123456789012'), 'value-not-available');
});

test.each([
  ['12', 'sg-01234567', 'owner-id-invalid'],
  ['123456789012', 'group', 'security-group-id-invalid'],
  ['123456789012', 'sg-01234567/x', 'security-group-id-invalid'],
])('fails for account %j and id %j that a token resolves to', (account, group, code) => {
  const [ownerId, id] = [account, group].map((text) => Lazy.stringValue({ produce: () => text }));
  const rule = (): unknown =>
    new PrometheusCostMetricsRule(newStack(), 'rule', {
      platform: AwsPeer.securityGroup(id, { ownerId }),
      prometheus: AwsSecurityGroup.fromId('sg-01234567'),
    });
  expectRefusal(rule, code);
});

test('fails for a number as a group of a different account', () => {
  expectRefusal(() => AwsPeer.securityGroup(7 as never, { ownerId: '123456789012' }), 'security-group-id-invalid');
});

test('fails for a prefix list whose id has no value yet', () => {
  const stack = newStack();
  const id = Lazy.stringValue({ produce: () => undefined });
  const platform = AwsPrefixList.fromId(id, { maxEntries: 1 });
  expectRefusal(
    () =>
      new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: AwsSecurityGroup.fromId('sg-01234567') }),
    'value-not-available',
  );
});

test('values that users get are read-only and extensible', () => {
  const values = [
    AwsPeer.securityGroup('sg-01234567', { ownerId: '123456789012' }),
    AwsSecurityGroup.fromId('sg-01234567'),
    AwsPrefixList.fromId('pl-01234567', { maxEntries: 1 }),
    AwsEndpoint.fromId('i-01234567'),
    new AwsNetworkFirewallRuleGroup(),
  ];
  for (const value of values) {
    expect(Object.isExtensible(value)).toBe(true);
    expect(() => Object.assign(value, { label: 'changed' })).toThrow(TypeError);
  }
});

test.each(['i-01234567', 'eni-0123456789abcdef0', 'tgw-attach-01234567', 'vpce-01234567', 'igw-01234567'])(
  '%s is an endpoint of a check',
  (id) => {
    expect(AwsEndpoint.fromId(id).label).toBe(id);
  },
);

test.each(['xi-01234567', 'i-012345678', 'i-0123456', 'eni-0123456789abcdeg0', 'sg-01234567', ''])(
  'fails for %j as an endpoint of a check',
  (id) => {
    expectRefusal(() => AwsEndpoint.fromId(id), 'endpoint-id-invalid');
  },
);

test.each(['pl-01234567', 'pl-0123456789abcdef0'])('%s is the id of a prefix list', (id) => {
  expect(AwsPrefixList.fromId(id, { maxEntries: 1000 }).label).toBe(`prefix list ${id}`);
});

test.each(['xpl-01234567', 'pl-012345678', 'pl-0123456789abcdeg0', 'pl-g'])(
  'fails for %s as the id of a prefix list',
  (id) => {
    expectRefusal(() => AwsPrefixList.fromId(id, { maxEntries: 1 }), 'prefix-list-id-invalid');
  },
);

test.each([0, 1001, 1.5])('fails for %d as the maximum number of entries of a prefix list', (maxEntries) => {
  expectRefusal(() => AwsPrefixList.fromId('pl-01234567', { maxEntries }), 'max-entries-invalid');
});

test.each(['xvpc-01234567', 'vpc-012345678', 'vpc-', 'my-vpc'])('fails for %s as the id of a VPC', (vpcId) => {
  expectNothingCreated((stack) => new AwsSecurityGroup(stack, 'workers', { ...props, vpcId }), 'vpc-id-invalid');
});

test('the id of a VPC may be known after apply', () => {
  const stack = newStack();
  const vpcId = new TerraformVariable(stack, 'vpc', {}).stringValue;
  new AwsSecurityGroup(stack, 'workers', { ...props, vpcId });
  expect(resourcesOf(stack).aws_security_group.group_workers.vpc_id).toBe('${var.vpc}');
});

test('the name of a group has at most 228 characters, because a hyphen and 26 digits follow, and may have "sg-" inside', () => {
  for (const name of ['w'.repeat(228), 'workers-sg-1']) {
    expect(new AwsSecurityGroup(newStack(), 'workers', { ...props, name }).label).toBe(`security group ${name}`);
  }
});

test.each([
  ['maxRules', 1],
  ['existingRules', 0],
])('%s may be %d', (option, count) => {
  expect(() => AwsSecurityGroup.fromId('sg-01234567', { [option]: count })).not.toThrow();
});

test.each([
  ['__proto__', JSON.parse('{"__proto__":"x"}') as Record<string, string>],
  ['aws:name', { 'aws:name': 'x' }],
  ['AWS:name', { 'AWS:name': 'x' }],
  ['', { '': 'x' }],
])('fails for %j as the key of a tag', (_key, tags) => {
  expectNothingCreated((stack) => new AwsSecurityGroup(stack, 'workers', { ...props, tags }), 'tags-invalid');
});

test('the key of a tag may have "aws:" inside', () => {
  const stack = newStack();
  new AwsSecurityGroup(stack, 'workers', { ...props, tags: { 'my-aws:name': 'x' } });
  expect(resourcesOf(stack).aws_security_group.group_workers.tags).toEqual({ 'my-aws:name': 'x' });
});
