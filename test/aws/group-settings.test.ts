import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  AwsSecurityGroup,
  KubeadmFlannelClusterRules,
  Peer,
  PrometheusCostMetricsRule,
  type ExistingSecurityGroupOptions,
} from '../../lib';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { expectNothingMade, expectRefusal } from '../support/refusals';

const ID = 'sg-0123456789abcdef0';
const provider = `security group ${ID} must have the same provider everywhere in its stack`;
const room = `security group ${ID} must have the same maxRules less existingRules everywhere`;

/** Asks for a rule of the one group, from an address that ends in `last`. */
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
  expectRefusal(
    () => open(stack, 8, { provider: two }),
    `PrometheusCostMetricsRule "stack/rule-8": ${provider}, got stack/two where stack/one is given too`,
  );
  expectRefusal(
    () => open(stack, 9),
    `PrometheusCostMetricsRule "stack/rule-9": ${provider}, got the one without an alias where stack/one is given too`,
  );
  expect(opened(stack)).toEqual([`ingress 9090/tcp from 203.0.113.7/32 at ${ID}`]);
});

test('fails for one group with two quotas', () => {
  const stack = newStack();
  open(stack, 7, { maxRules: 100, existingRules: 10 });
  expectRefusal(
    () => open(stack, 8),
    `PrometheusCostMetricsRule "stack/rule-8": ${room}, got 60 where 90 is given too`,
  );
});

test('fails for two quotas in two stacks, because AWS counts over both', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  open(left, 7, { maxRules: 100 });
  expectRefusal(
    () => open(right, 8),
    `PrometheusCostMetricsRule "right/rule-8": ${room}, got 60 where 100 is given too`,
  );
});

test('fails for one construct that gives one group two quotas', () => {
  const controlPlane = AwsSecurityGroup.fromId(ID, { maxRules: 100 });
  expectNothingMade(
    (stack) => new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers: AwsSecurityGroup.fromId(ID) }),
    `KubeadmFlannelClusterRules "stack/cluster": ${room}, got 60 where 100 is given too`,
  );
});

test('a group that is a source alone needs no settings', () => {
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
