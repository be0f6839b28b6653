import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { Lazy, TerraformStack, TerraformVariable } from 'cdktf';
import { DocumentedHostnameRules, GcpFirewallPolicy, Port, type GcpFirewallPolicyProps } from '../../lib';
import { newStack } from '../support/clouds';
import { hostRow, hostTable } from '../support/host-tables';
import { expectRefusal, resourcesOf } from '../support/refusals';

const rows = [
  hostRow('registry', 'registry.example.com', Port.tcp(443)),
  hostRow('archive', 'archive.example.com', Port.tcp(80), Port.tcp(443)),
  hostRow('time', 'time.example.com', Port.udp(123)),
];
const account = (name: string): string => `${name}@prod-host.iam.gserviceaccount.com`;

function open(stack: TerraformStack, props: GcpFirewallPolicyProps, hosts = rows, id = 'rules'): void {
  new DocumentedHostnameRules(stack, id, { table: hostTable(hosts), through: new GcpFirewallPolicy(props) });
}

const rulesOf = (stack: TerraformStack): Record<string, any> =>
  resourcesOf(stack).google_compute_network_firewall_policy_rule;

test('lets out exact names, a rule for each port', () => {
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

test('has the project, the provider, the names, the priority and the log that it is given', () => {
  const stack = newStack();
  const provider = new GoogleProvider(stack, 'google', { project: 'prod', alias: 'other' });
  const project = new TerraformVariable(stack, 'project', {}).stringValue;
  const props = { policy: 'prod', project, provider, namePrefix: 'dmz-', priority: 0, logging: true };
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

test('the same rule is asked for once, in one stack of the app', () => {
  const stack = newStack();
  open(stack, { policy: 'prod', project: 'net-host' });
  const said = (id: string, where: string): string =>
    `DocumentedHostnameRules "${id}": the rule platform-hosts-443-tcp of a firewall policy must be asked for once, got it${where} from ` +
    '"stack/rules" too; did you mean a second GcpFirewallPolicy with a namePrefix and another priority?';
  expectRefusal(
    () => {
      open(stack, { policy: 'prod', project: 'net-host' }, rows, 'again');
    },
    said('stack/again', ''),
  );
  const other = new TerraformStack(stack.node.root, 'other');
  expectRefusal(
    () => {
      open(other, { policy: 'projects/net-host/global/firewallPolicies/prod' });
    },
    said('other/rules', ' in stack "stack"'),
  );
  expect(() => {
    open(other, { policy: 'dev', project: 'net-host' }, rows, 'dev');
  }).not.toThrow();
});

test('takes as many names in a rule as Google does', () => {
  const names = Array.from({ length: 100 }, (_, index) => hostRow(`h${index}`, `h${index}.example.com`, Port.tcp(443)));
  const stack = newStack();
  open(stack, { policy: 'prod' }, names);
  expect(rulesOf(stack)['hosts_platform-hosts-443-tcp'].match.dest_fqdns).toHaveLength(100);
});

test.each([
  'prod',
  'p',
  'projects/net-host/global/firewallPolicies/prod',
  'https://www.googleapis.com/compute/v1/projects/example.com:net/global/firewallPolicies/prod',
])('%s is a policy', (policy) => {
  expect(new GcpFirewallPolicy({ policy }).settings.policy).toBe(policy);
});

test.each([
  'Prod',
  'prod-',
  '1prod',
  'p'.repeat(64),
  'x projects/net-host/global/firewallPolicies/prod',
  'projects/net-host/global/firewallPolicies/prod/rules',
  'projects/net-host/regions/europe-west3/firewallPolicies/prod',
  'https://www.googleapis.com/projects/net-host/global/firewallPolicies/prod',
])('fails for %s as a policy', (policy) => {
  expectRefusal(
    () => new GcpFirewallPolicy({ policy }),
    `GcpFirewallPolicy: policy must be the name or id of a global network firewall policy, got "${policy}"`,
  );
});

test('has at most 10 target service accounts', () => {
  const accounts = (count: number): string[] => Array.from({ length: count }, (_, index) => account(`a${index}`));
  const props = (count: number): GcpFirewallPolicyProps => ({ policy: 'prod', targetServiceAccounts: accounts(count) });
  expect(new GcpFirewallPolicy(props(10)).settings.targetServiceAccounts).toHaveLength(10);
  expectRefusal(
    () => new GcpFirewallPolicy(props(11)),
    'GcpFirewallPolicy: targetServiceAccounts must be 1 to 10 service accounts, got 11',
  );
});

test.each([0, 2_000_000_000])('may have a priority of %d', (priority) => {
  expect(new GcpFirewallPolicy({ policy: 'prod', priority }).settings.priority).toBe(priority);
});

test.each([-1, 2_000_000_001, 1.5])('fails for a priority of %d', (priority) => {
  expectRefusal(
    () => new GcpFirewallPolicy({ policy: 'prod', priority }),
    `GcpFirewallPolicy: priority must be a whole number from 0 to 2000000000, got ${priority}`,
  );
});

test('a service account may be known to Terraform, and is refused when it turns out to be none', () => {
  const stack = newStack();
  const later = new TerraformVariable(stack, 'account', {}).stringValue;
  open(stack, { policy: 'prod', targetServiceAccounts: [later] }, rows.slice(0, 1));
  expect(rulesOf(stack)['hosts_platform-hosts-443-tcp'].target_service_accounts).toEqual(['${var.account}']);
  const none = Lazy.stringValue({ produce: () => 'worker' });
  expectRefusal(() => {
    open(newStack(), { policy: 'prod', targetServiceAccounts: [none] });
  }, 'DocumentedHostnameRules "stack/rules": a service account must be an email address of gserviceaccount.com, got "worker"');
});

test('fails under a provider instance of another cloud', () => {
  const provider = new AwsProvider(newStack(), 'aws');
  expectRefusal(
    () => new GcpFirewallPolicy({ policy: 'prod', provider }),
    'GcpFirewallPolicy: provider must be one of google or google-beta, got "aws"',
  );
});
