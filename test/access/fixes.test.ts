import { Ec2ManagedPrefixList } from '@cdktf/provider-aws/lib/ec2-managed-prefix-list';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { TerraformVariable, Token } from 'cdktf';
import {
  AwsPrefixList,
  AwsSecurityGroup,
  ControlPlaneEndpoint,
  ExternalHosts,
  GcpFirewall,
  HostGroup,
} from '../../lib';
import { NetworkZone } from '../../lib/access/network-zone';
import { checkedHostGroup, checkedPeer, checkedIpRanges } from '../../lib/access/checked-ends';
import { Peer } from '../../lib/access/peer';
import type { ErrorCode } from '../../lib/input';
import { newStack } from '../support/clouds';
import { type Fix, testFixes } from '../support/fixes';

const stack = newStack();
const firewall = new GcpFirewall({ network: 'prod' });
const group = new SecurityGroup(stack, 'group', {});
const list = new Ec2ManagedPrefixList(stack, 'list', { name: 'l', addressFamily: 'IPv4', maxEntries: 20 });
const token = new TerraformVariable(stack, 'id', {}).stringValue;
const tokens = Token.asList(new TerraformVariable(stack, 'ranges', { type: 'list(string)' }).value);
const ranges = ['10.8.0.0/28'];
const maxEntries = 20;
const [ID, LIST, ACCOUNT] = ['sg-0123456789abcdef0', 'pl-0123456789abcdef0', 'web@prod-host.iam.gserviceaccount.com'];

const PEERS = 'Peer.cidr(...), or a host group such as AwsSecurityGroup.fromId(id)';
const HOST_GROUPS = 'firewall.networkTag(tag), AwsSecurityGroup.fromId(id) or ExternalHosts.named(name, ...ranges)';

/** A value, the suggestion, and the values that follow it. */
type Row = [string, unknown, string, ...(() => unknown)[]];

function fixesOf(code: ErrorCode, rows: readonly Row[], check: (value: unknown) => unknown): Fix[] {
  return rows.map(([what, value, suggestion, ...follow]) => [
    what,
    code,
    () => check(value),
    suggestion,
    ...follow.map((followed) => () => check(followed())),
  ]);
}

const PEER_ROWS: Row[] = [
  ['a range', '10.1.2.3/8', 'Peer.cidr("10.0.0.0/8")', () => Peer.cidr('10.0.0.0/8')],
  ['an address', '203.0.113.7', 'Peer.address("203.0.113.7")', () => Peer.address('203.0.113.7')],
  ['a mapped address', '::ffff:10.0.0.1', 'Peer.address("10.0.0.1")', () => Peer.address('10.0.0.1')],
  ['all of IPv4', '0.0.0.0/0', 'Peer.anyIpv4("why it is open")', () => Peer.anyIpv4('why it is open')],
  ['all of IPv6', '::/0', 'Peer.anyIpv6("why it is open")', () => Peer.anyIpv6('why it is open')],
  ['a security group', ID, `AwsSecurityGroup.fromId("${ID}")`, () => AwsSecurityGroup.fromId(ID)],
  ['its resource', group, 'AwsSecurityGroup.fromId(group.id)', () => AwsSecurityGroup.fromId(group.id)],
  [
    'a prefix list',
    LIST,
    `AwsPrefixList.fromId("${LIST}", { maxEntries })`,
    () => AwsPrefixList.fromId(LIST, { maxEntries }),
  ],
  [
    'its resource',
    list,
    'AwsPrefixList.fromId(list.id, { maxEntries })',
    () => AwsPrefixList.fromId(list.id, { maxEntries }),
  ],
  ['a tag', 'web', 'firewall.networkTag("web")', () => firewall.networkTag('web')],
  ['an account', ACCOUNT, `firewall.serviceAccount("${ACCOUNT}")`, () => firewall.serviceAccount(ACCOUNT)],
  ['a name', 'the VPN', 'Peer.named("the VPN", ...ranges)', () => Peer.named('the VPN', ...ranges)],
  [
    'a hostname',
    'db.example.com',
    'Peer.named("db.example.com", ...ranges)',
    () => Peer.named('db.example.com', ...ranges),
  ],
  [
    'a token',
    token,
    'Peer.cidr(...) or AwsSecurityGroup.fromId(...)',
    () => Peer.cidr(token),
    () => AwsSecurityGroup.fromId(token),
  ],
  ['a list of peers', [Peer.cidr('10.0.0.0/8')], 'Peer.anyOf(...)', () => Peer.anyOf(Peer.cidr('10.0.0.0/8'))],
  [
    'an object with the public members of a peer',
    { label: 'mine', ipRanges: ['10.0.0.0/8'] },
    PEERS,
    () => Peer.cidr('10.0.0.0/8'),
    () => AwsSecurityGroup.fromId(ID),
  ],
];

testFixes(fixesOf('peer-required', PEER_ROWS, (value) => checkedPeer(value, { prop: 'source', place: 'place' })));

const HOST_GROUP_ROWS: Row[] = [
  [
    'a range',
    '10.1.2.3/8',
    'ExternalHosts.named("name", "10.0.0.0/8")',
    () => ExternalHosts.named('name', '10.0.0.0/8'),
  ],
  [
    'an address',
    '203.0.113.7',
    'ExternalHosts.named("name", "203.0.113.7/32")',
    () => ExternalHosts.named('name', '203.0.113.7/32'),
  ],
  [
    'an IPv6 address',
    '2001:DB8::7',
    'ExternalHosts.named("name", "2001:db8::7/128")',
    () => ExternalHosts.named('name', '2001:db8::7/128'),
  ],
  ['a security group', ID, `AwsSecurityGroup.fromId("${ID}")`, () => AwsSecurityGroup.fromId(ID)],
  ['its resource', group, 'AwsSecurityGroup.fromId(group.id)', () => AwsSecurityGroup.fromId(group.id)],
  ['its id', group.id, 'AwsSecurityGroup.fromId(...)', () => AwsSecurityGroup.fromId(group.id)],
  ['a tag', 'web', 'firewall.networkTag("web")', () => firewall.networkTag('web')],
  ['an account', ACCOUNT, `firewall.serviceAccount("${ACCOUNT}")`, () => firewall.serviceAccount(ACCOUNT)],
  [
    'a name',
    'Web servers',
    'ExternalHosts.named("Web servers", ...ranges)',
    () => ExternalHosts.named('Web servers', ...ranges),
  ],
  [
    'a list of host groups',
    [firewall.networkTag('web'), firewall.networkTag('db')],
    'HostGroup.anyOf(...)',
    () => HostGroup.anyOf(firewall.networkTag('web'), firewall.networkTag('db')),
  ],
  [
    'a peer of host groups',
    Peer.anyOf(firewall.networkTag('web'), firewall.networkTag('db')),
    'HostGroup.anyOf(...)',
    () => HostGroup.anyOf(firewall.networkTag('web'), firewall.networkTag('db')),
  ],
  ...(
    [
      ['all of IPv4', '0.0.0.0/0'],
      ['a peer', Peer.cidr('10.8.0.0/28')],
      ['an object with the public members of a host group', { cloud: 'aws', label: 'mine', ipRanges: ['10.0.0.0/8'] }],
      ['nothing', undefined],
      ['host groups of two clouds', [firewall.networkTag('web'), AwsSecurityGroup.fromId(ID)]],
      ['a peer of ranges and host groups', Peer.anyOf(Peer.cidr('10.8.0.0/28'), firewall.networkTag('web'))],
    ] as const
  ).map(([what, value]): Row => [
    what,
    value,
    HOST_GROUPS,
    () => firewall.networkTag('web'),
    () => AwsSecurityGroup.fromId(ID),
    () => ExternalHosts.named('servers', ...ranges),
  ]),
];

testFixes(
  fixesOf('host-group-required', HOST_GROUP_ROWS, (value) =>
    checkedHostGroup(value, { prop: 'target', place: 'place' }),
  ),
);

testFixes([
  [
    'text as ipRanges',
    'peer-required',
    () => checkedIpRanges('10.0.0.0/8' as never, 'place'),
    'Peer.cidr("10.0.0.0/8")',
    () => checkedIpRanges(Peer.cidr('10.0.0.0/8'), 'place'),
  ],
  [
    'a name as ipRanges',
    'peer-required',
    () => checkedIpRanges('office' as never, 'place'),
    'Peer.cidr(...)',
    () => checkedIpRanges(Peer.cidr(...ranges), 'place'),
  ],
  [
    'a host group as ipRanges',
    'ip-ranges-required',
    () => checkedIpRanges(AwsSecurityGroup.fromId(ID), 'place'),
    'Peer.cidr(...)',
    () => checkedIpRanges(Peer.cidr(...ranges), 'place'),
  ],
  [
    'a security group in Peer.cidr',
    'range-invalid',
    () => Peer.cidr(ID),
    `AwsSecurityGroup.fromId("${ID}")`,
    () => checkedPeer(AwsSecurityGroup.fromId(ID), { prop: 'source', place: 'place' }),
  ],
  [
    'a prefix list in Peer.named',
    'range-invalid',
    () => Peer.named('offices', LIST),
    `AwsPrefixList.fromId("${LIST}", { maxEntries })`,
    () => checkedPeer(AwsPrefixList.fromId(LIST, { maxEntries }), { prop: 'source', place: 'place' }),
  ],
  [
    'a host group in Peer.cidr',
    'range-invalid',
    () => Peer.cidr(firewall.networkTag('web') as never),
    'the host group itself, without Peer.cidr',
    () => checkedPeer(firewall.networkTag('web'), { prop: 'source', place: 'place' }),
  ],
  [
    'a peer in Peer.address',
    'range-invalid',
    () => Peer.address(Peer.cidr('10.0.0.0/8') as never),
    'the peer itself, without Peer.address',
    () => checkedPeer(Peer.cidr('10.0.0.0/8'), { prop: 'source', place: 'place' }),
  ],
  [
    'a peer as ranges of external hosts',
    'range-invalid',
    () => ExternalHosts.named('servers', Peer.cidr('10.8.0.0/28', '10.9.0.0/28') as never),
    '"10.8.0.0/28", "10.9.0.0/28"',
    () => ExternalHosts.named('servers', '10.8.0.0/28', '10.9.0.0/28'),
  ],
  [
    'a list in Peer.cidr',
    'ranges-in-a-list',
    () => Peer.cidr(ranges as never),
    '...ranges',
    () => Peer.cidr(...ranges),
  ],
  [
    'an IPv4 range in Peer.cidrIpv6',
    'range-not-ipv6',
    () => Peer.cidrIpv6('10.0.0.0/8'),
    'Peer.cidr("10.0.0.0/8")',
    () => Peer.cidr('10.0.0.0/8'),
  ],
  [
    'a list of addresses',
    'list-of-ranges-required',
    () => Peer.address(...tokens),
    'Peer.cidr(...)',
    () => Peer.cidr(...tokens),
  ],
  [
    'a prefix length',
    'ip-address-with-prefix',
    () => Peer.address(`${token}/28`),
    'Peer.cidr(...)',
    () => Peer.cidr(`${token}/28`),
  ],
  [
    'half of the internet',
    'world-without-reason',
    () => Peer.cidr('0.0.0.0/1'),
    'Peer.wide("why it is open", "0.0.0.0/1")',
    () => Peer.wide('why it is open', '0.0.0.0/1'),
  ],
  [
    'most of the internet in many ranges',
    'world-without-reason',
    () => Peer.cidr('16.0.0.0/8', '17.0.0.0/8', '18.0.0.0/8', '19.0.0.0/8'),
    'Peer.wide("why it is open", ...ranges)',
    () => Peer.wide('why it is open', '16.0.0.0/8', '17.0.0.0/8', '18.0.0.0/8', '19.0.0.0/8'),
  ],
  [
    'the world',
    'world-without-reason',
    () => Peer.cidr('0.0.0.0/0'),
    'Peer.anyIpv4("why it is open")',
    () => Peer.anyIpv4('why it is open'),
  ],
  [
    'a misspelled network zone',
    'zone-invalid',
    () => Peer.cidr('10.0.0.0/8').inZone('publc' as never),
    'NetworkZone.PUBLIC',
    () => Peer.cidr('10.0.0.0/8').inZone(NetworkZone.PUBLIC),
  ],
  [
    'the IPv6 world',
    'world-without-reason',
    () => Peer.cidr('::/0'),
    'Peer.anyIpv6("why it is open")',
    () => Peer.anyIpv6('why it is open'),
  ],
]);

const [tagWeb, tagDb, existing] = [firewall.networkTag('web'), firewall.networkTag('db'), AwsSecurityGroup.fromId(ID)];

testFixes([
  [
    'host groups of two clouds',
    'clouds-mixed',
    () => HostGroup.anyOf(tagWeb, existing),
    'a construct for each of them, or Peer.anyOf(...) for machines that are only a source',
    () => [tagWeb, existing].map((role) => checkedHostGroup(role, { prop: 'destination', place: 'place' })),
    () => Peer.anyOf(tagWeb, existing),
  ],
  [
    'a host group twice',
    'host-group-twice',
    () => HostGroup.anyOf(tagWeb, tagDb, tagWeb),
    'each of them once, without HostGroup.anyOf if only one is left',
    () => HostGroup.anyOf(tagWeb, tagDb),
  ],
  [
    'only one host group, twice',
    'host-group-twice',
    () => HostGroup.anyOf(tagWeb, tagWeb),
    'each of them once, without HostGroup.anyOf if only one is left',
    () => checkedHostGroup(tagWeb, { prop: 'destination', place: 'place' }),
  ],
]);

const endpoint = (props: object) => (): ControlPlaneEndpoint =>
  new ControlPlaneEndpoint({
    controlPlane: ExternalHosts.named('k8s-masters', '10.1.0.0/29'),
    workers: tagWeb,
    virtualAddress: existing,
    ...props,
  });
const [byName, byAddress] = [{ hostname: 'api.k8s.example.com' }, { ipAddress: '10.1.0.100' }];

testFixes([
  [
    'an IP address with a prefix length',
    'ip-address-invalid',
    endpoint({ ipAddress: '10.1.0.100/32' }),
    '"10.1.0.100"',
    endpoint(byAddress),
  ],
  [
    'a name in place of the IP address',
    'ip-address-invalid',
    endpoint({ ipAddress: 'api.k8s.example.com' }),
    'hostname: "api.k8s.example.com"',
    endpoint(byName),
  ],
  [
    'an IP address and a canonical name',
    'endpoint-name-ambiguous',
    endpoint({ ...byAddress, canonicalName: 'lb.example.net' }),
    'only the one for the DNS record',
    endpoint(byAddress),
    endpoint({ canonicalName: 'lb.example.net' }),
  ],
  [
    'the line of kubeadm without a name',
    'endpoint-name-missing',
    () => endpoint({})().kubeadmLine(),
    'hostname: "api.k8s.example.com"',
    () => endpoint(byName)().kubeadmLine(),
  ],
  [
    'DNS records without a name',
    'endpoint-name-missing',
    () => endpoint(byAddress)().dnsRecords(),
    'hostname: "api.k8s.example.com"',
    () => endpoint({ ...byAddress, ...byName })().dnsRecords(),
  ],
  [
    'DNS records without an address',
    'endpoint-name-missing',
    () => endpoint(byName)().dnsRecords(),
    'ipAddress: "10.1.0.100"',
    () => endpoint({ ...byAddress, ...byName })().dnsRecords(),
  ],
  [
    'a list of servers',
    'object-required',
    endpoint({ servers: ['10.1.0.1'] }),
    '{ master1: "10.1.0.1" }',
    endpoint({ servers: { master1: '10.1.0.1' } }),
  ],
  [
    'a scope',
    'scope-not-expected',
    () => new ControlPlaneEndpoint(stack as never),
    'new ControlPlaneEndpoint({ controlPlane, workers, virtualAddress, hostname })',
    endpoint(byName),
  ],
]);
