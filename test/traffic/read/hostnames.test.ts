import { permittedBy } from '../../../lib/traffic/permitted/permitted-by';
import { rowText, trafficRows } from '../../../lib/traffic/permitted/traffic-rows';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { withFirewallPolicy } from '../../support/rule-group-policy';

interface DomainList {
  readonly targets?: unknown;
  readonly types?: readonly string[];
  readonly home?: readonly string[];
  readonly generated?: string;
}

/** A rule group of AWS Network Firewall with a domain list, and a policy that uses it and drops the rest. */
function ruleGroup({ targets, types = ['TLS_SNI'], home, generated = 'ALLOWLIST' }: DomainList, name = 'hosts'): any {
  const variables = home && { ip_sets: [{ key: 'HOME_NET', ip_set: { definition: home } }] };
  const list = { generated_rules_type: generated, target_types: types, targets };
  const rules = { rule_variables: variables, rules_source: { rules_source_list: list } };
  const group = { name, type: 'STATEFUL', capacity: 100, rule_group: rules };
  return withFirewallPolicy({ resource: { aws_networkfirewall_rule_group: { [name]: group } } }).resource;
}

const LIST = 'google_network_security_url_lists';
const RULE = 'google_network_security_gateway_security_policy_rule';

/** A policy of a Secure Web Proxy with one URL list and one rule. */
function webProxy(values: readonly string[], rule: Record<string, unknown> = {}): any {
  return {
    [LIST]: { hosts: { name: 'hosts', location: 'europe-west3', values } },
    google_network_security_gateway_security_policy: { policy: { name: 'outbound', location: 'europe-west3' } },
    [RULE]: {
      hosts: {
        name: 'hosts',
        location: 'europe-west3',
        gateway_security_policy: '${google_network_security_gateway_security_policy.policy.name}',
        enabled: true,
        priority: 1000,
        basic_profile: 'ALLOW',
        session_matcher: `inUrlList(host(), '\${${LIST}.hosts.id}') && destination.port == 443`,
        ...rule,
      },
    },
  };
}

/** A rule of a firewall policy that is attached to the network `prod`. */
function policyRule(match: Record<string, unknown>, rule: Record<string, unknown> = {}): any {
  return {
    google_compute_network_firewall_policy: { policy: { name: 'policy' } },
    google_compute_network_firewall_policy_association: {
      prod: { name: 'prod', attachment_target: 'global/networks/prod', firewall_policy: 'policy' },
    },
    google_compute_network_firewall_policy_rule: {
      hosts: {
        firewall_policy: 'policy',
        priority: 1000,
        action: 'allow',
        direction: 'EGRESS',
        match: { layer4_configs: [{ ip_protocol: 'tcp', ports: ['443'] }], ...match },
        ...rule,
      },
      rest: {
        firewall_policy: 'policy',
        priority: 2000,
        action: 'deny',
        direction: 'EGRESS',
        match: { layer4_configs: [{ ip_protocol: 'all' }], dest_ip_ranges: ['0.0.0.0/0', '::/0'] },
      },
    },
  };
}

function read(resource: unknown, rest: object = {}): { rows: string[]; notEvaluated: string[] } {
  const { rules, notEvaluated } = readTerraform({ resource, ...rest }, 'hosts.json');
  return {
    rows: trafficRows(permittedBy(rules)).map(rowText),
    notEvaluated: notEvaluated.map(({ address, reason }) => `${address}: ${reason}`),
  };
}

/** Reads a state with a rule group and a firewall policy, and returns what is not evaluated. */
function stateOf(resource: any, arn: string, used: string): string[] {
  const [group] = Object.values<any>(resource.aws_networkfirewall_rule_group);
  const [policy] = Object.values<any>(resource.aws_networkfirewall_firewall_policy);
  const firewall = { ...policy.firewall_policy, stateful_rule_group_reference: [{ resource_arn: used }] };
  const asBlocks = (value: any): any =>
    Object.fromEntries(
      Object.entries<any>(value).map(([name, one]) => [
        name,
        typeof one === 'object' && one !== null && !Array.isArray(one) ? [asBlocks(one)] : one,
      ]),
    );
  const resources = [
    ['aws_networkfirewall_rule_group', { ...asBlocks(group), arn, id: arn }],
    ['aws_networkfirewall_firewall_policy', { ...policy, firewall_policy: [asBlocks(firewall)] }],
  ].map(([type, values]) => ({
    address: `${String(type)}.hosts`,
    mode: 'managed',
    type,
    name: 'hosts',
    provider_name: 'registry.terraform.io/hashicorp/aws',
    values,
  }));
  const json = { format_version: '1.0', terraform_version: '1.9.0', values: { root_module: { resources } } };
  return readTerraform(json, 'state.json').notEvaluated.map(({ address, reason }) => `${address}: ${reason}`);
}

describe('an allow-list of AWS Network Firewall', () => {
  test('allows its hostnames in its protocols, on every port, for the machines in HOME_NET', () => {
    const targets = ['archive.ubuntu.com'];
    const types = ['TLS_SNI', 'HTTP_HOST'];
    expect(read(ruleGroup({ targets, types, home: ['10.20.0.0/17', '10.20.128.0/17'] }))).toEqual({
      rows: [
        'egress 0-65535/tcp from machines:10.20.0.0/16 to host:archive.ubuntu.com over HTTP',
        'egress 0-65535/tcp from machines:10.20.0.0/16 to host:archive.ubuntu.com over TLS',
      ],
      notEvaluated: [],
    });
  });

  test('allows a domain and all names below it for a leading dot', () => {
    expect(read(ruleGroup({ targets: ['.Docker.com'] })).rows).toEqual([
      'egress 0-65535/tcp from machines:firewall-vpc of aws_networkfirewall_rule_group.hosts to host:*.docker.com over TLS',
      'egress 0-65535/tcp from machines:firewall-vpc of aws_networkfirewall_rule_group.hosts to host:docker.com over TLS',
    ]);
  });

  test.each([
    ['a name that is not a hostname', { targets: ['*.docker.com'] }, 'targets must be hostnames, got "*.docker.com"'],
    ['a deny-list', { targets: ['a.com'], generated: 'DENYLIST' }, 'generated_rules_type is "DENYLIST"'],
    ['an unknown protocol', { targets: ['a.com'], types: ['QUIC'] }, 'target_types must be TLS_SNI or HTTP_HOST'],
    ['an empty HOME_NET', { targets: ['a.com'], home: [] }, 'HOME_NET must have an IP range, got none'],
  ])('is not evaluated with %s', (_what, list, reason) => {
    const { rows, notEvaluated } = read(ruleGroup(list));
    expect(rows).toEqual([]);
    expect(notEvaluated).toEqual([expect.stringContaining(reason)]);
  });

  test('keeps its known names beside a name that is known after apply', () => {
    const { rows, notEvaluated } = read(ruleGroup({ targets: ['a.com', '${var.mirror}'] }), {
      variable: { mirror: {} },
    });
    expect(rows).toEqual([
      'egress 0-65535/tcp from machines:firewall-vpc of aws_networkfirewall_rule_group.hosts to host:a.com over TLS',
    ]);
    expect(notEvaluated).toEqual(['aws_networkfirewall_rule_group.hosts: targets is var.mirror, which has no default']);
  });

  const GROUP = 'aws_networkfirewall_rule_group.hosts';
  const POLICY = 'aws_networkfirewall_firewall_policy.outbound';

  test('may be in a firewall policy that refers to rule groups in a loop', () => {
    const resource = ruleGroup({ targets: ['a.com'] });
    const { firewall_policy: policy } = resource.aws_networkfirewall_firewall_policy.outbound;
    delete policy.stateful_rule_group_reference;
    const content = { resource_arn: '${stateful_rule_group_reference.value}' };
    policy.dynamic = { stateful_rule_group_reference: { for_each: '${var.groups}', content } };
    const { notEvaluated } = read(resource, { variable: { groups: {} } });
    expect(notEvaluated).toEqual([`${GROUP}: it is not known whether ${POLICY} uses ${GROUP}`]);
  });

  test('is in the policy of a state that has its ARN', () => {
    const arn = 'arn:aws:network-firewall:eu-central-1:111122223333:stateful-rulegroup/hosts';
    const used = stateOf(ruleGroup({ targets: ['a.com'] }), arn, arn);
    expect(used).toEqual([]);
    const other = stateOf(ruleGroup({ targets: ['a.com'] }), arn, arn.replace('eu-central-1', 'eu-west-1'));
    expect(other).toEqual([`${GROUP}: no firewall policy of these files uses ${GROUP}`]);
  });

  test('has machines by the expression that they refer to', () => {
    const { rows, notEvaluated } = read(ruleGroup({ targets: ['a.com'], home: ['${var.office}'] }), {
      variable: { office: {} },
    });
    expect(rows).toEqual(['egress 0-65535/tcp from machines:var.office to host:a.com over TLS']);
    expect(notEvaluated).toEqual([
      'aws_networkfirewall_rule_group.hosts: HOME_NET is var.office, which has no default',
    ]);
  });

  test.each([
    ['rules_string', 'pass tls any any -> any any (sid:1;)', 'rules in the form of Suricata are not evaluated'],
    ['stateful_rule', [{ action: 'PASS' }], 'stateful rules are not evaluated'],
    ['stateless_rules_and_custom_actions', [{}], 'stateless rules are not evaluated'],
  ])('is not evaluated beside %s', (name, value, reason) => {
    const json = ruleGroup({ targets: ['a.com'] });
    json.aws_networkfirewall_rule_group.hosts.rule_group.rules_source[name] = value;
    expect(read(json)).toEqual({ rows: [], notEvaluated: [`aws_networkfirewall_rule_group.hosts: ${reason}`] });
  });

  test('is not evaluated with rules as text, or with EXTERNAL_NET', () => {
    const asText = { aws_networkfirewall_rule_group: { hosts: { type: 'STATEFUL', rules: 'pass ip any any' } } };
    expect(read(asText).notEvaluated).toEqual([
      'aws_networkfirewall_rule_group.hosts: rules in the form of Suricata are not evaluated',
    ]);
    const external = ruleGroup({ targets: ['a.com'], home: ['10.0.0.0/8'] });
    external.aws_networkfirewall_rule_group.hosts.rule_group.rule_variables.ip_sets.push({
      key: 'EXTERNAL_NET',
      ip_set: { definition: ['192.0.2.0/24'] },
    });
    expect(read(external)).toEqual({
      rows: [],
      notEvaluated: ['aws_networkfirewall_rule_group.hosts: EXTERNAL_NET is not evaluated'],
    });
  });
});

describe('a Secure Web Proxy', () => {
  test('allows the hostnames of a URL list at a port', () => {
    expect(read(webProxy(['*.docker.com', 'a.com/path', '*elastic.co']))).toEqual({
      rows: [
        'egress 443/tcp from machines:europe-west3/outbound to host:*.docker.com',
        'egress 443/tcp from machines:europe-west3/outbound to host:*.elastic.co',
        'egress 443/tcp from machines:europe-west3/outbound to host:a.com',
        'egress 443/tcp from machines:europe-west3/outbound to host:elastic.co',
      ],
      notEvaluated: [],
    });
  });

  test('finds a list by its id, as in a state, and reads ranges of ports', () => {
    const id = 'projects/p/locations/europe-west3/urlLists/hosts';
    const rule = {
      project: 'p',
      gateway_security_policy: 'outbound',
      session_matcher: `inUrlList(host(), '${id}') && destination.port >= 8000 && destination.port <= 8010`,
    };
    const json = webProxy(['a.com'], rule);
    json[LIST].hosts.id = id;
    expect(read(json).rows).toEqual(['egress 8000-8010/tcp from machines:p/europe-west3/outbound to host:a.com']);
  });

  test('allows every port if the rule does not name one, and nothing if it is disabled', () => {
    const every = { session_matcher: `inUrlList(host(), '\${${LIST}.hosts.id}')` };
    expect(read(webProxy(['a.com'], every)).rows).toEqual([
      'egress 0-65535/tcp from machines:europe-west3/outbound to host:a.com',
    ]);
    expect(read(webProxy(['a.com'], { enabled: false }))).toEqual({ rows: [], notEvaluated: [] });
  });

  test.each([
    ['a different matcher', { session_matcher: "host() == 'a.com'" }, 'session_matcher is "host() == \'a.com\'"'],
    [
      'an application matcher',
      { application_matcher: "request.method == 'GET'" },
      'application_matcher is not evaluated',
    ],
    ['a rule that denies', { basic_profile: 'DENY' }, 'basic_profile is "DENY"'],
    [
      'a list of a different file',
      { session_matcher: "inUrlList(host(), 'projects/p/locations/l/urlLists/x')" },
      'the URL list projects/p/locations/l/urlLists/x is not in this file',
    ],
  ])('is not evaluated with %s', (_what, rule, reason) => {
    const { rows, notEvaluated } = read(webProxy(['a.com'], rule));
    expect(rows).toEqual([]);
    expect(notEvaluated).toEqual([expect.stringContaining(reason)]);
  });
});

describe('a firewall policy of GCP', () => {
  test('allows exact hostnames that a later rule denies', () => {
    const { rows, notEvaluated } = read(policyRule({ dest_fqdns: ['download.docker.com'] }));
    expect(notEvaluated).toEqual([]);
    expect(rows).toContain('egress 443/tcp from all-instances to host:download.docker.com on prod');
  });

  test('is not evaluated if it denies hostnames, or has IP ranges too', () => {
    const address = 'google_compute_network_firewall_policy_rule.hosts';
    const reason = 'match.dest_fqdns cannot be evaluated in a rule that does not allow';
    expect(read(policyRule({ dest_fqdns: ['a.com'] }, { action: 'deny' })).notEvaluated).toEqual([
      `${address}: ${reason}`,
    ]);
    expect(read(policyRule({ dest_fqdns: ['a.com'], dest_ip_ranges: ['10.0.0.0/8'] })).notEvaluated).toEqual([
      `${address}: match.dest_fqdns beside match.dest_ip_ranges cannot be evaluated`,
    ]);
  });
});
