import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { GcpFirewall, type GcpFirewallProps, Peer, PrometheusCostMetricsRule } from '../../../lib';
import { newStack } from '../../support/clouds';
import { opened } from '../../support/opened';
import { expectNothingCreated, expectRefusal } from '../../support/refusals';

const SELF_LINK = 'projects/net-host/global/networks/prod';
const NETWORK: GcpFirewallProps = { network: 'prod', project: 'net-host' };

describe('a tag is a source in its own network, if that is given', () => {
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

  test('as a value that is known after apply, read twice', () => {
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
])('fails for a tag as a source in the different network %j', (props) => {
  const [platform, prometheus] = [
    new GcpFirewall(props).networkTag('app'),
    new GcpFirewall({ network: SELF_LINK }).networkTag('web'),
  ];
  expectNothingCreated(
    (stack) => new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus }),
    'far-end-network-mismatch',
  );
});

test('distinguishes the networks of two stacks, even if their references are the same text', () => {
  const app = Testing.app();
  const [left, right] = ['left', 'right'].map((id) => {
    const stack = new TerraformStack(app, id);
    const network = new ComputeNetwork(stack, 'network', { name: id });
    return { stack, tag: new GcpFirewall({ network: network.name, project: 'net-host' }).networkTag(id) };
  });
  expectRefusal(
    () => new PrometheusCostMetricsRule(right.stack, 'rule', { platform: left.tag, prometheus: right.tag }),
    'far-end-network-mismatch',
  );
});
