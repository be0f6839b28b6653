import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { AwsSecurityGroup, type AwsSecurityGroupProps, Egress } from '../../../lib';
import { newStack } from '../../support/clouds';
import { opened } from '../../support/opened';
import { expectNothingCreated, expectRefusal, resourcesOf } from '../../support/refusals';

const VPC_ID = 'vpc-0123456789abcdef0';
const PROPS: AwsSecurityGroupProps = { name: 'nodes', vpcId: VPC_ID, egress: Egress.DOCUMENTED };

function warningsOf(construct: Construct): string[] {
  return construct.node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as string);
}

test('a new group has the name as its prefix, and is created before the old one is destroyed', () => {
  const stack = newStack();
  const group = new AwsSecurityGroup(stack, 'any id', PROPS);
  expect(resourcesOf(stack)).toEqual({
    aws_security_group: {
      group_nodes: {
        name_prefix: 'nodes-',
        description: 'Ports that Kubernetes platforms document; each rule names its document',
        vpc_id: VPC_ID,
        lifecycle: { create_before_destroy: true },
      },
    },
  });
  expect({ cloud: group.cloud, label: group.label }).toEqual({ cloud: 'aws', label: 'security group nodes' });
});

test('a group with documented egress warns about what it does not allow', () => {
  const group = new AwsSecurityGroup(newStack(), 'nodes', PROPS);
  expect(warningsOf(group)).toEqual([
    'security group nodes allows outbound traffic of documented flows only, and no DNS, time or package mirrors',
  ]);
});

test('a group may allow all outbound traffic, over both IP families', () => {
  const stack = newStack();
  const group = new AwsSecurityGroup(stack, 'nodes', { ...PROPS, egress: Egress.ALL });
  expect(opened(stack)).toEqual(['egress everything to 0.0.0.0/0 at nodes', 'egress everything to ::/0 at nodes']);
  expect(warningsOf(group)).toEqual([]);
  for (const rule of Object.values(resourcesOf(stack).aws_vpc_security_group_egress_rule)) {
    expect(rule).toMatchObject({ ip_protocol: '-1', description: 'All outbound traffic (Egress.ALL)' });
    expect(rule).not.toHaveProperty('from_port');
    expect(rule).not.toHaveProperty('to_port');
  }
});

test('the group and its rules have the provider instance that was given', () => {
  const stack = newStack();
  const provider = new AwsProvider(stack, 'aws', { alias: 'frankfurt' });
  new AwsSecurityGroup(stack, 'nodes', { ...PROPS, egress: Egress.ALL, provider });
  const providers = Object.values(resourcesOf(stack)).flatMap((ofType) =>
    Object.values(ofType).map((made) => made.provider),
  );
  expect(providers).toEqual(['aws.frankfurt', 'aws.frankfurt', 'aws.frankfurt']);
});

test('the VPC may be known after apply', () => {
  const stack = newStack();
  const vpcId = new TerraformVariable(stack, 'vpc', {}).stringValue;
  new AwsSecurityGroup(stack, 'nodes', { ...PROPS, vpcId });
  expect(resourcesOf(stack).aws_security_group.group_nodes.vpc_id).toBe('${var.vpc}');
});

test('two stacks may have groups with one name', () => {
  const app = Testing.app();
  const stacks = ['left', 'right'].map((id) => new TerraformStack(app, id));
  for (const stack of stacks) new AwsSecurityGroup(stack, 'nodes', PROPS);
  for (const stack of stacks) expect(Object.keys(resourcesOf(stack).aws_security_group)).toEqual(['group_nodes']);
});

describe('tags', () => {
  function tagsOf(tags: Record<string, string>): unknown {
    const stack = newStack();
    new AwsSecurityGroup(stack, 'nodes', { ...PROPS, tags });
    return resourcesOf(stack).aws_security_group.group_nodes.tags;
  }

  test('are text, also in their keys', () => {
    expect(tagsOf({ Name: 'nodes', 'cost ${center}': 'a ${b} %{c} $${d}', '%{if}': '' })).toEqual({
      Name: 'nodes',
      'cost $${center}': 'a $${b} %%{c} $$${d}',
      '%%{if}': '',
    });
  });

  test('may be known after apply', () => {
    const stack = newStack();
    const team = new TerraformVariable(stack, 'team', {}).stringValue;
    const vpc = new Vpc(stack, 'main', {}).id;
    new AwsSecurityGroup(stack, 'nodes', { ...PROPS, tags: { team, vpc, text: '${var.team}' } });
    expect(resourcesOf(stack).aws_security_group.group_nodes.tags).toEqual({
      team: '${var.team}',
      vpc: '${aws_vpc.main.id}',
      text: '$${var.team}',
    });
  });

  test('are copied', () => {
    const stack = newStack();
    const tags: Record<string, string> = { Name: 'nodes' };
    new AwsSecurityGroup(stack, 'nodes', { ...PROPS, tags });
    tags.Name = 'changed';
    expect(resourcesOf(stack).aws_security_group.group_nodes.tags).toEqual({ Name: 'nodes' });
  });

  test('may have 128 characters in the key and 256 in the value', () => {
    const tags = { ['k'.repeat(128)]: 'v'.repeat(256) };
    expect(tagsOf(tags)).toEqual(tags);
  });
});

describe('fails, and creates nothing, for', () => {
  test.each<[string, object, string]>([
    ['no name', { name: undefined }, 'name-invalid'],
    ['an empty name', { name: '' }, 'name-invalid'],
    ['a name with a space', { name: 'k8s nodes' }, 'name-invalid'],
    ['a name with a digit first', { name: '1-nodes' }, 'name-invalid'],
    ['a name with an umlaut', { name: 'knöten' }, 'name-invalid'],
    ['a template as name', { name: '${var.name}' }, 'name-invalid'],
    ['a name in the form of a token', { name: '${TfToken[TOKEN.0]}' }, 'name-invalid'],
    ['a name that begins like an id', { name: 'sg-nodes' }, 'name-like-an-id'],
    ['the same in capitals', { name: 'SG-nodes' }, 'name-like-an-id'],
    ['a name of 229 characters', { name: 'n'.repeat(229) }, 'name-too-long'],

    ['no VPC', { vpcId: undefined }, 'vpc-id-invalid'],
    ['the name of a VPC', { vpcId: 'main' }, 'vpc-id-invalid'],
    ['a VPC id of 9 digits', { vpcId: 'vpc-012345678' }, 'vpc-id-invalid'],
    ['a template as VPC', { vpcId: '${aws_vpc.main.id}' }, 'vpc-id-invalid'],

    ['no egress', { egress: undefined }, 'egress-invalid'],
    ['true as egress', { egress: true }, 'egress-invalid'],
    ['a word as egress', { egress: 'none' }, 'egress-invalid'],

    ['true as unmanagedRules', { unmanagedRules: true }, 'unmanaged-rules-invalid'],
    ['a word as unmanagedRules', { unmanagedRules: 'remove' }, 'unmanaged-rules-invalid'],

    ['an empty tag key', { tags: { '': 'a' } }, 'tags-invalid'],
    ['a tag key of AWS', { tags: { 'AWS:team': 'a' } }, 'tags-invalid'],
    ['a tag key of 129 characters', { tags: { ['k'.repeat(129)]: 'a' } }, 'tags-invalid'],
    ['a tag key in the form of a token', { tags: { '${TfToken[TOKEN.0]}': 'a' } }, 'tags-invalid'],
    ['text as tags', { tags: 'ab' }, 'tags-invalid'],
    ['null as tags', { tags: null }, 'tags-invalid'],
    ['a list as tags', { tags: [] }, 'tags-invalid'],
    ['a number as tag', { tags: { team: 5 } }, 'tags-invalid'],
    ['a tag of 257 characters', { tags: { team: 'v'.repeat(257) } }, 'tags-invalid'],
    ['text with a token as tag', { tags: { team: 'a ${TfToken[TOKEN.0]}' } }, 'tags-invalid'],

    ['a construct that is not a provider', { provider: new Construct(newStack(), 'aws') }, 'provider-invalid'],
    ['a misspelled prop', { vpcID: VPC_ID }, 'prop-unknown'],
  ])('%s', (_what, props, code) => {
    expectNothingCreated((stack) => new AwsSecurityGroup(stack, 'nodes', { ...PROPS, ...props }), code);
  });
});

test('fails for two new groups with one name in one stack', () => {
  const stack = newStack();
  new AwsSecurityGroup(stack, 'one', PROPS);
  const before = resourcesOf(stack);
  expectRefusal(
    () => new AwsSecurityGroup(new Construct(stack, 'inner'), 'two', { ...PROPS, egress: Egress.ALL }),
    'name-taken',
  );
  expect(resourcesOf(stack)).toEqual(before);
});

test('a group that was rejected leaves its name and construct id free', () => {
  const stack = newStack();
  expectRefusal(() => new AwsSecurityGroup(stack, 'nodes', { ...PROPS, vpcId: 'main' }), 'vpc-id-invalid');
  new AwsSecurityGroup(stack, 'nodes', PROPS);
  expect(Object.keys(resourcesOf(stack).aws_security_group)).toEqual(['group_nodes']);
});
