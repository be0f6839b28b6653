import { isPeer } from '../../lib/access/far-end';
import { isHostGroup } from '../../lib/access/host-group';
import { Peer } from '../../lib/access/peer';
import { AwsPeer } from '../../lib/clouds/aws/aws-peer';
import { AwsSecurityGroup } from '../../lib/clouds/aws/security-group/aws-security-group';
import { ExternalHosts } from '../../lib/clouds/external/external-hosts';
import { GcpFirewall } from '../../lib/clouds/gcp/gcp-firewall';

const GROUPS = [
  new GcpFirewall({ network: 'prod' }).networkTag('web'),
  AwsSecurityGroup.fromId('sg-0123456789abcdef0'),
  ExternalHosts.named('stores', '10.8.0.0/28'),
];
const PEERS = [Peer.cidr('10.0.0.0/8'), AwsPeer.securityGroup('sg-0123456789abcdef0', { ownerId: '123456789012' })];
const OTHERS = [undefined, null, '10.0.0.0/8', 5, {}, [], { _openIngress: true }, () => 1];

test('recognizes only host groups as host groups', () => {
  expect(GROUPS.map(isHostGroup)).toEqual([true, true, true]);
  expect(PEERS.map(isHostGroup)).toEqual([false, false]);
  expect(OTHERS.map(isHostGroup)).toEqual(OTHERS.map(() => false));
});

test('recognizes only peers and host groups as peers', () => {
  expect([...GROUPS, ...PEERS].map(isPeer)).toEqual([true, true, true, true, true]);
  expect(OTHERS.map(isPeer)).toEqual(OTHERS.map(() => false));
});
