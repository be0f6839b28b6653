import { AwsPeer } from '../../lib/aws/aws-peer';
import { AwsSecurityGroup } from '../../lib/aws/aws-security-group';
import { ExternalHosts } from '../../lib/external/external-hosts';
import { GcpFirewall } from '../../lib/gcp/gcp-firewall';
import { isHostGroup, isPeer } from '../../lib/model/host-group';
import { Peer } from '../../lib/model/peer';

const GROUPS = [
  new GcpFirewall({ network: 'prod' }).networkTag('web'),
  AwsSecurityGroup.fromId('sg-0123456789abcdef0'),
  ExternalHosts.named('stores', '10.8.0.0/28'),
];
const PEERS = [Peer.cidr('10.0.0.0/8'), AwsPeer.securityGroup('123456789012/sg-0123456789abcdef0')];
const OTHERS = [undefined, null, '10.0.0.0/8', 5, {}, [], { _openIngress: true }, () => 1];

test('rules can be made for host groups alone', () => {
  expect(GROUPS.map(isHostGroup)).toEqual([true, true, true]);
  expect(PEERS.map(isHostGroup)).toEqual([false, false]);
  expect(OTHERS.map(isHostGroup)).toEqual(OTHERS.map(() => false));
});

test('peers and host groups can stand at the far end of a flow, and nothing else', () => {
  expect([...GROUPS, ...PEERS].map(isPeer)).toEqual([true, true, true, true, true]);
  expect(OTHERS.map(isPeer)).toEqual(OTHERS.map(() => false));
});
