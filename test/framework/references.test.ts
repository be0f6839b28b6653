import { Lazy, TerraformIterator, Token, type TerraformStack } from 'cdktf';
import { AwsSecurityGroup, GcpFirewall, Peer, PrometheusCostMetricsRule, type IHostGroup, type IPeer } from '../../lib';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { expectNothingMade } from '../support/refusals';

const each = Token.asString(TerraformIterator.fromList(['a', 'b']).value);
const firewall = new GcpFirewall({ network: 'prod' });
const [tag, group] = [firewall.networkTag('web'), AwsSecurityGroup.fromId('sg-01234567')];
const platform = Peer.address('203.0.113.7');

function open(stack: TerraformStack, source: IPeer, prometheus: IHostGroup): void {
  new PrometheusCostMetricsRule(stack, 'rule', { platform: source, prometheus });
}

describe('a value that is another one for every instance of a loop fails as', () => {
  const need =
    'PrometheusCostMetricsRule "stack/rule": a value must be one thing: ' +
    'no rule is made in a loop, got "${each.value}"';

  test('a security group', () => {
    expectNothingMade((stack) => open(stack, platform, AwsSecurityGroup.fromId(each)), need);
  });

  test('a range', () => {
    for (const target of [tag, group]) {
      expectNothingMade((stack) => open(stack, Peer.cidr(each), target), need);
    }
  });

  test('a network tag and a service account', () => {
    for (const target of [firewall.networkTag(each), firewall.serviceAccount(each)]) {
      expectNothingMade((stack) => open(stack, platform, target), need);
    }
  });

  test('a project', () => {
    expectNothingMade(
      (stack) => open(stack, platform, new GcpFirewall({ network: 'prod', project: each }).networkTag('web')),
      need,
    );
  });

  test.each(['${each.key}', '${count.index}', '${var.groups[count.index]}', '${each.value.id}'])('%s', (text) => {
    expectNothingMade(
      (stack) => open(stack, platform, AwsSecurityGroup.fromId(Lazy.stringValue({ produce: () => text }))),
      'PrometheusCostMetricsRule "stack/rule": a value must be one thing: ' +
        `no rule is made in a loop, got "${text}"`,
    );
  });
});

describe('a value that is not there yet', () => {
  const need =
    'PrometheusCostMetricsRule "stack/rule": a value that is unknown at synthesis must refer to something, ' +
    'because rules are named after it, got a value that is not there yet';
  const never = Lazy.stringValue({ produce: () => undefined });

  test('is the id of a group that has a key, and may come later', () => {
    const stack = newStack();
    const resource: { id?: string } = {};
    const later = Lazy.stringValue({ produce: () => resource.id });
    open(stack, platform, AwsSecurityGroup.fromId(later, { key: 'prometheus' }));
    resource.id = 'sg-0123456789abcdef0';
    expect(opened(stack)).toEqual(['ingress 9090/tcp from 203.0.113.7/32 at sg-0123456789abcdef0']);
  });

  test('fails as the id of a group without a key, and says what to give', () => {
    expectNothingMade(
      (stack) => open(stack, platform, AwsSecurityGroup.fromId(never)),
      `${need}; did you mean AwsSecurityGroup.fromId(id, { key: "a-name" })?`,
    );
  });

  test('fails as a range, a network tag and a project', () => {
    const project = new GcpFirewall({ network: 'prod', project: never }).networkTag('web');
    for (const [source, target, fix] of [
      [Peer.cidr(never), tag, 'a range of its own for every construct'],
      [platform, firewall.networkTag(never), 'a value that is known at synthesis'],
      [platform, project, 'a name that is known at synthesis'],
    ] as const) {
      expectNothingMade((stack) => open(stack, source, target), `${need}; did you mean ${fix}?`);
    }
  });
});
