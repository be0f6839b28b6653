import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  AwsSecurityGroup,
  type ExistingSecurityGroupOptions,
  KubeadmFlannelClusterRules,
  Peer,
  PrometheusCostMetricsRule,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { opened } from '../../support/opened';
import { expectNothingCreated, expectRefusal } from '../../support/refusals';

const ID = 'sg-0123456789abcdef0';

/** Opens a rule of the group, from an IP address that ends in `last`. */
function open(stack: TerraformStack, last: number, options: ExistingSecurityGroupOptions = {}): void {
  new PrometheusCostMetricsRule(stack, `rule-${last}`, {
    platform: Peer.address(`203.0.113.${last}`),
    prometheus: AwsSecurityGroup.fromId(ID, options),
  });
}

test('one group may be given twice with the same settings', () => {
  const stack = newStack();
  const frankfurt = new AwsProvider(stack, 'aws', { alias: 'frankfurt' });
  for (const last of [7, 8]) open(stack, last, { provider: frankfurt, maxRules: 100 });
  expect(opened(stack)).toEqual([
    `ingress 9090/tcp from 203.0.113.7/32 at ${ID}`,
    `ingress 9090/tcp from 203.0.113.8/32 at ${ID}`,
  ]);
});

test('fails for one group with two provider instances', () => {
  const stack = newStack();
  const [one, two] = ['one', 'two'].map((alias) => new AwsProvider(stack, alias, { alias }));
  open(stack, 7, { provider: one });
  expectRefusal(() => open(stack, 8, { provider: two }), 'settings-disagree');
  expectRefusal(() => open(stack, 9), 'settings-disagree');
  expect(opened(stack)).toEqual([`ingress 9090/tcp from 203.0.113.7/32 at ${ID}`]);
});

test('fails for one group with two quotas', () => {
  const stack = newStack();
  open(stack, 7, { maxRules: 100, existingRules: 10 });
  expectRefusal(() => open(stack, 8), 'settings-disagree');
});

test('fails for two quotas in two stacks, because AWS counts the rules of both', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  open(left, 7, { maxRules: 100 });
  expectRefusal(() => open(right, 8), 'settings-disagree');
});

test('fails for one construct that gives one group two quotas', () => {
  const controlPlane = AwsSecurityGroup.fromId(ID, { maxRules: 100 });
  expectNothingCreated(
    (stack) => new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers: AwsSecurityGroup.fromId(ID) }),
    'settings-disagree',
  );
});

test('a group that is only a source needs no settings', () => {
  const stack = newStack();
  open(stack, 7, { maxRules: 100 });
  new PrometheusCostMetricsRule(stack, 'source', {
    platform: AwsSecurityGroup.fromId(ID),
    prometheus: AwsSecurityGroup.fromId('sg-aaaaaaaa'),
  });
  expect(opened(stack)).toEqual([
    `ingress 9090/tcp from 203.0.113.7/32 at ${ID}`,
    `ingress 9090/tcp from ${ID} at sg-aaaaaaaa`,
  ]);
});
