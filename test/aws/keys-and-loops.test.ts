import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Lazy, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AwsEgress,
  AwsSecurityGroup,
  GcpFirewall,
  Peer,
  PrometheusCostMetricsRule,
  type IHostGroup,
  type IPeer,
} from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

const ID = 'sg-0123456789abcdef0';
const later = (text: string): string => Lazy.stringValue({ produce: () => text });

function open(
  stack: TerraformStack,
  id: string,
  prometheus: IHostGroup,
  platform: IPeer = Peer.address('203.0.113.7'),
): string {
  return new PrometheusCostMetricsRule(stack, id, { platform, prometheus }).addresses.join();
}

test('fails for two groups of one key, and says that they need two', () => {
  const stack = newStack();
  open(stack, 'one', AwsSecurityGroup.fromId(ID, { key: 'mongo' }));
  expect(() => open(stack, 'two', AwsSecurityGroup.fromId('sg-aaaaaaaa', { key: 'mongo' }))).toThrow(
    /^PrometheusCostMetricsRule "stack\/two": the ingress rule of security group mongo for 9090\/tcp from 203\.0\.113\.7\/32 must have an address of its own, got aws_vpc_security_group_ingress_rule\.ingress_tcp_9090_[0-9a-f]{12}, which another rule has; did you mean AwsSecurityGroup\.fromId\(id, \{ key: "another-name" \}\)\?$/,
  );
});

test.each(['each.value', 'each.key', 'count.index'])('fails for a group that is ${%s}, even with a key', (loop) => {
  expectRefusal(
    () => open(newStack(), 'rule', AwsSecurityGroup.fromId(later(`\${${loop}}`), { key: 'mongo' })),
    `PrometheusCostMetricsRule "stack/rule": a value must be one thing: no rule is made in a loop, got "\${${loop}}"`,
  );
});

test('fails for a network and a VPC of a loop', () => {
  const stack = newStack();
  expectRefusal(
    () => open(stack, 'rule', new GcpFirewall({ network: later('${each.value}') }).networkTag('prometheus')),
    'PrometheusCostMetricsRule "stack/rule": a value must be one thing: no rule is made in a loop, got "${each.value}"',
  );
  expectRefusal(
    () => new AwsSecurityGroup(stack, 'nodes', { name: 'nodes', vpcId: later('${each.value}'), egress: AwsEgress.ALL }),
    'AwsSecurityGroup "stack/nodes": a value must be one thing: no rule is made in a loop, got "${each.value}"',
  );
});

test('a group whose id turns out to be text is checked, and is the group of that id', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  expectRefusal(
    () => open(left, 'wrong', AwsSecurityGroup.fromId(later('nodes'), { key: 'mongo' })),
    'PrometheusCostMetricsRule "left/wrong": a security group id must be "sg-" and 8 or 17 hexadecimal digits, or the id of a ' +
      'resource, got "nodes"',
  );
  open(left, 'rule', AwsSecurityGroup.fromId(later(ID)));
  expect(() => open(right, 'rule', AwsSecurityGroup.fromId(ID))).toThrow('got it in stack "left" from "left/rule" too');
});

test('fails for a new group with the provider of another stack', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  const provider = new AwsProvider(left, 'aws', { alias: 'ireland' });
  expectRefusal(
    () =>
      new AwsSecurityGroup(right, 'nodes', { name: 'nodes', vpcId: 'vpc-12345678', egress: AwsEgress.ALL, provider }),
    'AwsSecurityGroup "right/nodes": rules must be asked for in the stack of the provider instance of their group, got a ' +
      'provider of stack "left" in stack "right"',
  );
});

test('fails for IPv6 ranges that turn out to be IPv4', () => {
  expectRefusal(
    () => open(newStack(), 'rule', AwsSecurityGroup.fromId(ID), Peer.cidrIpv6(later('10.0.0.0/8'))),
    'PrometheusCostMetricsRule "stack/rule": a range of Peer.cidrIpv6 must be IPv6, got "10.0.0.0/8"; did you mean Peer.cidr(...)?',
  );
});

test('one tag that is read twice from a variable is listed once', () => {
  const stack = newStack();
  const tag = new TerraformVariable(stack, 'tag', {});
  const firewall = new GcpFirewall({ network: 'prod' });
  const twice = Peer.anyOf(firewall.networkTag(tag.stringValue), firewall.networkTag(tag.stringValue));
  open(stack, 'rule', firewall.networkTag('prometheus'), twice);
  const [rule] = Object.values<any>(JSON.parse(Testing.synth(stack)).resource.google_compute_firewall);
  expect(rule.source_tags).toEqual(['${var.tag}']);
});
