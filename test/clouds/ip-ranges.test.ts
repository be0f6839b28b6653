import {
  AwsPeer,
  AwsPrefixList,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  GcpFirewall,
  type IPeer,
  Peer,
} from '../../lib';
import { expectRefusal } from '../support/refusals';
import { newStack } from '../support/clouds';

const stack = newStack();
const ranges = Peer.cidr('10.0.0.0/24', '10.1.0.0/24');
const RANGES = ['10.0.0.0/24', '10.1.0.0/24'];
const firewall = new GcpFirewall({ network: 'prod' });
const GROUP = { name: 'nodes', vpcId: 'vpc-0123456789abcdef0', egress: Egress.DOCUMENTED };

/** The IP ranges of a peer say what a firewall of a different cloud has to allow. */
test.each<[string, IPeer, string[]]>([
  ['ranges', ranges, RANGES],
  ['an existing group', AwsSecurityGroup.fromId('sg-01234567', { ipRanges: ranges }), RANGES],
  ['an existing group without ranges', AwsSecurityGroup.fromId('sg-01234567'), []],
  ['a new group', new AwsSecurityGroup(stack, 'a', { ...GROUP, ipRanges: ranges }), RANGES],
  ['a new group without ranges', new AwsSecurityGroup(stack, 'b', { ...GROUP, name: 'other' }), []],
  ['a new prefix list', new AwsPrefixList(stack, 'list', { name: 'offices', ranges }), RANGES],
  ['an existing prefix list', AwsPrefixList.fromId('pl-01234567', { maxEntries: 2 }), []],
  ['a group of a different account', AwsPeer.securityGroup('sg-01234567', { ownerId: '123456789012' }), []],
  ['a tag', firewall.networkTag('web', { ipRanges: ranges }), RANGES],
  ['a tag without ranges', firewall.networkTag('web'), []],
  ['an account', firewall.serviceAccount('a@p.iam.gserviceaccount.com', { ipRanges: ranges }), RANGES],
  ['all instances', firewall.allInstances('one cluster'), []],
  ['external hosts', ExternalHosts.named('servers', ...RANGES), RANGES],
  [
    'a combination',
    Peer.anyOf(firewall.networkTag('web', { ipRanges: ranges }), Peer.address('203.0.113.7')),
    ['203.0.113.7/32'],
  ],
])('the ipRanges of %s', (_what, peer, expected) => {
  expect(peer.ipRanges).toEqual(expected);
});

test('a quota that AWS cannot raise any more has no suggestion to raise it', () => {
  const full = (): unknown => AwsSecurityGroup.fromId('sg-01234567', { existingRules: 1000, maxRules: 1000 });
  expectRefusal(full, 'quota-used-up');
  expect(full).not.toThrow(/did you mean/);
});
