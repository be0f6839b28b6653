import { GcpFirewall, Peer, PrometheusCostMetricsRule, VClusterPlatformIngressRules } from 'cdktf-cluster-ports';
import type { IConstruct } from 'constructs';
import { newStack } from '../support/clouds';

const firewall = new GcpFirewall({ network: 'prod' });
const prometheus = firewall.networkTag('prometheus');

function warningsOf({ node }: IConstruct): unknown[] {
  return node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as unknown);
}

function warnings(...ranges: string[]): unknown[] {
  return warningsOf(new PrometheusCostMetricsRule(newStack(), 'rule', { platform: Peer.cidr(...ranges), prometheus }));
}

test('does not warn if all ranges are needed', () => {
  expect(warnings('10.0.0.0/16', '10.1.0.0/16', '2001:db8::/32')).toEqual([]);
});

test('warns of a range that is within a different range', () => {
  expect(warnings('10.0.0.0/8', '10.1.0.0/16')).toEqual([
    'ranges within other ranges open nothing more: 10.1.0.0/16 in 10.0.0.0/8',
  ]);
});

test('counts the ranges that it does not name', () => {
  expect(warnings('10.0.0.0/8', '10.1.0.0/16', '10.2.0.0/16')).toEqual([
    'ranges within other ranges open nothing more: 10.1.0.0/16 in 10.0.0.0/8 and 1 more',
  ]);
});

test('warns once for a peer that opens several ports', () => {
  const kubernetesApi = Peer.cidr('10.0.0.0/8', '10.1.0.0/16');
  const platform = firewall.networkTag('platform');
  expect(warningsOf(new VClusterPlatformIngressRules(newStack(), 'rules', { kubernetesApi, platform }))).toHaveLength(
    1,
  );
});

test('warns once for a peer that is given to several constructs', () => {
  const stack = newStack();
  const platform = Peer.cidr('10.0.0.0/8', '10.1.0.0/16');
  const [first, second] = ['first', 'second'].map((tag) => {
    return new PrometheusCostMetricsRule(stack, tag, {
      platform,
      prometheus: new GcpFirewall({ network: 'prod', namePrefix: `${tag}-` }).networkTag(tag),
    });
  });
  expect([warningsOf(first), warningsOf(second)].map((given) => given.length)).toEqual([1, 0]);
});
