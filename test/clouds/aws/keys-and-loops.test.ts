import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Lazy, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  type IHostGroup,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { terraformAddresses } from '../../support/opened';
import { expectRefusal } from '../../support/refusals';

const ID = 'sg-0123456789abcdef0';
const later = (text: string): string => Lazy.stringValue({ produce: () => text });

function open(
  stack: TerraformStack,
  id: string,
  prometheus: IHostGroup,
  platform: IPeer = Peer.address('203.0.113.7'),
): string {
  return terraformAddresses(new PrometheusCostMetricsRule(stack, id, { platform, prometheus })).join();
}

test('fails for two groups of one key', () => {
  const stack = newStack();
  open(stack, 'one', AwsSecurityGroup.fromId(ID, { key: 'mongo' }));
  expectRefusal(
    () => open(stack, 'two', AwsSecurityGroup.fromId('sg-aaaaaaaa', { key: 'mongo' })),
    'rule-address-taken',
  );
});

test.each(['each.value', 'each.key', 'count.index'])('fails for a group that is ${%s}, even with a key', (loop) => {
  expectRefusal(
    () => open(newStack(), 'rule', AwsSecurityGroup.fromId(later(`\${${loop}}`), { key: 'mongo' })),
    'value-of-a-loop',
  );
});

test('fails for a network and a VPC in a loop', () => {
  const stack = newStack();
  expectRefusal(
    () => open(stack, 'rule', new GcpFirewall({ network: later('${each.value}') }).networkTag('prometheus')),
    'value-of-a-loop',
  );
  expectRefusal(
    () => new AwsSecurityGroup(stack, 'nodes', { name: 'nodes', vpcId: later('${each.value}'), egress: Egress.ALL }),
    'value-of-a-loop',
  );
});

test('an id that a token resolves to is checked, and means the group of that id', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  expectRefusal(
    () => open(left, 'wrong', AwsSecurityGroup.fromId(later('nodes'), { key: 'mongo' })),
    'security-group-id-invalid',
  );
  open(left, 'rule', AwsSecurityGroup.fromId(later(ID)));
  expectRefusal(() => open(right, 'rule', AwsSecurityGroup.fromId(ID)), 'rule-created-twice');
});

test('fails for a new group with the provider of a different stack', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  const provider = new AwsProvider(left, 'aws', { alias: 'ireland' });
  expectRefusal(
    () => new AwsSecurityGroup(right, 'nodes', { name: 'nodes', vpcId: 'vpc-12345678', egress: Egress.ALL, provider }),
    'provider-stack-mismatch',
  );
});

test('fails for IPv6 ranges that resolve to IPv4 ranges', () => {
  expectRefusal(
    () => open(newStack(), 'rule', AwsSecurityGroup.fromId(ID), Peer.cidrIpv6(later('10.0.0.0/8'))),
    'range-not-ipv6',
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
