import type { TerraformStack } from 'cdktf';
import {
  AwsSecurityGroup,
  ExternalHosts,
  GcpFirewall,
  Peer,
  PrometheusCostMetricsRule,
  type IHostGroup,
  type IPeer,
} from '../../lib';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { expectNothingMade, resourcesOf } from '../support/refusals';

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

test('ranges of both families are two rules, and tags go with those of IPv4', () => {
  const source = Peer.anyOf(Peer.cidr('2001:db8::/32', '10.0.0.0/8'), otherTag);
  const [ipv4, ipv6] = firewalls(source, tag);
  expect(ipv4).toMatchObject({ source_ranges: ['10.0.0.0/8'], source_tags: ['app'] });
  expect(ipv4.name).toBe('allow-vcluster-platform-to-prometheus');
  expect(ipv6.source_ranges).toEqual(['2001:db8::/32']);
  expect(ipv6.source_tags).toBeUndefined();
  expect(ipv6.name).toBe('allow-vcluster-platform-to-prometheus-ipv6');
});

test('an empty list is never written, because it means everyone', () => {
  const [fromRange] = firewalls(range, firewall.allInstances('one cluster alone'));
  for (const key of ['source_tags', 'source_service_accounts', 'target_tags', 'target_service_accounts']) {
    expect(fromRange).not.toHaveProperty(key);
  }
  const [fromTag] = firewalls(otherTag, tag);
  expect(fromTag).not.toHaveProperty('source_ranges');
});

test('tags are sorted, and each there once', () => {
  const again = new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag('web');
  expect(firewalls(Peer.anyOf(tag, otherTag, again), tag)[0].source_tags).toEqual(['app', 'web']);
});

test('a service account may be the source of a service account, and may stand beside ranges', () => {
  expect(firewalls(Peer.anyOf(account, range), account)[0]).toMatchObject({
    source_ranges: ['10.0.0.0/8'],
    source_service_accounts: ['nodes@net-host.iam.gserviceaccount.com'],
    target_service_accounts: ['nodes@net-host.iam.gserviceaccount.com'],
  });
});

test('external hosts are a source by their ranges', () => {
  const stack = newStack();
  open(stack, ExternalHosts.named('the platform', '192.0.2.0/28'), tag);
  expect(opened(stack)).toEqual(['ingress 9090/tcp from 192.0.2.0/28 at web']);
});

test('all instances are a destination, and the reason is in the description', () => {
  expect(firewalls(range, firewall.allInstances('one ${cluster}'))[0].description).toBe(
    'Cost control dashboard metrics; for all instances of the network: one $${cluster} ' +
      '[prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics]',
  );
});

describe('fails for', () => {
  function refuses(what: string, source: IPeer, target: IHostGroup, sentence: string): void {
    test(what, () =>
      expectNothingMade((stack) => open(stack, source, target), `PrometheusCostMetricsRule "stack/rule": ${sentence}`),
    );
  }

  const both = 'GCP allows no network tag and service account in one rule';
  const [tagLabel, accountLabel] = ['network tag web', 'service account nodes@net-host.iam.gserviceaccount.com'];
  refuses('a service account as source of a tag', account, tag, `${both}, got ${tagLabel} and ${accountLabel}`);
  refuses('a tag as source of a service account', tag, account, `${both}, got ${tagLabel} and ${accountLabel}`);
  refuses(
    'a tag and a service account as source',
    Peer.anyOf(account, tag),
    firewall.allInstances('one cluster alone'),
    `${both}, got ${tagLabel} and ${accountLabel}`,
  );

  const ranges = 'did you mean Peer.cidr(...) with the ranges of these machines?';
  const foreign = 'a GCP firewall needs ranges, network tags or service accounts as source';
  const group = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
  const shown = 'got security group sg-0123456789abcdef0';
  refuses('a security group as source', group, tag, `${foreign}, ${shown}; ${ranges}`);
  refuses('a security group among the sources', Peer.anyOf(range, tag, group), tag, `${foreign}, ${shown}; ${ranges}`);

  refuses(
    'all instances as source',
    firewall.allInstances('one cluster alone'),
    tag,
    `a source must be ranges, a network tag or a service account, got all instances of the network; ${ranges}`,
  );

  const network = 'a tag or service account is a source only within its own network';
  refuses(
    'a tag of another network as source',
    new GcpFirewall({ network: 'dev', project: 'net-host' }).networkTag('web'),
    tag,
    `${network}, got network tag web of another network; ${ranges}`,
  );
  refuses(
    'a service account of the same network of another project as source',
    new GcpFirewall({ network: 'prod', project: 'other-host' }).serviceAccount(
      'nodes@net-host.iam.gserviceaccount.com',
    ),
    account,
    `${network}, got ${accountLabel} of another network; ${ranges}`,
  );
});
