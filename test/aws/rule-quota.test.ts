import {
  AwsEgress,
  AwsSecurityGroup,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { Testing, TerraformStack } from 'cdktf';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';

const existing = 'sg-0123456789abcdef0';
const ranges = (count: number, from = 0): Peer =>
  Peer.cidr(...Array.from({ length: count }, (_, index) => `10.0.${from + index}.0/24`));

test('fails at the 61st rule of a group, says who asked, and makes none of the new ones', () => {
  const stack = newStack();
  const platform = AwsSecurityGroup.fromId(existing);
  new VClusterPlatformIngressRules(stack, 'one', { kubernetesApi: ranges(19), platform });
  expect(() => new VClusterPlatformIngressRules(stack, 'two', { kubernetesApi: ranges(2, 100), platform })).toThrow(
    new Error(
      'VClusterPlatformIngressRules "stack/two": security group sg-0123456789abcdef0 must have at most 60 inbound IPv4 rules, ' +
        'got 63 (6 from here, 57 from "stack/one"); did you mean fewer ranges, a security group as source, a second group, or a ' +
        'higher maxRules once AWS has raised the quota?',
    ),
  );
  expect(opened(stack)).toHaveLength(57);
});

test('counts over all stacks of an app', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  new VClusterPlatformIngressRules(left, 'one', {
    kubernetesApi: ranges(20),
    platform: AwsSecurityGroup.fromId(existing),
  });
  expect(
    () =>
      new PrometheusCostMetricsRule(right, 'two', {
        platform: Peer.address('203.0.113.7'),
        prometheus: AwsSecurityGroup.fromId(existing),
      }),
  ).toThrow('must have at most 60 inbound IPv4 rules, got 61 (1 from here, 60 from "left/one")');
});

test('counts families apart, and a group at the far end for both', () => {
  const stack = newStack();
  const platform = AwsSecurityGroup.fromId(existing);
  new VClusterPlatformIngressRules(stack, 'ipv4', { kubernetesApi: ranges(20), platform });
  new PrometheusCostMetricsRule(stack, 'ipv6', { platform: Peer.cidr('2001:db8::/32'), prometheus: platform });
  const another = AwsSecurityGroup.fromId('sg-aaaaaaaa');
  expect(() => new PrometheusCostMetricsRule(stack, 'group', { platform: another, prometheus: platform })).toThrow(
    'got 61',
  );
});

test('counts a rule once however often it is asked for', () => {
  const stack = newStack();
  const platform = AwsSecurityGroup.fromId(existing);
  for (const id of ['one', 'two', 'three']) {
    new VClusterPlatformIngressRules(stack, id, { kubernetesApi: ranges(20), platform });
  }
  expect(opened(stack)).toHaveLength(60);
});

test('takes a raised quota, and leaves room for the rules of others', () => {
  const stack = newStack();
  const raised = AwsSecurityGroup.fromId(existing, { maxRules: 100, existingRules: 40 });
  new VClusterPlatformIngressRules(stack, 'one', { kubernetesApi: ranges(20), platform: raised });
  expect(
    () => new PrometheusCostMetricsRule(stack, 'two', { platform: Peer.address('203.0.113.7'), prometheus: raised }),
  ).toThrow('must have at most 60 inbound IPv4 rules beside the 40 of others, got 61');
  const group = new AwsSecurityGroup(stack, 'new', {
    name: 'new',
    vpcId: 'vpc-12345678',
    egress: AwsEgress.ALL,
    maxRules: 90,
  });
  new VClusterPlatformIngressRules(stack, 'three', { kubernetesApi: ranges(30), platform: group });
});

test('a quota may be as high as AWS raises it, and the rules of others may leave room for one', () => {
  expect(() => AwsSecurityGroup.fromId(existing, { maxRules: 1000, existingRules: 999 })).not.toThrow();
  expect(() => AwsSecurityGroup.fromId(existing, { existingRules: 59 })).not.toThrow();
});

test.each([
  [60, undefined, 60],
  [61, undefined, 60],
  [100, 100, 100],
])('fails for %d rules of others in a quota of %p', (existingRules, maxRules, most) => {
  expect(() => AwsSecurityGroup.fromId(existing, { existingRules, maxRules })).toThrow(
    new Error(
      `AwsSecurityGroup.fromId: existingRules must leave room in ${most} rules, got ${existingRules}; did you mean a higher maxRules?`,
    ),
  );
});

test.each([0, 1.5, NaN, 1001])('fails for a quota of %s', (maxRules) => {
  expect(() => AwsSecurityGroup.fromId(existing, { maxRules })).toThrow(
    new Error(`AwsSecurityGroup.fromId: maxRules must be a whole number from 1 to 1000, got ${maxRules}`),
  );
});

test('fails for a negative number of rules of others', () => {
  expect(() => AwsSecurityGroup.fromId(existing, { existingRules: -1 })).toThrow(
    new Error('AwsSecurityGroup.fromId: existingRules must be a whole number from 0, got -1'),
  );
});
