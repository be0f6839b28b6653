import { Ec2ManagedPrefixList } from '@cdktf/provider-aws/lib/ec2-managed-prefix-list';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Fn, Lazy, TerraformStack, Testing, Token } from 'cdktf';
import {
  AddressFamily,
  AwsEndpoint,
  AwsNetworkFirewallRuleGroup,
  type AwsNetworkFirewallRuleGroupProps,
  AwsPeer,
  AwsPrefixList,
  AwsRuleImports,
  AwsRuleOrder,
  AwsSecurityGroup,
  DocumentedHostnameRules,
  Egress,
  GcpFirewall,
  type IHostGroup,
  type IPeer,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  UnmanagedRules,
  VClusterPlatformIngressRules,
} from '../../../lib';
import type { ErrorCode } from '../../../lib/input';
import { hostnameRow, hostnameTable } from '../../support/hostname-tables';
import { testFixes } from '../../support/fixes';

const ID = 'sg-0123456789abcdef0';
const VPC_ID = 'vpc-0123456789abcdef0';
const office = Peer.address('203.0.113.7');
const ranges = (count: number): IPeer =>
  Peer.cidr(...Array.from({ length: count }, (_, index) => `10.0.${index}.0/24`));

const THREE_IPV6 = Peer.cidr('2001:db8:1::/48', '2001:db8:2::/48', '2001:db8:3::/48');

/** Two stacks of one app. Constructs get ids of their own, so that a call may follow a refused one. */
class Place {
  public readonly left: TerraformStack;
  public readonly right: TerraformStack;
  private count = 0;

  public constructor() {
    const app = Testing.app();
    this.left = new TerraformStack(app, 'left');
    this.right = new TerraformStack(app, 'right');
  }

  public newGroup(props: object): AwsSecurityGroup {
    const needed = { name: 'nodes', vpcId: VPC_ID, egress: Egress.DOCUMENTED };
    return new AwsSecurityGroup(this.left, this.id(), { ...needed, ...props });
  }

  public newList(props: object): AwsPrefixList {
    return new AwsPrefixList(this.left, this.id(), { name: 'offices', ranges: office, ...props });
  }

  public rule(platform: IPeer, prometheus: IHostGroup = AwsSecurityGroup.fromId(ID), stack = this.left): void {
    new PrometheusCostMetricsRule(stack, this.id(), { platform, prometheus });
  }

  public hostnames(props: AwsNetworkFirewallRuleGroupProps, count = 1, port = Port.tcp(443), table?: string): void {
    const rows = Array.from({ length: count }, (_, index) =>
      hostnameRow(`row-${index}`, `h${index}.example.com`, port),
    );
    const through = new AwsNetworkFirewallRuleGroup(props);
    new DocumentedHostnameRules(this.left, this.id(), { table: hostnameTable(rows, table), through });
  }

  public imports(props: object): AwsRuleImports {
    return new AwsRuleImports(this.left, this.id(), { describedRules: NO_RULES, ...props });
  }

  /** Opens three ports to a prefix list, as docs/aws.md counts them. */
  public platform(maxEntries: number, maxRules?: number): void {
    const kubernetesApi = AwsPrefixList.fromId('pl-01234567', { maxEntries });
    const platform = AwsSecurityGroup.fromId(ID, { maxRules });
    new VClusterPlatformIngressRules(this.left, this.id(), { kubernetesApi, platform });
  }

  private id(): string {
    return `construct-${this.count++}`;
  }
}

const NO_RULES = '{"SecurityGroupRules": []}';
const RULE = JSON.stringify({
  SecurityGroupRules: [
    {
      SecurityGroupRuleId: 'sgr-01234567',
      GroupId: ID,
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 9090,
      ToPort: 9090,
      CidrIpv4: '203.0.113.7/32',
    },
  ],
});

const RULE_OF_LIST = JSON.stringify({
  SecurityGroupRules: [
    {
      SecurityGroupRuleId: 'sgr-01234567',
      GroupId: ID,
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 9090,
      ToPort: 9090,
      PrefixListId: 'pl-01234567',
    },
  ],
});

/** A class in JavaScript, which does not check arguments. */
type New = new (...args: unknown[]) => unknown;

type Call = (...args: unknown[]) => unknown;

type Act = (place: Place) => unknown;

/** As in `testFixes`, with calls in one place. */
const FIXES: readonly (readonly [what: string, code: ErrorCode, wrong: Act, suggestion: string, right: Act])[] = [
  [
    'no props of a group',
    'object-required',
    ({ left }) => new AwsSecurityGroup(left, 'a', undefined as never),
    '{ name, vpcId, egress }',
    ({ left }) => new AwsSecurityGroup(left, 'a', { name: 'nodes', vpcId: VPC_ID, egress: Egress.ALL }),
  ],
  [
    'a scope for a rule group',
    'scope-not-expected',
    ({ left }) => new (AwsNetworkFirewallRuleGroup as never as New)(left, 'fw', {}),
    'new AwsNetworkFirewallRuleGroup({ capacity: 100 })',
    () => new AwsNetworkFirewallRuleGroup({ capacity: 100 }),
  ],
  [
    'a scope and an id for an existing group',
    'scope-not-expected',
    ({ left }) => (AwsSecurityGroup.fromId as never as Call)(left, 'x', ID),
    'AwsSecurityGroup.fromId(id)',
    () => AwsSecurityGroup.fromId(ID),
  ],
  [
    'a scope and an id for an existing prefix list',
    'scope-not-expected',
    ({ left }) => (AwsPrefixList.fromId as never as Call)(left, 'x', 'pl-01234567'),
    'AwsPrefixList.fromId(id, { maxEntries })',
    () => AwsPrefixList.fromId('pl-01234567', { maxEntries: 5 }),
  ],
  [
    'too few entries for the longer of two lists',
    'max-entries-too-low',
    (place) => place.newList({ ranges: Peer.anyOf(ranges(2), THREE_IPV6), maxEntries: 1 }),
    'maxEntries: 3',
    (place) => place.newList({ ranges: Peer.anyOf(ranges(2), THREE_IPV6), maxEntries: 3 }),
  ],
  ...(
    [
      ['a lower maxEntries of the prefix list', (place) => place.platform(20)],
      ['a higher maxRules once AWS has raised the quota', (place) => place.platform(50, 150)],
    ] as [string, Act][]
  ).map(
    ([suggestion, right]) =>
      [
        'three ports and a list of 50 entries',
        'quota-exceeded',
        (place: Place) => place.platform(50),
        suggestion,
        right,
      ] as const,
  ),
  [
    'a group without a scope',
    'scope-required',
    () => new (AwsSecurityGroup as never as New)({ name: 'nodes', vpcId: VPC_ID, egress: Egress.ALL }),
    'new AwsSecurityGroup(this, "id", { ... })',
    ({ left }) => new AwsSecurityGroup(left, 'id', { name: 'nodes', vpcId: VPC_ID, egress: Egress.ALL }),
  ],
  [
    'a group without an id',
    'scope-required',
    ({ left }) => new (AwsSecurityGroup as never as New)(left, { name: 'nodes', vpcId: VPC_ID, egress: Egress.ALL }),
    'new AwsSecurityGroup(this, "id", { ... })',
    ({ left }) => new AwsSecurityGroup(left, 'id', { name: 'nodes', vpcId: VPC_ID, egress: Egress.ALL }),
  ],
  [
    'a prefix list without a scope',
    'scope-required',
    () => new (AwsPrefixList as never as New)({ name: 'offices', ranges: office }),
    'new AwsPrefixList(this, "id", { ... })',
    ({ left }) => new AwsPrefixList(left, 'id', { name: 'offices', ranges: office }),
  ],
  [
    'imports without a scope',
    'scope-required',
    () => new (AwsRuleImports as never as New)({ describedRules: NO_RULES }),
    'new AwsRuleImports(this, "id", { ... })',
    ({ left }) => new AwsRuleImports(left, 'id', { describedRules: NO_RULES }),
  ],
  [
    'null as options of an existing group',
    'object-required',
    () => AwsSecurityGroup.fromId(ID, null as never),
    '{ key: "a-name" }',
    () => AwsSecurityGroup.fromId(ID, { key: 'a-name' }),
  ],
  [
    'no options of a peer',
    'object-required',
    () => AwsPeer.securityGroup(ID, undefined as never),
    '{ ownerId: "123456789012" }',
    () => AwsPeer.securityGroup(ID, { ownerId: '123456789012' }),
  ],
  [
    'no props of a prefix list',
    'object-required',
    ({ left }) => new AwsPrefixList(left, 'a', undefined as never),
    '{ name, ranges }',
    ({ left }) => new AwsPrefixList(left, 'a', { name: 'offices', ranges: office }),
  ],
  [
    'no options of an existing prefix list',
    'object-required',
    () => AwsPrefixList.fromId('pl-01234567', undefined as never),
    '{ maxEntries: 20 }',
    () => AwsPrefixList.fromId('pl-01234567', { maxEntries: 20 }),
  ],
  [
    'no props of imports',
    'object-required',
    ({ left }) => new AwsRuleImports(left, 'a', undefined as never),
    '{ describedRules }',
    ({ left }) => new AwsRuleImports(left, 'a', { describedRules: NO_RULES }),
  ],
  [
    'null as props of a rule group',
    'object-required',
    () => new AwsNetworkFirewallRuleGroup(null as never),
    '{ capacity: 100 }',
    () => new AwsNetworkFirewallRuleGroup({ capacity: 100 }),
  ],
  [
    'a misspelled prop of a group',
    'prop-unknown',
    (place) => place.newGroup({ maxRule: 70 }),
    '"maxRules"',
    (place) => place.newGroup({ maxRules: 70 }),
  ],
  [
    'a misspelled option of an existing group',
    'prop-unknown',
    () => AwsSecurityGroup.fromId(ID, { egres: Egress.ALL } as never),
    '"egress"',
    () => AwsSecurityGroup.fromId(ID, { egress: Egress.ALL }),
  ],
  [
    'a misspelled option of a peer',
    'prop-unknown',
    () => AwsPeer.securityGroup(ID, { owner: '123456789012' } as never),
    '"ownerId"',
    () => AwsPeer.securityGroup(ID, { ownerId: '123456789012' }),
  ],
  [
    'a misspelled prop of a prefix list',
    'prop-unknown',
    (place) => place.newList({ maxEntry: 5 }),
    '"maxEntries"',
    (place) => place.newList({ maxEntries: 5 }),
  ],
  [
    'a misspelled option of an existing prefix list',
    'prop-unknown',
    () => AwsPrefixList.fromId('pl-01234567', { maxEntry: 5 } as never),
    '"maxEntries"',
    () => AwsPrefixList.fromId('pl-01234567', { maxEntries: 5 }),
  ],
  [
    'a misspelled prop of imports',
    'prop-unknown',
    (place) => place.imports({ group: {} }),
    '"groups"',
    (place) => place.imports({ groups: {} }),
  ],
  [
    'a misspelled prop of a rule group',
    'prop-unknown',
    () => new AwsNetworkFirewallRuleGroup({ capasity: 5 } as never),
    '"capacity"',
    () => new AwsNetworkFirewallRuleGroup({ capacity: 5 }),
  ],
  [
    'a resource in place of its id',
    'security-group-id-invalid',
    ({ left }) => AwsSecurityGroup.fromId(new SecurityGroup(left, 'a', {}) as never),
    'AwsSecurityGroup.fromId(resource.id)',
    ({ left }) => AwsSecurityGroup.fromId(new SecurityGroup(left, 'b', {}).id),
  ],
  [
    'a group of this library in place of an id',
    'security-group-id-invalid',
    (place) => place.rule(office, AwsSecurityGroup.fromId(place.newGroup({}) as never)),
    'the security group itself, without fromId',
    (place) => place.rule(office, place.newGroup({ name: 'b' })),
  ],
  [
    'an account and an id in one text',
    'security-group-id-invalid',
    () => AwsPeer.securityGroup('123456789012/sg-01234567', undefined as never),
    'AwsPeer.securityGroup("sg-01234567", { ownerId: "123456789012" })',
    () => AwsPeer.securityGroup('sg-01234567', { ownerId: '123456789012' }),
  ],
  [
    'a number as account',
    'owner-id-invalid',
    () => AwsPeer.securityGroup(ID, { ownerId: 123456789012 as never }),
    'ownerId: "123456789012"',
    () => AwsPeer.securityGroup(ID, { ownerId: '123456789012' }),
  ],
  [
    'a key in place of its ARN',
    'kms-key-invalid',
    ({ left }) =>
      new AwsNetworkFirewallRuleGroup({ encryptionConfiguration: { keyId: new KmsKey(left, 'a', {}) as never } }),
    'keyId: resource.arn',
    ({ left }) =>
      new AwsNetworkFirewallRuleGroup({ encryptionConfiguration: { keyId: new KmsKey(left, 'b', {}).arn } }),
  ],
  [
    'the alias of a key as encryption',
    'object-required',
    () => new AwsNetworkFirewallRuleGroup({ encryptionConfiguration: 'alias/firewall' as never }),
    "{ keyId: 'alias/firewall' }",
    () => new AwsNetworkFirewallRuleGroup({ encryptionConfiguration: { keyId: 'alias/firewall' } }),
  ],
  [
    'a misspelled prop of an encryption',
    'prop-unknown',
    () => new AwsNetworkFirewallRuleGroup({ encryptionConfiguration: { keyID: 'alias/firewall' } as never }),
    '"keyId"',
    () => new AwsNetworkFirewallRuleGroup({ encryptionConfiguration: { keyId: 'alias/firewall' } }),
  ],
  [
    'a VPC in place of its id',
    'vpc-id-invalid',
    (place) => place.newGroup({ vpcId: new Vpc(place.left, 'a', {}) }),
    'vpcId: resource.id',
    (place) => place.newGroup({ vpcId: new Vpc(place.left, 'b', {}).id }),
  ],
  [
    'the name of a member as egress',
    'egress-invalid',
    (place) => place.newGroup({ egress: 'ALL' }),
    'Egress.ALL',
    (place) => place.newGroup({ egress: Egress.ALL }),
  ],
  [
    'a misspelled member as egress',
    'egress-invalid',
    () => AwsSecurityGroup.fromId(ID, { egress: 'Egress.DOCUMENTD' as never }),
    'Egress.DOCUMENTED',
    () => AwsSecurityGroup.fromId(ID, { egress: Egress.DOCUMENTED }),
  ],
  [
    'a misspelled member as unmanagedRules',
    'unmanaged-rules-invalid',
    (place) => place.newGroup({ unmanagedRules: 'reprot' }),
    'UnmanagedRules.REPORT',
    (place) => place.newGroup({ unmanagedRules: UnmanagedRules.REPORT }),
  ],
  [
    'text as tags',
    'tags-invalid',
    (place) => place.newGroup({ tags: 'network' }),
    '{ team: "network" }',
    (place) => place.newGroup({ tags: { team: 'network' } }),
  ],
  [
    'a tag key that is not composed',
    'tags-invalid',
    (place) => place.newGroup({ tags: { 'e\u0301': 'x' } }),
    '"\u00e9"',
    (place) => place.newGroup({ tags: { '\u00e9': 'x' } }),
  ],
  [
    'a tag value that is not composed',
    'tags-invalid',
    (place) => place.newGroup({ tags: { x: 'e\u0301' } }),
    '"\u00e9"',
    (place) => place.newGroup({ tags: { x: '\u00e9' } }),
  ],
  [
    'the key of an existing group and the name of a new one',
    'name-taken',
    (place) => {
      place.rule(office, AwsSecurityGroup.fromId(ID, { key: 'nodes', egress: Egress.ALL }));
      place.newGroup({ egress: Egress.ALL });
    },
    'AwsSecurityGroup.fromId(id, { key: "a-different-name" })',
    () => {
      const place = new Place();
      place.rule(office, AwsSecurityGroup.fromId(ID, { key: 'a-different-name', egress: Egress.ALL }));
      place.newGroup({ egress: Egress.ALL });
    },
  ],
  [
    'one key for two groups',
    'rule-address-taken',
    (place) => {
      place.rule(office, AwsSecurityGroup.fromId(ID, { key: 'nodes' }));
      place.rule(office, AwsSecurityGroup.fromId('sg-aaaaaaaa', { key: 'nodes' }));
    },
    'AwsSecurityGroup.fromId(id, { key: "a-different-name" })',
    (place) => {
      place.rule(office, AwsSecurityGroup.fromId('sg-aaaaaaaa', { key: 'a-different-name' }));
    },
  ],
  [
    'the same hostnames with two providers',
    'rule-address-taken',
    (place) => {
      place.hostnames({});
      place.hostnames({ provider: ireland(place) });
    },
    'a second AwsNetworkFirewallRuleGroup with a namePrefix',
    (place) => {
      place.hostnames({ provider: ireland(place), namePrefix: 'second-' });
    },
  ],
  [
    'one port opened in two stacks',
    'rule-created-twice',
    (place) => {
      place.rule(office);
      place.rule(office, undefined, place.right);
    },
    'one construct in one stack that opens it',
    () => {
      new Place().rule(office);
    },
  ],
  [
    'all outbound traffic in two stacks',
    'rule-created-twice',
    (place) => {
      place.rule(office, AwsSecurityGroup.fromId(ID, { egress: Egress.ALL }));
      place.rule(ranges(1), AwsSecurityGroup.fromId(ID, { egress: Egress.ALL }), place.right);
    },
    'Egress.ALL in one stack, and AwsSecurityGroup.fromId(id) without egress in the other',
    (place) => {
      place.rule(ranges(1), AwsSecurityGroup.fromId(ID), place.right);
    },
  ],
  [
    'more ranges than the quota allows',
    'quota-exceeded',
    (place) => place.rule(ranges(61)),
    'fewer ranges',
    (place) => place.rule(ranges(60)),
  ],
  [
    'ranges in place of a group',
    'quota-exceeded',
    (place) => place.rule(ranges(61)),
    'a security group in place of ranges',
    (place) => place.rule(AwsSecurityGroup.fromId('sg-aaaaaaaa')),
  ],
  [
    'more ranges than one group can have',
    'quota-exceeded',
    (place) => place.rule(ranges(61)),
    'a second group',
    (place) => {
      place.rule(ranges(60));
      place.rule(ranges(61), AwsSecurityGroup.fromId('sg-aaaaaaaa', { maxRules: 61 }));
    },
  ],
  [
    'a quota that AWS has raised',
    'quota-exceeded',
    (place) => place.rule(ranges(61)),
    'a higher maxRules once AWS has raised the quota',
    (place) => place.rule(ranges(61), AwsSecurityGroup.fromId(ID, { maxRules: 61 })),
  ],
  [
    'a quota that existing rules use up',
    'quota-used-up',
    () => AwsSecurityGroup.fromId(ID, { existingRules: 60 }),
    'a higher maxRules, once AWS has raised the quota',
    () => AwsSecurityGroup.fromId(ID, { existingRules: 60, maxRules: 61 }),
  ],
  [
    'a network tag as source',
    'far-end-cloud-mismatch',
    (place) => place.rule(new GcpFirewall({ network: 'prod' }).networkTag('web')),
    'Peer.cidr(...) with the IP ranges of these machines',
    (place) => place.rule(Peer.cidr('10.0.0.0/24')),
  ],
  [
    'a network tag with ranges as source',
    'far-end-cloud-mismatch',
    (place) => place.rule(new GcpFirewall({ network: 'prod' }).networkTag('web', { ipRanges: ranges(2) })),
    'Peer.cidr("10.0.0.0/24", "10.0.1.0/24")',
    (place) => place.rule(Peer.cidr('10.0.0.0/24', '10.0.1.0/24')),
  ],
  [
    'a list that is known after apply',
    'list-known-after-apply',
    (place) => place.rule(Peer.cidr(...listOf(place.left))),
    'new AwsPrefixList(...) with the list and maxEntries',
    (place) => place.rule(place.newList({ ranges: Peer.cidr(...listOf(place.left)), maxEntries: 5 })),
  ],
  [
    'a new group given by its id',
    'security-group-of-this-app',
    (place) => place.rule(office, AwsSecurityGroup.fromId(place.newGroup({}).securityGroupId, { key: 'x' })),
    'the AwsSecurityGroup itself',
    (place) => place.rule(office, place.newGroup({ name: 'b' })),
  ],
  [
    'a new prefix list given by its id',
    'prefix-list-of-this-app',
    (place) => place.rule(AwsPrefixList.fromId(place.newList({}).prefixListIds[0], { maxEntries: 1 })),
    'the AwsPrefixList itself',
    (place) => place.rule(place.newList({ name: 'b' })),
  ],
  [
    'a prefix list in place of its id',
    'prefix-list-id-invalid',
    ({ left }) => AwsPrefixList.fromId(listResource(left, 'a') as never, { maxEntries: 1 }),
    'AwsPrefixList.fromId(resource.id, { maxEntries })',
    ({ left }) => AwsPrefixList.fromId(listResource(left, 'b').id, { maxEntries: 1 }),
  ],
  [
    'a group id without a value',
    'value-not-available',
    (place) => place.rule(office, AwsSecurityGroup.fromId(noValueYet())),
    'AwsSecurityGroup.fromId(id, { key: "a-name" })',
    (place) => place.rule(office, AwsSecurityGroup.fromId(noValueYet(), { key: 'a-name' })),
  ],
  [
    'a prefix list id without a value',
    'value-not-available',
    (place) => place.rule(AwsPrefixList.fromId(noValueYet(), { maxEntries: 1 })),
    'AwsPrefixList.fromId(id, { maxEntries, key: "a-name" })',
    (place) => place.rule(AwsPrefixList.fromId(noValueYet(), { maxEntries: 1, key: 'a-name' })),
  ],
  [
    'the id of a peer without a value',
    'value-not-available',
    (place) => place.rule(AwsPeer.securityGroup(noValueYet(), { ownerId: '123456789012' })),
    'a value that is known at synthesis',
    (place) => place.rule(AwsPeer.securityGroup(ID, { ownerId: '123456789012' })),
  ],
  [
    'text as ranges of a prefix list',
    'peer-required',
    (place) => place.newList({ ranges: '10.0.0.0/8' }),
    'Peer.cidr("10.0.0.0/8")',
    (place) => place.newList({ ranges: Peer.cidr('10.0.0.0/8') }),
  ],
  [
    'a number as ranges of a prefix list',
    'peer-required',
    (place) => place.newList({ ranges: 7 }),
    'Peer.cidr(...)',
    (place) => place.newList({ ranges: Peer.cidr('10.0.0.0/8') }),
  ],
  [
    'text as clients',
    'peer-required',
    () => new AwsNetworkFirewallRuleGroup({ clients: '10.0.0.0/8' as never }),
    'Peer.cidr("10.0.0.0/8")',
    () => new AwsNetworkFirewallRuleGroup({ clients: Peer.cidr('10.0.0.0/8') }),
  ],
  [
    'a group as ranges of a prefix list',
    'ip-ranges-required',
    (place) => place.newList({ ranges: AwsSecurityGroup.fromId(ID) }),
    'Peer.cidr(...)',
    (place) => place.newList({ ranges: Peer.cidr('10.0.0.0/8') }),
  ],
  [
    'a group as clients',
    'ip-ranges-required',
    () => new AwsNetworkFirewallRuleGroup({ clients: AwsSecurityGroup.fromId(ID) }),
    'Peer.cidr(...) with the IP ranges of these machines',
    () => new AwsNetworkFirewallRuleGroup({ clients: Peer.cidr('10.0.0.0/8') }),
  ],
  [
    'the whole internet as clients',
    'world-not-allowed',
    () => new AwsNetworkFirewallRuleGroup({ clients: Peer.anyIpv4('a test') }),
    'Peer.cidr(...) with their IP ranges',
    () => new AwsNetworkFirewallRuleGroup({ clients: Peer.cidr('10.0.0.0/8') }),
  ],
  [
    'more ranges than a prefix list can have',
    'prefix-list-too-long',
    (place) => place.newList({ ranges: ranges(101) }),
    'Peer.anyOf(...) with several prefix lists',
    (place) => {
      const group = AwsSecurityGroup.fromId(ID, { maxRules: 200 });
      place.rule(Peer.anyOf(place.newList({ ranges: ranges(100) }), place.newList({ name: 'more' })), group);
    },
  ],
  [
    'text as address family',
    'address-family-invalid',
    () => AwsPrefixList.fromId('pl-01234567', { maxEntries: 1, addressFamily: 'IPv6' as never }),
    'AddressFamily.IPV6',
    () => AwsPrefixList.fromId('pl-01234567', { maxEntries: 1, addressFamily: AddressFamily.IPV6 }),
  ],
  [
    'more hostnames than the capacity',
    'capacity-exceeded',
    (place) => {
      place.hostnames({ capacity: 1 }, 2);
    },
    'capacity: 4',
    (place) => {
      place.hostnames({ capacity: 4 }, 2);
    },
  ],
  [
    'more hostnames than any rule group has room for',
    'capacity-exceeded',
    (place) => {
      place.hostnames({ capacity: 30000 }, 30001);
    },
    'several tables, each with an AwsNetworkFirewallRuleGroup that has a namePrefix of its own',
    (place) => {
      place.hostnames({ capacity: 30000 }, 30000);
      place.hostnames({ namePrefix: 'second-' }, 1, undefined, 'more-hosts');
    },
  ],
  [
    'one table twice',
    'rule-created-twice',
    (place) => {
      place.hostnames({});
      place.hostnames({});
    },
    'a second AwsNetworkFirewallRuleGroup with a namePrefix',
    (place) => {
      place.hostnames({ namePrefix: 'second-' });
    },
  ],
  [
    'text as rule order',
    'rule-order-invalid',
    () => new AwsNetworkFirewallRuleGroup({ ruleOrder: 'STRICT' as never }),
    'AwsRuleOrder.STRICT',
    () => new AwsNetworkFirewallRuleGroup({ ruleOrder: AwsRuleOrder.STRICT }),
  ],
  [
    'a port that is not filtered',
    'port-not-filterable',
    (place) => {
      place.hostnames({}, 1, Port.tcp(8443));
    },
    'Port.tcp(443), which allows TLS on every port',
    (place) => {
      place.hostnames({}, 1, Port.tcp(443));
    },
  ],
  [
    'an instance in place of its id',
    'endpoint-id-invalid',
    ({ left }) => AwsEndpoint.fromId(new Instance(left, 'a', {}) as never),
    'AwsEndpoint.fromId(resource.id)',
    ({ left }) => AwsEndpoint.fromId(new Instance(left, 'b', {}).id),
  ],
  [
    'a list of group ids',
    'import-ids-invalid',
    (place) => place.imports({ groups: [ID] }),
    '{ platform: "sg-0123456789abcdef0" }',
    (place) => place.imports({ groups: { platform: 'sg-0123456789abcdef0' } }),
  ],
  [
    'a misspelled key of a group',
    'import-key-unknown',
    (place) => {
      place.rule(office, unknownGroup(place));
      return place.imports({ groups: { platfrom: ID } }).imports;
    },
    '"platform"',
    (place) => place.imports({ groups: { platform: ID } }).imports,
  ],
  [
    'one page of several',
    'described-rules-incomplete',
    (place) => place.imports({ describedRules: '{"SecurityGroupRules": [], "NextToken": "x"}' }),
    'the output without --max-items',
    (place) => place.imports({ describedRules: NO_RULES }),
  ],
  [
    'a rule of a group that is not given',
    'described-rule-ambiguous',
    (place) => {
      place.rule(office, unknownGroup(place));
      return place.imports({ describedRules: RULE }).imports;
    },
    `groups: { "platform": "${ID}" }`,
    (place) => place.imports({ describedRules: RULE, groups: { platform: ID } }).imports,
  ],
  [
    'a rule of a different group',
    'described-rule-ambiguous',
    (place) => {
      place.rule(office, unknownGroup(place));
      return place.imports({ describedRules: RULE }).imports;
    },
    `describedRules without those of ${ID}`,
    (place) => place.imports({ describedRules: NO_RULES }).imports,
  ],
  [
    'a rule of a prefix list that is not given',
    'described-rule-ambiguous',
    (place) => {
      place.rule(place.newList({}));
      return place.imports({ describedRules: RULE_OF_LIST }).imports;
    },
    'prefixLists: { "offices": "pl-01234567" }, or describedRules without those of pl-01234567',
    (place) => place.imports({ describedRules: RULE_OF_LIST, prefixLists: { offices: 'pl-01234567' } }).imports,
  ],
  [
    'a rule of a different prefix list',
    'described-rule-ambiguous',
    (place) => {
      place.rule(place.newList({}));
      return place.imports({ describedRules: RULE_OF_LIST }).imports;
    },
    'describedRules without those of pl-01234567',
    (place) => place.imports({ describedRules: NO_RULES }).imports,
  ],
];

function listOf(stack: TerraformStack): string[] {
  const vpc = stack.node.tryFindChild('vpc') ?? new Vpc(stack, 'vpc', {});
  return Token.asList(Fn.compact([(vpc as Vpc).cidrBlock]));
}

function listResource(stack: TerraformStack, id: string): Ec2ManagedPrefixList {
  return new Ec2ManagedPrefixList(stack, id, { name: id, addressFamily: 'IPv4', maxEntries: 1 });
}

function ireland({ left }: Place): AwsProvider {
  const provider = left.node.tryFindChild('ireland') as AwsProvider | undefined;
  return provider ?? new AwsProvider(left, 'ireland', { alias: 'ireland' });
}

function noValueYet(): string {
  return Lazy.stringValue({ produce: () => undefined });
}

function unknownGroup({ left }: Place): IHostGroup {
  return AwsSecurityGroup.fromId(new SecurityGroup(left, 'platform', {}).id, { key: 'platform' });
}

testFixes(
  FIXES.map(([what, code, wrong, suggestion, right]) => {
    const place = new Place();
    return [what, code, () => wrong(place), suggestion, () => right(place)];
  }),
);
