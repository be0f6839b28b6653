import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { SecurityGroupRule } from '@cdktf/provider-aws/lib/security-group-rule';
import { App, TerraformStack } from 'cdktf';
import { AwsSecurityGroup, Peer, PrometheusCostMetricsRule } from '../../lib';
import { DocumentedRowIndex } from '../../lib/traffic/asked-for';
import { combinedConfiguration } from '../../lib/traffic/combined-configuration';
import type { Configuration } from '../../lib/traffic/configuration';
import { permittedBy } from '../../lib/traffic/permitted-by';
import { readPlannedChange, readTerraform, readTerraformText } from '../../lib/traffic/read-terraform';
import { rowText, trafficRows } from '../../lib/traffic/traffic-rows';
import { expectRefusal } from '../support/refusals';
import { told } from '../support/told';
import plan from './plans/create.json';

const lines = ({ rules }: Configuration): string[] => trafficRows(permittedBy(rules)).map(rowText);
const read = (json: unknown): Configuration => readTerraform(json, 'cdk.tf.json');
const RULE = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '10.0.0.0/8' };
const vpcRule = (changes: Record<string, unknown>, more: Record<string, unknown> = {}): Configuration =>
  read({ ...more, resource: { aws_vpc_security_group_ingress_rule: { a: { ...RULE, ...changes } } } });
const AT_A = 'cdk.tf.json, aws_vpc_security_group_ingress_rule.a';

describe('a security group', () => {
  test('permits what its blocks say, whether they stand in a list or alone', () => {
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
      'ingress icmp type 8 from list:pl-1 to sg:aws_security_group.web',
      'ingress all from sg:aws_security_group.web to sg:aws_security_group.web',
      'ingress icmp type 8 from sg:sg-2 to sg:aws_security_group.web',
      'egress all from sg:aws_security_group.web to 0.0.0.0/0',
    ]);
  });

  test('permits what separate rules of either kind say', () => {
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
      'egress esp from sg:aws_security_group.web to sg:sg-2',
    ]);
  });

  test('permits the ranges of a prefix list that the configuration has, and the name of another', () => {
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
  test('of locals, variables and other resources of the file are known', () => {
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

  test('in descriptions are what Terraform makes of them', () => {
    expect(vpcRule({ description: 'costs $${a} and %%{b}' }).rules[0].description).toBe('costs ${a} and %{b}');
  });

  test('that only Terraform knows are named, and compared by what they refer to', () => {
    const configuration = vpcRule({ cidr_ipv4: '${aws_subnet.office.cidr_block}' });
    expect(lines(configuration)).toEqual([
      'ingress 443/tcp from unknown:aws_subnet.office.cidr_block over IPv4 to sg:sg-1',
    ]);
    expect(told(configuration)).toEqual([
      {
        file: 'cdk.tf.json',
        address: 'aws_vpc_security_group_ingress_rule.a',
        reason: 'cidr_ipv4 is aws_subnet.office.cidr_block, which only Terraform knows',
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
  ])('that are not known leave out a rule with %s', (_what, changes, more, reason) => {
    const { rules, notEvaluated } = vpcRule(changes, more);
    expect(rules).toEqual([]);
    expect(told({ notEvaluated })).toEqual([
      { file: 'cdk.tf.json', address: 'aws_vpc_security_group_ingress_rule.a', reason },
    ]);
  });

  test('of modules and of resources that are not read are named', () => {
    const { notEvaluated } = read({
      module: { web: { source: './web' } },
      resource: { aws_default_security_group: { all: {} } },
    });
    expect(notEvaluated.map(({ address, reason }) => `${address}: ${reason}`)).toEqual([
      'module.web: a module is evaluated by Terraform: read its plan',
      'aws_default_security_group.all: the default security group of a VPC is not read',
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

  test('is asked after the rules of its network, or before them', () => {
    expect(lines(policy({ ssh: rule({}) }))).not.toContain('ingress 22/tcp from 10.0.0.0/8 to all-instances on prod');
    expect(lines(policy({ ssh: rule({}) }, 'BEFORE_CLASSIC_FIREWALL'))).toEqual([
      'ingress 22/tcp from 10.0.0.0/8 to all-instances on prod',
    ]);
  });

  test('leaves the rest to the next one where it says so', () => {
    const next = rule({
      action: 'goto_next',
      priority: 10,
      match: { src_ip_ranges: ['10.0.0.0/9'], layer4_configs: [{ ip_protocol: 'all' }] },
    });
    expect(lines(policy({ next, ssh: rule({}) }))).toEqual([
      'ingress 22/tcp from 10.128.0.0/9 to all-instances on prod',
    ]);
  });

  test('selects by secure tags and accounts', () => {
    const match = {
      src_secure_tags: [{ name: 'tagValues/1' }],
      layer4_configs: [{ ip_protocol: 'tcp', ports: ['22'] }],
    };
    const tagged = rule({ match, target_secure_tags: [{ name: 'tagValues/2' }] });
    expect(lines(policy({ tagged }, 'BEFORE_CLASSIC_FIREWALL'))).toEqual([
      'ingress 22/tcp from secure-tag:tagValues/1 to secure-tag:tagValues/2 on prod',
    ]);
  });

  test('is named where it selects by what is no address', () => {
    const match = { src_ip_ranges: ['10.0.0.0/8'], src_region_codes: ['DE'], layer4_configs: [{ ip_protocol: 'tcp' }] };
    expect(told(policy({ german: rule({ match }) }))).toEqual([
      {
        file: 'cdk.tf.json',
        address: 'google_compute_network_firewall_policy_rule.german',
        reason: 'match.src_region_codes cannot be evaluated',
      },
    ]);
  });
});

describe('a plan', () => {
  test('permits what its configuration will, with modules, loops and groups that do not exist yet', () => {
    const configuration = readTerraform(plan, 'plan.json');
    expect(told(configuration)).toEqual([
      {
        file: 'plan.json',
        address: 'aws_security_group.db.ingress[1]',
        reason: 'security_groups is known after the apply, with module.web.aws_security_group.this[0].id in it',
      },
      {
        file: 'plan.json',
        address: 'module.web.local.id',
        reason: 'which security group that is, only Terraform knows',
        comparedAs: 'sg:module.web.local.id',
      },
    ]);
    expect(lines(configuration)).toEqual([
      'ingress all from 10.3.0.0/16 to sg:aws_security_group.db',
      'ingress all from 10.4.0.0/16 to sg:aws_security_group.db',
      'ingress 22/tcp from 10.9.0.0/16 to sg:aws_security_group.db',
      'ingress 80/tcp from 10.1.0.0/16 to sg:aws_security_group.db',
      'ingress 80/tcp from 10.2.0.0/15 to sg:aws_security_group.db',
      'ingress 22/tcp from sg:aws_security_group.db to sg:aws_security_group.db',
      'ingress 5432/tcp from sg:module.web.aws_security_group.this[0] to sg:aws_security_group.db',
      'ingress 53/udp from 10.7.0.0/16 to sg:aws_vpc.v.default_security_group_id',
      'ingress all from sg:module.web.aws_security_group.this[0] to sg:module.web.aws_security_group.this[0]',
      'ingress 443-444/tcp from 10.0.0.0/8 to sg:module.web.local.id',
    ]);
  });

  test('has a before and an after, in which a group is the same by its id and by its address', () => {
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

  test('keeps what is sensitive to itself', () => {
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
    expect(rules).toEqual([]);
    expect(told({ notEvaluated })).toEqual([
      { file: 'state.json', address: 'aws_vpc_security_group_ingress_rule.a', reason: 'cidr_ipv4 is sensitive' },
    ]);
  });
});

test('a state has the rules of a group in it', () => {
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

test('stacks are put together by what they have in common, and their own groups are told apart', () => {
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
    'cdktf.out: every stack must have a name of its own, got "a" twice',
  );
});

test('a group that a stack takes over from another one is the same group', () => {
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
  expect(told(alone).map(({ address, reason }) => `${address}: ${reason}`)).toEqual([
    'data.terraform_remote_state.cross-stack-reference-input-network.outputs.cross-stack-output-aws_security_groupwebid: which security group that is, only Terraform knows',
  ]);
});

test('rules of two stacks that have one address are asked for each by its own stack', () => {
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
  const asked = new DocumentedRowIndex([both]);
  expect(both.rules.map((rule) => asked.of(rule).map(({ construct }) => construct))).toEqual([
    ['dev/costs of dev'],
    ['live/costs of live'],
  ]);
  const plan = { ...both.rules[0], file: 'plan.json' };
  expect(new DocumentedRowIndex([live]).of(plan).map(({ construct }) => construct)).toEqual(['live/costs of live']);
});

describe('fails for', () => {
  test.each([
    ['text that is not JSON', 'resource {}', 'cdk.tf.json: a file must be whole JSON, got text that is none'],
    ['JSON that is cut off', '{"resource": {', 'cdk.tf.json: a file must be whole JSON, got text that ends too early'],
    ['a list', '[]', 'cdk.tf.json: Terraform JSON must be an object, got []'],
    [
      'another object',
      '{"name": "x", "version": 1}',
      'cdk.tf.json: a file must be a synthesized cdk.tf.json, or what terraform show -json prints, got an object with "name", "version"',
    ],
    [
      'a state file',
      '{"lineage": "x", "serial": 1}',
      'cdk.tf.json: a state must be given as Terraform shows it, got a state file; did you mean terraform show -json?',
    ],
    [
      'a plan of a version that nobody knows',
      '{"format_version": "2.0", "planned_values": {}}',
      'cdk.tf.json: the format_version of a plan must be 0.1, 0.2 or 1.x, got "2.0"',
    ],
    [
      'a state of a version that nobody knows',
      '{"format_version": 1}',
      'cdk.tf.json: the format_version of a state must be 0.1, 0.2 or 1.x, got 1',
    ],
    [
      'provenance of another version',
      '{"//": {"metadata": {"clusterPorts": {"version": 9}}}}',
      'cdk.tf.json, metadata.clusterPorts: its version must be 1, got 9',
    ],
    [
      'provenance that is none',
      '{"//": {"metadata": {"clusterPorts": null}}}',
      'cdk.tf.json, metadata.clusterPorts: its version must be 1, got nothing',
    ],
    [
      'provenance without flows',
      '{"//": {"metadata": {"clusterPorts": {"version": 1, "documents": {}, "rows": {}, "peers": []}}}}',
      'cdk.tf.json, metadata: clusterPorts.flows must be a list, got nothing; did you mean to synthesize the stack again?',
    ],
    [
      'values that nobody has written',
      `{"locals": {"a": ${'['.repeat(600)}${']'.repeat(600)}}}`,
      'cdk.tf.json: values must be at most 500 levels deep, got more',
    ],
  ])('%s', (_what, text, sentence) => {
    expectRefusal(() => readTerraformText(text, 'cdk.tf.json'), sentence);
  });

  test.each([
    ['a port that is null', { to_port: null }, 'to_port must be a whole number from 0 to 65535, got nothing'],
    ['a port that is too large', { to_port: 65536 }, 'to_port must be a whole number from 0 to 65535, got 65536'],
    ['a port that is no number', { to_port: 'https' }, 'to_port must be a whole number, got "https"'],
    [
      'ports that run down',
      { from_port: 9444, to_port: 8443 },
      'ports must run upwards, got 9444-8443; did you mean 8443-9444?',
    ],
    [
      'two far ends',
      { cidr_ipv6: '::/0' },
      'a rule must have one of cidr_ipv4, cidr_ipv6, prefix_list_id and referenced_security_group_id, got cidr_ipv4 and cidr_ipv6',
    ],
    [
      'no far end',
      { cidr_ipv4: null },
      'a rule must have one of cidr_ipv4, cidr_ipv6, prefix_list_id and referenced_security_group_id, got none',
    ],
    ['no group', { security_group_id: null }, 'security_group_id must be a security group, got nothing'],
    [
      'a range with host bits',
      { cidr_ipv4: '10.0.0.1/8' },
      'cidr_ipv4 must have no bits set after its prefix, got "10.0.0.1/8"; did you mean "10.0.0.0/8"?',
    ],
    [
      'a range without a prefix',
      { cidr_ipv4: '10.0.0.1' },
      'cidr_ipv4 must have a prefix length, got "10.0.0.1"; did you mean "10.0.0.1/32"?',
    ],
    [
      'a range with a prefix that is too long',
      { cidr_ipv4: '10.0.0.0/33' },
      'cidr_ipv4 must have a prefix length from 0 to 32, got "10.0.0.0/33"',
    ],
    ['a range that is none', { cidr_ipv4: 'office' }, 'cidr_ipv4 must be an address and a prefix length, got "office"'],
    ['a range of the other family', { cidr_ipv4: '::/0' }, 'cidr_ipv4 must be IPv4 ranges, got "::/0"'],
    [
      'a protocol that is none',
      { ip_protocol: 'http' },
      'ip_protocol must be a protocol, its number or -1, got "http"',
    ],
    ['a token', { cidr_ipv4: '${TfToken[TOKEN.1]}' }, 'values must be synthesized, got a token of the framework'],
    [
      'a number token',
      { from_port: -1.8881545897087503e289 },
      'values must be synthesized, got a token of the framework',
    ],
    ['text that is none', { description: {} }, 'description must be text, got an object of Object'],
    [
      'all ICMP types with one code',
      { ip_protocol: 'icmp', from_port: -1, to_port: 0 },
      'all ICMP types have all codes, got code 0; did you mean -1?',
    ],
  ])('a rule with %s', (_what, changes, sentence) => {
    expectRefusal(() => vpcRule(changes), `${AT_A}: ${sentence}`);
  });

  test.each([
    ['no type', { type: 'in' }, 'type must be ingress or egress, got in'],
    ['no far end', {}, 'a rule must have a far end, got none'],
    [
      'two far ends',
      { source_security_group_id: 'sg-2', cidr_blocks: ['10.0.0.0/8'] },
      'source_security_group_id must be the only far end, got another beside it',
    ],
    ['ranges that are no list', { cidr_blocks: '10.0.0.0/8' }, 'cidr_blocks must be a list, got "10.0.0.0/8"'],
    ['a range that is no text', { cidr_blocks: [{}] }, 'cidr_blocks[0] must be text, got an object of Object'],
    ['self that is neither true nor false', { self: 'yes' }, 'self must be true or false, got "yes"'],
  ])('an aws_security_group_rule with %s', (_what, changes, sentence) => {
    const rule = { type: 'ingress', security_group_id: 'sg-1', protocol: 'tcp', from_port: 1, to_port: 2, ...changes };
    expectRefusal(
      () => read({ resource: { aws_security_group_rule: { a: rule } } }),
      `cdk.tf.json, aws_security_group_rule.a: ${sentence}`,
    );
  });

  test.each([
    ['neither allow nor deny', { allow: undefined }, 'a firewall must have allow or deny, got none'],
    ['allow and deny', { deny: [{ protocol: 'all' }] }, 'a firewall must have allow or deny, got both'],
    ['no network', { network: undefined }, 'network must be a network, got nothing'],
    ['a priority that is too large', { priority: 65536 }, 'priority must be a whole number from 0 to 65535, got 65536'],
    ['another direction', { direction: 'IN' }, 'direction must be INGRESS or EGRESS, got "IN"'],
  ])('a firewall with %s', (_what, changes, sentence) => {
    const web = { network: 'prod', allow: [{ protocol: 'tcp', ports: ['443'] }], ...changes };
    expectRefusal(
      () => read({ resource: { google_compute_firewall: { web } } }),
      `cdk.tf.json, google_compute_firewall.web: ${sentence}`,
    );
  });

  test.each([
    ['a protocol that is none', { protocol: 'http' }, 'protocol must be a protocol or all, got "http"'],
    [
      'ports that run down',
      { protocol: 'tcp', ports: ['90-80'] },
      'ports must run upwards, got "90-80"; did you mean "80-90"?',
    ],
    [
      'ports that are none',
      { protocol: 'tcp', ports: ['https'] },
      'ports must be numbers from 0 to 65535, as "443" or "8000-8100", got "https"',
    ],
    ['ports of what has none', { protocol: 'esp', ports: ['1'] }, 'ports are for tcp, udp and sctp, got ports of esp'],
  ])('an allow block with %s', (_what, allow, sentence) => {
    const web = { network: 'prod', allow: [allow] };
    expectRefusal(
      () => read({ resource: { google_compute_firewall: { web } } }),
      `cdk.tf.json, google_compute_firewall.web.allow[0]: ${sentence}`,
    );
  });

  test.each<[string, object, string]>([
    ['no range', {}, 'cidr must be a range, got nothing'],
    ['a range of the other family', { cidr: '2001:db8::/32' }, 'cidr must be IPv4 ranges, got "2001:db8::/32"'],
    [
      'a range with host bits',
      { cidr: '10.0.0.1/8' },
      'cidr must have no bits set after its prefix, got "10.0.0.1/8"; did you mean "10.0.0.0/8"?',
    ],
  ])('an entry of a prefix list with %s', (_what, entry, sentence) => {
    const list = { address_family: 'IPv4', max_entries: 5, entry: [entry] };
    expectRefusal(
      () => read({ resource: { aws_ec2_managed_prefix_list: { list } } }),
      `cdk.tf.json, aws_ec2_managed_prefix_list.list.entry[0]: ${sentence}`,
    );
  });

  test('a resource that stands in a file twice', () => {
    const resource = [{ aws_security_group: { web: {} } }, { aws_security_group: { web: {} } }];
    expectRefusal(
      () => read({ resource }),
      'cdk.tf.json, aws_security_group.web: a resource must stand in a file once, got it twice',
    );
  });

  test('a resource that is no object', () => {
    expectRefusal(
      () => read({ resource: { aws_security_group: { web: 1 } } }),
      'cdk.tf.json, aws_security_group.web: an object is needed, got 1',
    );
  });

  test('the before of what is no plan', () => {
    expectRefusal(
      () => readPlannedChange({ resource: {} }, 'cdk.tf.json'),
      'cdk.tf.json: only a plan has a before and an after, got synthesized',
    );
  });
});
