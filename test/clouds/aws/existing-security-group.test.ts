import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { type TerraformStack, TerraformVariable, Token } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsSecurityGroup,
  Egress,
  type ExistingSecurityGroupOptions,
  ExternalHosts,
  type IHostGroup,
  KubeadmFlannelClusterRules,
  Peer,
  PrometheusCostMetricsRule,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { opened } from '../../support/opened';
import { expectNothingCreated, expectRefusal, resourcesOf } from '../../support/refusals';

const ID = 'sg-0123456789abcdef0';

function open(stack: TerraformStack, id: string, prometheus: IHostGroup): void {
  new PrometheusCostMetricsRule(stack, id, { platform: Peer.address('203.0.113.7'), prometheus });
}

test.each([
  [ID, {}, `security group ${ID}`],
  ['sg-01234567', {}, 'security group sg-01234567'],
  [ID, { key: 'mongo' }, 'security group mongo'],
])('an existing group is called %s with %j: %s', (id, options, label) => {
  const group = AwsSecurityGroup.fromId(id, options);
  expect(group.label).toBe(label);
  expect(group.securityGroupId).toBe(id);
  expect(group.cloud).toBe('aws');
});

test('the label says that an id is known after apply, unless there is a key', () => {
  const { id } = new SecurityGroup(newStack(), 'mongo', {});
  expect(AwsSecurityGroup.fromId(id).label).toBe('security group known after apply');
  expect(AwsSecurityGroup.fromId(id, { key: 'mongo' }).label).toBe('security group mongo');
});

test('copies its options', () => {
  const stack = newStack();
  const options: { key: string } = { key: 'mongo' };
  const [before, group] = [newStack(), AwsSecurityGroup.fromId(ID, options)];
  open(before, 'rule', AwsSecurityGroup.fromId(ID, { key: 'mongo' }));
  options.key = 'changed';
  open(stack, 'rule', group);
  expect(resourcesOf(stack)).toEqual(resourcesOf(before));
});

describe('an id', () => {
  const list = Token.asList(new TerraformVariable(newStack(), 'groups', { type: 'list(string)' }).value);

  test.each([
    'nodes',
    'sg-123',
    'sg-0123456789ABCDEF0',
    'vpc-0123456789abcdef0',
    '',
    '${aws_security_group.mongo.id}',
    list[0],
    undefined,
    5,
  ])('fails as %j', (id) => {
    expectRefusal(() => AwsSecurityGroup.fromId(id as string), 'security-group-id-invalid');
  });
});

describe('a key', () => {
  test.each([
    ['', 'text-required'],
    [5, 'text-required'],
    ['k'.repeat(256), 'text-too-long'],
    ['${TfToken[TOKEN.0]}', 'text-not-known'],
  ])('fails as %j', (key, code) => {
    const options = { key } as ExistingSecurityGroupOptions;
    expectRefusal(() => AwsSecurityGroup.fromId(ID, options), code);
  });

  test('fails if the same group has a different one', () => {
    const stack = newStack();
    open(stack, 'one', AwsSecurityGroup.fromId(ID, { key: 'mongo' }));
    const before = resourcesOf(stack);
    expectRefusal(() => open(stack, 'two', AwsSecurityGroup.fromId(ID)), 'settings-disagree');
    expect(resourcesOf(stack)).toEqual(before);
  });

  test('fails if one construct gives one group two keys', () => {
    const [controlPlane, workers] = ['servers', 'workers'].map((key) => AwsSecurityGroup.fromId(ID, { key }));
    expectNothingCreated(
      (stack) => new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers }),
      'settings-disagree',
    );
  });

  test('fails if two groups have one key', () => {
    const [controlPlane, workers] = [ID, 'sg-aaaaaaaa'].map((id) => AwsSecurityGroup.fromId(id, { key: 'servers' }));
    expectNothingCreated(
      (stack) => new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers }),
      'rule-address-taken',
    );
  });

  test('may be any text, because Terraform addresses contain only a hash of it', () => {
    const stack = newStack();
    open(stack, 'one', AwsSecurityGroup.fromId(ID, { key: '${a} "b" ğ/ü' }));
    expect(Object.keys(resourcesOf(stack).aws_vpc_security_group_ingress_rule)).toEqual([
      expect.stringMatching(/^ingress_tcp_9090_[0-9a-f]{12}$/),
    ]);
  });
});

describe('egress of an existing group', () => {
  const existing = 'sg-0123456789abcdef0';
  const mongodb = ExternalHosts.named('mongodb', '10.8.0.0/28');

  test('is not managed by default, nor with Egress.UNMANAGED', () => {
    const stack = newStack();
    new ApinizerDataStoreRules(stack, 'stores', { workers: AwsSecurityGroup.fromId(existing), mongodb });
    const workers = AwsSecurityGroup.fromId(existing, { egress: Egress.UNMANAGED });
    new ApinizerDataStoreRules(stack, 'more stores', { workers, mongodb });
    expect(opened(stack)).toEqual([]);
  });

  test('is a rule for each documented flow that starts there, with Egress.DOCUMENTED', () => {
    const stack = newStack();
    const workers = AwsSecurityGroup.fromId(existing, { egress: Egress.DOCUMENTED });
    new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb });
    expect(opened(stack)).toEqual([`egress 25080/tcp to 10.8.0.0/28 at ${existing}`]);
  });

  test('has both rules of a flow within the group itself', () => {
    const stack = newStack();
    const workers = AwsSecurityGroup.fromId(existing, { egress: Egress.DOCUMENTED });
    new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb: workers });
    expect(opened(stack)).toEqual([
      `egress 25080/tcp to ${existing} at ${existing}`,
      `ingress 25080/tcp from ${existing} at ${existing}`,
    ]);
  });

  test.each([true, 'none', null])('fails as %j', (egress) => {
    expectRefusal(() => AwsSecurityGroup.fromId(existing, { egress: egress as never }), 'egress-invalid');
  });
});

test('fails for a misspelled option', () => {
  expectRefusal(() => AwsSecurityGroup.fromId(ID, { egres: Egress.ALL } as never), 'prop-unknown');
});
