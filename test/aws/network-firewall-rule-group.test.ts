import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AwsNetworkFirewallRuleGroup,
  AwsRuleOrder,
  DocumentedHostnameRules,
  Peer,
  Port,
  type AwsNetworkFirewallRuleGroupProps,
  type HostnameTable,
} from '../../lib';
import { newStack } from '../support/clouds';
import { hostRow, hostTable } from '../support/host-tables';
import { expectRefusal, resourcesOf } from '../support/refusals';

function tableOf(...hosts: string[]): HostnameTable {
  return hostTable(hosts.map((host, index) => hostRow(`host-${index}`, host, Port.tcp(443), Port.tcp(80))));
}

function open(
  stack: TerraformStack,
  props: AwsNetworkFirewallRuleGroupProps,
  ...hosts: string[]
): DocumentedHostnameRules {
  return new DocumentedHostnameRules(stack, 'rules', {
    table: tableOf(...hosts),
    through: new AwsNetworkFirewallRuleGroup(props),
  });
}

const groupsOf = (stack: TerraformStack): Record<string, any> => resourcesOf(stack).aws_networkfirewall_rule_group;

test('is an allow-list of names for TLS, and one for HTTP, without order', () => {
  const stack = newStack();
  open(stack, {}, 'b.example.com', '*.example.com', 'a.example.com');
  const list = (name: string, port: number, type: string): object => ({
    name,
    type: 'STATEFUL',
    capacity: 100,
    description: `Hosts of the platform, ${port}/tcp [platform-hosts@2026-10]`,
    rule_group: {
      rules_source: {
        rules_source_list: {
          generated_rules_type: 'ALLOWLIST',
          target_types: [type],
          targets: ['.example.com', 'a.example.com', 'b.example.com'],
        },
      },
      stateful_rule_options: { rule_order: 'DEFAULT_ACTION_ORDER' },
    },
  });
  expect(groupsOf(stack)).toEqual({
    'hosts_platform-hosts-tls': list('platform-hosts-tls', 443, 'TLS_SNI'),
    'hosts_platform-hosts-http': list('platform-hosts-http', 80, 'HTTP_HOST'),
  });
});

test('has the order, the room, the clients and the tags that its firewall has', () => {
  const stack = newStack();
  const range = new TerraformVariable(stack, 'range', { type: 'string' }).stringValue;
  const props = { capacity: 500, ruleOrder: AwsRuleOrder.STRICT, namePrefix: 'prod-', tags: { cost: '${x}' } };
  open(stack, { ...props, clients: Peer.cidr('10.0.0.0/8', range) }, 'a.example.com');
  expect(groupsOf(stack)['hosts_prod-platform-hosts-tls']).toEqual({
    name: 'prod-platform-hosts-tls',
    type: 'STATEFUL',
    capacity: 500,
    description: 'Hosts of the platform, 443/tcp [platform-hosts@2026-10]',
    tags: { cost: '$${x}' },
    rule_group: {
      rule_variables: {
        ip_sets: [{ key: 'HOME_NET', ip_set: { definition: ['10.0.0.0/8', '${var.range}'] } }],
      },
      rules_source: {
        rules_source_list: {
          generated_rules_type: 'ALLOWLIST',
          target_types: ['TLS_SNI'],
          targets: ['a.example.com'],
        },
      },
      stateful_rule_options: { rule_order: 'STRICT_ORDER' },
    },
    lifecycle: {
      precondition: [
        {
          condition: expect.stringContaining('cidrsubnet(var.range, 0, 0) == var.range') as string,
          error_message: 'var.range must be an IPv4 range without bits after its prefix and not the whole internet.',
        },
      ],
    },
  });
});

test('has no condition where its clients are known', () => {
  const stack = newStack();
  open(stack, { clients: Peer.cidr('10.0.0.0/8') }, 'a.example.com');
  expect(groupsOf(stack)['hosts_platform-hosts-tls']).not.toHaveProperty('lifecycle');
  expect(groupsOf(stack)['hosts_platform-hosts-tls'].rule_group.rule_variables).toEqual({
    ip_sets: [{ key: 'HOME_NET', ip_set: { definition: ['10.0.0.0/8'] } }],
  });
});

test('of one name may stand under two provider instances, and under one only once', () => {
  const app = Testing.app();
  const [left, right] = ['left', 'right'].map((id) => new TerraformStack(app, id));
  open(left, {}, 'a.example.com');
  expect(() => open(right, {}, 'a.example.com')).not.toThrow();
  const provider = new AwsProvider(left, 'aws', { region: 'eu-west-1', alias: 'ireland' });
  const through = new AwsNetworkFirewallRuleGroup({ provider });
  const table = tableOf('a.example.com');
  expectRefusal(
    () => new DocumentedHostnameRules(left, 'again', { table, through }),
    'DocumentedHostnameRules "left/again": the rule group platform-hosts-tls must have an address of its own, got ' +
      'aws_networkfirewall_rule_group.hosts_platform-hosts-tls, which another rule has; did you mean a second ' +
      'AwsNetworkFirewallRuleGroup with a namePrefix?',
  );
});

test('has room for exactly as many hosts as its capacity', () => {
  const hosts = ['a.example.com', 'b.example.com'];
  expect(() => open(newStack(), { capacity: 2 }, ...hosts)).not.toThrow();
  expectRefusal(
    () => open(newStack(), { capacity: 1 }, ...hosts),
    'DocumentedHostnameRules "stack/rules": a rule group must have capacity for its hosts (1), got 2 hosts at 443/tcp; did you ' +
      'mean capacity: 4?',
  );
});

test('fails under a provider instance of another cloud', () => {
  const provider = new GoogleProvider(newStack(), 'google', { project: 'prod' });
  expectRefusal(
    () => new AwsNetworkFirewallRuleGroup({ provider }),
    'AwsNetworkFirewallRuleGroup: provider must be one of aws, got "google"',
  );
});

test.each([1, 30_000])('may have a capacity of %d', (capacity) => {
  expect(new AwsNetworkFirewallRuleGroup({ capacity }).settings.capacity).toBe(capacity);
});

test.each([0, 30_001, 1.5])('fails for a capacity of %d', (capacity) => {
  expectRefusal(
    () => new AwsNetworkFirewallRuleGroup({ capacity }),
    `AwsNetworkFirewallRuleGroup: capacity must be a whole number from 1 to 30000, got ${capacity}`,
  );
});

test.each([['prod'], ['a b'], '-prod', 'p'.repeat(41)])('fails for %j as the beginning of its names', (namePrefix) => {
  expectRefusal(
    () => new AwsNetworkFirewallRuleGroup({ namePrefix: namePrefix as string }),
    `AwsNetworkFirewallRuleGroup: namePrefix must be at most 40 letters, digits and hyphens, got ${JSON.stringify(namePrefix)}`,
  );
});
