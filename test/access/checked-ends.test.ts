import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { TerraformVariable } from 'cdktf';
import { AwsSecurityGroup, GcpFirewall } from '../../lib';
import { Cloud } from '../../lib/access';
import { checkedHostGroup, checkedPeer, checkedIpRanges } from '../../lib/access/checked-ends';
import { Peer } from '../../lib/access/peer';
import { newStack } from '../support/clouds';
import { suggestionOf } from '../support/fixes';
import { expectRefusal } from '../support/refusals';

const range = Peer.cidr('10.0.0.0/8');
const tag = new GcpFirewall({ network: 'prod' }).networkTag('web');
const stack = newStack();
const token = new TerraformVariable(stack, 'token', {}).stringValue;
const RULE = { securityGroupId: 'sg-01234567', ipProtocol: '-1' };
const fromResource = 'AwsSecurityGroup.fromId(group.id)';

test('returns a peer and a host group as they are', () => {
  expect(checkedPeer(range, { prop: 'source', place: 'place' })).toBe(range);
  expect(checkedPeer(tag, { prop: 'source', place: 'place' })).toBe(tag);
  expect(checkedHostGroup(tag, { prop: 'target', place: 'place' })).toBe(tag);
});

/** Values that users give in place of a peer or a host group; test/access/fixes.test.ts follows the fixes. */
const OTHERS: [string, unknown][] = [
  ['an id of a security group', 'sg-0123456789abcdef0'],
  ['a short id of a security group', 'sg-01234567'],
  ['an id of a security group with a missing letter', 'sg-0123456'],
  ['an id of a prefix list', 'pl-0123456789abcdef0'],
  ['an id of a VPC', 'vpc-01234567'],
  ['a tag', 'web'],
  ['a service account', 'web@prod-host.iam.gserviceaccount.com'],
  ['a range', '10.0.0.0/8'],
  ['a range with host bits', '10.1.2.3/8'],
  ['an IPv6 range', '2001:DB8::/32'],
  ['an address', '203.0.113.7'],
  ['an IPv6 address', '2001:DB8::7'],
  ['every IPv4 address', '0.0.0.0/0'],
  ['every IPv6 address', '::/0'],
  ['a hostname', 'db.example.com'],
  ['a name', 'the VPN'],
  ['empty text', ''],
  ['two lines', 'a\nb'],
  ['long text', 'x'.repeat(200)],
  ['a token', new TerraformVariable(stack, 'id', {}).stringValue],
  ['a resource of a security group', new SecurityGroup(stack, 'group', {})],
  ['a resource of something else', new TerraformVariable(stack, 'other', {})],
  ['an object that has the public members of a host group', { cloud: 'aws', label: 'mine', ipRanges: ['10.0.0.0/8'] }],
  ['a list of peers', [range, tag]],
  ['a list of text', ['10.0.0.0/8']],
  ['an empty list', []],
  ['a number', 7],
  ['undefined', undefined],
  ['null', null],
];

test.each(OTHERS)('fails for %s where a peer is needed', (_what, value) => {
  expectRefusal(() => checkedPeer(value, { prop: 'source', place: 'place' }), 'peer-required');
});

test.each([...OTHERS, ['a peer', range], ['the world', Peer.anyIpv4('public')]])(
  'fails for %s where a host group is needed, and never suggests a Peer',
  (_what, value) => {
    expectRefusal(() => checkedHostGroup(value, { prop: 'target', place: 'place' }), 'host-group-required');
    expect(() => checkedHostGroup(value, { prop: 'target', place: 'place' })).not.toThrow(/Peer\./);
  },
);

test('ipRanges of machines must be IP ranges, and not the whole internet', () => {
  expect(checkedIpRanges(range, 'place')).toBe(range);
  expect(checkedIpRanges(undefined, 'place')).toBeUndefined();
  expectRefusal(() => checkedIpRanges('10.0.0.0/8' as never, 'place'), 'peer-required');
  expectRefusal(() => checkedIpRanges('0.0.0.0/0' as never, 'place'), 'peer-required');
  expectRefusal(() => checkedIpRanges({ label: 'mine', ipRanges: [] } as never, 'place'), 'peer-required');
  expectRefusal(() => checkedIpRanges(AwsSecurityGroup.fromId('sg-01234567'), 'place'), 'ip-ranges-required');
  expectRefusal(() => checkedIpRanges(Peer.anyIpv4('all'), 'place'), 'world-not-allowed');
});

describe('suggests for text next to machines of a cloud', () => {
  const meant = (value: unknown, cloud: Cloud): [string | undefined, string | undefined] => {
    const where = { prop: 'source', place: 'place', clouds: () => [cloud] };
    return [suggestionOf(() => checkedPeer(value, where)), suggestionOf(() => checkedHostGroup(value, where))];
  };
  const [ANY_PEER, ANY_GROUP] = [
    'Peer.cidr(...), or a host group such as AwsSecurityGroup.fromId(id)',
    'AwsSecurityGroup.fromId(id) or ExternalHosts.named(name, ...ranges)',
  ];
  const fromId = (id: string): string => `AwsSecurityGroup.fromId("${id}")`;
  const named = (text: string): [string, string] => [
    `Peer.named("${text}", ...ranges)`,
    `ExternalHosts.named("${text}", ...ranges)`,
  ];

  test.each<[string, string, [string, string]]>([
    ['a group', 'sg-01234567', [fromId('sg-01234567'), fromId('sg-01234567')]],
    ['a group of 17 digits', 'sg-0123456789abcdef0', [fromId('sg-0123456789abcdef0'), fromId('sg-0123456789abcdef0')]],
    ['a group of 9 digits', 'sg-012345678', [ANY_PEER, ANY_GROUP]],
    ['a letter before a group', 'xsg-01234567', [named('xsg-01234567')[0], ANY_GROUP]],
    ['a list', 'pl-01234567', ['AwsPrefixList.fromId("pl-01234567", { maxEntries })', ANY_GROUP]],
    ['a list of 1 digit', 'pl-0', [ANY_PEER, ANY_GROUP]],
    ['a list of 9 digits', 'pl-012345678', [ANY_PEER, ANY_GROUP]],
    ['a list of other letters', 'pl-ghijklmn', [ANY_PEER, ANY_GROUP]],
    ['a letter before a list', 'xpl-01234567', [named('xpl-01234567')[0], ANY_GROUP]],
    ['a name that begins with a space', ' dmz', named(' dmz')],
    ['a name with a space', 'the dmz', named('the dmz')],
    ['only spaces', '  ', [ANY_PEER, ANY_GROUP]],
  ])('%s on AWS', (_what, text, expected) => {
    expect(meant(text, Cloud.AWS)).toEqual(expected);
  });

  test.each<[string, string, string | undefined]>([
    ['a letter', 'a', 'firewall.networkTag("a")'],
    ['an account', 'a@b.iam.gserviceaccount.com', 'firewall.serviceAccount("a@b.iam.gserviceaccount.com")'],
    ['a member of a policy', 'serviceAccount:a@b.iam.gserviceaccount.com', undefined],
    ['an account with text after it', 'a@b.iam.gserviceaccount.com.old', undefined],
  ])('%s on GCP', (_what, text, call) => {
    expect(meant(text, Cloud.GCP)).toEqual(call === undefined ? named(text) : [call, call]);
  });

  test('a list with one peer that rules of the cloud cannot select', () => {
    expect(meant([range, tag], Cloud.AWS)).toEqual([ANY_PEER, ANY_GROUP]);
    expect(meant([range, range], Cloud.AWS)).toEqual(['Peer.anyOf(...)', ANY_GROUP]);
  });

  test('a resource that is not a security group', () => {
    expect(meant(new VpcSecurityGroupIngressRule(stack, 'rule', RULE), Cloud.AWS)).toEqual([ANY_PEER, ANY_GROUP]);
    expect(meant(new SecurityGroup(stack, 'another', {}), Cloud.AWS)).toEqual(Array(2).fill(fromResource));
  });

  test('anything, next to machines of two clouds', () => {
    const where = { prop: 'source', place: 'place', clouds: () => [Cloud.AWS, Cloud.GCP] };
    expect(suggestionOf(() => checkedPeer(7, where))).toBe('Peer.cidr(...)');
    expect(suggestionOf(() => checkedPeer(token, where))).toBe('Peer.cidr(...)');
    expect(suggestionOf(() => checkedHostGroup(7, where))).toBe('ExternalHosts.named(name, ...ranges)');
  });
});
