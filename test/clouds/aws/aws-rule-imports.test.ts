import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { TerraformStack, Testing } from 'cdktf';
import {
  AwsPeer,
  AwsPrefixList,
  AwsRuleImports,
  type AwsRuleImportsProps,
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  type IHostGroup,
  type IPeer,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { terraformAddresses } from '../../support/opened';
import { expectRefusal } from '../../support/refusals';

const PLATFORM = 'sg-0123456789abcdef0';
const WORKERS = 'sg-0fedcba9876543210';
const ACCOUNT = '123456789012';

/** A rule as `aws ec2 describe-security-group-rules` prints it. */
const described = (digit: number, rule: object): object => ({
  SecurityGroupRuleId: `sgr-0000000${digit}`,
  GroupId: PLATFORM,
  GroupOwnerId: ACCOUNT,
  IsEgress: false,
  IpProtocol: 'tcp',
  Description: 'by hand',
  Tags: [],
  ...rule,
});
const fromRange = (digit: number, port: number, CidrIpv4 = '172.16.0.0/28'): object =>
  described(digit, { FromPort: port, ToPort: port, CidrIpv4 });
const json = (...rules: object[]): string => JSON.stringify({ SecurityGroupRules: rules }, undefined, 4);

function openPlatform(
  stack: TerraformStack,
  id = PLATFORM,
  kubernetesApi: IPeer = Peer.cidr('172.16.0.0/28'),
  name = 'rules',
): void {
  new VClusterPlatformIngressRules(stack, name, { kubernetesApi, platform: AwsSecurityGroup.fromId(id) });
}

function imports(stack: TerraformStack, props: AwsRuleImportsProps): AwsRuleImports {
  return new AwsRuleImports(stack, 'imports', props);
}

/** The import blocks of a stack, without the hash of their address: `ingress_tcp_8443 sgr-00000001`. */
function synthesized(stack: TerraformStack): string[] {
  const { import: blocks = [] } = JSON.parse(Testing.synth(stack)) as { import?: { to: string; id: string }[] };
  return blocks
    .map(({ to, id }) => `${to.replace(/^aws_vpc_security_group_(?:in|e)gress_rule\.(.*)_[0-9a-f]{12}$/, '$1')} ${id}`)
    .sort();
}

const warnings = (imported: AwsRuleImports): string[] =>
  imported.node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as string);

test('existing rules become import blocks, in either order of the constructs', () => {
  const rules = json(fromRange(1, 8443), fromRange(2, 9443), fromRange(3, 9444));
  const blocks = ['ingress_tcp_8443 sgr-00000001', 'ingress_tcp_9443 sgr-00000002', 'ingress_tcp_9444 sgr-00000003'];
  const [before, after] = [newStack(), newStack()];
  openPlatform(before);
  imports(before, { describedRules: rules });
  const imported = imports(after, { describedRules: rules });
  expect(imported.imports).toEqual({});
  openPlatform(after);
  expect(synthesized(before)).toEqual(blocks);
  expect(synthesized(after)).toEqual(blocks);
  expect(Object.values(imported.imports)).toEqual(['sgr-00000001', 'sgr-00000002', 'sgr-00000003']);
  expect(imported.unmatched).toEqual([]);
  expect(warnings(imported)).toEqual([]);
});

test('a rule may have an id of 17 digits, and has one port if its last port is absent', () => {
  const stack = newStack();
  openPlatform(stack);
  const rule = { SecurityGroupRuleId: 'sgr-0123456789abcdef0', ToPort: undefined };
  imports(stack, { describedRules: json({ ...fromRange(1, 8443), ...rule }) });
  expect(synthesized(stack)).toEqual(['ingress_tcp_8443 sgr-0123456789abcdef0']);
});

test('the Terraform addresses are those of the rules', () => {
  const stack = newStack();
  const platform = AwsSecurityGroup.fromId(PLATFORM);
  const addresses = terraformAddresses(
    new PrometheusCostMetricsRule(stack, 'rule', {
      platform: Peer.address('203.0.113.7'),
      prometheus: platform,
    }),
  );
  const imported = imports(stack, { describedRules: json(fromRange(1, 9090, '203.0.113.7/32')) });
  expect(imported.imports).toEqual({ [addresses[0]]: 'sgr-00000001' });
});

test('a rule with a different port, protocol, direction, range or group is not imported, and a warning lists it', () => {
  const stack = newStack();
  const imported = imports(stack, {
    describedRules: json(
      fromRange(1, 22),
      described(2, { FromPort: 8443, ToPort: 8443, IpProtocol: 'udp', CidrIpv4: '172.16.0.0/28' }),
      described(3, { FromPort: 8443, ToPort: 8443, IsEgress: true, CidrIpv4: '172.16.0.0/28' }),
      fromRange(4, 8443, '172.16.0.0/27'),
      described(5, { FromPort: 8443, ToPort: 8443, GroupId: WORKERS, CidrIpv4: '172.16.0.0/28' }),
      described(6, { FromPort: 8443, ToPort: 9444, CidrIpv6: '2001:DB8:0::/48' }),
      described(7, { FromPort: -1, ToPort: -1, IpProtocol: '-1', PrefixListId: 'pl-01234567' }),
      described(8, { FromPort: 8443, ToPort: 8443, ReferencedGroupInfo: { GroupId: WORKERS, UserId: ACCOUNT } }),
      fromRange(9, 9443),
    ),
  });
  openPlatform(stack);
  expect(synthesized(stack)).toEqual(['ingress_tcp_9443 sgr-00000009']);
  const unmatched = [
    `sgr-00000001 (ingress 22/tcp from 172.16.0.0/28 at ${PLATFORM})`,
    `sgr-00000002 (ingress 8443/udp from 172.16.0.0/28 at ${PLATFORM})`,
    `sgr-00000003 (egress 8443/tcp to 172.16.0.0/28 at ${PLATFORM})`,
    `sgr-00000004 (ingress 8443/tcp from 172.16.0.0/27 at ${PLATFORM})`,
    `sgr-00000005 (ingress 8443/tcp from 172.16.0.0/28 at ${WORKERS})`,
    `sgr-00000006 (ingress 8443-9444/tcp from 2001:db8::/48 at ${PLATFORM})`,
    `sgr-00000007 (ingress all traffic from pl-01234567 at ${PLATFORM})`,
    `sgr-00000008 (ingress 8443/tcp from ${WORKERS} at ${PLATFORM})`,
  ];
  expect(imported.unmatched).toEqual(unmatched);
  expect(warnings(imported)).toEqual([
    `existing rules that no construct needs stay as they are: ${unmatched.join(', ')}`,
  ]);
});

test.each([
  [10, ''],
  [12, ' and 2 more'],
])('a warning about %d rules lists ten of them and counts the rest', (count, more) => {
  const stack = newStack();
  const ports = Array.from({ length: count }, (_, index) => 7000 + index);
  const imported = imports(stack, { describedRules: json(...ports.map((port) => fromRange(0, port))) });
  Testing.synth(stack);
  Testing.synth(stack);
  const named = ports
    .slice(0, 10)
    .map((port) => `sgr-00000000 (ingress ${port}/tcp from 172.16.0.0/28 at ${PLATFORM})`);
  expect(warnings(imported)).toEqual([
    `existing rules that no construct needs stay as they are: ${named.join(', ')}${more}`,
  ]);
});

test('matches IPv6 ranges, port ranges, both directions and groups at the far end', () => {
  const stack = newStack();
  const workers = AwsSecurityGroup.fromId(WORKERS, { key: 'workers', egress: Egress.DOCUMENTED });
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane: workers, workers, omit: ['flannel-udp'] });
  openPlatform(
    stack,
    PLATFORM,
    Peer.anyOf(Peer.cidrIpv6('2001:db8::/48'), workers, AwsPeer.securityGroup(PLATFORM, { ownerId: '999999999999' })),
  );
  const self = { GroupId: WORKERS, ReferencedGroupInfo: { GroupId: WORKERS, UserId: ACCOUNT } };
  imports(stack, {
    describedRules: json(
      described(1, { ...self, FromPort: 2379, ToPort: 2380 }),
      described(2, { ...self, FromPort: 2379, ToPort: 2380, IsEgress: true }),
      described(3, { ...self, FromPort: 8472, ToPort: 8472, IpProtocol: 'udp' }),
      described(4, { FromPort: 8443, ToPort: 8443, CidrIpv6: '2001:db8::/48' }),
      described(5, { FromPort: 8443, ToPort: 8443, ReferencedGroupInfo: { GroupId: WORKERS, UserId: ACCOUNT } }),
      described(6, {
        FromPort: 8443,
        ToPort: 8443,
        ReferencedGroupInfo: { GroupId: PLATFORM, UserId: '999999999999' },
      }),
    ),
  });
  expect(synthesized(stack)).toEqual([
    'egress_tcp_2379-2380 sgr-00000002',
    'ingress_tcp_2379-2380 sgr-00000001',
    'ingress_tcp_8443 sgr-00000004',
    'ingress_tcp_8443 sgr-00000005',
    'ingress_tcp_8443 sgr-00000006',
    'ingress_udp_8472 sgr-00000003',
  ]);
});

describe('a group whose id is known after apply', () => {
  const byReference = (stack: TerraformStack): void => {
    openPlatform(stack, new SecurityGroup(stack, 'platform', {}).id);
  };
  const byName = (stack: TerraformStack): AwsSecurityGroup =>
    new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId: 'vpc-01234567', egress: Egress.ALL });

  test('is matched by the id that is given for the Terraform address of its id', () => {
    const stack = newStack();
    byReference(stack);
    imports(stack, {
      describedRules: json(fromRange(1, 8443)),
      groups: { 'aws_security_group.platform.id': PLATFORM },
    });
    expect(synthesized(stack)).toEqual(['ingress_tcp_8443 sgr-00000001']);
  });

  test('is matched by the id that is given for its name, also at the far end and in its outbound rules', () => {
    const stack = newStack();
    openPlatform(stack, PLATFORM, byName(stack));
    const farEnd = { ReferencedGroupInfo: { GroupId: WORKERS, UserId: ACCOUNT } };
    const everywhere = { IsEgress: true, GroupId: WORKERS, IpProtocol: '-1', FromPort: -1, ToPort: -1 };
    imports(stack, {
      describedRules: json(
        described(1, { FromPort: 8443, ToPort: 8443, ...farEnd }),
        described(2, { ...everywhere, CidrIpv4: '0.0.0.0/0' }),
        described(3, { ...everywhere, FromPort: undefined, ToPort: undefined, CidrIpv6: '::/0' }),
      ),
      groups: { workers: WORKERS },
    });
    expect(synthesized(stack)).toEqual([
      'egress_all_all sgr-00000002',
      'egress_all_all sgr-00000003',
      'ingress_tcp_8443 sgr-00000001',
    ]);
  });

  test('fails for an existing rule that matches if the group has that id', () => {
    const stack = newStack();
    byReference(stack);
    imports(stack, { describedRules: json(fromRange(1, 8443)) });
    expectRefusal(() => Testing.synth(stack), 'described-rule-ambiguous');
  });

  test('is listed with all groups whose id is not given, and so are both groups of the rule', () => {
    const stack = newStack();
    const [b, a, given] = ['b', 'a', 'given'].map((id) => new SecurityGroup(stack, id, {}).id);
    new PrometheusCostMetricsRule(stack, 'rule', {
      platform: Peer.anyOf(AwsSecurityGroup.fromId(a), AwsSecurityGroup.fromId(given)),
      prometheus: AwsSecurityGroup.fromId(b),
    });
    const farEnd = { ReferencedGroupInfo: { GroupId: WORKERS, UserId: ACCOUNT } };
    const groups = { 'aws_security_group.given.id': 'sg-89abcdef' };
    imports(stack, { describedRules: json(described(1, { FromPort: 9090, ToPort: 9090, ...farEnd })), groups });
    expectRefusal(() => Testing.synth(stack), 'described-rule-ambiguous');
  });

  test('cannot be given an id in a different stack', () => {
    const here = newStack();
    byReference(new TerraformStack(here.node.root, 'there'));
    new PrometheusCostMetricsRule(here, 'rule', {
      platform: Peer.cidr('10.0.0.0/8'),
      prometheus: new GcpFirewall({ network: 'prod' }).networkTag('prometheus'),
    });
    imports(here, { describedRules: json(), groups: { 'aws_security_group.platform.id': PLATFORM } });
    expectRefusal(() => Testing.synth(here), 'import-key-unknown');
  });

  test('does not matter for rules that would match on no group', () => {
    const stack = newStack();
    byReference(stack);
    const imported = imports(stack, { describedRules: json(fromRange(1, 22)) });
    expect(synthesized(stack)).toEqual([]);
    expect(imported.unmatched).toEqual([`sgr-00000001 (ingress 22/tcp from 172.16.0.0/28 at ${PLATFORM})`]);
  });

  test('fails for a key that no such group has', () => {
    const stack = newStack();
    byReference(stack);
    openPlatform(stack, new SecurityGroup(stack, 'a', {}).id, AwsSecurityGroup.fromId(PLATFORM), 'other');
    imports(stack, { describedRules: json(), groups: { 'aws_security_group.plattform.id': PLATFORM } });
    expectRefusal(() => Testing.synth(stack), 'import-key-unknown');
    const known = newStack();
    openPlatform(known);
    imports(known, { describedRules: json(), groups: { [PLATFORM]: PLATFORM } });
    expectRefusal(() => Testing.synth(known), 'import-key-unknown');
  });

  test('fails if one id is given for two keys', () => {
    const twice = newStack();
    byReference(twice);
    new VClusterPlatformIngressRules(twice, 'new', { kubernetesApi: Peer.cidr('10.0.0.0/8'), platform: byName(twice) });
    imports(twice, {
      describedRules: json(),
      groups: { workers: PLATFORM, 'aws_security_group.platform.id': PLATFORM },
    });
    expectRefusal(() => Testing.synth(twice), 'import-id-given-twice');
  });
});

test('a rule of a different stack is imported there, and is not unmatched here', () => {
  const here = newStack();
  const there = new TerraformStack(here.node.root, 'there');
  openPlatform(there);
  const rules = json(fromRange(1, 8443));
  const imported = imports(here, { describedRules: rules });
  new AwsRuleImports(there, 'imports', { describedRules: rules });
  expect([synthesized(here), synthesized(there)]).toEqual([[], ['ingress_tcp_8443 sgr-00000001']]);
  expect(imported.unmatched).toEqual([]);
});

describe('two groups of one key', () => {
  const group = (id: string): IHostGroup => AwsSecurityGroup.fromId(id, { key: 'platform' });
  const openOn = (stack: TerraformStack, platform: IHostGroup): void => {
    new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi: Peer.cidr('172.16.0.0/28'), platform });
  };
  const atWorkers = json(described(1, { FromPort: 8443, ToPort: 8443, GroupId: WORKERS, CidrIpv4: '172.16.0.0/28' }));
  const rule = `sgr-00000001 (ingress 8443/tcp from 172.16.0.0/28 at ${WORKERS})`;

  test('in one stack keep their rules: a rule of one is not imported for the other', () => {
    const stack = newStack();
    openOn(stack, group(PLATFORM));
    new PrometheusCostMetricsRule(stack, 'rule', {
      platform: Peer.cidr('172.16.0.0/28'),
      prometheus: group(WORKERS),
    });
    const imported = imports(stack, { describedRules: atWorkers });
    expect(synthesized(stack)).toEqual([]);
    expect(imported.unmatched).toEqual([rule]);
  });

  test('in two stacks keep their rules too', () => {
    const stack = newStack();
    const there = new TerraformStack(stack.node.root, 'there');
    openOn(stack, group(PLATFORM));
    openOn(there, group(WORKERS));
    const [imported, importedThere] = [stack, there].map((each) => imports(each, { describedRules: atWorkers }));
    expect([synthesized(stack), synthesized(there)]).toEqual([[], ['ingress_tcp_8443 sgr-00000001']]);
    expect([imported.unmatched, importedThere.unmatched]).toEqual([[], []]);
  });

  test('at a far end are two groups as well', () => {
    const stack = newStack();
    const openFrom = (id: string, port: number): void => {
      new PrometheusCostMetricsRule(stack, `rule-${port}`, {
        platform: group(id),
        prometheus: AwsSecurityGroup.fromId('sg-89abcdef'),
        ports: { 'cost-metrics': Port.tcp(port) },
      });
    };
    openFrom(PLATFORM, 9090);
    openFrom(WORKERS, 9091);
    const from = (digit: number, port: number, GroupId: string): object =>
      described(digit, {
        FromPort: port,
        ToPort: port,
        GroupId: 'sg-89abcdef',
        ReferencedGroupInfo: { GroupId, UserId: ACCOUNT },
      });
    imports(stack, { describedRules: json(from(1, 9090, WORKERS), from(2, 9091, WORKERS), from(3, 9090, PLATFORM)) });
    expect(synthesized(stack)).toEqual(['ingress_tcp_9090 sgr-00000003', 'ingress_tcp_9091 sgr-00000002']);
  });

  test('fail until the id of the one that is known after apply is given', () => {
    const stacks = (groups?: Record<string, string>): [TerraformStack, AwsRuleImports] => {
      const stack = newStack();
      openOn(new TerraformStack(stack.node.root, 'there'), group(WORKERS));
      openOn(stack, group(new SecurityGroup(stack, 'platform', {}).id));
      return [stack, imports(stack, { describedRules: atWorkers, groups })];
    };
    expectRefusal(() => Testing.synth(stacks()[0]), 'described-rule-ambiguous');
    expect(synthesized(stacks({ platform: PLATFORM })[0])).toEqual([]);
    expect(synthesized(stacks({ platform: WORKERS })[0])).toEqual(['ingress_tcp_8443 sgr-00000001']);
  });

  test('keep their outbound rules apart if one is new', () => {
    const stack = newStack();
    new AwsSecurityGroup(stack, 'new', { name: 'platform', vpcId: 'vpc-01234567', egress: Egress.ALL });
    openOn(stack, group(WORKERS));
    const everywhere = { IsEgress: true, IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' };
    const imported = imports(stack, { describedRules: json(described(1, { ...everywhere, GroupId: WORKERS })) });
    expect(synthesized(stack)).toEqual([]);
    expect(imported.unmatched).toEqual([`sgr-00000001 (egress all traffic to 0.0.0.0/0 at ${WORKERS})`]);
  });
});

test('adds import blocks to those of the user, in JSON and in HCL', () => {
  const stack = newStack();
  openPlatform(stack);
  imports(stack, { describedRules: json(fromRange(1, 8443)) });
  expect(Testing.synthHcl(stack)).toMatch(
    /import \{\s+to = aws_vpc_security_group_ingress_rule\.ingress_tcp_8443_[0-9a-f]{12}\s+id = "sgr-00000001"\s+\}/,
  );
  stack.addOverride('import', [{ to: 'aws_vpc.main', id: 'vpc-01234567' }]);
  expect(synthesized(stack)).toEqual(['aws_vpc.main vpc-01234567', 'ingress_tcp_8443 sgr-00000001']);
});

test('a stack without imports has no import block, in JSON and in HCL', () => {
  const stack = newStack();
  openPlatform(stack);
  expect(Testing.synth(stack)).not.toContain('"import"');
  expect(Testing.synthHcl(stack)).not.toContain('import');
});

test('fails if the same rule is described twice', () => {
  const stack = newStack();
  const rules = json(fromRange(1, 8443));
  new PrometheusCostMetricsRule(stack, 'rule', {
    platform: Peer.cidr('172.16.0.0/28'),
    prometheus: AwsSecurityGroup.fromId(PLATFORM),
    ports: { 'cost-metrics': Port.tcp(8443) },
  });
  imports(stack, { describedRules: rules });
  new AwsRuleImports(stack, 'again', { describedRules: rules });
  expectRefusal(() => Testing.synth(stack), 'imported-twice');
});

test('fails if one group is given in two ways', () => {
  const stack = newStack();
  new PrometheusCostMetricsRule(stack, 'rule', {
    platform: Peer.anyOf(AwsSecurityGroup.fromId(WORKERS), AwsPeer.securityGroup(WORKERS, { ownerId: ACCOUNT })),
    prometheus: AwsSecurityGroup.fromId(PLATFORM),
  });
  const farEnd = { ReferencedGroupInfo: { GroupId: WORKERS, UserId: ACCOUNT } };
  imports(stack, { describedRules: json(described(1, { FromPort: 9090, ToPort: 9090, ...farEnd })) });
  expectRefusal(() => Testing.synth(stack), 'described-rule-matches-twice');
});

test('fails without props, and with a misspelled one', () => {
  const stack = newStack();
  expectRefusal(() => new AwsRuleImports(stack, 'imports', undefined as any), 'object-required');
  const props = { describedRules: json(), group: { workers: WORKERS } };
  expectRefusal(() => new AwsRuleImports(stack, 'imports', props), 'prop-unknown');
});

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

test.each<[string, (text: string) => string]>([
  ['in UTF-8 with a byte order mark', (text) => `\ufeff${text}`],
  ['in UTF-16', (text) => utf16(text).toString('utf8')],
  ['in UTF-16 big-endian', (text) => utf16(text).swap16().toString('utf8')],
])('reads rules from a file %s', (_how, read) => {
  const rules = json(fromRange(1, 8443), fromRange(2, 9443));
  const [plain, marked] = [rules, read(rules)].map((describedRules) => {
    const stack = newStack();
    imports(stack, { describedRules });
    return Testing.synth(stack);
  });
  expect(marked).toBe(plain);
});

describe('fails before anything is created,', () => {
  test.each([
    ['text', 'password = "hunter2"'],
    ['other JSON', '{"password":"hunter2"}'],
    ['text in UTF-16 that lost a letter', utf16('{"description":"hunter2 \u00e9"}').toString('utf8')],
    ['a part of UTF-16', utf16('{"password":"hunter2"}').toString('utf8').slice(0, -1)],
  ])('and quotes nothing when describedRules are %s', (_what, describedRules) => {
    const act = (): unknown => imports(newStack(), { describedRules });
    expectRefusal(act, 'described-rules-invalid');
    expect(act).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') as string }));
  });

  test.each([
    [undefined],
    [''],
    ['[]'],
    ['null'],
    ['{"SecurityGroups": []}'],
    ['SECURITYGROUPRULES'],
    [{ SecurityGroupRules: [] }],
    [['{"SecurityGroupRules":[]}']],
  ])('when describedRules are %p', (rules) => {
    const stack = newStack();
    expectRefusal(() => imports(stack, { describedRules: rules as string }), 'described-rules-invalid');
    expect(stack.node.tryFindChild('imports')).toBeUndefined();
  });

  test.each([
    ['SecurityGroupRuleId', undefined],
    ['SecurityGroupRuleId', 'sgr-1'],
    ['SecurityGroupRuleId', 'xsgr-01234567'],
    ['SecurityGroupRuleId', 'sgr-012345678'],
    ['SecurityGroupRuleId', 'sgr-0123456789abcdeg0'],
    ['SecurityGroupRuleId', ['sgr-01234567']],
    ['GroupId', 'platform'],
    ['GroupId', ['sg-01234567']],
    ['GroupId', undefined],
    ['IsEgress', 'false'],
    ['IpProtocol', 6],
    ['FromPort', '8443'],
    ['ToPort', 8443.5],
  ])('when the %s of a rule is %p', (field, value) => {
    const rules = json(fromRange(1, 8443), { ...fromRange(2, 9443), [field]: value });
    expectRefusal(() => imports(newStack(), { describedRules: rules }), 'described-rules-invalid');
  });

  test.each([{}, { PrefixListId: 'offices' }, { ReferencedGroupInfo: { GroupId: 'workers', UserId: ACCOUNT } }])(
    'when the far end of a rule is %j',
    (farEnd) => {
      expectRefusal(
        () => imports(newStack(), { describedRules: json(described(1, { FromPort: 8443, ToPort: 8443, ...farEnd })) }),
        'described-rules-invalid',
      );
    },
  );

  test('when a rule is null', () => {
    expectRefusal(
      () => imports(newStack(), { describedRules: '{"SecurityGroupRules": [null]}' }),
      'described-rules-invalid',
    );
  });

  test('when the range of a rule has no prefix length', () => {
    expectRefusal(
      () => imports(newStack(), { describedRules: json(fromRange(1, 8443, '10.0.0.0')) }),
      'range-without-prefix',
    );
  });

  test('when a page is missing', () => {
    expectRefusal(
      () => imports(newStack(), { describedRules: JSON.stringify({ SecurityGroupRules: [], NextToken: 'x' }) }),
      'described-rules-incomplete',
    );
  });

  test.each([[[PLATFORM]], [null], [PLATFORM]])('when groups are %j', (groups) => {
    expectRefusal(
      () => imports(newStack(), { describedRules: json(), groups: groups as unknown as Record<string, string> }),
      'import-ids-invalid',
    );
  });

  test.each([['platform'], [[PLATFORM]]])('when the id of a group is %j', (id) => {
    expectRefusal(
      () => imports(newStack(), { describedRules: json(), groups: { platform: id as string } }),
      'import-ids-invalid',
    );
  });
});

describe('a prefix list', () => {
  const listed = (PrefixListId: string): string =>
    json(...[8443, 9443, 9444].map((port, index) => described(index, { FromPort: port, ToPort: port, PrefixListId })));
  const blocks = ['ingress_tcp_8443 sgr-00000000', 'ingress_tcp_9443 sgr-00000001', 'ingress_tcp_9444 sgr-00000002'];

  test('is matched by its id', () => {
    const stack = newStack();
    openPlatform(stack, PLATFORM, AwsPrefixList.fromId('pl-01234567', { maxEntries: 1 }));
    imports(stack, { describedRules: listed('pl-01234567') });
    expect(synthesized(stack)).toEqual(blocks);
  });

  test('is a different one than a second list of its key', () => {
    const stack = newStack();
    const [one, other] = ['pl-01234567', 'pl-89abcdef'].map((id) =>
      AwsPrefixList.fromId(id, { maxEntries: 1, key: 'offices' }),
    );
    openPlatform(stack, PLATFORM, one);
    new PrometheusCostMetricsRule(stack, 'rule', { platform: other, prometheus: AwsSecurityGroup.fromId(PLATFORM) });
    const cost = { FromPort: 9090, ToPort: 9090 };
    const imported = imports(stack, {
      describedRules: json(
        described(1, { ...cost, PrefixListId: 'pl-01234567' }),
        described(2, { ...cost, PrefixListId: 'pl-89abcdef' }),
      ),
    });
    expect(synthesized(stack)).toEqual(['ingress_tcp_9090 sgr-00000002']);
    expect(imported.unmatched).toEqual([`sgr-00000001 (ingress 9090/tcp from pl-01234567 at ${PLATFORM})`]);
  });

  test('is matched by the id that is given for its name, if its own is known after apply', () => {
    const stack = newStack();
    openPlatform(
      stack,
      PLATFORM,
      new AwsPrefixList(stack, 'list', { name: 'offices', ranges: Peer.cidr('10.0.0.0/8') }),
    );
    imports(stack, { describedRules: listed('pl-01234567'), prefixLists: { offices: 'pl-01234567' } });
    expect(synthesized(stack)).toEqual(blocks);
  });

  test('fails until its id is given', () => {
    const stack = newStack();
    openPlatform(
      stack,
      PLATFORM,
      new AwsPrefixList(stack, 'list', { name: 'offices', ranges: Peer.cidr('10.0.0.0/8') }),
    );
    imports(stack, { describedRules: listed('pl-01234567') });
    expectRefusal(() => synthesized(stack), 'described-rule-ambiguous');
  });

  test('fails for the id of a different resource type', () => {
    expectRefusal(
      () => imports(newStack(), { describedRules: listed('pl-01234567'), prefixLists: { offices: 'sg-01234567' } }),
      'import-ids-invalid',
    );
  });
});
