import { AwsSecurityGroup, Cloud, ExternalHosts, GcpFirewall, HostGroup, NetworkZone, Peer } from '../../lib';
import { isHostGroup } from '../../lib/access';
import { expectRefusal } from '../support/refusals';

const firewall = new GcpFirewall({ network: 'prod' });
const [server, agent, storage] = ['server', 'agent', 'storage'].map((tag) => firewall.networkTag(tag));
const aws = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
const [web, db] = [ExternalHosts.named('web', '10.8.0.0/28'), ExternalHosts.named('db', '10.9.0.0/28')];

test('is a host group of the same cloud that names each of its members', () => {
  const nodes = HostGroup.anyOf(server, agent);
  expect(isHostGroup(nodes)).toBe(true);
  expect(nodes).toMatchObject({ cloud: Cloud.GCP, label: 'network tag server, network tag agent', ipRanges: [] });
});

test('takes the members of another one by one', () => {
  const nodes = HostGroup.anyOf(HostGroup.anyOf(server, HostGroup.anyOf(agent)), storage);
  expect(nodes.label).toBe('network tag server, network tag agent, network tag storage');
  expect(Peer.anyOf(nodes, Peer.cidr('10.0.0.0/8')).label).toBe(`${nodes.label}, 10.0.0.0/8`);
});

test('has the IP ranges of external hosts', () => {
  const external = HostGroup.anyOf(web, db.inZone(NetworkZone.PRIVATE));
  expect(external).toMatchObject({ cloud: Cloud.EXTERNAL, ipRanges: ['10.8.0.0/28', '10.9.0.0/28'] });
});

test.each<[what: string, groups: unknown[], code: string]>([
  ['no host group', [], 'ranges-missing'],
  ['host groups of two clouds', [server, aws], 'clouds-mixed'],
  ['external hosts beside machines of a cloud', [aws, web], 'clouds-mixed'],
  ['the same host group twice', [server, agent, server], 'host-group-twice'],
  ['the same host group within another', [HostGroup.anyOf(server, agent), agent], 'host-group-twice'],
  ['a peer', [server, Peer.cidr('10.0.0.0/8')], 'host-group-required'],
  ['a list', [[server, agent]], 'host-group-required'],
  ['nothing', [undefined], 'host-group-required'],
])('fails for %s', (_what, groups, code) => {
  expectRefusal(() => HostGroup.anyOf(...(groups as never[])), code);
});
