import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { TerraformStack, Testing } from 'cdktf';
import {
  AwsEgress,
  AwsPeer,
  AwsPrefixList,
  AwsRuleImports,
  AwsSecurityGroup,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
  type AwsRuleImportsProps,
  type IHostGroup,
  type IPeer,
} from '../../lib';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

const PLATFORM = 'sg-0123456789abcdef0';
const WORKERS = 'sg-0fedcba9876543210';
const ACCOUNT = '123456789012';
const PLACE = 'AwsRuleImports "stack/imports"';

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

test('rules that stand already become import blocks, whether they are asked for before or after', () => {
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

test('a rule has an id of 17 digits too, and one port where its last is not said', () => {
  const stack = newStack();
  openPlatform(stack);
  const rule = { SecurityGroupRuleId: 'sgr-0123456789abcdef0', ToPort: undefined };
  imports(stack, { describedRules: json({ ...fromRange(1, 8443), ...rule }) });
  expect(synthesized(stack)).toEqual(['ingress_tcp_8443 sgr-0123456789abcdef0']);
});

test('the addresses are those of the rules', () => {
  const stack = newStack();
  const platform = AwsSecurityGroup.fromId(PLATFORM);
  const { addresses } = new PrometheusCostMetricsRule(stack, 'rule', {
    platform: Peer.address('203.0.113.7'),
    prometheus: platform,
  });
  const imported = imports(stack, { describedRules: json(fromRange(1, 9090, '203.0.113.7/32')) });
  expect(imported.imports).toEqual({ [addresses[0]]: 'sgr-00000001' });
});

test('a rule of another port, protocol, direction, range or group is not ours, and a warning names each', () => {
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
  const others = [
    `sgr-00000001 (ingress 22/tcp from 172.16.0.0/28 at ${PLATFORM})`,
    `sgr-00000002 (ingress 8443/udp from 172.16.0.0/28 at ${PLATFORM})`,
    `sgr-00000003 (egress 8443/tcp to 172.16.0.0/28 at ${PLATFORM})`,
    `sgr-00000004 (ingress 8443/tcp from 172.16.0.0/27 at ${PLATFORM})`,
    `sgr-00000005 (ingress 8443/tcp from 172.16.0.0/28 at ${WORKERS})`,
    `sgr-00000006 (ingress 8443-9444/tcp from 2001:db8::/48 at ${PLATFORM})`,
    `sgr-00000007 (ingress everything from pl-01234567 at ${PLATFORM})`,
    `sgr-00000008 (ingress 8443/tcp from ${WORKERS} at ${PLATFORM})`,
  ];
  expect(imported.unmatched).toEqual(others);
  expect(warnings(imported)).toEqual([
    `rules that stand already and that nothing asks for stay as they are: ${others.join(', ')}`,
  ]);
});

test.each([
  [10, ''],
  [12, ' and 2 more'],
])('a warning of %d rules names ten of them and counts the others', (count, more) => {
  const stack = newStack();
  const ports = Array.from({ length: count }, (_, index) => 7000 + index);
  const imported = imports(stack, { describedRules: json(...ports.map((port) => fromRange(0, port))) });
  Testing.synth(stack);
  Testing.synth(stack);
  const named = ports
    .slice(0, 10)
    .map((port) => `sgr-00000000 (ingress ${port}/tcp from 172.16.0.0/28 at ${PLATFORM})`);
  expect(warnings(imported)).toEqual([
    `rules that stand already and that nothing asks for stay as they are: ${named.join(', ')}${more}`,
  ]);
});

test('IPv6 ranges, ranges of ports, both directions and groups at the far end are found', () => {
  const stack = newStack();
  const workers = AwsSecurityGroup.fromId(WORKERS, { key: 'workers', egress: AwsEgress.DOCUMENTED });
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane: workers, workers, omit: ['flannel-udp'] });
  openPlatform(
    stack,
    PLATFORM,
    Peer.anyOf(Peer.cidrIpv6('2001:db8::/48'), workers, AwsPeer.securityGroup(`999999999999/${PLATFORM}`)),
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

describe('a group that only Terraform knows', () => {
  const rule = 'sgr-00000001 (ingress 8443/tcp from 172.16.0.0/28 at sg-0123456789abcdef0)';
  const byReference = (stack: TerraformStack): void => {
    openPlatform(stack, new SecurityGroup(stack, 'platform', {}).id);
  };
  const byName = (stack: TerraformStack): AwsSecurityGroup =>
    new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId: 'vpc-01234567', egress: AwsEgress.ALL });

  test('is found by the id that is given for the address of its id', () => {
    const stack = newStack();
    byReference(stack);
    imports(stack, {
      describedRules: json(fromRange(1, 8443)),
      groups: { 'aws_security_group.platform.id': PLATFORM },
    });
    expect(synthesized(stack)).toEqual(['ingress_tcp_8443 sgr-00000001']);
  });

  test('is found by the id that is given for its name, at the far end too and in what it lets out', () => {
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

  test('fails when a rule stands that is ours if the group is the one of that id', () => {
    const stack = newStack();
    byReference(stack);
    imports(stack, { describedRules: json(fromRange(1, 8443)) });
    expectRefusal(
      () => Testing.synth(stack),
      `${PLACE}: groups must say whether ${PLATFORM} is one of those whose id only Terraform knows (aws_security_group.platform.id), got ${rule}, which we ask for there; did you mean groups: { "aws_security_group.platform.id": "${PLATFORM}" }, or describedRules without those of ${PLATFORM}?`,
    );
  });

  test('is named with the others of which the id is not given, and so are both groups of the rule', () => {
    const stack = newStack();
    const [b, a, given] = ['b', 'a', 'given'].map((id) => new SecurityGroup(stack, id, {}).id);
    new PrometheusCostMetricsRule(stack, 'rule', {
      platform: Peer.anyOf(AwsSecurityGroup.fromId(a), AwsSecurityGroup.fromId(given)),
      prometheus: AwsSecurityGroup.fromId(b),
    });
    const farEnd = { ReferencedGroupInfo: { GroupId: WORKERS, UserId: ACCOUNT } };
    const groups = { 'aws_security_group.given.id': 'sg-89abcdef' };
    imports(stack, { describedRules: json(described(1, { FromPort: 9090, ToPort: 9090, ...farEnd })), groups });
    expectRefusal(
      () => Testing.synth(stack),
      `${PLACE}: groups must say whether ${PLATFORM} and ${WORKERS} is one of those whose id only Terraform knows ` +
        `(aws_security_group.a.id, aws_security_group.b.id), got sgr-00000001 (ingress 9090/tcp from ${WORKERS} at ${PLATFORM}), ` +
        `which we ask for there; did you mean groups: { "aws_security_group.a.id": "${PLATFORM}" }, or describedRules without those of ` +
        `${PLATFORM} and ${WORKERS}?`,
    );
  });

  test('of another stack has no id here', () => {
    const here = newStack();
    byReference(new TerraformStack(here.node.root, 'there'));
    new PrometheusCostMetricsRule(here, 'rule', {
      platform: Peer.cidr('10.0.0.0/8'),
      prometheus: new GcpFirewall({ network: 'prod' }).networkTag('prometheus'),
    });
    imports(here, { describedRules: json(), groups: { 'aws_security_group.platform.id': PLATFORM } });
    expectRefusal(
      () => Testing.synth(here),
      `${PLACE}: groups must be those whose id only Terraform knows (there is none), got "aws_security_group.platform.id"`,
    );
  });

  test('is no matter to rules that would not be ours on any group', () => {
    const stack = newStack();
    byReference(stack);
    const imported = imports(stack, { describedRules: json(fromRange(1, 22)) });
    expect(synthesized(stack)).toEqual([]);
    expect(imported.unmatched).toEqual([`sgr-00000001 (ingress 22/tcp from 172.16.0.0/28 at ${PLATFORM})`]);
  });

  test('fails when a key is given that no such group has', () => {
    const stack = newStack();
    byReference(stack);
    openPlatform(stack, new SecurityGroup(stack, 'a', {}).id, AwsSecurityGroup.fromId(PLATFORM), 'other');
    imports(stack, { describedRules: json(), groups: { 'aws_security_group.plattform.id': PLATFORM } });
    expectRefusal(
      () => Testing.synth(stack),
      `${PLACE}: groups must be those whose id only Terraform knows (aws_security_group.a.id, aws_security_group.platform.id), got "aws_security_group.plattform.id"; did you mean "aws_security_group.platform.id"?`,
    );
    const known = newStack();
    openPlatform(known);
    imports(known, { describedRules: json(), groups: { [PLATFORM]: PLATFORM } });
    expectRefusal(
      () => Testing.synth(known),
      `${PLACE}: groups must be those whose id only Terraform knows (there is none), got "${PLATFORM}"`,
    );
  });

  test('fails when its id is given for two keys, or is that of a group that is known', () => {
    const twice = newStack();
    byReference(twice);
    new VClusterPlatformIngressRules(twice, 'new', { kubernetesApi: Peer.cidr('10.0.0.0/8'), platform: byName(twice) });
    imports(twice, {
      describedRules: json(),
      groups: { workers: PLATFORM, 'aws_security_group.platform.id': PLATFORM },
    });
    expectRefusal(
      () => Testing.synth(twice),
      `${PLACE}: groups must give every id once, got ${PLATFORM} for workers and aws_security_group.platform.id`,
    );
  });
});

test('a rule of another stack is asked for, and imported there', () => {
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
  const ask = (stack: TerraformStack, platform: IHostGroup): void => {
    new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi: Peer.cidr('172.16.0.0/28'), platform });
  };
  const atWorkers = json(described(1, { FromPort: 8443, ToPort: 8443, GroupId: WORKERS, CidrIpv4: '172.16.0.0/28' }));
  const rule = `sgr-00000001 (ingress 8443/tcp from 172.16.0.0/28 at ${WORKERS})`;

  test('in one stack keep their rules: what stands on one is not imported for the other', () => {
    const stack = newStack();
    ask(stack, group(PLATFORM));
    new PrometheusCostMetricsRule(stack, 'rule', {
      platform: Peer.cidr('172.16.0.0/28'),
      prometheus: group(WORKERS),
    });
    const imported = imports(stack, { describedRules: atWorkers });
    expect(synthesized(stack)).toEqual([]);
    expect(imported.unmatched).toEqual([rule]);
  });

  test('in two stacks keep theirs too', () => {
    const stack = newStack();
    const there = new TerraformStack(stack.node.root, 'there');
    ask(stack, group(PLATFORM));
    ask(there, group(WORKERS));
    const [imported, importedThere] = [stack, there].map((each) => imports(each, { describedRules: atWorkers }));
    expect([synthesized(stack), synthesized(there)]).toEqual([[], ['ingress_tcp_8443 sgr-00000001']]);
    expect([imported.unmatched, importedThere.unmatched]).toEqual([[], []]);
  });

  test('at a far end are two as well', () => {
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

  test('of which only Terraform knows one fail until its id is given', () => {
    const stacks = (groups?: Record<string, string>): [TerraformStack, AwsRuleImports] => {
      const stack = newStack();
      ask(new TerraformStack(stack.node.root, 'there'), group(WORKERS));
      ask(stack, group(new SecurityGroup(stack, 'platform', {}).id));
      return [stack, imports(stack, { describedRules: atWorkers, groups })];
    };
    expectRefusal(
      () => Testing.synth(stacks()[0]),
      `${PLACE}: groups must say whether ${WORKERS} is one of those whose id only Terraform knows (platform), got ${rule}, ` +
        `which we ask for there; did you mean groups: { "platform": "${WORKERS}" }, or describedRules without those of ${WORKERS}?`,
    );
    expect(synthesized(stacks({ platform: PLATFORM })[0])).toEqual([]);
    expect(synthesized(stacks({ platform: WORKERS })[0])).toEqual(['ingress_tcp_8443 sgr-00000001']);
  });

  test('of which one is new keep apart what both let out', () => {
    const stack = newStack();
    new AwsSecurityGroup(stack, 'new', { name: 'platform', vpcId: 'vpc-01234567', egress: AwsEgress.ALL });
    ask(stack, group(WORKERS));
    const everywhere = { IsEgress: true, IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' };
    const imported = imports(stack, { describedRules: json(described(1, { ...everywhere, GroupId: WORKERS })) });
    expect(synthesized(stack)).toEqual([]);
    expect(imported.unmatched).toEqual([`sgr-00000001 (egress everything to 0.0.0.0/0 at ${WORKERS})`]);
  });
});

test('import blocks stand beside those that users add, in JSON and in HCL', () => {
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

test('fails when the same rule is described twice', () => {
  const stack = newStack();
  const rules = json(fromRange(1, 8443));
  const { addresses } = new PrometheusCostMetricsRule(stack, 'rule', {
    platform: Peer.cidr('172.16.0.0/28'),
    prometheus: AwsSecurityGroup.fromId(PLATFORM),
    ports: { 'cost-metrics': Port.tcp(8443) },
  });
  imports(stack, { describedRules: rules });
  new AwsRuleImports(stack, 'again', { describedRules: rules });
  expectRefusal(
    () => Testing.synth(stack),
    `stack "stack": ${addresses[0]} must be imported once, got sgr-00000001 and sgr-00000001`,
  );
});

test('fails when one group is asked for in two ways', () => {
  const stack = newStack();
  const { addresses } = new PrometheusCostMetricsRule(stack, 'rule', {
    platform: Peer.anyOf(AwsSecurityGroup.fromId(WORKERS), AwsPeer.securityGroup(`${ACCOUNT}/${WORKERS}`)),
    prometheus: AwsSecurityGroup.fromId(PLATFORM),
  });
  const farEnd = { ReferencedGroupInfo: { GroupId: WORKERS, UserId: ACCOUNT } };
  imports(stack, { describedRules: json(described(1, { FromPort: 9090, ToPort: 9090, ...farEnd })) });
  expectRefusal(
    () => Testing.synth(stack),
    `${PLACE}: sgr-00000001 (ingress 9090/tcp from ${WORKERS} at ${PLATFORM}) must be asked for once, got ${[...addresses].sort().join(' and ')}`,
  );
});

test('fails without properties', () => {
  const stack = newStack();
  expectRefusal(
    () => new AwsRuleImports(stack, 'imports', undefined as any),
    `${PLACE}: an object with the described rules is needed, got nothing; did you mean { describedRules }?`,
  );
});

describe('fails before anything is made', () => {
  const command = '"aws ec2 describe-security-group-rules" prints';

  test.each([
    [undefined, 'nothing'],
    ['', '""'],
    ['[]', '"[]"'],
    ['null', '"null"'],
    ['{"SecurityGroups": []}', String.raw`"{\"SecurityGroups\": []}"`],
    ['SECURITYGROUPRULES', '"SECURITYGROUPRULES"'],
    [{ SecurityGroupRules: [] }, 'an object of Object'],
    [['{"SecurityGroupRules":[]}'], String.raw`["{\"SecurityGroupRules\":[]}"]`],
  ])('when rules are %p', (rules, shown) => {
    const stack = newStack();
    expectRefusal(
      () => imports(stack, { describedRules: rules as string }),
      `${PLACE}: describedRules must be the JSON that ${command}, got ${shown}`,
    );
    expect(stack.node.tryFindChild('imports')).toBeUndefined();
  });

  test.each([
    ['SecurityGroupRuleId', undefined, 'nothing'],
    ['SecurityGroupRuleId', 'sgr-1', '"sgr-1"'],
    ['SecurityGroupRuleId', 'xsgr-01234567', '"xsgr-01234567"'],
    ['SecurityGroupRuleId', 'sgr-012345678', '"sgr-012345678"'],
    ['SecurityGroupRuleId', 'sgr-0123456789abcdeg0', '"sgr-0123456789abcdeg0"'],
    ['SecurityGroupRuleId', ['sgr-01234567'], '["sgr-01234567"]'],
    ['GroupId', 'platform', '"platform"'],
    ['GroupId', ['sg-01234567'], '["sg-01234567"]'],
    ['GroupId', undefined, 'nothing'],
    ['IsEgress', 'false', '"false"'],
    ['IpProtocol', 6, '6'],
    ['FromPort', '8443', '"8443"'],
    ['ToPort', 8443.5, '8443.5'],
  ])('when the %s of a rule is %p', (field, value, shown) => {
    const rules = json(fromRange(1, 8443), { ...fromRange(2, 9443), [field]: value });
    expectRefusal(
      () => imports(newStack(), { describedRules: rules }),
      `${PLACE}, SecurityGroupRules[1]: ${field} must be as ${command} it, got ${shown}`,
    );
  });

  test.each([
    [{}, 'nothing'],
    [{ PrefixListId: 'offices' }, '"offices"'],
    [{ ReferencedGroupInfo: { GroupId: 'workers', UserId: ACCOUNT } }, '"workers"'],
  ])('when the far end of a rule is %j', (farEnd, shown) => {
    expectRefusal(
      () => imports(newStack(), { describedRules: json(described(1, { FromPort: 8443, ToPort: 8443, ...farEnd })) }),
      `${PLACE}, SecurityGroupRules[0]: a range, a prefix list or a group must be as ${command} it, got ${shown}`,
    );
  });

  test('when a rule is none', () => {
    expectRefusal(
      () => imports(newStack(), { describedRules: '{"SecurityGroupRules": [null]}' }),
      `${PLACE}, SecurityGroupRules[0]: SecurityGroupRuleId must be as ${command} it, got nothing`,
    );
  });

  test('when the range of a rule is none', () => {
    expectRefusal(
      () => imports(newStack(), { describedRules: json(fromRange(1, 8443, '10.0.0.0')) }),
      `${PLACE}, SecurityGroupRules[0]: a range must have a prefix length, got "10.0.0.0"; did you mean "10.0.0.0/32"?`,
    );
  });

  test('when a page is missing', () => {
    expectRefusal(
      () => imports(newStack(), { describedRules: JSON.stringify({ SecurityGroupRules: [], NextToken: 'x' }) }),
      `${PLACE}: describedRules must be all pages of the answer, got one with a NextToken; did you mean no --max-items?`,
    );
  });

  test.each([
    [[PLATFORM], `["${PLATFORM}"]`],
    [null, 'nothing'],
    [PLATFORM, `"${PLATFORM}"`],
  ])('when groups are %j', (groups, shown) => {
    expectRefusal(
      () => imports(newStack(), { describedRules: json(), groups: groups as unknown as Record<string, string> }),
      `${PLACE}: groups must be ids by key, got ${shown}; did you mean { platform: "sg-0123456789abcdef0" }?`,
    );
  });

  test.each([
    ['platform', '"platform"'],
    [[PLATFORM], `["${PLATFORM}"]`],
  ])('when the id of a group is %j', (id, shown) => {
    expectRefusal(
      () => imports(newStack(), { describedRules: json(), groups: { platform: id as string } }),
      `${PLACE}: groups["platform"] must be "sg-" and 8 or 17 hexadecimal digits, got ${shown}`,
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

  test('is not another one of its key', () => {
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

  test('is matched by the id that is given for its name, where only Terraform knows it', () => {
    const stack = newStack();
    openPlatform(
      stack,
      PLATFORM,
      new AwsPrefixList(stack, 'list', { name: 'offices', ranges: Peer.cidr('10.0.0.0/8') }),
    );
    imports(stack, { describedRules: listed('pl-01234567'), prefixLists: { offices: 'pl-01234567' } });
    expect(synthesized(stack)).toEqual(blocks);
  });

  test('fails as long as it is not said which one it is', () => {
    const stack = newStack();
    openPlatform(
      stack,
      PLATFORM,
      new AwsPrefixList(stack, 'list', { name: 'offices', ranges: Peer.cidr('10.0.0.0/8') }),
    );
    imports(stack, { describedRules: listed('pl-01234567') });
    expectRefusal(
      () => synthesized(stack),
      `${PLACE}: prefixLists must say whether pl-01234567 is one of those whose id only Terraform knows (offices), got sgr-00000000 ` +
        `(ingress 8443/tcp from pl-01234567 at ${PLATFORM}), which we ask for there; did you mean prefixLists: { "offices": ` +
        '"pl-01234567" }, or describedRules without those of pl-01234567?',
    );
  });

  test('fails with an id that is none', () => {
    expectRefusal(
      () => imports(newStack(), { describedRules: listed('pl-01234567'), prefixLists: { offices: 'sg-01234567' } }),
      `${PLACE}: prefixLists["offices"] must be "pl-" and 8 or 17 hexadecimal digits, got "sg-01234567"`,
    );
  });
});
