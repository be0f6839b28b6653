import { TerraformIterator, Token, type TerraformStack } from 'cdktf';
import { AwsSecurityGroup, GcpFirewall, Peer, PrometheusCostMetricsRule, type IHostGroup, type IPeer } from '../../lib';
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
    'PrometheusCostMetricsRule "stack/rule": a value that is unknown at synthesis must refer to one thing, ' +
    'because rules are named after it, got "${each.value}"';

  test('a security group', () => {
    expectNothingMade(
      (stack) => open(stack, platform, AwsSecurityGroup.fromId(each)),
      `${need}; did you mean AwsSecurityGroup.fromId(id, { key: "a-name" })?`,
    );
  });

  test('a range', () => {
    for (const target of [tag, group]) {
      expectNothingMade(
        (stack) => open(stack, Peer.cidr(each), target),
        `${need}; did you mean a range of its own for every construct?`,
      );
    }
  });

  test('a network tag and a service account', () => {
    for (const target of [firewall.networkTag(each), firewall.serviceAccount(each)]) {
      expectNothingMade(
        (stack) => open(stack, platform, target),
        `${need}; did you mean a value that is known at synthesis?`,
      );
    }
  });

  test('a project', () => {
    expectNothingMade(
      (stack) => open(stack, platform, new GcpFirewall({ network: 'prod', project: each }).networkTag('web')),
      `${need}; did you mean a name that is known at synthesis?`,
    );
  });
});
