import { TerraformStack, Testing } from 'cdktf';
import {
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { opened } from '../../support/opened';
import { expectRefusal } from '../../support/refusals';

const existing = 'sg-0123456789abcdef0';
const ranges = (count: number, from = 0): Peer =>
  Peer.cidr(...Array.from({ length: count }, (_, index) => `10.0.${from + index}.0/24`));

test('fails at the 61st rule of a group, names the constructs, and creates none of the new rules', () => {
  const stack = newStack();
  const platform = AwsSecurityGroup.fromId(existing);
  new VClusterPlatformIngressRules(stack, 'one', { kubernetesApi: ranges(19), platform });
  expectRefusal(
    () => new VClusterPlatformIngressRules(stack, 'two', { kubernetesApi: ranges(2, 100), platform }),
    'quota-exceeded',
  );
  expect(opened(stack)).toHaveLength(57);
});

test('names at most three of the other constructs, and counts the rest', () => {
  const stack = newStack();
  const platform = AwsSecurityGroup.fromId(existing);
  for (let at = 0; at < 5; at++) {
    new VClusterPlatformIngressRules(stack, `rules-${at}`, { kubernetesApi: ranges(4, 4 * at), platform });
  }
  const more = (id: string) => (): unknown =>
    new PrometheusCostMetricsRule(stack, id, { platform: Peer.cidr('10.9.0.0/24'), prometheus: platform });
  expectRefusal(more('one'), 'quota-exceeded');
  expect(more('two')).toThrow(/, 12 from "stack\/rules-2" and 2 more constructs\)/);
});

test('counts over all stacks of an app', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  new VClusterPlatformIngressRules(left, 'one', {
    kubernetesApi: ranges(20),
    platform: AwsSecurityGroup.fromId(existing),
  });
  expectRefusal(
    () =>
      new PrometheusCostMetricsRule(right, 'two', {
        platform: Peer.address('203.0.113.7'),
        prometheus: AwsSecurityGroup.fromId(existing),
      }),
    'quota-exceeded',
  );
});

test('counts each IP family by itself, and a group at the far end for both', () => {
  const stack = newStack();
  const platform = AwsSecurityGroup.fromId(existing);
  new VClusterPlatformIngressRules(stack, 'ipv4', { kubernetesApi: ranges(20), platform });
  new PrometheusCostMetricsRule(stack, 'ipv6', { platform: Peer.cidr('2001:db8::/32'), prometheus: platform });
  const second = AwsSecurityGroup.fromId('sg-aaaaaaaa');
  expectRefusal(
    () => new PrometheusCostMetricsRule(stack, 'group', { platform: second, prometheus: platform }),
    'quota-exceeded',
  );
});

test('counts a rule once, however many constructs need it', () => {
  const stack = newStack();
  const platform = AwsSecurityGroup.fromId(existing);
  for (const id of ['one', 'two', 'three']) {
    new VClusterPlatformIngressRules(stack, id, { kubernetesApi: ranges(20), platform });
  }
  expect(opened(stack)).toHaveLength(60);
});

test('accepts a raised quota, and leaves room for existing rules', () => {
  const stack = newStack();
  const raised = AwsSecurityGroup.fromId(existing, { maxRules: 100, existingRules: 40 });
  new VClusterPlatformIngressRules(stack, 'one', { kubernetesApi: ranges(20), platform: raised });
  expectRefusal(
    () => new PrometheusCostMetricsRule(stack, 'two', { platform: Peer.address('203.0.113.7'), prometheus: raised }),
    'quota-exceeded',
  );
  const group = new AwsSecurityGroup(stack, 'new', {
    name: 'new',
    vpcId: 'vpc-12345678',
    egress: Egress.ALL,
    maxRules: 90,
  });
  new VClusterPlatformIngressRules(stack, 'three', { kubernetesApi: ranges(30), platform: group });
});

test('a quota may be as high as AWS raises it, and existing rules may leave room for one', () => {
  expect(() => AwsSecurityGroup.fromId(existing, { maxRules: 1000, existingRules: 999 })).not.toThrow();
  expect(() => AwsSecurityGroup.fromId(existing, { existingRules: 59 })).not.toThrow();
});

test.each([
  [60, undefined],
  [61, undefined],
  [100, 100],
])('fails for %d existing rules in a quota of %p', (existingRules, maxRules) => {
  expectRefusal(() => AwsSecurityGroup.fromId(existing, { existingRules, maxRules }), 'quota-used-up');
});

test.each([0, 1.5, NaN, 1001])('fails for a quota of %s', (maxRules) => {
  expectRefusal(() => AwsSecurityGroup.fromId(existing, { maxRules }), 'max-rules-invalid');
});

test('fails for a negative number of existing rules', () => {
  expectRefusal(() => AwsSecurityGroup.fromId(existing, { existingRules: -1 }), 'existing-rules-invalid');
});

test('counts the rules of Egress.ALL as outbound rules, each for its IP family', () => {
  const stack = newStack();
  const [all, documented] = [Egress.ALL, Egress.DOCUMENTED].map((egress) =>
    AwsSecurityGroup.fromId(existing, { egress, maxRules: 1 }),
  );
  const stores = ExternalHosts.named('stores', '10.8.0.0/28');
  new PrometheusCostMetricsRule(stack, 'one', { platform: all, prometheus: stores });
  expectRefusal(
    () => new PrometheusCostMetricsRule(stack, 'two', { platform: documented, prometheus: stores }),
    'quota-exceeded',
  );
});
