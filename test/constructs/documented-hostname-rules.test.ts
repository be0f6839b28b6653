import { terraformAddresses } from '../support/opened';
import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AwsNetworkFirewallRuleGroup,
  AwsSecurityGroup,
  DocumentedHostnameRules,
  ExternalProxy,
  GcpFirewallPolicy,
  type GcpFirewallPolicyProps,
  GcpSecureWebProxy,
  type GcpSecureWebProxyProps,
  type HostnameRow,
  type IHostnameFilter,
  Peer,
  Port,
} from '../../lib';
import { newStack } from '../support/clouds';
import { hostnameRow, hostnameTable } from '../support/hostname-tables';
import { allowedHostnames } from '../support/allowed-hostnames';
import { expectNothingCreated, expectRefusal, resourcesOf } from '../support/refusals';

const REGISTRY = hostnameRow('registry', 'registry.example.com', Port.tcp(443));
const ARCHIVE = hostnameRow('archive', 'archive.example.com', Port.tcp(80), Port.tcp(443));
const TIME = hostnameRow('time', 'time.example.com', Port.udp(123));

function open(
  stack: TerraformStack,
  through: IHostnameFilter,
  hosts: HostnameRow[],
  id = 'rules',
): DocumentedHostnameRules {
  return new DocumentedHostnameRules(stack, id, { table: hostnameTable(hosts), through });
}

const many = (count: number): HostnameRow[] =>
  Array.from({ length: count }, (_, index) => hostnameRow(`host-${index}`, `h${index}.example.com`, Port.tcp(443)));

test('the project of a firewall policy is the one in its id, unless project is given', () => {
  const projects = (project?: string): unknown[] => {
    const stack = newStack();
    const policy = 'projects/net-host/global/firewallPolicies/prod';
    open(stack, new GcpFirewallPolicy({ policy, project }), [REGISTRY]);
    return Object.values(resourcesOf(stack).google_compute_network_firewall_policy_rule).map((rule) => rule.project);
  };
  expect(projects()).toEqual(['net-host']);
  expect(projects('other-host')).toEqual(['other-host']);
});

test('a policy is the same whether its name or its id is given', () => {
  const stack = newStack();
  open(stack, new GcpFirewallPolicy({ policy: 'prod', project: 'net-host' }), [REGISTRY]);
  const through = new GcpFirewallPolicy({ policy: 'projects/net-host/global/firewallPolicies/prod' });
  expectRefusal(
    () => new DocumentedHostnameRules(stack, 'more', { table: hostnameTable([ARCHIVE], 'more'), through }),
    'settings-disagree',
  );
});

test('a hostname that is omitted or moved within the table does not change the priority of other rules', () => {
  const priorities = (omit: string[], rows = [REGISTRY, ARCHIVE, TIME]): unknown[] => {
    const stack = newStack();
    const through = new GcpFirewallPolicy({ policy: 'prod', priority: 2000 });
    new DocumentedHostnameRules(stack, 'rules', { table: hostnameTable(rows), through, omit });
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
  const second = new DocumentedHostnameRules(stack, 'more', { table: hostnameTable([ARCHIVE], 'more'), through: more });
  expect(allowedHostnames(stack)).toEqual([
    '443/tcp archive.example.com',
    '443/tcp registry.example.com',
    '80/tcp archive.example.com',
  ]);
  const policy = 'google_network_security_gateway_security_policy.policy_outbound-hosts';
  expect([first, second].map((rules) => terraformAddresses(rules).includes(policy))).toEqual([true, true]);
  expect(Object.keys(resourcesOf(stack).google_network_security_gateway_security_policy)).toHaveLength(1);
});

test('a proxy allows a range of ports', () => {
  const stack = newStack();
  open(stack, new GcpSecureWebProxy({ location: 'europe-west3' }), [
    hostnameRow('r', 'r.example.com', Port.tcpRange(8000, 8080)),
  ]);
  const [rule] = Object.values(resourcesOf(stack).google_network_security_gateway_security_policy_rule);
  expect(rule.session_matcher).toMatch(/ && destination\.port >= 8000 && destination\.port <= 8080$/);
});

/** A table with an option and a parameter. */
const REGIONAL = {
  ...hostnameTable([
    REGISTRY,
    { ...hostnameRow('global', 'tagging.us-east-1.amazonaws.com', Port.tcp(443)), when: { cloud: ['aws'] } },
    { ...hostnameRow('regional', 'tagging.{region}.amazonaws.com', Port.tcp(443)), when: { cloud: ['aws'] } },
  ]),
  supplements: [
    {
      ...hostnameRow('images', 'images.{region}.example.com', Port.tcp(443)),
      when: { cloud: ['aws'] },
      reason: 'images are there',
      reference: 'https://wiki.example.com/images',
    },
  ],
  options: [{ id: 'cloud', title: 'The cloud', choices: ['aws', 'gcp'], default: 'aws', section: 'Clouds' }],
  parameters: [{ id: 'region', title: 'The region', example: 'eu-central-1' }],
};

test.each<[string, object, string[]]>([
  [
    'the values of parameters',
    { parameters: { region: 'eu-west-3' }, supplements: ['images'] },
    [
      '443/tcp images.eu-west-3.example.com',
      '443/tcp registry.example.com',
      '443/tcp tagging.eu-west-3.amazonaws.com',
      '443/tcp tagging.us-east-1.amazonaws.com',
    ],
  ],
  [
    'one name for two rows that are the same in a region',
    { parameters: { region: 'us-east-1' } },
    ['443/tcp registry.example.com', '443/tcp tagging.us-east-1.amazonaws.com'],
  ],
  [
    'only what the options open, without the parameters that nothing needs',
    { options: { cloud: 'gcp' } },
    ['443/tcp registry.example.com'],
  ],
])('allows hostnames with %s', (_what, props, expected) => {
  for (const through of [new AwsNetworkFirewallRuleGroup(), new GcpSecureWebProxy({ location: 'europe-west3' })]) {
    const stack = newStack();
    new DocumentedHostnameRules(stack, 'rules', { table: REGIONAL, through, ...props });
    expect(allowedHostnames(stack)).toEqual(expected);
  }
});

test('two constructs may have different values of a parameter', () => {
  const stack = newStack();
  for (const region of ['eu-west-3', 'eu-central-1']) {
    const through = new AwsNetworkFirewallRuleGroup({ namePrefix: `${region}-` });
    new DocumentedHostnameRules(stack, region, { table: REGIONAL, through, parameters: { region } });
  }
  expect(allowedHostnames(stack)).toEqual([
    '443/tcp registry.example.com',
    '443/tcp registry.example.com',
    '443/tcp tagging.eu-central-1.amazonaws.com',
    '443/tcp tagging.eu-west-3.amazonaws.com',
    '443/tcp tagging.us-east-1.amazonaws.com',
    '443/tcp tagging.us-east-1.amazonaws.com',
  ]);
});

test('the hostnames of a construct have the values of parameters and the choice of every option', () => {
  const through = ExternalProxy.named('squid');
  const { hostnames } = new DocumentedHostnameRules(newStack(), 'rules', {
    table: REGIONAL,
    through,
    parameters: { region: 'eu-west-3' },
  });
  expect(hostnames.map(({ key, row, options }) => [key, row.hostname, options])).toEqual([
    ['registry', 'registry.example.com', { cloud: 'aws' }],
    ['global', 'tagging.us-east-1.amazonaws.com', { cloud: 'aws' }],
    ['regional', 'tagging.eu-west-3.amazonaws.com', { cloud: 'aws' }],
  ]);
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
  const proxy = new GcpSecureWebProxy({ location: 'europe-west3' });
  test.each<[string, IHostnameFilter, HostnameRow[], string]>([
    [
      'more hostnames than a rule of a firewall policy can have',
      new GcpFirewallPolicy({ policy: 'prod' }),
      many(101),
      'too-many-hostnames',
    ],
    [
      'more hostnames than the capacity of a rule group',
      new AwsNetworkFirewallRuleGroup(),
      many(101),
      'capacity-exceeded',
    ],
    [
      'more hostnames than half of the greatest capacity',
      new AwsNetworkFirewallRuleGroup(),
      many(15_001),
      'capacity-exceeded',
    ],
    [
      'as many hostnames as the greatest capacity',
      new AwsNetworkFirewallRuleGroup(),
      many(30_000),
      'capacity-exceeded',
    ],
    [
      'more hostnames than the greatest capacity',
      new AwsNetworkFirewallRuleGroup({ capacity: 30_000 }),
      many(30_001),
      'capacity-exceeded',
    ],
    [
      'a port at which AWS cannot match hostnames',
      new AwsNetworkFirewallRuleGroup(),
      [hostnameRow('registry', 'registry.example.com', Port.tcp(8443))],
      'port-not-filterable',
    ],
    ['more hostnames than a URL list can have', proxy, many(2501), 'too-many-hostnames'],
    ['udp through a proxy', proxy, [TIME], 'port-not-filterable'],
    [
      'a wildcard in a firewall policy',
      new GcpFirewallPolicy({ policy: 'prod' }),
      [REGISTRY, hostnameRow('all', '*.example.com', Port.tcp(443))],
      'wildcard-not-supported',
    ],
    [
      'a hostname with a scheme',
      proxy,
      [REGISTRY, hostnameRow('docs', 'https://docs.example.com', Port.tcp(443))],
      'hostname-invalid',
    ],
  ])('%s', (_what, through, hosts, code) => {
    expectNothingCreated((stack) => open(stack, through, hosts), code);
  });

  test.each<[string, object, string]>([
    ['text as options', { options: 'aws' }, 'options-invalid'],
    ['text as parameters', { parameters: 'eu-central-1' }, 'parameters-invalid'],
    ['a value with a wildcard', { parameters: { region: '*' } }, 'parameter-invalid'],
    ['a value with a path', { parameters: { region: 'eu/central' } }, 'parameter-invalid'],
    [
      'a value that is known after apply',
      { parameters: { region: new TerraformVariable(newStack(), 'region', {}).stringValue } },
      'text-not-known',
    ],
    ['a value that makes a hostname too long', { parameters: { region: 'a'.repeat(64) } }, 'hostname-invalid'],
    ['a closed supplement', { supplements: ['images'], options: { cloud: 'gcp' } }, 'row-closed'],
    [
      'options that close every hostname but the omitted ones',
      { omit: ['registry'], options: { cloud: 'gcp' } },
      'nothing-left',
    ],
  ])('%s', (_what, props, code) => {
    expectNothingCreated(
      (stack) => new DocumentedHostnameRules(stack, 'rules', { table: REGIONAL, through: proxy, ...props }),
      code,
    );
  });

  test('an unknown prop', () => {
    const props = { table: hostnameTable([REGISTRY]), through: proxy, supplement: ['registry'] };
    expectNothingCreated((stack) => new DocumentedHostnameRules(stack, 'rules', props), 'prop-unknown');
  });

  test('an object that has the public members of a hostname filter', () => {
    const foreign = { cloud: 'aws', label: 'mine', supportsWildcards: true } as unknown as IHostnameFilter;
    expectNothingCreated((stack) => open(stack, foreign, [REGISTRY]), 'hostname-filter-required');
  });

  test('no props', () => {
    expectNothingCreated((stack) => new DocumentedHostnameRules(stack, 'rules', undefined as any), 'object-required');
  });

  test('hostnames of one table twice in a stack', () => {
    const stack = newStack();
    open(stack, new AwsNetworkFirewallRuleGroup(), [REGISTRY]);
    expectRefusal(() => open(stack, new AwsNetworkFirewallRuleGroup(), [REGISTRY], 'again'), 'rule-created-twice');
  });

  test('one table with different hostnames in the same app', () => {
    const stack = newStack();
    open(stack, new GcpFirewallPolicy({ policy: 'prod' }), [REGISTRY]);
    const dev = new GcpFirewallPolicy({ policy: 'dev', namePrefix: 'dev-' });
    expectRefusal(() => open(stack, dev, [ARCHIVE], 'again'), 'settings-disagree');
  });

  test('a supplement of a table without supplements', () => {
    expectRefusal(
      () =>
        new DocumentedHostnameRules(newStack(), 'rules', {
          table: hostnameTable([REGISTRY]),
          through: proxy,
          supplements: ['registry'],
        }),
      'row-unknown',
    );
  });

  test('two rules of one priority in a policy, and does not create the second', () => {
    const stack = newStack();
    const through = new GcpFirewallPolicy({ policy: 'prod' });
    open(stack, through, [REGISTRY]);
    const before = resourcesOf(stack);
    expectRefusal(
      () => new DocumentedHostnameRules(stack, 'more', { table: hostnameTable([ARCHIVE], 'more'), through }),
      'settings-disagree',
    );
    expect(resourcesOf(stack)).toEqual(before);
  });

  test('a policy of a proxy in two stacks', () => {
    const app = Testing.app();
    const [left, right] = ['left', 'right'].map((id) => new TerraformStack(app, id));
    const through = new GcpSecureWebProxy({ location: 'europe-west3', project: 'net-host' });
    open(left, through, [REGISTRY]);
    expectRefusal(() => open(right, through, [REGISTRY]), 'rule-created-twice');
  });
});

describe('a filter fails for', () => {
  const group = AwsSecurityGroup.fromId('sg-01234567');
  test.each<[string, object, string]>([
    ['no capacity', { capacity: 0 }, 'capacity-invalid'],
    ['an unknown order', { ruleOrder: 'ANY' }, 'rule-order-invalid'],
    ['a prefix with a space', { namePrefix: 'a b' }, 'name-prefix-invalid'],
    ['text as clients', { clients: 'vpc' }, 'peer-required'],
    ['a group as clients', { clients: group }, 'ip-ranges-required'],
    ['the world as clients', { clients: Peer.anyIpv4('all') }, 'world-not-allowed'],
    ['a list as tags', { tags: [] }, 'tags-invalid'],
    ['text as provider', { provider: 'aws' }, 'provider-invalid'],
  ])('%s on AWS', (_what, props, code) => {
    expectRefusal(() => new AwsNetworkFirewallRuleGroup(props), code);
  });

  test.each<[string, object, string]>([
    ['no location', {}, 'location-invalid'],
    ['a zone', { location: 'europe-west3-a' }, 'location-is-a-zone'],
    ['no props', undefined as any, 'object-required'],
    ['a policy in capitals', { location: 'europe-west3', policy: 'Prod' }, 'policy-name-invalid'],
    ['a priority below 0', { location: 'europe-west3', priority: -1 }, 'priority-invalid'],
    ['a project in capitals', { location: 'europe-west3', project: 'P' }, 'project-id-invalid'],
    ['a prefix in capitals', { location: 'europe-west3', namePrefix: 'P' }, 'name-prefix-invalid'],
  ])('%s on a proxy', (_what, props, code) => {
    expectRefusal(() => new GcpSecureWebProxy(props as GcpSecureWebProxyProps), code);
  });

  test.each<[string, object, string]>([
    ['no props', undefined as any, 'object-required'],
    ['no policy', {}, 'firewall-policy-invalid'],
    ['text as logging', { policy: 'prod', logging: 'all' }, 'logging-invalid'],
    [
      'no targets, which would be all machines',
      { policy: 'prod', targetServiceAccounts: [] },
      'target-service-accounts-invalid',
    ],
    [
      'a target that is not a service account',
      { policy: 'prod', targetServiceAccounts: ['worker'] },
      'service-account-invalid',
    ],
  ])('%s on a firewall policy', (_what, props, code) => {
    expectRefusal(() => new GcpFirewallPolicy(props as GcpFirewallPolicyProps), code);
  });
});
