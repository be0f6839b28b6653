import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { AwsEgress, AwsSecurityGroup, type AwsSecurityGroupProps } from '../../lib';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { expectNothingMade, expectRefusal, resourcesOf } from '../support/refusals';

const VPC_ID = 'vpc-0123456789abcdef0';
const PROPS: AwsSecurityGroupProps = { name: 'nodes', vpcId: VPC_ID, egress: AwsEgress.DOCUMENTED };

function warningsOf(construct: Construct): string[] {
  return construct.node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as string);
}

test('a new group has the name as its prefix, and may be replaced without an outage', () => {
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

test('a group that lets out documented flows alone says what stays closed', () => {
  const group = new AwsSecurityGroup(newStack(), 'nodes', PROPS);
  expect(warningsOf(group)).toEqual([
    'security group nodes lets out documented flows only: DNS, time and package hosts stay closed',
  ]);
});

test('a group may let everything out, over both families', () => {
  const stack = newStack();
  const group = new AwsSecurityGroup(stack, 'nodes', { ...PROPS, egress: AwsEgress.ALL });
  expect(opened(stack)).toEqual(['egress everything to 0.0.0.0/0 at nodes', 'egress everything to ::/0 at nodes']);
  expect(warningsOf(group)).toEqual([]);
  for (const rule of Object.values(resourcesOf(stack).aws_vpc_security_group_egress_rule)) {
    expect(rule).toMatchObject({ ip_protocol: '-1', description: 'All outbound traffic (AwsEgress.ALL)' });
    expect(rule).not.toHaveProperty('from_port');
    expect(rule).not.toHaveProperty('to_port');
  }
});

test('the provider instance is that of the group and of its rules', () => {
  const stack = newStack();
  const provider = new AwsProvider(stack, 'aws', { alias: 'frankfurt' });
  new AwsSecurityGroup(stack, 'nodes', { ...PROPS, egress: AwsEgress.ALL, provider });
  const providers = Object.values(resourcesOf(stack)).flatMap((ofType) =>
    Object.values(ofType).map((made) => made.provider),
  );
  expect(providers).toEqual(['aws.frankfurt', 'aws.frankfurt', 'aws.frankfurt']);
});

test('the VPC may be known to Terraform alone', () => {
  const stack = newStack();
  const vpcId = new TerraformVariable(stack, 'vpc', {}).stringValue;
  new AwsSecurityGroup(stack, 'nodes', { ...PROPS, vpcId });
  expect(resourcesOf(stack).aws_security_group.group_nodes.vpc_id).toBe('${var.vpc}');
});

test('groups of one name may stand in two stacks', () => {
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

  test('are text, in keys too', () => {
    expect(tagsOf({ Name: 'nodes', 'cost ${center}': 'a ${b} %{c} $${d}', '%{if}': '' })).toEqual({
      Name: 'nodes',
      'cost $${center}': 'a $${b} %%{c} $$${d}',
      '%%{if}': '',
    });
  });

  test('may be known to Terraform alone', () => {
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
    tags.Name = 'another';
    expect(resourcesOf(stack).aws_security_group.group_nodes.tags).toEqual({ Name: 'nodes' });
  });

  test('have 128 characters in the key and 256 in the value', () => {
    const tags = { ['k'.repeat(128)]: 'v'.repeat(256) };
    expect(tagsOf(tags)).toEqual(tags);
  });
});

describe('fails for', () => {
  const place = 'AwsSecurityGroup "stack/nodes"';

  function refuses(what: string, props: object, sentence: string): void {
    test(what, () =>
      expectNothingMade(
        (stack) => new AwsSecurityGroup(stack, 'nodes', { ...PROPS, ...props }),
        `${place}: ${sentence}`,
      ),
    );
  }

  const name = 'name must be letters, digits, hyphens and underscores, beginning with a letter';
  refuses('no name', { name: undefined }, `${name}, got nothing`);
  refuses('an empty name', { name: '' }, `${name}, got ""`);
  refuses('a name with a space', { name: 'k8s nodes' }, `${name}, got "k8s nodes"`);
  refuses('a name with a digit first', { name: '1-nodes' }, `${name}, got "1-nodes"`);
  refuses('a name with an umlaut', { name: 'knöten' }, `${name}, got "knöten"`);
  refuses('a template as name', { name: '${var.name}' }, `${name}, got "\${var.name}"`);
  refuses('a name in the shape of a token', { name: '${TfToken[TOKEN.0]}' }, `${name}, got "\${TfToken[TOKEN.0]}"`);
  const id = 'name must not begin with "sg-", as the ids of AWS do';
  refuses('the beginning of an id as name', { name: 'sg-nodes' }, `${id}, got "sg-nodes"`);
  refuses('the same in capitals', { name: 'SG-nodes' }, `${id}, got "SG-nodes"`);
  refuses('a name of 229 characters', { name: 'n'.repeat(229) }, 'name must have at most 228 characters, got 229');

  const vpcId = 'vpcId must be "vpc-" and 8 or 17 hexadecimal digits, or the id of a resource';
  refuses('no VPC', { vpcId: undefined }, `${vpcId}, got nothing`);
  refuses('the name of a VPC', { vpcId: 'main' }, `${vpcId}, got "main"`);
  refuses('an id of 9 digits', { vpcId: 'vpc-012345678' }, `${vpcId}, got "vpc-012345678"`);
  refuses('a template as VPC', { vpcId: '${aws_vpc.main.id}' }, `${vpcId}, got "\${aws_vpc.main.id}"`);

  const egress = 'egress must be chosen: a group that Terraform makes lets nothing out';
  refuses('no egress', { egress: undefined }, `${egress}, got nothing; did you mean AwsEgress.DOCUMENTED?`);
  refuses('true as egress', { egress: true }, `${egress}, got true; did you mean AwsEgress.DOCUMENTED?`);
  refuses('a word as egress', { egress: 'none' }, `${egress}, got "none"; did you mean AwsEgress.DOCUMENTED?`);

  const key = 'the key of a tag must be 1 to 128 characters and not begin with "aws:"';
  refuses('an empty tag key', { tags: { '': 'a' } }, `${key}, got ""`);
  refuses('a tag key of AWS', { tags: { 'AWS:team': 'a' } }, `${key}, got "AWS:team"`);
  refuses('a tag key of 129 characters', { tags: { ['k'.repeat(129)]: 'a' } }, `${key}, got "${'k'.repeat(99)}...`);
  const known = 'the key of a tag must be known at synthesis';
  refuses(
    'a tag key in the shape of a token',
    { tags: { '${TfToken[TOKEN.0]}': 'a' } },
    `${known}, got "\${TfToken[TOKEN.0]}"`,
  );
  const tags = 'tags must be an object of names and values';
  refuses('text as tags', { tags: 'ab' }, `${tags}, got "ab"`);
  refuses('null as tags', { tags: null }, `${tags}, got nothing`);
  refuses('a list as tags', { tags: [] }, `${tags}, got []`);
  const value = 'tag team must be text of at most 256 characters';
  refuses('a number as tag', { tags: { team: 5 } }, `${value}, got 5`);
  refuses('a tag of 257 characters', { tags: { team: 'v'.repeat(257) } }, `${value}, got "${'v'.repeat(99)}...`);
  const mixed = 'tag team must be text, or a value known to Terraform, not both in one';
  refuses(
    'text with a token as tag',
    { tags: { team: 'a ${TfToken[TOKEN.0]}' } },
    `${mixed}, got "a \${TfToken[TOKEN.0]}"`,
  );

  refuses(
    'a construct that is no provider',
    { provider: new Construct(newStack(), 'aws') },
    'provider must be a provider instance of the app, got an object of Construct',
  );
});

test('fails for two new groups of one name in one stack', () => {
  const stack = newStack();
  new AwsSecurityGroup(stack, 'one', PROPS);
  const before = resourcesOf(stack);
  expectRefusal(
    () => new AwsSecurityGroup(new Construct(stack, 'inner'), 'two', { ...PROPS, egress: AwsEgress.ALL }),
    'AwsSecurityGroup "stack/inner/two": name must be the only one of its kind in the stack, got "nodes" twice',
  );
  expect(resourcesOf(stack)).toEqual(before);
});

test('a refused group leaves its name and its id to the next', () => {
  const stack = newStack();
  expect(() => new AwsSecurityGroup(stack, 'nodes', { ...PROPS, vpcId: 'main' })).toThrow();
  new AwsSecurityGroup(stack, 'nodes', PROPS);
  expect(Object.keys(resourcesOf(stack).aws_security_group)).toEqual(['group_nodes']);
});
