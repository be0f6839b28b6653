import { AwsSecurityGroup, Egress } from '../../../lib';
import { lint } from '../../../lib/traffic/lint/lint';
import { combinedConfiguration } from '../../../lib/traffic/read';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { newStack } from '../../support/clouds';

function findings(resource: unknown, code: string, options = {}): string[] {
  const { findings: all } = lint(readTerraform({ resource }, 'cdk.tf.json'), options);
  return all.filter((one) => one.code === code).map(({ address, message }) => `${address}: ${message}`);
}

const RULE = {
  security_group_id: 'sg-aaaaaaaa',
  ip_protocol: 'tcp',
  from_port: 8443,
  to_port: 8443,
  cidr_ipv4: '10.0.0.0/8',
  description: 'API service [vcluster-platform@2025-03/kubernetes-api-to-platform/api-service]',
};
const ingress = (rules: Record<string, unknown>): unknown => ({ aws_vpc_security_group_ingress_rule: rules });
const FIREWALL = { network: 'prod', source_ranges: ['10.0.0.0/8'], target_tags: ['web'], description: 'web' };
const HTTPS = [{ protocol: 'tcp', ports: ['443'] }];
const API_SERVICE = [{ protocol: 'tcp', ports: ['8443'] }];
const firewalls = (rules: Record<string, unknown>): unknown => ({ google_compute_firewall: rules });

test('finds nothing in a documented rule', () => {
  expect(lint(readTerraform({ resource: ingress({ a: RULE }) }, 'cdk.tf.json'))).toEqual({
    findings: [],
    notEvaluated: [],
  });
});

test('finds a rule that is open to every IP address, also in two halves', () => {
  const all = { ...FIREWALL, allow: HTTPS };
  expect(
    findings(
      firewalls({
        one: { ...all, source_ranges: ['0.0.0.0/0'] },
        halves: { ...all, source_ranges: ['0.0.0.0/1', '128.0.0.0/1'] },
        none: { ...all, source_ranges: [], source_tags: [] },
        half: { ...all, source_ranges: ['0.0.0.0/1'] },
      }),
      'world-open',
    ),
  ).toEqual([
    'google_compute_firewall.one: it opens 443/tcp of tag:web to 0.0.0.0/0',
    'google_compute_firewall.halves: it opens 443/tcp of tag:web to 0.0.0.0/0',
    'google_compute_firewall.none: it opens 443/tcp of tag:web to 0.0.0.0/0',
    'google_compute_firewall.half: it opens 443/tcp of tag:web to 0.0.0.0/1',
  ]);
});

test('finds a rule within a wider one, and of two equal rules one that no document asks for', () => {
  const rules = {
    wide: { ...RULE, from_port: 8443, to_port: 8444 },
    within: { ...RULE, cidr_ipv4: '10.9.0.0/16' },
    more: { ...RULE, from_port: 8400, to_port: 8500 },
    other: { ...RULE, cidr_ipv4: '11.0.0.0/8' },
    elsewhere: { ...RULE, security_group_id: 'sg-bbbbbbbb' },
  };
  const byHand = 'aws_vpc_security_group_ingress_rule.more opens the same, and no known document asks for that'; // its description is false
  expect(findings(ingress(rules), 'redundant')).toEqual([
    `aws_vpc_security_group_ingress_rule.within: ${byHand}`,
    'aws_vpc_security_group_ingress_rule.wide: it opens nothing that aws_vpc_security_group_ingress_rule.more does not open',
  ]);
  const all = { ...FIREWALL, allow: API_SERVICE };
  const documented = { ...all, description: RULE.description };
  const found = [
    'google_compute_firewall.byHand: it opens nothing that google_compute_firewall.documented does not open',
  ];
  expect(findings(firewalls({ byHand: all, documented }), 'redundant')).toEqual(found);
  expect(findings(firewalls({ documented, byHand: all }), 'redundant')).toEqual(found);
});

test('finds a description that names a row with a different port, or a row that its table does not have', () => {
  const row = 'vcluster-platform@2025-03/kubernetes-api-to-platform';
  const rules = {
    ssh: { ...RULE, from_port: 22, to_port: 22 },
    none: { ...RULE, description: `Made up [${row}/made-up]` },
    right: RULE,
    unnamed: { ...RULE, from_port: 22, to_port: 22, cidr_ipv4: '10.9.0.0/16', description: 'office' },
  };
  expect(findings(ingress(rules), 'false-claim')).toEqual([
    'aws_vpc_security_group_ingress_rule.ssh: its stated reason is false: vcluster-platform@2025-03 has 8443/tcp for api-service',
    'aws_vpc_security_group_ingress_rule.none: its stated reason is false: vcluster-platform@2025-03 has no row "kubernetes-api-to-platform/made-up"',
  ]);
});

test('says whether a document asks for the rule that makes a documented one redundant', () => {
  const byHand = { ...FIREWALL, source_ranges: ['10.0.0.0/7'], allow: API_SERVICE };
  const documented = { ...FIREWALL, allow: API_SERVICE, description: RULE.description };
  expect(findings(firewalls({ byHand, documented }), 'redundant')).toEqual([
    'google_compute_firewall.documented: google_compute_firewall.byHand opens the same, and no known document asks for that',
  ]);
});

describe('two resources that are the same rule to AWS', () => {
  const type = 'aws_vpc_security_group_ingress_rule';
  const byHand = { ...RULE, description: 'by hand' };
  const refused = 'and AWS refuses the apply: InvalidPermission.Duplicate';

  test('are an error at the one of a construct, whose row can be left out, in any order', () => {
    const found = [
      `${type}.documented: it is the same rule as ${type}.byHand, ${refused}; ` +
        'leave it out with omit: ["api-service"] in the construct of vcluster-platform@2025-03',
    ];
    for (const rules of [
      { byHand, documented: RULE },
      { documented: RULE, byHand },
    ]) {
      const { findings: all } = lint(readTerraform({ resource: ingress(rules) }, 'cdk.tf.json'));
      expect(all.map(({ code, level }) => `${level} ${code}`)).toEqual(['error duplicate']);
      expect(findings(ingress(rules), 'duplicate')).toEqual(found);
    }
  });

  test('are found if only one of several ranges is the same, and if one is an older resource', () => {
    const older = {
      ...{ type: 'ingress', security_group_id: 'sg-aaaaaaaa', protocol: '6', from_port: 8443, to_port: 8443 },
      ...{ cidr_blocks: ['192.168.0.0/16', '10.0.0.0/8'], description: 'office' },
    };
    const resource = { aws_security_group_rule: { older }, [type]: { byHand } };
    expect(findings(resource, 'duplicate')).toEqual([
      `${type}.byHand: it is the same rule as aws_security_group_rule.older, ${refused}`,
    ]);
  });

  const block = { protocol: 'tcp', from_port: 80, to_port: 80, cidr_blocks: ['10.0.0.0/8'], description: 'x' };
  const twice = 'and AWS refuses the apply: InvalidParameterValue: The same permission must not appear multiple times';

  // the provider joins what is equal with its description, and AWS refuses the rest
  test.each<[string, object[], string[]]>([
    ['other descriptions', [block, { ...block, description: 'y' }], ['ingress[1]']],
    ['no description', [block, { ...block, description: undefined }], ['ingress[1]']],
    [
      'other descriptions, and only one range that is the same',
      [block, { ...block, protocol: '6', cidr_blocks: ['192.168.0.0/16', '10.0.0.0/8'], description: 'y' }],
      ['ingress[1]'],
    ],
    ['the same description', [block, { ...block, protocol: '6' }], []],
    [
      'the same description of three, and one different',
      [block, block, { ...block, description: 'y' }],
      ['ingress[2]'],
    ],
    ['a different direction', [block], []],
    ['different ports', [block, { ...block, to_port: 81, description: 'y' }], []],
  ])('are inline blocks of one group with %s', (_what, blocks, found) => {
    const resource = { aws_security_group: { web: { ingress: blocks, egress: [{ ...block, description: 'z' }] } } };
    expect(findings(resource, 'duplicate')).toEqual(
      found.map(
        (at) => `aws_security_group.web.${at}: it is the same rule as aws_security_group.web.ingress[0], ${twice}`,
      ),
    );
  });

  test('are named with the stack if they are in two', () => {
    const both = ['one', 'two'].map(
      (name) => [name, readTerraform({ resource: ingress({ same: RULE }) }, `${name}.json`)] as const,
    );
    const { findings: all } = lint(combinedConfiguration('both', both));
    expect(all.filter(({ code }) => code === 'duplicate').map(({ message }) => message)).toEqual([
      expect.stringContaining(`it is the same rule as ${type}.same of the stack one, ${refused}`),
    ]);
    const wide = ingress({ same: { ...RULE, cidr_ipv4: '10.0.0.0/7' } });
    const covered = lint(
      combinedConfiguration('both', [both[0], ['two', readTerraform({ resource: wide }, 'two.json')]]),
    );
    expect(covered.findings.filter(({ code }) => code === 'redundant').map(({ message }) => message)).toEqual([
      `it opens nothing that ${type}.same of the stack two does not open`,
    ]);
  });

  test('are not found where AWS compares differently: a list and its ranges, two halves and the whole, other directions', () => {
    const list = { address_family: 'IPv4', max_entries: 1, entry: [{ cidr: '10.0.0.0/8' }] };
    const byList = { ...RULE, cidr_ipv4: undefined, prefix_list_id: '${aws_ec2_managed_prefix_list.list.id}' };
    const older = {
      ...{ type: 'ingress', security_group_id: 'sg-aaaaaaaa', protocol: 'tcp', from_port: 8443, to_port: 8443 },
      cidr_blocks: ['10.0.0.0/9', '10.128.0.0/9'],
    };
    const resource = {
      aws_ec2_managed_prefix_list: { list },
      aws_security_group_rule: { older },
      [type]: { byHand, byList },
      aws_vpc_security_group_egress_rule: { byHand },
    };
    expect(findings(resource, 'duplicate')).toEqual([]);
  });
});

test('rules of groups that are not told apart are neither the same, nor redundant, nor counted together', () => {
  const type = 'aws_vpc_security_group_egress_rule';
  const values = { ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0', description: 'all' };
  const keys = Array.from({ length: 60 }, (_, at) => `k${at}`);
  const plan = {
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: keys.flatMap((key) => [
          {
            address: `aws_security_group.a["${key}"]`,
            type: 'aws_security_group',
            mode: 'managed',
            name: 'a',
            index: key,
            values: {},
          },
          { address: `${type}.all["${key}"]`, type, mode: 'managed', name: 'all', index: key, values },
        ]),
      },
    },
    resource_changes: keys.map((key) => ({
      ...{ address: `${type}.all["${key}"]`, type, mode: 'managed', name: 'all', index: key },
      change: { actions: ['create'], before: null, after: values, after_unknown: { security_group_id: true } },
    })),
    configuration: {
      root_module: {
        resources: [
          {
            address: 'aws_security_group.a',
            type: 'aws_security_group',
            mode: 'managed',
            name: 'a',
            for_each_expression: {},
          },
          {
            ...{ address: `${type}.all`, type, mode: 'managed', name: 'all', for_each_expression: {} },
            expressions: { security_group_id: { references: ['aws_security_group.a', 'each.key'] } },
          },
        ],
      },
    },
  };
  const configuration = readTerraform(plan, 'plan.json');
  expect(new Set(configuration.rules.flatMap(({ groups }) => groups))).toEqual(
    new Set(['sg:one of aws_security_group.a']),
  );
  expect(lint(configuration).findings).toEqual([]);
});

describe('inline and separate rules of one group', () => {
  const block = { protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['10.0.0.0/8'], description: 'ssh' };
  const separate = { ...RULE, security_group_id: '${aws_security_group.web.id}' };
  const older = {
    ...{ type: 'ingress', security_group_id: '${aws_security_group.web.id}', protocol: 'tcp' },
    ...{ from_port: 80, to_port: 80, cidr_blocks: ['10.0.0.0/8'], description: 'http' },
  };
  const found = (resource: Record<string, unknown>): string[] => findings(resource, 'inline-and-separate');

  test('overwrite each other in one direction', () => {
    const web = { ingress: [block], egress: [] };
    const resource = {
      aws_security_group: { web },
      aws_vpc_security_group_ingress_rule: { separate },
      aws_security_group_rule: { older },
    };
    expect(found({ ...resource, aws_security_group_rule: {} })).toEqual([
      'sg:aws_security_group.web: its inline ingress rules and aws_vpc_security_group_ingress_rule.separate overwrite each ' +
        'other: every apply removes what the last one created',
    ]);
    expect(found(resource)).toEqual([
      'sg:aws_security_group.web: its inline ingress rules and 2 separate resources overwrite each other: every apply removes ' +
        'what the last one created',
    ]);
  });

  test('do so too if the inline list is empty, in a stack and in a plan', () => {
    const sentence = (address: string): string =>
      `sg:${address}: its inline ingress rules and aws_vpc_security_group_ingress_rule.separate overwrite each other: every ` +
      'apply removes what the last one created';
    const resource = {
      aws_security_group: { web: { ingress: [], egress: null } },
      aws_vpc_security_group_ingress_rule: { separate },
    };
    expect(found(resource)).toEqual([sentence('aws_security_group.web')]);
    expect(found({ ...resource, aws_security_group: { web: { ingress: null } } })).toEqual([]);
    const type = 'aws_vpc_security_group_ingress_rule';
    const plan = (expressions: object): string[] => {
      const { findings: all } = lint(
        readTerraform(
          {
            format_version: '1.2',
            planned_values: {
              root_module: {
                resources: [
                  {
                    ...{ address: 'aws_security_group.web', type: 'aws_security_group', mode: 'managed', name: 'web' },
                    values: { id: 'sg-0a1b2c3d', ingress: [] },
                  },
                  {
                    ...{ address: `${type}.separate`, type, mode: 'managed', name: 'separate' },
                    values: { ...RULE, security_group_id: 'sg-0a1b2c3d' },
                  },
                ],
              },
            },
            configuration: {
              root_module: {
                resources: [
                  {
                    ...{ address: 'aws_security_group.web', type: 'aws_security_group', mode: 'managed', name: 'web' },
                    expressions,
                  },
                ],
              },
            },
          },
          'plan.json',
        ),
      );
      return all.map(({ address, message }) => `${address}: ${message}`);
    };
    expect(plan({ ingress: { constant_value: [] } })).toEqual([sentence('aws_security_group.web')]);
    expect(plan({})).toEqual([]);
  });

  test('do not, if they are of different directions or groups', () => {
    const resource = {
      aws_security_group: { web: { ingress: [block] }, other: {} },
      aws_vpc_security_group_egress_rule: { separate },
      aws_vpc_security_group_ingress_rule: {
        other: { ...separate, security_group_id: '${aws_security_group.other.id}' },
      },
    };
    expect(found(resource)).toEqual([]);
  });
});

test('names all rules that make one redundant', () => {
  const rules = {
    both: { ...FIREWALL, allow: [...HTTPS, { protocol: 'tcp', ports: ['80'] }] },
    https: { ...FIREWALL, source_ranges: ['10.0.0.0/7'], allow: HTTPS },
    http: { ...FIREWALL, source_ranges: ['10.0.0.0/7'], allow: [{ protocol: 'tcp', ports: ['80'] }] },
  };
  expect(findings(firewalls(rules), 'redundant')).toEqual([
    'google_compute_firewall.both: it opens nothing that google_compute_firewall.https and google_compute_firewall.http do not open',
  ]);
});

test('finds a rule that several others cover together, and one that a rule for any machine covers', () => {
  const https = { ...FIREWALL, allow: HTTPS };
  const ports = (...list: string[]): unknown => [{ protocol: 'tcp', ports: list }];
  const name = (rule: string): string => `google_compute_firewall.${rule}`;
  const rules = {
    low: { ...https, source_ranges: ['10.0.0.0/9'] },
    high: { ...https, source_ranges: ['10.128.0.0/9'] },
    whole: https,
    few: { ...FIREWALL, target_tags: ['db'], allow: ports('80-84') },
    more: { ...FIREWALL, target_tags: ['db'], allow: ports('85-90') },
    range: { ...FIREWALL, target_tags: ['db'], allow: ports('82-88') },
    open: { ...FIREWALL, target_tags: ['lb'], source_ranges: ['0.0.0.0/0'], allow: HTTPS },
    open6: { ...FIREWALL, target_tags: ['lb'], source_ranges: ['::/0'], allow: HTTPS },
    tagged: { ...FIREWALL, target_tags: ['lb'], source_ranges: undefined, source_tags: ['web'], allow: HTTPS },
    everywhere: { ...FIREWALL, target_tags: undefined, allow: ports('22') },
    web: { ...FIREWALL, allow: ports('22') },
  };
  expect(findings(firewalls(rules), 'redundant').sort()).toEqual([
    `${name('high')}: it opens nothing that ${name('whole')} does not open`,
    `${name('low')}: it opens nothing that ${name('whole')} does not open`,
    `${name('range')}: it opens nothing that ${name('few')} and ${name('more')} do not open`,
    `${name('tagged')}: it opens nothing that ${name('open')} and ${name('open6')} do not open`,
    `${name('web')}: it opens nothing that ${name('everywhere')} does not open`,
  ]);
});

test('rules that documents ask for make a documented one redundant together only if nobody asks for one of them', () => {
  const documented = { ...FIREWALL, allow: API_SERVICE, description: RULE.description };
  const whole = { ...documented, source_ranges: ['10.0.0.0/9'] };
  const low = { ...documented, source_ranges: ['10.0.0.0/10', '11.0.0.0/8'] };
  const high = { ...documented, source_ranges: ['10.64.0.0/10', '12.0.0.0/8'] };
  expect(findings(firewalls({ whole, low, high }), 'redundant')).toEqual([]);
  const byHand = { ...high, description: 'by hand' };
  expect(findings(firewalls({ whole, low, byHand }), 'redundant')).toEqual([
    'google_compute_firewall.whole: it opens nothing that google_compute_firewall.low and google_compute_firewall.byHand do not open',
  ]);
});

test('finds a rule without effect, because earlier rules decide', () => {
  const rules = {
    deny_low: { ...FIREWALL, priority: 10, source_ranges: ['10.0.0.0/9'], deny: [{ protocol: 'all' }] },
    deny_high: { ...FIREWALL, priority: 10, source_ranges: ['10.128.0.0/9'], deny: [{ protocol: 'tcp' }] },
    allow: { ...FIREWALL, allow: HTTPS },
    udp: { ...FIREWALL, allow: [{ protocol: 'udp', ports: ['443'] }] },
    all: { ...FIREWALL, target_tags: undefined, allow: HTTPS },
  };
  expect(findings(firewalls(rules), 'shadowed')).toEqual([
    'google_compute_firewall.allow: it has no effect: google_compute_firewall.deny_low, google_compute_firewall.deny_high decide first',
  ]);
});

test('finds rules without a description, and rules that no document asks for', () => {
  const rules = ingress({ a: { ...RULE, description: undefined }, b: { ...RULE, description: 'by hand' }, c: RULE });
  expect(findings(rules, 'no-description')).toEqual(['aws_vpc_security_group_ingress_rule.a: it has no description']);
  expect(findings(rules, 'no-provenance')).toEqual([]);
  expect(findings(rules, 'no-provenance', { requireProvenance: true })).toEqual([
    'aws_vpc_security_group_ingress_rule.a: no known document asks for it',
    'aws_vpc_security_group_ingress_rule.b: no known document asks for it',
  ]);
  const forged = ingress({ forged: { ...RULE, description: 'All outbound traffic (Egress.ALL)' } });
  expect(findings(forged, 'no-provenance', { requireProvenance: true })).toEqual([
    'aws_vpc_security_group_ingress_rule.forged: no known document asks for it',
  ]);
});

test('finds a group that is allowed as a source, and has no egress rule for that', () => {
  const from = { ...RULE, cidr_ipv4: undefined, referenced_security_group_id: '${aws_security_group.web.id}' };
  const resource = { aws_security_group: { web: {} }, aws_vpc_security_group_ingress_rule: { from } };
  expect(findings(resource, 'egress-missing')).toEqual([
    'aws_vpc_security_group_ingress_rule.from: it allows 8443/tcp from sg:aws_security_group.web, and no egress rule of that group allows this',
  ]);
  const egress = { ...RULE, security_group_id: '${aws_security_group.web.id}', from_port: 8000, to_port: 9000 };
  expect(findings({ ...resource, aws_vpc_security_group_egress_rule: { egress } }, 'egress-missing')).toEqual([]);
});

describe('the quota of a group', () => {
  const some = (count: number): Record<string, unknown> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`rule${index}`, { ...RULE, cidr_ipv4: `10.0.${index}.0/24` }]),
    );
  const levels = (count: number): string[] => {
    const { findings: all } = lint(readTerraform({ resource: ingress(some(count)) }, 'cdk.tf.json'));
    return all.filter(({ code }) => code === 'quota').map(({ level, message }) => `${level}: ${message}`);
  };
  const of = (count: string): string => `it has ${count} ingress rules for IPv4; AWS allows 60 by default`;
  const listed = (list: object, id: string): Record<string, unknown> => ({
    ...list,
    aws_vpc_security_group_ingress_rule: { rule: { ...RULE, cidr_ipv4: undefined, prefix_list_id: id } },
  });

  test('is a warning from 80 % on, and an error above 100 %', () => {
    expect(levels(47)).toEqual([]);
    expect(levels(48)).toEqual([`warning: ${of('48')}`]);
    expect(levels(60)).toEqual([`warning: ${of('60')}`]);
    expect(levels(61)).toEqual([`error: ${of('61')}`]);
  });

  test('counts a prefix list with its max_entries', () => {
    const list = { address_family: 'IPv4', max_entries: 55, entry: [{ cidr: '10.0.0.0/8' }] };
    const resource = listed({ aws_ec2_managed_prefix_list: { list } }, '${aws_ec2_managed_prefix_list.list.id}');
    expect(findings(resource, 'quota')).toEqual([`sg:sg-aaaaaaaa: ${of('55')}`]);
  });

  test('counts a prefix list of another stack of the app with its max_entries', () => {
    const list = { address_family: 'IPv6', max_entries: 55, entry: [{ cidr: '2001:db8::/48' }] };
    const lists = {
      resource: { aws_ec2_managed_prefix_list: { list } },
      output: { list: { value: '${aws_ec2_managed_prefix_list.list.id}' } },
    };
    const state = 'cross-stack-reference-input-lists';
    const rules = {
      data: { terraform_remote_state: { [state]: { backend: 'local' } } },
      resource: listed({}, `\${data.terraform_remote_state.${state}.outputs.list}`),
    };
    const stacks = { lists, rules };
    const all = Object.entries(stacks).map(([name, json]) => [name, readTerraform(json, `${name}.tf.json`)] as const);
    const { findings: found, notEvaluated } = lint(combinedConfiguration('cdktf.out', all));
    expect(found.filter(({ code }) => code === 'quota').map(({ message }) => message)).toEqual([
      of('55').replace('IPv4', 'IPv6'),
    ]);
    expect(notEvaluated).toEqual([]);
  });

  test('counts a list of AWS as its documentation says', () => {
    const id = '${data.aws_ec2_managed_prefix_list.edge.id}';
    const read = (name: string): string[] => {
      const data = { aws_ec2_managed_prefix_list: { edge: { name } } };
      const { findings: all } = lint(readTerraform({ data, resource: listed({}, id) }, 'cdk.tf.json'));
      return all.filter(({ code }) => code === 'quota').map(({ message }) => message);
    };
    expect(read('com.amazonaws.global.cloudfront.origin-facing')).toEqual([of('55')]);
    expect(read('com.amazonaws.global.ipv6.cloudfront.origin-facing')).toEqual([of('55').replace('IPv4', 'IPv6')]);
    expect(read('com.amazonaws.eu-west-1.s3')).toEqual([]);
  });

  test('lists a prefix list as not evaluated if its max_entries are not known, and says that there are at least as many', () => {
    const one = readTerraform({ resource: listed({}, 'pl-0a1b2c3d') }, 'cdk.tf.json');
    expect(lint(one).notEvaluated.slice(-1)).toEqual([
      {
        file: 'cdk.tf.json',
        address: 'aws_vpc_security_group_ingress_rule.rule',
        reason:
          'AWS counts pl-0a1b2c3d in the quota of the group as its max_entries, which are not known; it is counted once',
      },
    ]);
    const many = listed({}, 'pl-0a1b2c3d');
    const rules = { ...some(50), ...(many.aws_vpc_security_group_ingress_rule as object) };
    expect(findings(ingress(rules), 'quota')).toEqual([`sg:sg-aaaaaaaa: ${of('at least 51')}`]);
  });
});

describe('ports that EKS, GKE and their modules open themselves', () => {
  const ROWS = new Map([
    [8443, 'vcluster-platform@2025-03/kubernetes-api-to-platform/api-service'],
    [9443, 'vcluster-platform@2025-03/kubernetes-api-to-platform/webhook'],
    [10250, 'kubeadm-flannel@2024-12/control-plane-to-worker/kubelet'],
  ]);
  const type = 'aws_vpc_security_group_ingress_rule';
  const eks = (port: number, last = port): Record<string, unknown> => ({
    ...RULE,
    security_group_id: '${module.eks.node_security_group_id}',
    cidr_ipv4: undefined,
    referenced_security_group_id: '${module.eks.cluster_security_group_id}',
    from_port: port,
    to_port: last,
    description: `What the row is for [${ROWS.get(port) ?? ROWS.get(9443)!}]`,
  });
  const collided = (json: object): string[] => {
    const { findings: all } = lint(readTerraform(json, 'cdk.tf.json'));
    return all
      .filter(({ code }) => code === 'collision')
      .map(({ level, address, message }) => `${level} ${address}: ${message}`);
  };
  const omitOf = (port: number): string => {
    const [document, , name] = ROWS.get(port)!.split('/');
    return `omit: ["${name}"] in the construct of ${document}`;
  };

  test.each([8443, 9443, 10250])('names the omit of %i/tcp, which the EKS module opens', (port) => {
    expect(collided({ resource: ingress({ eks: eks(port) }) })).toEqual([
      `error ${type}.eks: ${port}/tcp: the EKS module already opens it from the security group of the cluster to that of the ` +
        `nodes; AWS rejects a second rule that is the same; leave it out with ${omitOf(port)}`,
    ]);
  });

  test('is not an error if the rule has more ports, because AWS accepts it', () => {
    expect(collided({ resource: ingress({ eks: eks(9443, 9444) }) })).toEqual([
      `information ${type}.eks: 9443/tcp: the EKS module already opens it from the security group of the cluster to that of the ` +
        'nodes; this rule is not needed for it',
    ]);
    expect(collided({ resource: ingress({ eks: eks(9444) }) })).toEqual([]);
  });

  test('is not found if an argument of the EKS module keeps it closed', () => {
    const module = (recommended: unknown): object => ({
      eks: { source: 'terraform-aws-modules/eks/aws', node_security_group_enable_recommended_rules: recommended },
    });
    const resource = ingress({ webhook: eks(9443), kubelet: eks(10250) });
    const addresses = (json: object): string[] => collided(json).map((text) => text.split(':')[0]);
    expect(addresses({ module: module(false), resource })).toEqual([`error ${type}.kubelet`]);
    expect(addresses({ module: module(true), resource })).toEqual([`error ${type}.webhook`, `error ${type}.kubelet`]);
  });

  const gke = (tag: string, ...ports: string[]): Record<string, unknown> => ({
    ...FIREWALL,
    description: `What the row is for [${ROWS.get(Number(ports[0])) ?? ROWS.get(8443)!}]`,
    source_ranges: ['172.16.0.0/28'],
    target_tags: [tag],
    allow: [{ protocol: 'tcp', ports }],
  });

  test('names the omit of 10250/tcp, which GKE opens', () => {
    expect(collided({ resource: firewalls({ gke: gke('gke-prod-1a2b3c4d-node', '10250') }) })).toEqual([
      'information google_compute_firewall.gke: 10250/tcp: GKE already opens it from the control plane of a private cluster to ' +
        `its nodes; this rule is not needed for it; leave it out with ${omitOf(10250)}`,
    ]);
  });

  test('is not found for sources that are not the control plane', () => {
    const wide = { ...gke('gke-prod-1a2b3c4d-node', '10250'), source_ranges: ['172.16.0.0/28', '10.0.0.0/8'] };
    const tagged = { ...gke('gke-prod-1a2b3c4d-node', '10250'), source_tags: ['metrics'] };
    expect(collided({ resource: firewalls({ wide, tagged }) })).toEqual([]);
    const other = { ...eks(9443), referenced_security_group_id: 'sg-0a1b2c3d' };
    expect(collided({ resource: ingress({ other }) })).toEqual([]);
  });

  test('is not an error for the group that EKS itself makes, because AWS accepts a rule for that', () => {
    const primary = '${module.eks.cluster_primary_security_group_id}';
    expect(collided({ resource: ingress({ eks: { ...eks(9443), referenced_security_group_id: primary } }) })).toEqual([
      `information ${type}.eks: 9443/tcp: the EKS module already opens it from the security group of the cluster to that of the ` +
        `nodes; this rule is not needed for it; leave it out with ${omitOf(9443)}`,
    ]);
  });

  test('names the ports of the GKE module only if it is asked to open them, for the cluster of this name', () => {
    const module = (more: object): object => ({
      gke: {
        source: 'terraform-google-modules/kubernetes-engine/google//modules/private-cluster',
        name: 'prod',
        ...more,
      },
    });
    const resource = firewalls({ istio: gke('gke-prod', '15017'), other: gke('gke-test', '15017') });
    expect(collided({ module: module({}), resource })).toEqual([]);
    const asked = { add_master_webhook_firewall_rules: true };
    expect(collided({ module: module(asked), resource })).toEqual([
      'information google_compute_firewall.istio: 15017/tcp: the GKE module already opens it from the control plane to the nodes ' +
        '(firewall_inbound_ports); this rule is not needed for it',
    ]);
    expect(collided({ module: module({ ...asked, firewall_inbound_ports: ['8443'] }), resource })).toEqual([]);
  });

  test('compares the rules of the module itself if a plan has them', () => {
    const rule = { type: 'aws_security_group_rule', mode: 'managed', name: 'node' };
    const values = { type: 'ingress', protocol: 'tcp', from_port: 9443, to_port: 9443, description: 'webhook' };
    const ends = { security_group_id: 'sg-11111111', source_security_group_id: 'sg-22222222' };
    const own = { ...eks(9443), ...ends, cidr_ipv4: null, referenced_security_group_id: ends.source_security_group_id };
    const plan = {
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [
            {
              ...{ address: `${type}.own`, type, mode: 'managed', name: 'own' },
              values: { ...own, from_port: 9443, to_port: 9443, source_security_group_id: undefined },
            },
          ],
          child_modules: [
            {
              address: 'module.eks',
              resources: [
                {
                  ...rule,
                  address: 'module.eks.aws_security_group_rule.node["ingress_cluster_9443_webhook"]',
                  values: { ...values, ...ends },
                },
              ],
            },
          ],
        },
      },
    };
    const { findings: all } = lint(readTerraform(plan, 'plan.json'));
    expect(all.map(({ code, address, message }) => `${code} ${address}: ${message}`)).toEqual([
      `duplicate ${type}.own: it is the same rule as ` +
        'module.eks.aws_security_group_rule.node["ingress_cluster_9443_webhook"], and AWS refuses the apply: ' +
        `InvalidPermission.Duplicate; leave it out with ${omitOf(9443)}`,
    ]);
  });
});

test('finds a rule that denies by tag, if a rule for a different tag allows', () => {
  const rules = {
    deny: { ...FIREWALL, priority: 10, deny: [{ protocol: 'all' }] },
    allow: { ...FIREWALL, target_tags: ['api'], allow: HTTPS },
  };
  expect(findings(firewalls(rules), 'denies-by-name')).toEqual([
    'google_compute_firewall.deny: it denies by name: a machine with several names may be denied traffic that a rule for its other names allows',
  ]);
  expect(findings(firewalls({ ...rules, deny: { ...rules.deny, target_tags: undefined } }), 'denies-by-name')).toEqual(
    [],
  );
});

test('does not ask for the provenance of a group that allows all outbound traffic', () => {
  const stack = newStack();
  new AwsSecurityGroup(stack, 'group', { name: 'group', vpcId: 'vpc-12345678', egress: Egress.ALL });
  const { findings: all } = lint(readTerraform(JSON.parse(JSON.stringify(stack.toTerraform())), 'cdk.tf.json'), {
    requireProvenance: true,
  });
  expect(all.map(({ code }) => code)).not.toContain('no-provenance');
});

describe('next to rules that deny, a rule is redundant', () => {
  const all = { ...FIREWALL, allow: HTTPS };
  const redundant = (rules: Record<string, unknown>): string[] => findings(firewalls(rules), 'redundant');
  const found = ['google_compute_firewall.b: it opens nothing that google_compute_firewall.a does not open'];
  const deny = { ...FIREWALL, allow: undefined, deny: HTTPS, target_tags: ['db'] };

  test('if a deny in the network is about a different port', () => {
    const other = { ...deny, deny: [{ protocol: 'tcp', ports: ['22'] }], priority: 1500 };
    expect(redundant({ a: { ...all, priority: 2000 }, b: all, other })).toEqual(found);
  });

  test('if no deny is between it and the rule that opens the same', () => {
    expect(redundant({ a: all, b: all, deny })).toEqual(found);
    expect(redundant({ a: { ...all, priority: 2000 }, b: all, deny: { ...deny, priority: 1500 } })).toEqual([
      'google_compute_firewall.a: it opens nothing that google_compute_firewall.b does not open',
    ]);
  });
});
