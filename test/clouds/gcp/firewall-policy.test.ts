import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { Lazy, TerraformStack, TerraformVariable } from 'cdktf';
import {
  DocumentedHostnameRules,
  GcpFirewallPolicy,
  type GcpFirewallPolicyProps,
  GcpLogging,
  Port,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { hostnameRow, hostnameTable } from '../../support/hostname-tables';
import { expectRefusal, resourcesOf } from '../../support/refusals';

const rows = [
  hostnameRow('registry', 'registry.example.com', Port.tcp(443)),
  hostnameRow('archive', 'archive.example.com', Port.tcp(80), Port.tcp(443)),
  hostnameRow('time', 'time.example.com', Port.udp(123)),
];
const account = (name: string): string => `${name}@prod-host.iam.gserviceaccount.com`;

function open(stack: TerraformStack, props: GcpFirewallPolicyProps, hosts = rows, id = 'rules'): void {
  new DocumentedHostnameRules(stack, id, { table: hostnameTable(hosts), through: new GcpFirewallPolicy(props) });
}

const rulesOf = (stack: TerraformStack): Record<string, any> =>
  resourcesOf(stack).google_compute_network_firewall_policy_rule;

test('allows exact hostnames, with a rule for each port', () => {
  const stack = newStack();
  open(stack, { policy: 'prod', targetServiceAccounts: [account('b'), account('a'), account('b')] });
  const rule = (port: string, protocol: string, priority: number, names: string[]): object => ({
    firewall_policy: 'prod',
    rule_name: `platform-hosts-${port}-${protocol}`,
    description: `Hosts of the platform, ${port}/${protocol} [platform-hosts@2026-10]`,
    priority,
    action: 'allow',
    direction: 'EGRESS',
    match: { dest_fqdns: names, layer4_configs: [{ ip_protocol: protocol, ports: [port] }] },
    target_service_accounts: [account('a'), account('b')],
  });
  expect(rulesOf(stack)).toEqual({
    'hosts_platform-hosts-443-tcp': rule('443', 'tcp', 1443, ['archive.example.com', 'registry.example.com']),
    'hosts_platform-hosts-80-tcp': rule('80', 'tcp', 1080, ['archive.example.com']),
    'hosts_platform-hosts-123-udp': rule('123', 'udp', 66_659, ['time.example.com']),
  });
});

test('gives its settings to every rule', () => {
  const stack = newStack();
  const provider = new GoogleProvider(stack, 'google', { project: 'prod', alias: 'other' });
  const project = new TerraformVariable(stack, 'project', {}).stringValue;
  const props = { policy: 'prod', project, provider, namePrefix: 'dmz-', priority: 0, logging: GcpLogging.ALL };
  open(stack, props, rows.slice(0, 1));
  expect(rulesOf(stack)).toMatchObject({
    'hosts_dmz-platform-hosts-443-tcp': {
      rule_name: 'dmz-platform-hosts-443-tcp',
      project: '${var.project}',
      provider: 'google.other',
      priority: 443,
      enable_logging: true,
    },
  });
});

test('fails for the same rule twice, in one stack and in two', () => {
  const stack = newStack();
  open(stack, { policy: 'prod', project: 'net-host' });
  expectRefusal(() => {
    open(stack, { policy: 'prod', project: 'net-host' }, rows, 'again');
  }, 'rule-created-twice');
  const other = new TerraformStack(stack.node.root, 'other');
  expectRefusal(() => {
    open(other, { policy: 'projects/net-host/global/firewallPolicies/prod' });
  }, 'rule-created-twice');
  expect(() => {
    open(other, { policy: 'dev', project: 'net-host' }, rows, 'dev');
  }).not.toThrow();
});

test('has at most 100 hostnames in a rule', () => {
  const names = Array.from({ length: 100 }, (_, index) =>
    hostnameRow(`h${index}`, `h${index}.example.com`, Port.tcp(443)),
  );
  const stack = newStack();
  open(stack, { policy: 'prod' }, names);
  expect(rulesOf(stack)['hosts_platform-hosts-443-tcp'].match.dest_fqdns).toHaveLength(100);
  const more = [...names, hostnameRow('h100', 'h100.example.com', Port.tcp(443))];
  expectRefusal(() => {
    open(newStack(), { policy: 'prod' }, more);
  }, 'too-many-hostnames');
});

test.each([
  'prod',
  'p',
  'projects/net-host/global/firewallPolicies/prod',
  'https://www.googleapis.com/compute/v1/projects/example.com:net/global/firewallPolicies/prod',
])('takes the policy %s', (policy) => {
  expect(new GcpFirewallPolicy({ policy })._settings.policy).toBe(policy);
});

test.each([
  'Prod',
  'prod-',
  '1prod',
  'p'.repeat(64),
  'x projects/net-host/global/firewallPolicies/prod',
  'projects/net-host/global/firewallPolicies/prod/rules',
  'https://www.googleapis.com/projects/net-host/global/firewallPolicies/prod',
])('fails for the policy %s', (policy) => {
  expectRefusal(() => new GcpFirewallPolicy({ policy }), 'firewall-policy-invalid');
});

test('has at most 10 target service accounts', () => {
  const accounts = (count: number): string[] => Array.from({ length: count }, (_, index) => account(`a${index}`));
  const props = (count: number): GcpFirewallPolicyProps => ({ policy: 'prod', targetServiceAccounts: accounts(count) });
  expect(new GcpFirewallPolicy(props(10))._settings.targetServiceAccounts).toHaveLength(10);
  expectRefusal(() => new GcpFirewallPolicy(props(11)), 'target-service-accounts-invalid');
});

test.each([0, 2_000_000_000])('takes the priority %d', (priority) => {
  expect(new GcpFirewallPolicy({ policy: 'prod', priority })._settings.priority).toBe(priority);
});

test.each([-1, 2_000_000_001, 1.5])('fails for the priority %d', (priority) => {
  expectRefusal(() => new GcpFirewallPolicy({ policy: 'prod', priority }), 'priority-invalid');
});

test('takes a service account that is known after apply, and fails for a token that resolves to something else', () => {
  const stack = newStack();
  const later = new TerraformVariable(stack, 'account', {}).stringValue;
  open(stack, { policy: 'prod', targetServiceAccounts: [later] }, rows.slice(0, 1));
  expect(rulesOf(stack)['hosts_platform-hosts-443-tcp'].target_service_accounts).toEqual(['${var.account}']);
  const none = Lazy.stringValue({ produce: () => 'worker' });
  expectRefusal(() => {
    open(newStack(), { policy: 'prod', targetServiceAccounts: [none] });
  }, 'service-account-invalid');
});

test('fails for a provider instance of a different cloud', () => {
  const provider = new AwsProvider(newStack(), 'aws');
  expectRefusal(() => new GcpFirewallPolicy({ policy: 'prod', provider }), 'provider-cloud-mismatch');
});

test.each([
  ['no service accounts', { targetServiceAccounts: [] }, 'target-service-accounts-invalid'],
  ['one service account without a list', { targetServiceAccounts: account('a') }, 'target-service-accounts-invalid'],
  ['a wrong service account', { targetServiceAccounts: ['worker'] }, 'service-account-invalid'],
  ['true as logging', { logging: true }, 'logging-invalid'],
  ['false as logging', { logging: false }, 'logging-invalid'],
  ['logging without metadata', { logging: GcpLogging.WITHOUT_METADATA }, 'logging-metadata-required'],
  ['a misspelled prop', { polcy: 'prod' }, 'prop-unknown'],
])('fails for %s', (_what, props, code) => {
  expectRefusal(() => new GcpFirewallPolicy({ policy: 'prod', ...props } as never), code);
});

test('fails for a scope and an id', () => {
  expectRefusal(() => new (GcpFirewallPolicy as any)(newStack(), 'policy', { policy: 'prod' }), 'scope-not-expected');
});

test.each([undefined, null, 'prod'])('fails for %j as props', (props) => {
  expectRefusal(() => new GcpFirewallPolicy(props as never), 'object-required');
});
