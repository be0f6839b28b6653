import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Aspects, TerraformVariable, Testing } from 'cdktf';
import {
  AwsPeer,
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  GcpHealthCheckers,
  Peer,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import type { IConstruct } from 'constructs';
import { newStack } from '../../support/clouds';
import { opened } from '../../support/opened';
import { expectRefusal } from '../../support/refusals';

const ID = 'sg-0123456789abcdef0';
const prometheus = AwsSecurityGroup.fromId(ID);
const warningsOf = ({ node }: IConstruct): unknown[] =>
  node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as unknown);

test('a group of a different account is a source, together with ranges', () => {
  const stack = newStack();
  const platform = Peer.anyOf(
    AwsPeer.securityGroup('sg-aaaaaaaa', { ownerId: '123456789012' }),
    Peer.address('203.0.113.7'),
  );
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
  expect(opened(stack)).toEqual([
    `ingress 9090/tcp from 123456789012/sg-aaaaaaaa at ${ID}`,
    `ingress 9090/tcp from 203.0.113.7/32 at ${ID}`,
  ]);
});

test('the id of a group of a different account, its account or both may be known after apply', () => {
  const stack = newStack();
  const [account, id] = ['account', 'id'].map((name) => new TerraformVariable(stack, name, {}).stringValue);
  const platform = Peer.anyOf(
    AwsPeer.securityGroup(id, { ownerId: account }),
    AwsPeer.securityGroup(id, { ownerId: '123456789012' }),
    AwsPeer.securityGroup('sg-aaaaaaaa', { ownerId: account }),
  );
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
  expect(opened(stack)).toEqual([
    `ingress 9090/tcp from \${var.account}/\${var.id} at ${ID}`,
    `ingress 9090/tcp from \${var.account}/sg-aaaaaaaa at ${ID}`,
    `ingress 9090/tcp from 123456789012/\${var.id} at ${ID}`,
  ]);
});

test('fails for text next to a value that is known after apply', () => {
  const value = new TerraformVariable(newStack(), 'id', {}).stringValue;
  expectRefusal(() => AwsPeer.securityGroup(`x${value}`, { ownerId: '123456789012' }), 'security-group-id-invalid');
  expectRefusal(() => AwsPeer.securityGroup('sg-aaaaaaaa', { ownerId: `x${value}` }), 'owner-id-invalid');
});

test('fails for a group of a different account as destination', () => {
  const platform = Peer.address('203.0.113.7');
  const foreign = AwsPeer.securityGroup('sg-aaaaaaaa', { ownerId: '123456789012' });
  expectRefusal(
    // @ts-expect-error rules cannot be created for a group of a different account
    () => new PrometheusCostMetricsRule(newStack(), 'rule', { platform, prometheus: foreign }),
    'host-group-required',
  );
});

test.each([
  ['12', 'sg-aaaaaaaa', 'owner-id-invalid'],
  ['123456789012', 'group', 'security-group-id-invalid'],
])('fails for account %s and id %s', (ownerId, id, code) => {
  expectRefusal(() => AwsPeer.securityGroup(id, { ownerId }), code);
});

test.each([
  ['sg-aaaaaaaa', 'object-required'],
  ['123456789012/sg-aaaaaaaa', 'security-group-id-invalid'],
  ['12/sg-aaaaaaaa', 'security-group-id-invalid'],
  ['123456789012/group', 'security-group-id-invalid'],
])('fails for %s without an account', (text, code) => {
  expectRefusal(() => AwsPeer.securityGroup(text, undefined as never), code);
});

test('the health checkers of Google are two ranges', () => {
  const stack = newStack();
  const target = new GcpFirewall({ network: 'prod' }).networkTag('prometheus');
  new PrometheusCostMetricsRule(stack, 'rule', { platform: GcpHealthCheckers.IPV4, prometheus: target });
  expect(opened(stack)).toEqual([
    'ingress 9090/tcp from 130.211.0.0/22 at prometheus',
    'ingress 9090/tcp from 35.191.0.0/16 at prometheus',
  ]);
});

test('warns once about ranges within other ranges, and opens all of them', () => {
  const stack = newStack();
  const platform = Peer.cidr('10.0.0.0/8', '10.9.0.0/16', '10.9.1.0/24', '10.0.0.0/16', '192.168.0.0/16');
  const rule = new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
  expect(warningsOf(rule)).toEqual([
    'ranges within other ranges open nothing more: 10.0.0.0/16 in 10.0.0.0/8 and 2 more',
  ]);
  expect(opened(stack)).toHaveLength(5);
});

test('does not warn of adjacent ranges', () => {
  const platform = Peer.cidr('10.0.0.0/16', '10.1.0.0/16', '2001:db8::/32');
  expect(warningsOf(new PrometheusCostMetricsRule(newStack(), 'rule', { platform, prometheus }))).toEqual([]);
});

test('the rules of a group have its tags, in which templates stay text', () => {
  const stack = newStack();
  const tags = { team: 'platform', note: '${file("x")}' };
  const group = new AwsSecurityGroup(stack, 'nodes', {
    name: 'nodes',
    vpcId: 'vpc-12345678',
    egress: Egress.ALL,
    tags,
  });
  const platform = Peer.address('203.0.113.7');
  new PrometheusCostMetricsRule(stack, 'new', { platform, prometheus: group });
  new PrometheusCostMetricsRule(stack, 'old', { platform, prometheus: AwsSecurityGroup.fromId(ID, { tags }) });
  const resources = Object.values<any>(JSON.parse(Testing.synth(stack)).resource).flatMap((ofType) =>
    Object.values<any>(ofType),
  );
  expect(resources).toHaveLength(5);
  for (const resource of resources) expect(resource.tags).toEqual({ team: 'platform', note: '$${file("x")}' });
});

test('a range that is known after apply is checked by Terraform, with an error message of this library', () => {
  const stack = newStack();
  const vpc = new Vpc(stack, 'main', {});
  const platform = Peer.cidr(vpc.cidrBlock);
  new PrometheusCostMetricsRule(stack, 'aws', { platform, prometheus });
  const target = new GcpFirewall({ network: 'prod' }).networkTag('prometheus');
  new PrometheusCostMetricsRule(stack, 'gcp', { platform, prometheus: target });
  const { aws_vpc_security_group_ingress_rule, google_compute_firewall } = JSON.parse(Testing.synth(stack)).resource;
  for (const rules of [aws_vpc_security_group_ingress_rule, google_compute_firewall]) {
    const [{ lifecycle }] = Object.values<any>(rules);
    expect(lifecycle.precondition).toEqual([
      {
        condition:
          '${try((((cidrsubnet(aws_vpc.main.cidr_block, 0, 0) == aws_vpc.main.cidr_block) && ' +
          '!strcontains(aws_vpc.main.cidr_block, ":")) && ' +
          '(tonumber(element(split("/", aws_vpc.main.cidr_block), 1)) >= 1)), false)}',
        error_message:
          'aws_vpc.main.cidr_block must be an IPv4 range without bits after its prefix and not the whole internet.',
      },
    ]);
  }
});

test('an aspect of the user visits the resources of this library', () => {
  const stack = newStack();
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.address('203.0.113.7'), prometheus });
  Aspects.of(stack).add({
    visit: (node) => {
      if ('tagsInput' in node) (node as unknown as { tags: object }).tags = { visited: 'yes' };
    },
  });
  const [rule] = Object.values<any>(JSON.parse(Testing.synth(stack)).resource.aws_vpc_security_group_ingress_rule);
  expect(rule.tags).toEqual({ visited: 'yes' });
});

test('the condition of a range that is only partly unknown is written without a warning of the framework', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const stack = newStack();
  const vpc = new Vpc(stack, 'main', {});
  new PrometheusCostMetricsRule(stack, 'aws', { platform: Peer.address(vpc.id), prometheus });
  expect(Testing.synth(stack)).toContain('cidrsubnet(join(\\"\\", [aws_vpc.main.id, \\"/32\\"]), 0, 0)');
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});
