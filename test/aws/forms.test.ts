import { Lazy, TerraformVariable } from 'cdktf';
import {
  AwsEgress,
  AwsEndpoint,
  AwsPeer,
  AwsPrefixList,
  AwsSecurityGroup,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';
import { expectNothingMade, expectRefusal, resourcesOf } from '../support/refusals';

const VPC = 'vpc-0123456789abcdef0';
const props = { name: 'workers', vpcId: VPC, egress: AwsEgress.DOCUMENTED };

test.each(['sg-0123456789abcdef0', 'sg-01234567'])('%s is the id of a group, also of another account', (id) => {
  expect(AwsSecurityGroup.fromId(id).label).toBe(`security group ${id}`);
  expect(AwsPeer.securityGroup(`123456789012/${id}`).label).toBe(`security group 123456789012/${id}`);
});

const NO_IDS = ['xsg-01234567', 'sg-012345678', 'sg-0123456', 'sg-0123456789abcdef', 'sg-0123456789abcdeg0', 'sg-g'];

test.each(NO_IDS)('fails for %s as the id of a group', (id) => {
  expectRefusal(
    () => AwsSecurityGroup.fromId(id),
    `AwsSecurityGroup.fromId: a security group id must be "sg-" and 8 or 17 hexadecimal digits, or the id of a resource, got "${id}"`,
  );
});

test.each([...NO_IDS.map((id) => `123456789012/${id}`), 'x123456789012/sg-01234567', '12345678901/sg-01234567'])(
  'fails for %s as a group of another account',
  (text) => {
    expectRefusal(
      () => AwsPeer.securityGroup(text),
      `AwsPeer.securityGroup: a group of another account must be 12 digits, a slash and its id, got "${text}"; did you ` +
        'mean "123456789012/sg-0123456789abcdef0"?',
    );
  },
);

test('fails for an object of text as a group of another account', () => {
  const text = new String('123456789012/sg-01234567') as string;
  expectRefusal(
    () => AwsPeer.securityGroup(text),
    'AwsPeer.securityGroup: a group of another account must be 12 digits, a slash and its id, got an object of String; did ' +
      'you mean "123456789012/sg-0123456789abcdef0"?',
  );
});

test.each([
  ['sg-0123456789abcdef0', 'var.account/sg-0123456789abcdef0'],
  ['sg-01234567', 'var.account/sg-01234567'],
])('the account of the group %s may be known to Terraform alone', (id, shown) => {
  const stack = newStack();
  const account = new TerraformVariable(stack, 'account', {}).stringValue;
  const peer = AwsPeer.securityGroup(`${account}/${id}`);
  expect(peer.label).toBe('security group of another account');
  expect(peer._farEnd.hostGroups[0]._labelIn(stack, 'here')).toBe(
    `security group ${shown.replace('var.account', '${var.account}')}`,
  );
});

test.each(['sg-0123456', 'sg-0123456789abcdeg0', 'sg-0123456789abcdef', 'sg-ghijklmn'])(
  'fails for %s behind an account that only Terraform knows',
  (id) => {
    const account = new TerraformVariable(newStack(), 'account', {}).stringValue;
    expect(() => AwsPeer.securityGroup(`${account}/${id}`)).toThrow(
      'AwsPeer.securityGroup: a group of another account must be 12 digits, a slash and its id, got ',
    );
  },
);

test('fails for a list as a group of another account, which only Terraform knows', () => {
  const list = new TerraformVariable(newStack(), 'groups', { type: 'list(string)' }).listValue;
  for (const text of [list[0], list as unknown as string]) {
    expect(() => AwsPeer.securityGroup(text)).toThrow(
      'AwsPeer.securityGroup: a group of another account must be 12 digits, a slash and its id, got ',
    );
  }
});

test('fails for a group of another account whose value has no name', () => {
  const stack = newStack();
  const value = Lazy.stringValue({ produce: () => undefined });
  const rule = (): unknown =>
    new PrometheusCostMetricsRule(stack, 'rule', {
      platform: AwsPeer.securityGroup(value),
      prometheus: AwsSecurityGroup.fromId('sg-01234567'),
    });
  expectRefusal(
    rule,
    'PrometheusCostMetricsRule "stack/rule": a value that is unknown at synthesis must refer to something, because rules are ' +
      'named after it, got a value that is not there yet; did you mean a value that is known at synthesis?',
  );
});

test('fails for a number as a group of another account', () => {
  expect(() => AwsPeer.securityGroup(7 as never)).toThrow('must be 12 digits, a slash and its id, got 7');
});

test('fails for a prefix list whose id has no name', () => {
  const stack = newStack();
  const id = Lazy.stringValue({ produce: () => undefined });
  const platform = AwsPrefixList.fromId(id, { maxEntries: 1 });
  expectRefusal(
    () =>
      new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: AwsSecurityGroup.fromId('sg-01234567') }),
    'PrometheusCostMetricsRule "stack/rule": a value that is unknown at synthesis must refer to something, because rules are ' +
      'named after it, got a value that is not there yet; did you mean AwsPrefixList.fromId(id, { key: "a-name" })?',
  );
});

test('a group of another account cannot be changed', () => {
  const peer = AwsPeer.securityGroup('123456789012/sg-01234567');
  expect(Object.isFrozen(peer)).toBe(true);
  for (const end of peer._farEnd.hostGroups) expect(Object.isFrozen(end)).toBe(true);
});

test.each(['i-01234567', 'eni-0123456789abcdef0', 'tgw-attach-01234567', 'vpce-01234567', 'igw-01234567'])(
  '%s is the end of a check',
  (id) => {
    expect(AwsEndpoint.fromId(id).label).toBe(id);
  },
);

test.each(['xi-01234567', 'i-012345678', 'i-0123456', 'eni-0123456789abcdeg0', 'sg-01234567', ''])(
  'fails for %j as the end of a check',
  (id) => {
    expectRefusal(
      () => AwsEndpoint.fromId(id),
      `AwsEndpoint.fromId: the id of an instance, a network interface, a gateway or a VPC endpoint is needed, as "i-0123456789abcdef0", got "${id}"`,
    );
  },
);

test.each(['pl-01234567', 'pl-0123456789abcdef0'])('%s is the id of a prefix list', (id) => {
  expect(AwsPrefixList.fromId(id, { maxEntries: 1000 }).label).toBe(`prefix list ${id}`);
});

test.each(['xpl-01234567', 'pl-012345678', 'pl-0123456789abcdeg0', 'pl-g'])('fails for %s as one', (id) => {
  expectRefusal(
    () => AwsPrefixList.fromId(id, { maxEntries: 1 }),
    `AwsPrefixList.fromId: a prefix list id must be "pl-" and 8 or 17 hexadecimal digits, or the id of a resource, got "${id}"`,
  );
});

test.each([0, 1001, 1.5])('fails for %d as the most entries of a prefix list', (maxEntries) => {
  expectRefusal(
    () => AwsPrefixList.fromId('pl-01234567', { maxEntries }),
    `AwsPrefixList.fromId: maxEntries must be a whole number from 1 to 1000, got ${maxEntries}`,
  );
});

test.each(['xvpc-01234567', 'vpc-012345678', 'vpc-', 'my-vpc'])('fails for %s as the id of a VPC', (vpcId) => {
  expectNothingMade(
    (stack) => new AwsSecurityGroup(stack, 'workers', { ...props, vpcId }),
    `AwsSecurityGroup "stack/workers": vpcId must be "vpc-" and 8 or 17 hexadecimal digits, or the id of a resource, got "${vpcId}"`,
  );
});

test('the id of a VPC may be known to Terraform alone', () => {
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
])('fails for %j as the key of a tag', (key, tags) => {
  expectNothingMade(
    (stack) => new AwsSecurityGroup(stack, 'workers', { ...props, tags }),
    `AwsSecurityGroup "stack/workers": the key of a tag must be 1 to 128 characters and not begin with "aws:", got "${key}"`,
  );
});

test('the key of a tag may have "aws:" inside', () => {
  const stack = newStack();
  new AwsSecurityGroup(stack, 'workers', { ...props, tags: { 'my-aws:name': 'x' } });
  expect(resourcesOf(stack).aws_security_group.group_workers.tags).toEqual({ 'my-aws:name': 'x' });
});
