import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import type { TerraformStack } from 'cdktf';
import { DocumentedHostnameRules, GcpSecureWebProxy, Port, type GcpSecureWebProxyProps } from '../../lib';
import { newStack } from '../support/clouds';
import { hostRow, hostTable } from '../support/host-tables';
import { expectRefusal, resourcesOf } from '../support/refusals';

const location = 'europe-west3';
const rows = [
  hostRow('registry', 'registry.example.com', Port.tcp(443)),
  hostRow('docker', '*.docker.com', Port.tcp(443)),
  hostRow('archive', 'archive.example.com', Port.tcp(80), Port.tcp(443)),
];

function open(
  stack: TerraformStack,
  props: Partial<GcpSecureWebProxyProps> = {},
  id = 'rules',
  table = 'platform-hosts',
): DocumentedHostnameRules {
  const through = new GcpSecureWebProxy({ location, ...props });
  return new DocumentedHostnameRules(stack, id, { table: hostTable(rows, table), through });
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

test('is a policy, and a list and a rule for each port', () => {
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

test('has the project, the provider, the names and the priority that it is given', () => {
  const stack = newStack();
  const provider = new GoogleProvider(stack, 'google', { project: 'prod', alias: 'other' });
  open(stack, { policy: 'p', project: 'net-host', provider, namePrefix: 'dmz-', priority: 5000 });
  const { policies, rules, lists } = proxyOf(stack);
  const common = { project: 'net-host', provider: 'google.other' };
  expect(policies.policy_p).toMatchObject(common);
  expect(lists['hosts_dmz-platform-hosts-443']).toMatchObject(common);
  expect(rules['hosts_dmz-platform-hosts-443']).toMatchObject({ ...common, priority: 5443 });
});

test('has as many hosts in a list as Google takes', () => {
  const hosts = Array.from({ length: 2500 }, (_, at) => hostRow(`h${at}`, `h${at}.example.com`, Port.tcp(443)));
  const stack = newStack();
  new DocumentedHostnameRules(stack, 'rules', {
    table: hostTable(hosts),
    through: new GcpSecureWebProxy({ location }),
  });
  expect(proxyOf(stack).lists['hosts_platform-hosts-443'].values).toHaveLength(2500);
});

describe('fails for', () => {
  const refused = (id: string, sentence: string): string => `DocumentedHostnameRules "${id}": ${sentence}`;
  const advice = 'did you mean a second GcpSecureWebProxy with a namePrefix and another priority?';

  test('one table twice in a policy', () => {
    const stack = newStack();
    open(stack);
    expectRefusal(
      () => open(stack, { priority: 5000 }, 'again'),
      refused(
        'stack/again',
        `the URL list platform-hosts-443 must be asked for once, got it from "stack/rules" too; ${advice}`,
      ),
    );
  });

  test('two rules of one priority in a policy', () => {
    const stack = newStack();
    open(stack);
    expectRefusal(
      () => open(stack, {}, 'more', 'more'),
      refused(
        'stack/more',
        'the rules of a policy must each have a priority of their own (1443), got rule more-443 where rule platform-hosts-443 ' +
          'is given too; did you mean another priority for one of the tables?',
      ),
    );
    expect(() => open(stack, { policy: 'other' }, 'other', 'other')).not.toThrow();
  });
});

test.each(['europe-west3', 'us-east1'])('%s is a region', (region) => {
  expect(new GcpSecureWebProxy({ location: region }).settings.location).toBe(region);
});

test.each(['europe', 'Europe-west3', 'europe-west3 ', ' europe-west3', 'x europe-west3', 'europe-west3-', ''])(
  'fails for %j as one',
  (region) => {
    expectRefusal(
      () => new GcpSecureWebProxy({ location: region }),
      `GcpSecureWebProxy: location must be the name of a region, got "${region}"; did you mean "europe-west3"?`,
    );
  },
);

test('fails for a list of one region', () => {
  expectRefusal(
    () => new GcpSecureWebProxy({ location: [location] as never }),
    'GcpSecureWebProxy: location must be the name of a region, got ["europe-west3"]; did you mean "europe-west3"?',
  );
});

test.each(['p', 'outbound-hosts', 'p'.repeat(63)])('%s is the name of a policy', (policy) => {
  expect(new GcpSecureWebProxy({ location, policy }).settings.policy).toBe(policy);
});

test.each(['Prod', 'prod-', '1prod', '', 'p'.repeat(64), 'prod x', ['prod']])('fails for %j as one', (policy) => {
  expectRefusal(
    () => new GcpSecureWebProxy({ location, policy: policy as string }),
    'GcpSecureWebProxy: policy must be lower-case letters, digits and hyphens, at most 63, beginning with a letter, got ' +
      JSON.stringify(policy),
  );
});

test('fails under a provider instance of another cloud', () => {
  const provider = new AwsProvider(newStack(), 'aws');
  expectRefusal(
    () => new GcpSecureWebProxy({ location, provider }),
    'GcpSecureWebProxy: provider must be one of google or google-beta, got "aws"',
  );
});
