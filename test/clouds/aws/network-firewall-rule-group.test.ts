import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import {
  AwsNetworkFirewallRuleGroup,
  type AwsNetworkFirewallRuleGroupProps,
  AwsRuleOrder,
  AwsSecurityGroup,
  DocumentedHostnameRules,
  type HostnameTable,
  Peer,
  Port,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { hostnameRow, hostnameTable } from '../../support/hostname-tables';
import { expectRefusal, resourcesOf } from '../../support/refusals';

function tableOf(...hosts: string[]): HostnameTable {
  return hostnameTable(hosts.map((host, index) => hostnameRow(`host-${index}`, host, Port.tcp(443), Port.tcp(80))));
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

test('creates an allow-list of hostnames for TLS, and one for HTTP, both sorted', () => {
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

test('has the rule order, capacity, clients and tags that were given', () => {
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

test('has no precondition if its clients are known', () => {
  const stack = newStack();
  open(stack, { clients: Peer.cidr('10.0.0.0/8') }, 'a.example.com');
  expect(groupsOf(stack)['hosts_platform-hosts-tls']).not.toHaveProperty('lifecycle');
  expect(groupsOf(stack)['hosts_platform-hosts-tls'].rule_group.rule_variables).toEqual({
    ip_sets: [{ key: 'HOME_NET', ip_set: { definition: ['10.0.0.0/8'] } }],
  });
});

const KEY = '0f3c6a2b-1d4e-4f60-8a9b-0c1d2e3f4a5b';

test.each([
  KEY,
  'mrk-0123456789abcdef0123456789abcdef',
  `arn:aws:kms:eu-central-1:111122223333:key/${KEY}`,
  'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef',
  'alias/firewall',
  'arn:aws:kms:eu-central-1:111122223333:alias/team/firewall',
])('encrypts its rule groups with the key %s', (keyId) => {
  const stack = newStack();
  open(stack, { encryptionConfiguration: { keyId } }, 'a.example.com');
  expect(
    Object.values(groupsOf(stack)).map(({ encryption_configuration }: any) => encryption_configuration as object),
  ).toEqual([
    { type: 'CUSTOMER_KMS', key_id: keyId },
    { type: 'CUSTOMER_KMS', key_id: keyId },
  ]);
});

test('the key may be known after apply', () => {
  const stack = newStack();
  const keyId = new TerraformVariable(stack, 'key', { type: 'string' }).stringValue;
  open(stack, { encryptionConfiguration: { keyId } }, 'a.example.com');
  expect(groupsOf(stack)['hosts_platform-hosts-tls'].encryption_configuration.key_id).toBe('${var.key}');
});

test.each<[string, unknown, string]>([
  ['the name of a key', { keyId: 'firewall' }, 'kms-key-invalid'],
  ['no key', {}, 'kms-key-invalid'],
  ['a number', { keyId: 5 }, 'kms-key-invalid'],
  ['a line after the key', { keyId: `${KEY}\n` }, 'kms-key-invalid'],
  ['the ARN of a different service', { keyId: `arn:aws:s3:::${KEY}` }, 'kms-key-invalid'],
  ['a template', { keyId: 'alias/${x}' }, 'kms-key-invalid'],
  ['text in the form of a token', { keyId: '${TfToken[TOKEN.99999]}' }, 'token-unknown'],
  ['the type of AWS', { keyId: KEY, type: 'CUSTOMER_KMS' }, 'prop-unknown'],
  ['null', null, 'object-required'],
])('fails for %s as encryption', (_what, encryptionConfiguration, code) => {
  expectRefusal(() => new AwsNetworkFirewallRuleGroup({ encryptionConfiguration } as never), code);
});

test('the text to which a token resolves is checked as a key', () => {
  const keyId = Token.asString({ resolve: () => 'firewall' });
  expectRefusal(() => open(newStack(), { encryptionConfiguration: { keyId } }, 'a.example.com'), 'kms-key-invalid');
});

test('two provider instances may each have a rule group of one name, and one provider instance may not', () => {
  const app = Testing.app();
  const [left, right] = ['left', 'right'].map((id) => new TerraformStack(app, id));
  open(left, {}, 'a.example.com');
  expect(() => open(right, {}, 'a.example.com')).not.toThrow();
  const provider = new AwsProvider(left, 'aws', { region: 'eu-west-1', alias: 'ireland' });
  const through = new AwsNetworkFirewallRuleGroup({ provider });
  const table = tableOf('a.example.com');
  expectRefusal(() => new DocumentedHostnameRules(left, 'again', { table, through }), 'rule-address-taken');
});

test('has room for exactly as many hostnames as its capacity', () => {
  const hosts = ['a.example.com', 'b.example.com'];
  expect(() => open(newStack(), { capacity: 2 }, ...hosts)).not.toThrow();
  expectRefusal(() => open(newStack(), { capacity: 1 }, ...hosts), 'capacity-exceeded');
});

test('fails for a provider instance of a different cloud', () => {
  const provider = new GoogleProvider(newStack(), 'google', { project: 'prod' });
  expectRefusal(() => new AwsNetworkFirewallRuleGroup({ provider }), 'provider-cloud-mismatch');
});

test.each([1, 30_000])('may have a capacity of %d', (capacity) => {
  expect(new AwsNetworkFirewallRuleGroup({ capacity })._settings.capacity).toBe(capacity);
});

test.each([0, 30_001, 1.5])('fails for a capacity of %d', (capacity) => {
  expectRefusal(() => new AwsNetworkFirewallRuleGroup({ capacity }), 'capacity-invalid');
});

test.each([['prod'], ['a b'], '-prod', 'p'.repeat(41)])('fails for %j as the beginning of its names', (namePrefix) => {
  expectRefusal(() => new AwsNetworkFirewallRuleGroup({ namePrefix: namePrefix as string }), 'name-prefix-invalid');
});

test.each<[string, object, string]>([
  ['a range in text as clients', { clients: '10.0.0.0/8' }, 'peer-required'],
  ['a security group as clients', { clients: AwsSecurityGroup.fromId('sg-01234567') }, 'ip-ranges-required'],
  ['the internet as clients', { clients: Peer.anyIpv4('a test') }, 'world-not-allowed'],
  ['a word as rule order', { ruleOrder: 'strict' }, 'rule-order-invalid'],
  ['a misspelled prop', { capasity: 5 }, 'prop-unknown'],
])('fails for %s', (_what, props, code) => {
  expectRefusal(() => new AwsNetworkFirewallRuleGroup(props), code);
});

test('fails for a hostname at a port that is neither 443/tcp nor 80/tcp', () => {
  const table = hostnameTable([hostnameRow('ssh', 'a.example.com', Port.tcp(22))]);
  const through = new AwsNetworkFirewallRuleGroup();
  expectRefusal(() => new DocumentedHostnameRules(newStack(), 'rules', { table, through }), 'port-not-filterable');
});
