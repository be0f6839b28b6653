import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Aspects, TerraformVariable, Testing } from 'cdktf';
import {
  AwsEgress,
  AwsPeer,
  AwsSecurityGroup,
  GcpFirewall,
  GcpHealthCheckers,
  Peer,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import type { IConstruct } from 'constructs';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { expectRefusal } from '../support/refusals';

const ID = 'sg-0123456789abcdef0';
const prometheus = AwsSecurityGroup.fromId(ID);
const warningsOf = ({ node }: IConstruct): unknown[] =>
  node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as unknown);

test('a group of another account is a source, beside ranges', () => {
  const stack = newStack();
  const platform = Peer.anyOf(AwsPeer.securityGroup('123456789012/sg-aaaaaaaa'), Peer.address('203.0.113.7'));
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
  expect(opened(stack)).toEqual([
    `ingress 9090/tcp from 123456789012/sg-aaaaaaaa at ${ID}`,
    `ingress 9090/tcp from 203.0.113.7/32 at ${ID}`,
  ]);
});

test('a group of another account may be known to Terraform alone, as a whole or in parts', () => {
  const stack = newStack();
  const [whole, account, id] = ['whole', 'account', 'id'].map(
    (name) => new TerraformVariable(stack, name, {}).stringValue,
  );
  const platform = Peer.anyOf(
    ...[whole, `${account}/${id}`, `123456789012/${id}`].map((text) => AwsPeer.securityGroup(text)),
  );
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
  expect(opened(stack)).toEqual([
    `ingress 9090/tcp from \${var.account}/\${var.id} at ${ID}`,
    `ingress 9090/tcp from \${var.whole} at ${ID}`,
    `ingress 9090/tcp from 123456789012/\${var.id} at ${ID}`,
  ]);
});

test('fails for other text beside such a value', () => {
  const value = new TerraformVariable(newStack(), 'id', {}).stringValue;
  expect(() => AwsPeer.securityGroup(`x${value}`)).toThrow('must be 12 digits, a slash and its id');
});

test('a group of another account is no destination', () => {
  const platform = Peer.address('203.0.113.7');
  const foreign = AwsPeer.securityGroup('123456789012/sg-aaaaaaaa');
  expectRefusal(
    // @ts-expect-error no rules can be made for it
    () => new PrometheusCostMetricsRule(newStack(), 'rule', { platform, prometheus: foreign }),
    'PrometheusCostMetricsRule "stack/rule": prometheus must be a host group (a network tag, a service account, a security group ' +
      'or external hosts), got security group 123456789012/sg-aaaaaaaa; did you mean GcpFirewall.networkTag(tag), an ' +
      'AwsSecurityGroup, or ExternalHosts.named(name, ...ranges) where others open the ports?',
  );
});

test.each([['sg-aaaaaaaa'], ['12/sg-aaaaaaaa'], ['123456789012/group']])(
  'fails for %s as a group of another account',
  (text) => {
    expectRefusal(
      () => AwsPeer.securityGroup(text),
      `AwsPeer.securityGroup: a group of another account must be 12 digits, a slash and its id, got "${text}"; did you mean ` +
        '"123456789012/sg-0123456789abcdef0"?',
    );
  },
);

test('the health checkers of Google are two ranges', () => {
  const stack = newStack();
  const target = new GcpFirewall({ network: 'prod' }).networkTag('prometheus');
  new PrometheusCostMetricsRule(stack, 'rule', { platform: GcpHealthCheckers.IPV4, prometheus: target });
  expect(opened(stack)).toEqual([
    'ingress 9090/tcp from 130.211.0.0/22 at prometheus',
    'ingress 9090/tcp from 35.191.0.0/16 at prometheus',
  ]);
});

test('warns once of ranges within other ranges, and opens all of them', () => {
  const stack = newStack();
  const platform = Peer.cidr('10.0.0.0/8', '10.9.0.0/16', '10.9.1.0/24', '10.0.0.0/16', '192.168.0.0/16');
  const rule = new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
  expect(warningsOf(rule)).toEqual([
    'ranges within other ranges open nothing more: 10.0.0.0/16 in 10.0.0.0/8 and 2 more',
  ]);
  expect(opened(stack)).toHaveLength(5);
});

test('does not warn of ranges that lie beside each other', () => {
  const platform = Peer.cidr('10.0.0.0/16', '10.1.0.0/16', '2001:db8::/32');
  expect(warningsOf(new PrometheusCostMetricsRule(newStack(), 'rule', { platform, prometheus }))).toEqual([]);
});

test('tags of a group are on its rules too, and text in them stays text', () => {
  const stack = newStack();
  const tags = { team: 'platform', note: '${file("x")}' };
  const group = new AwsSecurityGroup(stack, 'nodes', {
    name: 'nodes',
    vpcId: 'vpc-12345678',
    egress: AwsEgress.ALL,
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

test('a range that only Terraform knows is checked by Terraform, in our words', () => {
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

test('an Aspect of the user reaches our resources', () => {
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
