import type { TerraformStack } from 'cdktf';
import {
  AwsSecurityGroup,
  ExternalHosts,
  GcpFirewall,
  type IHostGroup,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { opened } from '../../support/opened';
import { expectNothingCreated, resourcesOf } from '../../support/refusals';

const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });
const [tag, otherTag] = [firewall.networkTag('web'), firewall.networkTag('app')];
const account = firewall.serviceAccount('nodes@net-host.iam.gserviceaccount.com');
const range = Peer.cidr('10.0.0.0/8');

function open(stack: TerraformStack, platform: IPeer, prometheus: IHostGroup): void {
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
}

function firewalls(platform: IPeer, prometheus: IHostGroup): any[] {
  const stack = newStack();
  open(stack, platform, prometheus);
  return Object.values(resourcesOf(stack).google_compute_firewall);
}

test('creates two rules for ranges of both families, with tags in the IPv4 rule', () => {
  const source = Peer.anyOf(Peer.cidr('2001:db8::/32', '10.0.0.0/8'), otherTag);
  const [ipv4, ipv6] = firewalls(source, tag);
  expect(ipv4).toMatchObject({ source_ranges: ['10.0.0.0/8'], source_tags: ['app'] });
  expect(ipv4.name).toBe('allow-vcluster-platform-to-prometheus');
  expect(ipv6.source_ranges).toEqual(['2001:db8::/32']);
  expect(ipv6.source_tags).toBeUndefined();
  expect(ipv6.name).toBe('allow-vcluster-platform-to-prometheus-ipv6');
});

test('never writes an empty list, because it means everyone', () => {
  const [fromRange] = firewalls(range, firewall.allInstances('one cluster alone'));
  for (const key of ['source_tags', 'source_service_accounts', 'target_tags', 'target_service_accounts']) {
    expect(fromRange).not.toHaveProperty(key);
  }
  const [fromTag] = firewalls(otherTag, tag);
  expect(fromTag).not.toHaveProperty('source_ranges');
});

test('lists tags in order, each once', () => {
  const again = new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag('web');
  expect(firewalls(Peer.anyOf(tag, otherTag, again), tag)[0].source_tags).toEqual(['app', 'web']);
});

test('takes a service account as the source of a service account, together with ranges', () => {
  expect(firewalls(Peer.anyOf(account, range), account)[0]).toMatchObject({
    source_ranges: ['10.0.0.0/8'],
    source_service_accounts: ['nodes@net-host.iam.gserviceaccount.com'],
    target_service_accounts: ['nodes@net-host.iam.gserviceaccount.com'],
  });
});

test('takes external hosts as a source by their ranges', () => {
  const stack = newStack();
  open(stack, ExternalHosts.named('the platform', '192.0.2.0/28'), tag);
  expect(opened(stack)).toEqual(['ingress 9090/tcp from 192.0.2.0/28 at web']);
});

test('takes all instances as a destination, with the reason in the description', () => {
  expect(firewalls(range, firewall.allInstances('one ${cluster}'))[0].description).toBe(
    'Cost control dashboard metrics; for all instances of the network: one $${cluster} ' +
      '[prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics]',
  );
});

describe('fails for', () => {
  const all = firewall.allInstances('one cluster alone');
  const group = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
  const dev = new GcpFirewall({ network: 'dev', project: 'net-host' }).networkTag('web');
  const elsewhere = new GcpFirewall({ network: 'prod', project: 'other-host' }).serviceAccount(
    'nodes@net-host.iam.gserviceaccount.com',
  );

  test.each<[string, IPeer, IHostGroup, string]>([
    ['a service account as source of a tag', account, tag, 'tags-and-accounts-mixed'],
    ['a tag as source of a service account', tag, account, 'tags-and-accounts-mixed'],
    ['a tag and a service account as source', Peer.anyOf(account, tag), all, 'tags-and-accounts-mixed'],
    ['a security group as source', group, tag, 'far-end-cloud-mismatch'],
    ['a security group among the sources', Peer.anyOf(range, tag, group), tag, 'far-end-cloud-mismatch'],
    ['all instances as source', all, tag, 'far-end-not-a-source'],
    ['a tag of a different network as source', dev, tag, 'far-end-network-mismatch'],
    [
      'a service account of a network of the same name in a different project as source',
      elsewhere,
      account,
      'far-end-network-mismatch',
    ],
  ])('%s', (_what, source, target, code) => {
    expectNothingCreated((stack) => open(stack, source, target), code);
  });
});
