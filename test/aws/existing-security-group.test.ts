import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { TerraformVariable, Token, type TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsEgress,
  AwsSecurityGroup,
  ExternalHosts,
  KubeadmFlannelClusterRules,
  Peer,
  PrometheusCostMetricsRule,
  type ExistingSecurityGroupOptions,
  type IHostGroup,
} from '../../lib';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { expectNothingMade, expectRefusal, resourcesOf } from '../support/refusals';

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

test('a group that only Terraform knows is called so', () => {
  const { id } = new SecurityGroup(newStack(), 'mongo', {});
  expect(AwsSecurityGroup.fromId(id).label).toBe('security group known to Terraform');
  expect(AwsSecurityGroup.fromId(id, { key: 'mongo' }).label).toBe('security group mongo');
});

test('its options are copied', () => {
  const stack = newStack();
  const options: { key: string } = { key: 'mongo' };
  const [before, group] = [newStack(), AwsSecurityGroup.fromId(ID, options)];
  open(before, 'rule', AwsSecurityGroup.fromId(ID, { key: 'mongo' }));
  options.key = 'another';
  open(stack, 'rule', group);
  expect(resourcesOf(stack)).toEqual(resourcesOf(before));
});

describe('an id', () => {
  const need = 'a security group id must be "sg-" and 8 or 17 hexadecimal digits, or the id of a resource';
  const list = Token.asList(new TerraformVariable(newStack(), 'groups', { type: 'list(string)' }).value);

  test.each([
    ['nodes', '"nodes"'],
    ['sg-123', '"sg-123"'],
    ['sg-0123456789ABCDEF0', '"sg-0123456789ABCDEF0"'],
    ['vpc-0123456789abcdef0', '"vpc-0123456789abcdef0"'],
    ['', '""'],
    ['${aws_security_group.mongo.id}', '"${aws_security_group.mongo.id}"'],
    [list[0], `"${list[0]}"`],
    [undefined, 'nothing'],
    [5, '5'],
  ])('fails as %j', (id, got) => {
    expectRefusal(() => AwsSecurityGroup.fromId(id as string), `AwsSecurityGroup.fromId: ${need}, got ${got}`);
  });
});

describe('a key', () => {
  test.each([
    ['', 'key must be text, got ""'],
    [5, 'key must be text, got 5'],
    ['k'.repeat(256), 'key must have at most 255 characters, got 256'],
    ['${TfToken[TOKEN.0]}', 'key must be known at synthesis and must not look like a token, got "${TfToken[TOKEN.0]}"'],
  ])('fails as %j', (key, sentence) => {
    const options = { key } as ExistingSecurityGroupOptions;
    expectRefusal(() => AwsSecurityGroup.fromId(ID, options), `AwsSecurityGroup.fromId: ${sentence}`);
  });

  test('fails where the same group has another', () => {
    const stack = newStack();
    open(stack, 'one', AwsSecurityGroup.fromId(ID, { key: 'mongo' }));
    const before = resourcesOf(stack);
    expectRefusal(
      () => open(stack, 'two', AwsSecurityGroup.fromId(ID)),
      'PrometheusCostMetricsRule "stack/two": a security group must have the same key everywhere, ' +
        `got key "${ID}" where key "mongo" is given too`,
    );
    expect(resourcesOf(stack)).toEqual(before);
  });

  test('fails for one construct that gives one group two', () => {
    const [controlPlane, workers] = ['servers', 'workers'].map((key) => AwsSecurityGroup.fromId(ID, { key }));
    expectNothingMade(
      (stack) => new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers }),
      'KubeadmFlannelClusterRules "stack/cluster": a security group must have the same key everywhere, ' +
        'got key "workers" where key "servers" is given too',
    );
  });

  test('fails for two groups that have one, with the advice to give another', () => {
    const [controlPlane, workers] = [ID, 'sg-aaaaaaaa'].map((id) => AwsSecurityGroup.fromId(id, { key: 'servers' }));
    const address = 'aws_vpc_security_group_ingress_rule.ingress_udp_8285_287e0bcb5bcc';
    expectNothingMade(
      (stack) => new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers }),
      'KubeadmFlannelClusterRules "stack/cluster": the ingress rule of security group servers for 8285/udp ' +
        `from security group servers must have an address of its own, got ${address} twice; ` +
        'did you mean AwsSecurityGroup.fromId(id, { key: "another-name" })?',
    );
  });

  test('may be any text, because it is in no address', () => {
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

  test('is left to others unless it is asked for', () => {
    const stack = newStack();
    new ApinizerDataStoreRules(stack, 'stores', { workers: AwsSecurityGroup.fromId(existing), mongodb });
    expect(opened(stack)).toEqual([]);
  });

  test('is a rule for each flow that starts there where it is asked for', () => {
    const stack = newStack();
    const workers = AwsSecurityGroup.fromId(existing, { egress: AwsEgress.DOCUMENTED });
    new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb });
    expect(opened(stack)).toEqual([`egress 25080/tcp to 10.8.0.0/28 at ${existing}`]);
  });

  test('agrees on both sides of a flow within the group itself', () => {
    const stack = newStack();
    const workers = AwsSecurityGroup.fromId(existing, { egress: AwsEgress.DOCUMENTED });
    new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb: workers });
    expect(opened(stack)).toEqual([
      `egress 25080/tcp to ${existing} at ${existing}`,
      `ingress 25080/tcp from ${existing} at ${existing}`,
    ]);
  });

  test('fails for everything, which such a group lets out without us', () => {
    expect(() => AwsSecurityGroup.fromId(existing, { egress: AwsEgress.ALL })).toThrow(
      new Error(
        'AwsSecurityGroup.fromId: egress of an existing group is managed for documented flows or not at all, got "all"; ' +
          'did you mean AwsEgress.DOCUMENTED?',
      ),
    );
  });
});
