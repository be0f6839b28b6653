import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { TerraformVariable } from 'cdktf';
import { AwsSecurityGroup, GcpFirewall } from '../../lib';
import { checkedHostGroup, checkedPeer, checkedIpRanges } from '../../lib/access/checked-ends';
import { Peer } from '../../lib/access/peer';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

const range = Peer.cidr('10.0.0.0/8');
const tag = new GcpFirewall({ network: 'prod' }).networkTag('web');
const stack = newStack();

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
