import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { SecurityGroupRule } from '@cdktf/provider-aws/lib/security-group-rule';
import { App, TerraformStack } from 'cdktf';
import { AwsSecurityGroup, Peer, PrometheusCostMetricsRule } from '../../lib';
import type { Configuration } from '../../lib/traffic/configuration';
import { DocumentedRowIndex } from '../../lib/traffic/documented-row';
import { permittedBy } from '../../lib/traffic/permitted/permitted-by';
import { rowText, trafficRows } from '../../lib/traffic/permitted/traffic-rows';
import { combinedConfiguration } from '../../lib/traffic/read/combined-configuration';
import { readPlannedChange, readTerraform } from '../../lib/traffic/read/read-terraform';
import { parseJson } from '../../lib/input';
import { expectRefusal } from '../support/refusals';
import { notEvaluatedIn } from '../support/not-evaluated';
import plan from './plans/create.json';

const lines = ({ rules }: Configuration): string[] => trafficRows(permittedBy(rules)).map(rowText);
const read = (json: unknown): Configuration => readTerraform(json, 'cdk.tf.json');
const RULE = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '10.0.0.0/8' };
const vpcRule = (changes: Record<string, unknown>, more: Record<string, unknown> = {}): Configuration =>
  read({ ...more, resource: { aws_vpc_security_group_ingress_rule: { a: { ...RULE, ...changes } } } });

describe('a security group', () => {
  test('permits the traffic of its inline rules, given as a list or as one object', () => {
    const web = {
      ingress: [
        {
          protocol: 'tcp',
          from_port: 80,
          to_port: 80,
          cidr_blocks: ['10.0.0.0/8', '192.168.0.0/16'],
          ipv6_cidr_blocks: ['::/0'],
        },
        { protocol: '-1', from_port: 0, to_port: 0, self: true },
        { protocol: 'icmp', from_port: 8, to_port: -1, security_groups: ['sg-2'], prefix_list_ids: ['pl-1'] },
      ],
      egress: { protocol: 'all', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] },
    };
    expect(lines(read({ resource: { aws_security_group: { web } } }))).toEqual([
      'ingress 80/tcp from 10.0.0.0/8 to sg:aws_security_group.web',
      'ingress 80/tcp from 192.168.0.0/16 to sg:aws_security_group.web',
      'ingress 80/tcp from ::/0 to sg:aws_security_group.web',
      'ingress 8/icmp from list:pl-1 to sg:aws_security_group.web',
      'ingress all from sg:aws_security_group.web to sg:aws_security_group.web',
      'ingress 8/icmp from sg:sg-2 to sg:aws_security_group.web',
      'egress all from sg:aws_security_group.web to 0.0.0.0/0',
    ]);
  });

  test('permits the traffic of separate rules of both resource types', () => {
    const resource = [
      { aws_security_group: { web: [{}] } },
      {
        aws_security_group_rule: {
          in: {
            type: 'ingress',
            security_group_id: '${aws_security_group.web.id}',
            protocol: '6',
            from_port: '80',
            to_port: '81',
            cidr_blocks: ['10.0.0.0/8'],
          },
          self: {
            type: 'ingress',
            security_group_id: '${aws_security_group.web.id}',
            protocol: 'udp',
            from_port: 53,
            to_port: 53,
            self: true,
          },
          out: {
            type: 'egress',
            security_group_id: '${aws_security_group.web.id}',
            protocol: '50',
            from_port: 0,
            to_port: 0,
            source_security_group_id: 'sg-2',
          },
        },
      },
    ];
    expect(lines(read({ resource }))).toEqual([
      'ingress 80-81/tcp from 10.0.0.0/8 to sg:aws_security_group.web',
      'ingress 53/udp from sg:aws_security_group.web to sg:aws_security_group.web',
      'egress 50/ip from sg:aws_security_group.web to sg:sg-2',
    ]);
  });

  test('permits the IP ranges of a prefix list with entries, and the name of a prefix list without entries', () => {
    const resource = {
      aws_ec2_managed_prefix_list: { office: { address_family: 'IPv4', entry: { cidr: '10.1.0.0/16' } }, empty: {} },
      aws_ec2_managed_prefix_list_entry: {
        more: { prefix_list_id: '${aws_ec2_managed_prefix_list.office.id}', cidr: '10.3.0.0/16' },
      },
      aws_vpc_security_group_ingress_rule: {
        a: { ...RULE, cidr_ipv4: null, prefix_list_id: '${aws_ec2_managed_prefix_list.office.id}' },
        b: { ...RULE, cidr_ipv4: null, prefix_list_id: '${aws_ec2_managed_prefix_list.empty.id}' },
      },
    };
    expect(lines(read({ resource }))).toEqual([
      'ingress 443/tcp from 10.1.0.0/16 to sg:sg-1',
      'ingress 443/tcp from 10.3.0.0/16 to sg:sg-1',
      'ingress 443/tcp from list:aws_ec2_managed_prefix_list.empty to sg:sg-1',
    ]);
  });
});

describe('values', () => {
  test('of locals, variables and resources of the same file are known', () => {
    const more = {
      locals: { office: '${var.office}' },
      variable: { office: { default: '10.9.0.0/16' }, port: { default: 8443 } },
    };
    const configuration = vpcRule(
      { cidr_ipv4: '${local.office}', from_port: '${var.port}', to_port: '${var.port}' },
      more,
    );
    expect(lines(configuration)).toEqual(['ingress 8443/tcp from 10.9.0.0/16 to sg:sg-1']);
    expect(configuration.notEvaluated).toEqual([]);
  });

  test('in descriptions are unescaped as in Terraform', () => {
    expect(vpcRule({ description: 'costs $${a} and %%{b}' }).rules[0].description).toBe('costs ${a} and %{b}');
  });

  test('that are known after apply are reported, and compared by their expressions', () => {
    const configuration = vpcRule({ cidr_ipv4: '${aws_subnet.office.cidr_block}' });
    expect(lines(configuration)).toEqual([
      'ingress 443/tcp from unknown:aws_subnet.office.cidr_block over IPv4 to sg:sg-1',
    ]);
    expect(notEvaluatedIn(configuration)).toEqual([
      {
        file: 'cdk.tf.json',
        address: 'aws_vpc_security_group_ingress_rule.a',
        reason: 'cidr_ipv4 is aws_subnet.office.cidr_block, which is known after apply',
        comparedAs: 'unknown:aws_subnet.office.cidr_block',
      },
    ]);
  });

  test.each([
    ['a port', { to_port: '${var.port}' }, { variable: { port: {} } }, 'to_port is var.port, which has no default'],
    ['a loop', { for_each: ['a'] }, {}, 'for_each is evaluated by Terraform: read its plan'],
    [
      'a local that refers to itself',
      { to_port: '${local.a}' },
      { locals: { a: '${local.a}' } },
      'to_port is local.a, which refers to itself',
    ],
  ])('that are not known leave a rule with %s not evaluated', (_what, changes, more, reason) => {
    const { rules, notEvaluated } = vpcRule(changes, more);
    expect(rules).toEqual([]);
    expect(notEvaluatedIn({ notEvaluated })).toEqual([
      { file: 'cdk.tf.json', address: 'aws_vpc_security_group_ingress_rule.a', reason },
    ]);
  });

  test('of modules, and of resources that are not evaluated, are reported', () => {
    const { notEvaluated } = read({
      module: { web: { source: './web' } },
      resource: { aws_network_acl: { all: {} }, aws_default_security_group: { all: {} } },
    });
    expect(notEvaluated.map(({ address, reason }) => `${address}: ${reason}`)).toEqual([
      'module.web: a module is evaluated by Terraform: read its plan',
      'aws_network_acl.all: network ACLs are evaluated only by "explain", because they protect subnets',
    ]);
  });
});

describe('a firewall policy', () => {
  const rule = (changes: Record<string, unknown>): unknown => ({
    firewall_policy: '${google_compute_network_firewall_policy.policy.name}',
    direction: 'INGRESS',
    action: 'allow',
    priority: 1000,
    match: { src_ip_ranges: ['10.0.0.0/8'], layer4_configs: [{ ip_protocol: 'tcp', ports: ['22'] }] },
    ...changes,
  });
  const policy = (rules: Record<string, unknown>, order?: string): Configuration =>
    read({
      resource: {
        google_compute_network: { net: { name: 'prod', network_firewall_policy_enforcement_order: order } },
        google_compute_network_firewall_policy: { policy: { name: 'policy' } },
        google_compute_network_firewall_policy_association: {
          at: {
            attachment_target: '${google_compute_network.net.id}',
            firewall_policy: '${google_compute_network_firewall_policy.policy.name}',
          },
        },
        google_compute_network_firewall_policy_rule: rules,
        google_compute_firewall: {
          web: {
            network: '${google_compute_network.net.name}',
            source_ranges: ['10.9.0.0/16'],
            deny: [{ protocol: 'all' }],
          },
        },
      },
    });

  test('is evaluated after the firewall rules of its network, or before them', () => {
    expect(lines(policy({ ssh: rule({}) }))).not.toContain('ingress 22/tcp from 10.0.0.0/8 to all-instances on prod');
    expect(lines(policy({ ssh: rule({}) }, 'BEFORE_CLASSIC_FIREWALL'))).toEqual([
      'ingress 22/tcp from 10.0.0.0/8 to all-instances on prod',
    ]);
  });

  test('skips its remaining rules after goto_next', () => {
    const next = rule({
      action: 'goto_next',
      priority: 10,
      match: { src_ip_ranges: ['10.0.0.0/9'], layer4_configs: [{ ip_protocol: 'all' }] },
    });
    expect(lines(policy({ next, ssh: rule({}) }))).toEqual([
      'ingress 22/tcp from 10.128.0.0/9 to all-instances on prod',
    ]);
  });

  test('selects by secure tags', () => {
    const match = {
      src_secure_tags: [{ name: 'tagValues/1' }],
      layer4_configs: [{ ip_protocol: 'tcp', ports: ['22'] }],
    };
    const tagged = rule({ match, target_secure_tags: [{ name: 'tagValues/2' }] });
    expect(lines(policy({ tagged }, 'BEFORE_CLASSIC_FIREWALL'))).toEqual([
      'ingress 22/tcp from secure-tag:tagValues/1 to secure-tag:tagValues/2 on prod',
    ]);
  });

  test('is reported as not evaluated if it selects by something other than IP addresses', () => {
    const match = { src_ip_ranges: ['10.0.0.0/8'], src_region_codes: ['DE'], layer4_configs: [{ ip_protocol: 'tcp' }] };
    expect(notEvaluatedIn(policy({ german: rule({ match }) }))).toEqual([
      {
        file: 'cdk.tf.json',
        address: 'google_compute_network_firewall_policy_rule.german',
        reason: 'match.src_region_codes cannot be evaluated',
      },
    ]);
  });
});

describe('a plan', () => {
  test('permits the traffic after its apply, with modules, loops and groups that do not exist yet', () => {
    const configuration = readTerraform(plan, 'plan.json');
    expect(notEvaluatedIn(configuration)).toEqual([
      {
        file: 'plan.json',
        address: 'aws_security_group.db.ingress[1]',
        reason: 'security_groups is known after apply',
      },
      ...[0, 1].map((index) => ({
        file: 'plan.json',
        address: `module.web.aws_security_group_rule.in[${index}]`,
        reason: 'security_group_id is known after apply',
      })),
    ]);
    expect(lines(configuration)).toEqual([
      'ingress all from 10.3.0.0/16 to sg:aws_security_group.db',
      'ingress all from 10.4.0.0/16 to sg:aws_security_group.db',
      'ingress 22/tcp from 10.9.0.0/16 to sg:aws_security_group.db',
      'ingress 80/tcp from 10.1.0.0/16 to sg:aws_security_group.db',
      'ingress 80/tcp from 10.2.0.0/15 to sg:aws_security_group.db',
      'ingress 22/tcp from sg:aws_security_group.db to sg:aws_security_group.db',
      'ingress 5432/tcp from sg:security_groups of aws_security_group.db.ingress[1] to sg:aws_security_group.db',
      'ingress 53/udp from 10.7.0.0/16 to sg:aws_vpc.v.default_security_group_id',
      'ingress all from sg:module.web.aws_security_group.this[0] to sg:module.web.aws_security_group.this[0]',
      'ingress 443/tcp from 10.0.0.0/8 to sg:security_group_id of module.web.aws_security_group_rule.in[0]',
      'ingress 444/tcp from 10.0.0.0/8 to sg:security_group_id of module.web.aws_security_group_rule.in[1]',
    ]);
  });

  test('is read before and after its apply, and a group is the same by its id and by its Terraform address', () => {
    const group = {
      address: 'aws_security_group.web',
      type: 'aws_security_group',
      mode: 'managed',
      values: { id: 'sg-1', ingress: [{ protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['10.0.0.0/8'] }] },
    };
    const rule = (values: object): unknown => ({
      address: 'aws_vpc_security_group_ingress_rule.a',
      type: 'aws_vpc_security_group_ingress_rule',
      values: { ...RULE, ...values },
    });
    const { before, after } = readPlannedChange(
      {
        format_version: '1.2',
        prior_state: { values: { root_module: { resources: [group, rule({})] } } },
        planned_values: { root_module: { resources: [group, rule({ cidr_ipv4: '10.9.0.0/16' })] } },
        resource_changes: [],
        configuration: { root_module: { resources: [{ address: 'aws_security_group.web', expressions: {} }] } },
      },
      'plan.json',
    );
    expect(lines(before)).toEqual(['ingress 443/tcp from 10.0.0.0/8 to sg:aws_security_group.web']);
    expect(lines(after)).toEqual(['ingress 443/tcp from 10.9.0.0/16 to sg:aws_security_group.web']);
  });

  test('does not reveal sensitive values', () => {
    const resources = [
      {
        address: 'aws_vpc_security_group_ingress_rule.a',
        type: 'aws_vpc_security_group_ingress_rule',
        values: RULE,
        sensitive_values: { cidr_ipv4: true },
      },
    ];
    const { rules, notEvaluated } = readTerraform(
      { format_version: '1.0', values: { root_module: { resources } } },
      'state.json',
    );
    const [{ peers }] = rules;
    expect(peers.map(({ name }) => name)).toEqual(['unknown:cidr_ipv4 of aws_vpc_security_group_ingress_rule.a']);
    expect(notEvaluatedIn({ notEvaluated })).toEqual([
      { file: 'state.json', address: 'aws_vpc_security_group_ingress_rule.a', reason: 'cidr_ipv4 is sensitive' },
    ]);
  });
});

test('permits the inline rules of a group in a module of a state', () => {
  const child = {
    resources: [
      {
        address: 'module.a["x"].aws_security_group.web',
        type: 'aws_security_group',
        values: {
          id: 'sg-1',
          ingress: [{ protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['10.0.0.0/8'], self: false }],
        },
      },
    ],
  };
  const state = { format_version: '1.0', values: { root_module: { child_modules: [child] } } };
  expect(lines(readTerraform(state, 'state.json'))).toEqual([
    'ingress 443/tcp from 10.0.0.0/8 to sg:module.a["x"].aws_security_group.web',
  ]);
});

test('joins stacks by the names that they have in common, and distinguishes groups that each stack creates', () => {
  const resource = {
    aws_security_group: { web: {} },
    aws_vpc_security_group_ingress_rule: {
      a: { ...RULE, referenced_security_group_id: '${aws_security_group.web.id}', cidr_ipv4: null },
    },
  };
  const configuration = combinedConfiguration('cdktf.out', [
    ['a', read({ resource })],
    ['b', read({ resource })],
  ]);
  expect(lines(configuration)).toEqual([
    'ingress 443/tcp from sg:a/aws_security_group.web to sg:sg-1',
    'ingress 443/tcp from sg:b/aws_security_group.web to sg:sg-1',
  ]);
  expectRefusal(
    () =>
      combinedConfiguration('cdktf.out', [
        ['a', read({})],
        ['a', read({})],
      ]),
    'stack-given-twice',
  );
});

test('gives a group that one stack references from another stack of the app the same name in both', () => {
  const app = new App();
  const [network, rules] = ['network', 'rules'].map((name) => new TerraformStack(app, name));
  const made = new SecurityGroup(network, 'web', { name: 'web' });
  new SecurityGroupRule(rules, 'https', {
    ...{ type: 'ingress', protocol: 'tcp', fromPort: 443, toPort: 443, selfAttribute: true },
    securityGroupId: made.id,
  });
  const stacks = [network, rules].map((stack) => {
    stack.prepareStack();
    return stack;
  });
  const combined = combinedConfiguration(
    'cdktf.out',
    stacks.map((stack) => [stack.node.id, readTerraform(stack.toTerraform(), `${stack.node.id}/cdk.tf.json`)]),
  );
  const group = 'sg:network/aws_security_group.web';
  expect(lines(combined)).toEqual([`ingress 443/tcp from ${group} to ${group}`]);
  expect(combined.notEvaluated).toEqual([]);
  const alone = readTerraform(rules.toTerraform(), 'rules/cdk.tf.json');
  expect(notEvaluatedIn(alone).map(({ address, reason }) => `${address}: ${reason}`)).toEqual([
    'data.terraform_remote_state.cross-stack-reference-input-network.outputs.cross-stack-output-aws_security_groupwebid: the security group that this refers to is known after apply',
  ]);
});

test('finds the documented rows of two rules with the same Terraform address in the stack of each', () => {
  const stack = (name: string): Configuration => {
    const app = new App();
    const made = new TerraformStack(app, name);
    const prometheus = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
    new PrometheusCostMetricsRule(made, `costs of ${name}`, { platform: Peer.cidr('10.0.0.0/8'), prometheus });
    return readTerraform(made.toTerraform(), `${name}/cdk.tf.json`);
  };
  const [dev, live] = [stack('dev'), stack('live')];
  const both = combinedConfiguration('cdktf.out', [
    ['dev', dev],
    ['live', live],
  ]);
  const documentedRows = new DocumentedRowIndex([both]);
  expect(both.rules.map((rule) => documentedRows.of(rule).map(({ construct }) => construct))).toEqual([
    ['dev/costs of dev'],
    ['live/costs of live'],
  ]);
  const plan = { ...both.rules[0], file: 'plan.json' };
  expect(new DocumentedRowIndex([live]).of(plan).map(({ construct }) => construct)).toEqual(['live/costs of live']);
});

describe('a resource that contradicts itself is listed as not evaluated, and the others are read:', () => {
  const OTHER = { aws_vpc_security_group_egress_rule: { other: { ...RULE, ip_protocol: '-1' } } };
  const reasonsFor = (resource: object): string[] => {
    const configuration = read({ resource: { ...OTHER, ...resource } });
    expect(lines(configuration)).toContain('egress all from sg:sg-1 to 10.0.0.0/8');
    return configuration.notEvaluated.map(({ reason }) => reason);
  };
  const FAR_ENDS = 'a rule must have exactly one of cidr_ipv4, cidr_ipv6, prefix_list_id, referenced_security_group_id';

  test.each([
    ['a port that is null', { to_port: null }, 'to_port must be a whole number from 0 to 65535, got nothing'],
    ['a port that is too large', { to_port: 65536 }, 'to_port must be a whole number from 0 to 65535, got 65536'],
    ['a port that is not a number', { to_port: 'https' }, 'to_port must be a whole number, got "https"'],
    [
      'ports that descend',
      { from_port: 9444, to_port: 8443 },
      'from_port must not be greater than to_port, got from_port 9444 and to_port 8443',
    ],
    ['two far ends', { cidr_ipv6: '::/0' }, `${FAR_ENDS}, got cidr_ipv4 and cidr_ipv6`],
    ['no far end', { cidr_ipv4: null }, `${FAR_ENDS}, got none`],
    ['no group', { security_group_id: null }, 'security_group_id must be a security group, got nothing'],
    [
      'a range with host bits',
      { cidr_ipv4: '10.0.0.1/8' },
      'cidr_ipv4 must have no bits set after its prefix, got "10.0.0.1/8"',
    ],
    ['a range without a prefix', { cidr_ipv4: '10.0.0.1' }, 'cidr_ipv4 must have a prefix length, got "10.0.0.1"'],
    [
      'a range with a prefix that is too long',
      { cidr_ipv4: '10.0.0.0/33' },
      'cidr_ipv4 must have a prefix length from 0 to 32, got "10.0.0.0/33"',
    ],
    [
      'a range that is a word',
      { cidr_ipv4: 'office' },
      'cidr_ipv4 must be an IP address and a prefix length, got "office"',
    ],
    ['a range of the other family', { cidr_ipv4: '::/0' }, 'cidr_ipv4 accepts only IPv4 ranges, got "::/0"'],
    [
      'an IP address of the other family',
      { cidr_ipv4: '2001:db8::1' },
      'cidr_ipv4 accepts only IPv4 ranges, got "2001:db8::1"',
    ],
    [
      'an unknown protocol',
      { ip_protocol: 'http' },
      'ip_protocol must be a protocol name, a protocol number or -1, got "http"',
    ],
    ['a description that is an object', { description: {} }, 'description must be text, got an object of Object'],
    [
      'all ICMP types with one code',
      { ip_protocol: 'icmp', from_port: -1, to_port: 0 },
      'to_port must be -1 (all ICMP codes) if from_port is -1 (all ICMP types), got 0',
    ],
  ])('a rule with %s', (_what, changes, reason) => {
    expect(reasonsFor({ aws_vpc_security_group_ingress_rule: { a: { ...RULE, ...changes } } })).toEqual([reason]);
  });

  test.each([
    ['an unknown direction', { type: 'in' }, 'type must be ingress or egress, got "in"'],
    [
      'no far end',
      {},
      'a rule must have one of cidr_blocks, ipv6_cidr_blocks, prefix_list_ids, source_security_group_id, self, got none',
    ],
    [
      'two far ends',
      { source_security_group_id: 'sg-2', cidr_blocks: ['10.0.0.0/8'] },
      'source_security_group_id must not be combined with cidr_blocks, ipv6_cidr_blocks or self, got both',
    ],
    ['ranges that are not a list', { cidr_blocks: '10.0.0.0/8' }, 'cidr_blocks must be a list, got "10.0.0.0/8"'],
    ['a range that is not text', { cidr_blocks: [{}] }, 'cidr_blocks[0] must be text, got an object of Object'],
    ['self that is not a boolean', { self: 'yes' }, 'self must be true or false, got "yes"'],
  ])('an aws_security_group_rule with %s', (_what, changes, reason) => {
    const rule = { type: 'ingress', security_group_id: 'sg-1', protocol: 'tcp', from_port: 1, to_port: 2, ...changes };
    expect(reasonsFor({ aws_security_group_rule: { a: rule } })).toEqual([reason]);
  });

  test('one of the inline rules of a group', () => {
    const [bad, good] = [9, 1].map((from) => ({ protocol: 'tcp', from_port: from, to_port: 2, self: true }));
    const configuration = read({ resource: { aws_security_group: { web: { ingress: [bad, good] } } } });
    expect(notEvaluatedIn(configuration)).toEqual([
      {
        file: 'cdk.tf.json',
        address: 'aws_security_group.web.ingress[0]',
        reason: 'from_port must not be greater than to_port, got from_port 9 and to_port 2',
      },
    ]);
    expect(lines(configuration)).toEqual([
      'ingress 1-2/tcp from sg:aws_security_group.web to sg:aws_security_group.web',
    ]);
  });

  test.each([
    ['neither allow nor deny', { allow: undefined }, 'a firewall must have either allow or deny, got neither'],
    ['allow and deny', { deny: [{ protocol: 'all' }] }, 'a firewall must have either allow or deny, got both'],
    ['no network', { network: undefined }, 'network must name a VPC network, got nothing'],
    ['a priority that is too large', { priority: 65536 }, 'priority must be a whole number from 0 to 65535, got 65536'],
    ['an unknown direction', { direction: 'IN' }, 'direction must be INGRESS or EGRESS, got "IN"'],
    [
      'tags and service accounts',
      { source_tags: ['web'], target_service_accounts: ['a@b.c'] },
      'a firewall must select either by tags or by service accounts, got source_tags and target_service_accounts',
    ],
  ])('a firewall with %s', (_what, changes, reason) => {
    const web = { network: 'prod', allow: [{ protocol: 'tcp', ports: ['443'] }], ...changes };
    expect(reasonsFor({ google_compute_firewall: { web } })).toEqual([reason]);
  });

  test.each([
    [
      'an unknown protocol',
      { protocol: 'http' },
      'protocol must be a protocol name, a protocol number or all, got "http"',
    ],
    [
      'a port with a leading zero',
      { protocol: 'tcp', ports: ['080'] },
      'ports must be numbers or ranges from 0 to 65535, such as "443" or "8000-8100", got "080"',
    ],
    ['ports that descend', { protocol: 'tcp', ports: ['90-80'] }, 'a port range must ascend, got "90-80"'],
    [
      'a port that is a word',
      { protocol: 'tcp', ports: ['https'] },
      'ports must be numbers or ranges from 0 to 65535, such as "443" or "8000-8100", got "https"',
    ],
    [
      'a port that is too large',
      { protocol: 'tcp', ports: ['70000-80'] },
      'ports must be numbers or ranges from 0 to 65535, such as "443" or "8000-8100", got "70000-80"',
    ],
    [
      'ports of a protocol without ports',
      { protocol: 'esp', ports: ['1'] },
      'only tcp, udp and sctp have ports, got ports of esp',
    ],
  ])('an allow block with %s', (_what, allow, reason) => {
    const web = { network: 'prod', allow: [allow] };
    expect(reasonsFor({ google_compute_firewall: { web } })).toEqual([reason]);
  });

  test.each<[string, object, string]>([
    ['no range', {}, 'cidr must be an IP range, got nothing'],
    ['a range of the other family', { cidr: '2001:db8::/32' }, 'cidr accepts only IPv4 ranges, got "2001:db8::/32"'],
    ['a range with host bits', { cidr: '10.0.0.1/8' }, 'cidr must have no bits set after its prefix, got "10.0.0.1/8"'],
  ])('an entry of a prefix list with %s', (_what, entry, reason) => {
    const list = { address_family: 'IPv4', max_entries: 5, entry: [entry] };
    const rule = { ...RULE, cidr_ipv4: null, prefix_list_id: '${aws_ec2_managed_prefix_list.list.id}' };
    const resource = {
      aws_ec2_managed_prefix_list: { list },
      aws_vpc_security_group_ingress_rule: { a: rule },
    };
    expect(reasonsFor(resource)).toEqual([reason]);
  });
});

describe('fails for', () => {
  test.each([
    ['text that is not JSON', 'resource {}', 'json-invalid'],
    ['JSON that is cut off', '{"resource": {', 'json-invalid'],
    ['a list', '[]', 'terraform-json-required'],
    ['a different object', '{"name": "x", "version": 1}', 'terraform-json-required'],
    ['a raw state file', '{"lineage": "x", "serial": 1}', 'raw-state-file'],
    [
      'a plan of an unknown version',
      '{"format_version": "2.0", "planned_values": {}}',
      'terraform-json-version-unknown',
    ],
    ['a state of an unknown version', '{"format_version": 1}', 'terraform-json-version-unknown'],
    [
      'provenance of a different version',
      '{"//": {"metadata": {"clusterPorts": {"version": 9}}}}',
      'provenance-version-unknown',
    ],
    ['provenance that is null', '{"//": {"metadata": {"clusterPorts": null}}}', 'provenance-version-unknown'],
    [
      'provenance without flows',
      '{"//": {"metadata": {"clusterPorts": {"version": 1, "documents": {}, "rows": {}, "peers": []}}}}',
      'json-altered',
    ],
    ['values that are nested too deeply', `{"locals": {"a": ${'['.repeat(600)}${']'.repeat(600)}}}`, 'json-too-deep'],
  ])('%s', (_what, text, code) => {
    expectRefusal(() => read(parseJson(text, 'cdk.tf.json')), code);
  });

  test.each([
    ['a token', { cidr_ipv4: '${TfToken[TOKEN.1]}' }, 'token-not-resolved'],
    ['a number token', { from_port: -1.8881545897087503e289 }, 'token-not-resolved'],
  ])('a rule with %s', (_what, changes, code) => {
    expectRefusal(() => vpcRule(changes), code);
  });

  test('a resource that is defined twice', () => {
    const resource = [{ aws_security_group: { web: {} } }, { aws_security_group: { web: {} } }];
    expectRefusal(() => read({ resource }), 'resource-given-twice');
  });

  test('a resource that is not an object', () => {
    expectRefusal(() => read({ resource: { aws_security_group: { web: 1 } } }), 'value-not-an-object');
  });

  test.each<[string, object]>([
    ['a synthesized stack', { resource: {} }],
    ['a state', { format_version: '1.0', values: {} }],
  ])('%s where a plan is needed', (_what, json) => {
    expectRefusal(() => readPlannedChange(json, 'cdk.tf.json'), 'plan-required');
  });
});

test.each([
  ['icmp', 'cidr_ipv6', '::/0'],
  ['1', 'cidr_ipv6', '::/0'],
  ['icmpv6', 'cidr_ipv4', '0.0.0.0/0'],
  ['58', 'cidr_ipv4', '0.0.0.0/0'],
])('a rule of protocol %s to %s permits nothing, because such packets do not exist', (protocol, name, range) => {
  const changes = { cidr_ipv4: null, [name]: range, ip_protocol: protocol, from_port: -1, to_port: -1 };
  const configuration = vpcRule(changes);
  expect([lines(configuration), configuration.notEvaluated]).toEqual([[], []]);
});

test('a rule of ICMP to ranges of both families permits each its own', () => {
  const allow = [{ protocol: 'icmp' }, { protocol: '58' }, { protocol: 'tcp', ports: ['443'] }];
  const web = { network: 'n', project: 'p', source_ranges: ['10.0.0.0/8', '2001:db8::/32'], allow };
  expect(lines(read({ resource: { google_compute_firewall: { web } } }))).toEqual([
    'ingress icmp from 10.0.0.0/8 to all-instances on p/n',
    'ingress 443/tcp from 10.0.0.0/8 to all-instances on p/n',
    'ingress 443/tcp from 2001:db8::/32 to all-instances on p/n',
    'ingress icmpv6 from 2001:db8::/32 to all-instances on p/n',
  ]);
});

test('values that grow with every reference are not evaluated, and take no time', () => {
  const doubled = (at: number): string => `\${concat(local.l${at - 1}, local.l${at - 1})}`;
  const twice = (at: number): string => `\${local.t${at - 1}}\${local.t${at - 1}}`;
  const locals = Object.fromEntries(
    Array.from({ length: 60 }, (_, at): [string, unknown][] =>
      at === 0
        ? [
            ['l0', ['10.0.0.0/8']],
            ['t0', 'x'.repeat(100)],
          ]
        : [
            [`l${at}`, doubled(at)],
            [`t${at}`, twice(at)],
          ],
    ).flat(),
  );
  const rule = { type: 'ingress', security_group_id: 'sg-1', protocol: '-1', from_port: 0, to_port: 0 };
  const { notEvaluated } = read({
    locals,
    resource: { aws_security_group_rule: { a: { ...rule, cidr_blocks: '${local.l59}', description: '${local.t59}' } } },
  });
  expect(notEvaluated).toHaveLength(1);
});
