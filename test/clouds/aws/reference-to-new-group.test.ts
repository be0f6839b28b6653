import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Lazy, type TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsSecurityGroup,
  type AwsSecurityGroupProps,
  Egress,
  ExternalHosts,
  Peer,
  PrometheusCostMetricsRule,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { opened } from '../../support/opened';
import { expectRefusal, resourcesOf } from '../../support/refusals';

const platform = Peer.address('203.0.113.7');
const mongodb = ExternalHosts.named('mongodb', '10.8.0.0/28');

function newGroup(stack: TerraformStack, name: string, props: Partial<AwsSecurityGroupProps> = {}): AwsSecurityGroup {
  const vpcId = 'vpc-0123456789abcdef0';
  return new AwsSecurityGroup(stack, name, { name, vpcId, egress: Egress.DOCUMENTED, ...props });
}

test('the id of a new group means the group itself, with its documented egress', () => {
  const stack = newStack();
  const { securityGroupId } = newGroup(stack, 'workers');
  new ApinizerDataStoreRules(stack, 'stores', { workers: AwsSecurityGroup.fromId(securityGroupId), mongodb });
  expect(opened(stack)).toEqual(['egress 25080/tcp to 10.8.0.0/28 at workers']);
});

test('so does a token that resolves to the id later', () => {
  const stack = newStack();
  const group = newGroup(stack, 'workers');
  const later = Lazy.stringValue({ produce: () => group.securityGroupId });
  new ApinizerDataStoreRules(stack, 'stores', { workers: AwsSecurityGroup.fromId(later), mongodb });
  expect(opened(stack)).toEqual(['egress 25080/tcp to 10.8.0.0/28 at workers']);
});

test('each rule is created once, at both ends of a flow and together with the group itself', () => {
  const stack = newStack();
  const [workers, stores] = [newGroup(stack, 'workers'), newGroup(stack, 'mongodb')];
  new ApinizerDataStoreRules(stack, 'stores', {
    workers: Peer.anyOf(workers, AwsSecurityGroup.fromId(workers.securityGroupId)),
    mongodb: AwsSecurityGroup.fromId(stores.securityGroupId),
  });
  expect(opened(stack)).toEqual([
    'egress 25080/tcp to mongodb at workers',
    'ingress 25080/tcp from workers at mongodb',
  ]);
});

test('its rules have its provider instance', () => {
  const stack = newStack();
  const provider = new AwsProvider(stack, 'aws', { alias: 'frankfurt' });
  const prometheus = AwsSecurityGroup.fromId(newGroup(stack, 'prometheus', { provider }).securityGroupId);
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
  const [rule] = Object.values(resourcesOf(stack).aws_vpc_security_group_ingress_rule);
  expect(rule.provider).toBe('aws.frankfurt');
});

test('ignores options without a value', () => {
  const stack = newStack();
  const prometheus = AwsSecurityGroup.fromId(newGroup(stack, 'prometheus').securityGroupId, { key: undefined });
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
  expect(opened(stack)).toEqual(['ingress 9090/tcp from 203.0.113.7/32 at prometheus']);
});

describe('fails for an option of a group that the app creates:', () => {
  const options = {
    key: { key: 'a-name' },
    egress: { egress: Egress.DOCUMENTED },
    maxRules: { maxRules: 70 },
    existingRules: { existingRules: 1 },
  };

  test.each(Object.entries(options))('%s', (_option, given) => {
    const stack = newStack();
    const prometheus = AwsSecurityGroup.fromId(newGroup(stack, 'prometheus').securityGroupId, given);
    expectRefusal(
      () => new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus }),
      'security-group-of-this-app',
    );
    expect(opened(stack)).toEqual([]);
  });

  test('provider, even if it is the same', () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, 'aws', { alias: 'frankfurt' });
    const { securityGroupId } = newGroup(stack, 'prometheus', { provider });
    const prometheus = AwsSecurityGroup.fromId(securityGroupId, { provider });
    expectRefusal(
      () => new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus }),
      'security-group-of-this-app',
    );
  });
});
