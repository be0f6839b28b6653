import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import type { TerraformStack } from 'cdktf';
import {
  DocumentedHostnameRules,
  GcpSecureWebProxy,
  type GcpSecureWebProxyProps,
  type HostnameTable,
  Port,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { hostnameRow, hostnameTable } from '../../support/hostname-tables';
import { expectRefusal, resourcesOf } from '../../support/refusals';

const location = 'europe-west3';
const rows = [
  hostnameRow('registry', 'registry.example.com', Port.tcp(443)),
  hostnameRow('docker', '*.docker.com', Port.tcp(443)),
  hostnameRow('archive', 'archive.example.com', Port.tcp(80), Port.tcp(443)),
];

function open(
  stack: TerraformStack,
  props: Partial<GcpSecureWebProxyProps> = {},
  id = 'rules',
  table = 'platform-hosts',
): DocumentedHostnameRules {
  const through = new GcpSecureWebProxy({ location, ...props });
  return new DocumentedHostnameRules(stack, id, { table: hostnameTable(rows, table), through });
}

/** The resources of a proxy, by their kind. */
function proxyOf(stack: TerraformStack): Record<'policies' | 'rules' | 'lists', any> {
  const resources = resourcesOf(stack);
  return {
    policies: resources.google_network_security_gateway_security_policy,
    rules: resources.google_network_security_gateway_security_policy_rule,
    lists: resources.google_network_security_url_lists,
  };
}

test('creates a policy, and a list and a rule for each port', () => {
  const stack = newStack();
  open(stack);
  const named = (port: number): object => ({
    name: `platform-hosts-${port}`,
    location,
    description: `Hosts of the platform, ${port}/tcp [platform-hosts@2026-10]`,
  });
  const rule = (port: number): object => ({
    ...named(port),
    gateway_security_policy: '${google_network_security_gateway_security_policy.policy_outbound-hosts.name}',
    enabled: true,
    priority: 1000 + port,
    basic_profile: 'ALLOW',
    session_matcher:
      `inUrlList(host(), '\${google_network_security_url_lists.hosts_platform-hosts-${port}.id}') && ` +
      `destination.port == ${port}`,
  });
  expect(proxyOf(stack)).toEqual({
    policies: {
      'policy_outbound-hosts': {
        name: 'outbound-hosts',
        location,
        description: 'Hosts that documents want to be reached; each rule names its document',
      },
    },
    rules: { 'hosts_platform-hosts-443': rule(443), 'hosts_platform-hosts-80': rule(80) },
    lists: {
      'hosts_platform-hosts-443': {
        ...named(443),
        values: ['*.docker.com', 'archive.example.com', 'registry.example.com'],
      },
      'hosts_platform-hosts-80': { ...named(80), values: ['archive.example.com'] },
    },
  });
});

test('gives its settings to every resource', () => {
  const stack = newStack();
  const provider = new GoogleProvider(stack, 'google', { project: 'prod', alias: 'other' });
  open(stack, { policy: 'p', project: 'net-host', provider, namePrefix: 'dmz-', priority: 5000 });
  const { policies, rules, lists } = proxyOf(stack);
  const common = { project: 'net-host', provider: 'google.other' };
  expect(policies.policy_p).toMatchObject(common);
  expect(lists['hosts_dmz-platform-hosts-443']).toMatchObject(common);
  expect(rules['hosts_dmz-platform-hosts-443']).toMatchObject({ ...common, priority: 5443 });
});

test('has at most 2500 hostnames in a list', () => {
  const through = new GcpSecureWebProxy({ location });
  const table = (count: number): HostnameTable =>
    hostnameTable(Array.from({ length: count }, (_, at) => hostnameRow(`h${at}`, `h${at}.example.com`, Port.tcp(443))));
  const stack = newStack();
  new DocumentedHostnameRules(stack, 'rules', { table: table(2500), through });
  expect(proxyOf(stack).lists['hosts_platform-hosts-443'].values).toHaveLength(2500);
  expectRefusal(
    () => new DocumentedHostnameRules(newStack(), 'rules', { table: table(2501), through }),
    'too-many-hostnames',
  );
});

describe('fails for', () => {
  test('the same table twice in a policy', () => {
    const stack = newStack();
    open(stack);
    expectRefusal(() => open(stack, { priority: 5000 }, 'again'), 'rule-created-twice');
  });

  test('two rules of one priority in a policy', () => {
    const stack = newStack();
    open(stack);
    expectRefusal(() => open(stack, {}, 'more', 'more'), 'settings-disagree');
    expect(() => open(stack, { policy: 'other' }, 'other', 'other')).not.toThrow();
  });
});

test.each(['europe-west3', 'us-east1'])('takes the region %s', (region) => {
  expect(new GcpSecureWebProxy({ location: region })._settings.location).toBe(region);
});

test.each(['europe', 'Europe-west3', 'europe-west3 ', ' europe-west3', 'x europe-west3', 'europe-west3-', ''])(
  'fails for the region %j',
  (region) => {
    expectRefusal(() => new GcpSecureWebProxy({ location: region }), 'location-invalid');
  },
);

test('fails for a region in a list', () => {
  expectRefusal(() => new GcpSecureWebProxy({ location: [location] as never }), 'location-invalid');
});

test.each(['p', 'outbound-hosts', 'p'.repeat(63)])('takes the policy name %s', (policy) => {
  expect(new GcpSecureWebProxy({ location, policy })._settings.policy).toBe(policy);
});

test.each(['Prod', 'prod-', '1prod', '', 'p'.repeat(64), 'prod x', ['prod']])(
  'fails for the policy name %j',
  (policy) => {
    expectRefusal(() => new GcpSecureWebProxy({ location, policy: policy as string }), 'policy-name-invalid');
  },
);

test('fails for a provider instance of a different cloud', () => {
  const provider = new AwsProvider(newStack(), 'aws');
  expectRefusal(() => new GcpSecureWebProxy({ location, provider }), 'provider-cloud-mismatch');
});

test('fails for a zone, a port of udp, a misspelled prop, and a scope', () => {
  expectRefusal(() => new GcpSecureWebProxy({ location: 'europe-west3-a' }), 'location-is-a-zone');
  const table = hostnameTable([hostnameRow('time', 'time.example.com', Port.udp(123))]);
  const through = new GcpSecureWebProxy({ location });
  expectRefusal(() => new DocumentedHostnameRules(newStack(), 'rules', { table, through }), 'port-not-filterable');
  expectRefusal(() => new GcpSecureWebProxy({ location, prioritiy: 1 } as never), 'prop-unknown');
  expectRefusal(() => new (GcpSecureWebProxy as any)(newStack(), 'proxy', { location }), 'scope-not-expected');
});
