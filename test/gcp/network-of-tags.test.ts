import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { GcpFirewall, Peer, PrometheusCostMetricsRule, type GcpFirewallProps } from '../../lib';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { expectNothingMade, expectRefusal } from '../support/refusals';

const SELF_LINK = 'projects/net-host/global/networks/prod';
const NETWORK: GcpFirewallProps = { network: 'prod', project: 'net-host' };

describe('a tag is a source in its own network, which may be given', () => {
  test.each<GcpFirewallProps>([
    NETWORK,
    { network: SELF_LINK },
    { network: SELF_LINK, project: 'net-host' },
    { network: `https://www.googleapis.com/compute/v1/${SELF_LINK}` },
  ])('as %j', (props) => {
    for (const [source, target] of [
      [props, NETWORK],
      [NETWORK, props],
    ]) {
      const stack = newStack();
      const [platform, prometheus] = [
        new GcpFirewall(source).networkTag('app'),
        new GcpFirewall(target).networkTag('web'),
      ];
      new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
      expect(opened(stack)).toEqual(['ingress 9090/tcp from app at web']);
    }
  });

  test('as a value that only Terraform knows, read twice', () => {
    const stack = newStack();
    const network = new TerraformVariable(stack, 'network', {});
    const [platform, prometheus] = ['app', 'web'].map((tag) =>
      new GcpFirewall({ network: network.stringValue }).networkTag(tag),
    );
    new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.anyOf(platform), prometheus });
    expect(opened(stack)).toEqual(['ingress 9090/tcp from app at web']);
  });
});

test.each<GcpFirewallProps>([
  { network: 'prod', project: 'other-host' },
  { network: 'projects/other-host/global/networks/prod' },
  { network: 'projects/net-host/global/networks/dev' },
  { network: 'prod' },
])('a tag fails as a source in the network %j, which is another', (props) => {
  const [platform, prometheus] = [
    new GcpFirewall(props).networkTag('app'),
    new GcpFirewall({ network: SELF_LINK }).networkTag('web'),
  ];
  expectNothingMade(
    (stack) => new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus }),
    'PrometheusCostMetricsRule "stack/rule": a tag or service account is a source only within its own network, ' +
      'got network tag app of another network; did you mean Peer.cidr(...) with the ranges of these machines?',
  );
});

test('networks of two stacks are two, though references read alike in both', () => {
  const app = Testing.app();
  const [left, right] = ['left', 'right'].map((id) => {
    const stack = new TerraformStack(app, id);
    const network = new ComputeNetwork(stack, 'network', { name: id });
    return { stack, tag: new GcpFirewall({ network: network.name, project: 'net-host' }).networkTag(id) };
  });
  expectRefusal(
    () => new PrometheusCostMetricsRule(right.stack, 'rule', { platform: left.tag, prometheus: right.tag }),
    'PrometheusCostMetricsRule "right/rule": a tag or service account is a source only within its own network, got network ' +
      'tag left of another network; did you mean Peer.cidr(...) with the ranges of these machines?',
  );
});
