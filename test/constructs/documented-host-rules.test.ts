import { TerraformOutput, TerraformStack, Testing } from 'cdktf';
import {
  AwsNetworkFirewallRuleGroup,
  AwsSecurityGroup,
  DocumentedHostnameRules,
  GcpFirewallPolicy,
  GcpSecureWebProxy,
  Peer,
  Port,
  type GcpFirewallPolicyProps,
  type GcpSecureWebProxyProps,
  type HostnameRow,
  type IHostnameFilter,
} from '../../lib';
import { newStack } from '../support/clouds';
import { hostRow, hostTable } from '../support/host-tables';
import { letOut } from '../support/hosts';
import { expectNothingMade, expectRefusal, resourcesOf } from '../support/refusals';

const REGISTRY = hostRow('registry', 'registry.example.com', Port.tcp(443));
const ARCHIVE = hostRow('archive', 'archive.example.com', Port.tcp(80), Port.tcp(443));
const TIME = hostRow('time', 'time.example.com', Port.udp(123));

function open(
  stack: TerraformStack,
  through: IHostnameFilter,
  hosts: HostnameRow[],
  id = 'rules',
): DocumentedHostnameRules {
  return new DocumentedHostnameRules(stack, id, { table: hostTable(hosts), through });
}

const many = (count: number): HostnameRow[] =>
  Array.from({ length: count }, (_, index) => hostRow(`host-${index}`, `h${index}.example.com`, Port.tcp(443)));

test('the id of a firewall policy says in which project it is, and a project beside it says otherwise', () => {
  const projects = (project?: string): unknown[] => {
    const stack = newStack();
    const policy = 'projects/net-host/global/firewallPolicies/prod';
    open(stack, new GcpFirewallPolicy({ policy, project }), [REGISTRY]);
    return Object.values(resourcesOf(stack).google_compute_network_firewall_policy_rule).map((rule) => rule.project);
  };
  expect(projects()).toEqual(['net-host']);
  expect(projects('other-host')).toEqual(['other-host']);
});

test('a policy is the same by its name and by its id', () => {
  const stack = newStack();
  open(stack, new GcpFirewallPolicy({ policy: 'prod', project: 'net-host' }), [REGISTRY]);
  const through = new GcpFirewallPolicy({ policy: 'projects/net-host/global/firewallPolicies/prod' });
  expectRefusal(
    () => new DocumentedHostnameRules(stack, 'more', { table: hostTable([ARCHIVE], 'more'), through }),
    'DocumentedHostnameRules "stack/more": the rules of a policy must each have a priority of their own (1443), got rule ' +
      'more-443-tcp where rule platform-hosts-443-tcp is given too; did you mean another priority for one of the tables?',
  );
});

test('a host that is left out, or stands elsewhere in the table, moves the priority of no other rule', () => {
  const priorities = (omit: string[], rows = [REGISTRY, ARCHIVE, TIME]): unknown[] => {
    const stack = newStack();
    const through = new GcpFirewallPolicy({ policy: 'prod', priority: 2000 });
    new DocumentedHostnameRules(stack, 'rules', { table: hostTable(rows), through, omit });
    const rules = Object.values(resourcesOf(stack).google_compute_network_firewall_policy_rule);
    return rules.map(({ rule_name, priority }) => [rule_name, priority]);
  };
  const [tls, http, time] = [
    ['platform-hosts-443-tcp', 2443],
    ['platform-hosts-80-tcp', 2080],
    ['platform-hosts-123-udp', 67659],
  ];
  expect(priorities([])).toEqual(expect.arrayContaining([tls, http, time]));
  expect(priorities(['registry', 'archive'])).toEqual([time]);
  expect(priorities([], [TIME, ARCHIVE, REGISTRY])).toEqual(expect.arrayContaining([tls, http, time]));
});

test('two tables share the policy of a proxy', () => {
  const stack = newStack();
  const location = 'europe-west3';
  const first = open(stack, new GcpSecureWebProxy({ location }), [REGISTRY]);
  const more = new GcpSecureWebProxy({ location, priority: 1100 });
  const second = new DocumentedHostnameRules(stack, 'more', { table: hostTable([ARCHIVE], 'more'), through: more });
  expect(letOut(stack)).toEqual([
    '443/tcp archive.example.com',
    '443/tcp registry.example.com',
    '80/tcp archive.example.com',
  ]);
  const policy = 'google_network_security_gateway_security_policy.policy_outbound-hosts';
  expect([first, second].map(({ addresses }) => addresses.includes(policy))).toEqual([true, true]);
  expect(Object.keys(resourcesOf(stack).google_network_security_gateway_security_policy)).toHaveLength(1);
});

test('a proxy lets out a range of ports', () => {
  const stack = newStack();
  open(stack, new GcpSecureWebProxy({ location: 'europe-west3' }), [
    hostRow('r', 'r.example.com', Port.tcpRange(8000, 8080)),
  ]);
  const [rule] = Object.values(resourcesOf(stack).google_network_security_gateway_security_policy_rule);
  expect(rule.session_matcher).toMatch(/ && destination\.port >= 8000 && destination\.port <= 8080$/);
});

test('the ids of rule groups are the ARNs for a firewall policy', () => {
  const stack = newStack();
  const { ids } = open(stack, new AwsNetworkFirewallRuleGroup(), [ARCHIVE]);
  new TerraformOutput(stack, 'arns', { value: ids });
  expect(JSON.parse(Testing.synth(stack)).output.arns.value).toEqual([
    '${aws_networkfirewall_rule_group.hosts_platform-hosts-http.id}',
    '${aws_networkfirewall_rule_group.hosts_platform-hosts-tls.id}',
  ]);
});

describe('fails for', () => {
  const place = 'DocumentedHostnameRules "stack/rules": ';
  const proxy = new GcpSecureWebProxy({ location: 'europe-west3' });
  test.each<[string, IHostnameFilter, HostnameRow[], string]>([
    [
      'more names than a rule of a firewall policy takes',
      new GcpFirewallPolicy({ policy: 'prod' }),
      many(101),
      'a rule of a firewall policy has at most 100 names, got 101 at 443/tcp; did you mean several tables, each with a ' +
        'GcpFirewallPolicy of another namePrefix and priority?',
    ],
    [
      'more hosts than a rule group has room for',
      new AwsNetworkFirewallRuleGroup(),
      many(101),
      'a rule group must have capacity for its hosts (100), got 101 hosts at 443/tcp; did you mean capacity: 202?',
    ],
    [
      'more hosts than half of what a rule group can have room for',
      new AwsNetworkFirewallRuleGroup(),
      many(15_001),
      'a rule group must have capacity for its hosts (100), got 15001 hosts at 443/tcp; did you mean capacity: 30000?',
    ],
    [
      'as many hosts as the largest rule group has room for',
      new AwsNetworkFirewallRuleGroup(),
      many(30_000),
      'a rule group must have capacity for its hosts (100), got 30000 hosts at 443/tcp; did you mean capacity: 30000?',
    ],
    [
      'more hosts than any rule group has room for',
      new AwsNetworkFirewallRuleGroup({ capacity: 30_000 }),
      many(30_001),
      'a rule group must have capacity for its hosts (30000), got 30001 hosts at 443/tcp; did you mean several tables, each ' +
        'with an AwsNetworkFirewallRuleGroup of another namePrefix?',
    ],
    [
      'a port at which AWS finds no names',
      new AwsNetworkFirewallRuleGroup(),
      [hostRow('registry', 'registry.example.com', Port.tcp(8443))],
      'AWS Network Firewall finds names in TLS (443/tcp) and HTTP (80/tcp) alone, got registry.example.com at 8443/tcp; ' +
        'did you mean Port.tcp(443), which lets TLS out on every port?',
    ],
    [
      'more hosts than a URL list takes',
      proxy,
      many(2501),
      'a URL list has at most 2500 hosts, got 2501 at 443/tcp; did you mean several tables, each with a GcpSecureWebProxy ' +
        'of another priority?',
    ],
    ['udp through a proxy', proxy, [TIME], 'Secure Web Proxy passes tcp alone, got time.example.com at 123/udp'],
    [
      'a wildcard in a firewall policy',
      new GcpFirewallPolicy({ policy: 'prod' }),
      [REGISTRY, hostRow('all', '*.example.com', Port.tcp(443))],
      'a firewall policy of GCP lets out exact names only, got "*.example.com" of row all; did you mean a ' +
        'GcpSecureWebProxy, or omit: ["all"] and a table of your own with the exact names?',
    ],
    [
      'a host with a scheme',
      proxy,
      [REGISTRY, hostRow('docs', 'https://docs.example.com', Port.tcp(443))],
      'hostname must be a name without a scheme, got "https://docs.example.com"; did you mean "docs.example.com"?',
    ],
  ])('%s', (_what, through, hosts, sentence) => {
    const at = sentence.startsWith('hostname must') ? place.replace(': ', ', table platform-hosts, row docs: ') : place;
    expectNothingMade((stack) => open(stack, through, hosts), at + sentence);
  });

  test('no properties', () => {
    expectNothingMade(
      (stack) => new DocumentedHostnameRules(stack, 'rules', undefined as any),
      `${place}an object with a table and what lets its hosts out is needed, got nothing; did you mean { table, through }?`,
    );
  });

  test('hosts of one table twice in a stack', () => {
    const stack = newStack();
    open(stack, new AwsNetworkFirewallRuleGroup(), [REGISTRY]);
    expectRefusal(
      () => open(stack, new AwsNetworkFirewallRuleGroup(), [REGISTRY], 'again'),
      'DocumentedHostnameRules "stack/again": the rule group platform-hosts-tls must be asked for once, got it from ' +
        '"stack/rules" too; did you mean a second AwsNetworkFirewallRuleGroup with a namePrefix?',
    );
  });

  test('one table with other hosts in the same app', () => {
    const stack = newStack();
    open(stack, new GcpFirewallPolicy({ policy: 'prod' }), [REGISTRY]);
    const dev = new GcpFirewallPolicy({ policy: 'dev', namePrefix: 'dev-' });
    expect(() => open(stack, dev, [ARCHIVE], 'again')).toThrow(
      'DocumentedHostnameRules "stack/again": the tables of one id and edition (platform-hosts@2026-10) must be the same, got ',
    );
  });

  test('a supplement of a table without any', () => {
    expectRefusal(
      () =>
        new DocumentedHostnameRules(newStack(), 'rules', {
          table: hostTable([REGISTRY]),
          through: proxy,
          supplements: ['registry'],
        }),
      'DocumentedHostnameRules "stack/rules": supplements must name hosts of the table (it has none), got "registry"',
    );
  });

  test('two rules of one priority in a policy, and makes neither', () => {
    const stack = newStack();
    const through = new GcpFirewallPolicy({ policy: 'prod' });
    open(stack, through, [REGISTRY]);
    const before = resourcesOf(stack);
    expectRefusal(
      () => new DocumentedHostnameRules(stack, 'more', { table: hostTable([ARCHIVE], 'more'), through }),
      'DocumentedHostnameRules "stack/more": the rules of a policy must each have a priority of their own (1443), got rule ' +
        'more-443-tcp where rule platform-hosts-443-tcp is given too; did you mean another priority for one of the tables?',
    );
    expect(resourcesOf(stack)).toEqual(before);
  });

  test('a policy of a proxy in two stacks', () => {
    const app = Testing.app();
    const [left, right] = ['left', 'right'].map((id) => new TerraformStack(app, id));
    const through = new GcpSecureWebProxy({ location: 'europe-west3', project: 'net-host' });
    open(left, through, [REGISTRY]);
    expectRefusal(
      () => open(right, through, [REGISTRY]),
      'DocumentedHostnameRules "right/rules": the gateway security policy outbound-hosts must be asked for once, got it in ' +
        'stack "left" from "left/rules" too; did you mean one stack for all hosts of a proxy, or another policy?',
    );
  });
});

describe('a filter fails for', () => {
  const group = AwsSecurityGroup.fromId('sg-01234567');
  test.each<[string, object, string]>([
    ['no capacity', { capacity: 0 }, 'capacity must be a whole number from 1 to 30000, got 0'],
    [
      'an order of its own',
      { ruleOrder: 'ANY' },
      'ruleOrder must be one of AwsRuleOrder, got "ANY"; did you mean AwsRuleOrder.ACTION?',
    ],
    [
      'a prefix with a space',
      { namePrefix: 'a b' },
      'namePrefix must be at most 40 letters, digits and hyphens, got "a b"',
    ],
    ['clients by name', { clients: 'vpc' }, 'clients must be a peer, got "vpc"'],
    [
      'a group as clients',
      { clients: group },
      'clients must be ranges, got security group sg-01234567; did you mean Peer.cidr(...)?',
    ],
    [
      'the world as clients',
      { clients: Peer.anyIpv4('all') },
      'clients must be the ranges of the machines, got Peer.anyIpv4 or Peer.anyIpv6',
    ],
    ['tags of a list', { tags: [] }, 'tags must be an object of names and values, got []'],
    ['a provider by name', { provider: 'aws' }, 'provider must be a provider instance of the app, got "aws"'],
  ])('%s on AWS', (_what, props, sentence) => {
    expectRefusal(() => new AwsNetworkFirewallRuleGroup(props), `AwsNetworkFirewallRuleGroup: ${sentence}`);
  });

  test.each<[string, object, string]>([
    ['no location', {}, 'location must be the name of a region, got nothing; did you mean "europe-west3"?'],
    [
      'a zone',
      { location: 'europe-west3-a' },
      'location must be a region, not a zone, got "europe-west3-a"; did you mean "europe-west3"?',
    ],
    ['no settings', undefined as any, 'an object with a location is needed, got nothing; did you mean { location }?'],
    [
      'a policy in capitals',
      { location: 'europe-west3', policy: 'Prod' },
      'policy must be lower-case letters, digits and hyphens, at most 63, beginning with a letter, got "Prod"',
    ],
    [
      'a priority below 0',
      { location: 'europe-west3', priority: -1 },
      'priority must be a whole number from 0 to 2000000000, got -1',
    ],
    ['a project in capitals', { location: 'europe-west3', project: 'P' }, 'project must be a project id, got "P"'],
    [
      'a prefix in capitals',
      { location: 'europe-west3', namePrefix: 'P' },
      'namePrefix must be at most 31 lower-case letters, digits and hyphens, beginning with a letter, got "P"',
    ],
  ])('%s on a proxy', (_what, props, sentence) => {
    expectRefusal(() => new GcpSecureWebProxy(props as GcpSecureWebProxyProps), `GcpSecureWebProxy: ${sentence}`);
  });

  test.each<[string, object, string]>([
    ['no settings', undefined as any, 'an object with a policy is needed, got nothing; did you mean { policy }?'],
    ['no policy', {}, 'policy must be the name or id of a global network firewall policy, got nothing'],
    ['text as logging', { policy: 'prod', logging: 'all' }, 'logging must be true or false, got "all"'],
    [
      'no targets, which would be all machines',
      { policy: 'prod', targetServiceAccounts: [] },
      'targetServiceAccounts must be 1 to 10 service accounts, got 0',
    ],
    [
      'a target that is no account',
      { policy: 'prod', targetServiceAccounts: ['worker'] },
      'a service account must be an email address of gserviceaccount.com, got "worker"',
    ],
  ])('%s on a firewall policy', (_what, props, sentence) => {
    expectRefusal(() => new GcpFirewallPolicy(props as GcpFirewallPolicyProps), `GcpFirewallPolicy: ${sentence}`);
  });
});
