import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { TerraformVariable } from 'cdktf';
import {
  AwsPrefixList,
  AwsSecurityGroup,
  type IHostGroup,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { opened } from '../../support/opened';
import { expectRefusal } from '../../support/refusals';

const office = Peer.cidr('10.0.0.0/8');

function twoGroups(): { stack: ReturnType<typeof newStack>; a: string; b: string } {
  const stack = newStack();
  const [a, b] = ['a', 'b'].map((id) => new SecurityGroup(stack, id, {}).id);
  return { stack, a, b };
}

const keyed = (id: string, key?: string): IHostGroup => AwsSecurityGroup.fromId(id, { key });
const rule =
  (stack: ReturnType<typeof newStack>, id: string, platform: IPeer, prometheus: IHostGroup): (() => unknown) =>
  () =>
    new PrometheusCostMetricsRule(stack, id, { platform, prometheus });

test('fails for two groups of one key, instead of opening one of them for both', () => {
  const { stack, a, b } = twoGroups();
  rule(stack, 'x', office, keyed(a, 'k'))();
  expectRefusal(rule(stack, 'y', office, keyed(b, 'k')), 'rule-address-taken');
  expect(opened(stack)).toHaveLength(1);
});

test('fails for two groups of one key at the far end', () => {
  const { stack, a, b } = twoGroups();
  const platform = Peer.anyOf(keyed(a, 'k'), keyed(b, 'k'));
  expectRefusal(rule(stack, 'x', platform, AwsSecurityGroup.fromId('sg-aaaaaaaa')), 'rule-address-taken');
  expect(opened(stack)).toEqual([]);
});

test.each([
  ['a different key', 'l'],
  ['no key', undefined],
])('fails for one group with %s elsewhere', (_what, key) => {
  const { stack, a } = twoGroups();
  rule(stack, 'x', office, keyed(a, 'k'))();
  expectRefusal(rule(stack, 'y', office, keyed(a, key)), 'settings-disagree');
});

test('fails for two prefix lists of one key', () => {
  const stack = newStack();
  const [one, two] = ['one', 'two'].map((id) => new TerraformVariable(stack, id, {}).stringValue);
  const list = (id: string): IPeer => AwsPrefixList.fromId(id, { maxEntries: 1, key: 'k' });
  const group = AwsSecurityGroup.fromId('sg-aaaaaaaa');
  rule(stack, 'x', list(one), group)();
  expectRefusal(rule(stack, 'y', list(two), group), 'rule-address-taken');
});
