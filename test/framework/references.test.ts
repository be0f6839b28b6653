import { Lazy, TerraformIterator, type TerraformStack, Token } from 'cdktf';
import { AwsSecurityGroup, GcpFirewall, type IHostGroup, type IPeer, Peer, PrometheusCostMetricsRule } from '../../lib';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { expectNothingCreated } from '../support/refusals';

const each = Token.asString(TerraformIterator.fromList(['a', 'b']).value);
const firewall = new GcpFirewall({ network: 'prod' });
const [tag, group] = [firewall.networkTag('web'), AwsSecurityGroup.fromId('sg-01234567')];
const platform = Peer.address('203.0.113.7');

function open(stack: TerraformStack, source: IPeer, prometheus: IHostGroup): void {
  new PrometheusCostMetricsRule(stack, 'rule', { platform: source, prometheus });
}

describe('a value that differs between the instances of a loop fails as', () => {
  test('a security group', () => {
    expectNothingCreated((stack) => open(stack, platform, AwsSecurityGroup.fromId(each)), 'value-of-a-loop');
  });

  test('a range', () => {
    for (const target of [tag, group]) {
      expectNothingCreated((stack) => open(stack, Peer.cidr(each), target), 'value-of-a-loop');
    }
  });

  test('a network tag and a service account', () => {
    for (const target of [firewall.networkTag(each), firewall.serviceAccount(each)]) {
      expectNothingCreated((stack) => open(stack, platform, target), 'value-of-a-loop');
    }
  });

  test('a project', () => {
    expectNothingCreated(
      (stack) => open(stack, platform, new GcpFirewall({ network: 'prod', project: each }).networkTag('web')),
      'value-of-a-loop',
    );
  });

  test.each(['${each.key}', '${count.index}', '${var.groups[count.index]}', '${each.value.id}'])('%s', (text) => {
    expectNothingCreated(
      (stack) => open(stack, platform, AwsSecurityGroup.fromId(Lazy.stringValue({ produce: () => text }))),
      'value-of-a-loop',
    );
  });
});

describe('a token without a value', () => {
  const never = Lazy.stringValue({ produce: () => undefined });

  test('can be the id of a group that has a key', () => {
    const stack = newStack();
    const resource: { id?: string } = {};
    const later = Lazy.stringValue({ produce: () => resource.id });
    open(stack, platform, AwsSecurityGroup.fromId(later, { key: 'prometheus' }));
    resource.id = 'sg-0123456789abcdef0';
    expect(opened(stack)).toEqual(['ingress 9090/tcp from 203.0.113.7/32 at sg-0123456789abcdef0']);
  });

  test('fails as the id of a group without a key, and suggests a key', () => {
    expectNothingCreated((stack) => open(stack, platform, AwsSecurityGroup.fromId(never)), 'value-not-available');
  });

  test('fails as a range, a network tag and a project', () => {
    const project = new GcpFirewall({ network: 'prod', project: never }).networkTag('web');
    for (const [source, target] of [
      [Peer.cidr(never), tag],
      [platform, firewall.networkTag(never)],
      [platform, project],
    ] as const) {
      expectNothingCreated((stack) => open(stack, source, target), 'value-not-available');
    }
  });
});
