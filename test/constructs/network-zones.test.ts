import {
  AwsSecurityGroup,
  ControlPlaneVipRules,
  Egress,
  ExternalHosts,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  NetworkZone,
  Peer,
} from '../../lib';
import { diagramOf } from '../../lib/documents/diagram/diagram';
import { diagramDot } from '../../lib/documents/diagram/diagram-dot';
import { lint } from '../../lib/traffic/lint/lint';
import { readTerraform } from '../../lib/traffic/read/read-terraform';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';
import { readBack } from '../support/traced';

const NAMES = { vpcId: 'vpc-12345678', egress: Egress.ALL };

type Stack = ReturnType<typeof newStack>;

/** A cluster whose workers are in a zone. */
function clusterOnAws(zone?: NetworkZone): Stack {
  const stack = newStack();
  const controlPlane = new AwsSecurityGroup(stack, 'c', { ...NAMES, name: 'control-plane', zone: NetworkZone.PRIVATE });
  const workers = new AwsSecurityGroup(stack, 'w', { ...NAMES, name: 'workers', zone });
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers, workerToWorkerFlannel: false });
  return stack;
}

function findings(stack: Stack): string[] {
  const { findings: all } = lint(readTerraform(JSON.parse(JSON.stringify(stack.toTerraform())), 'cdk.tf.json'));
  return all.filter(({ code }) => code === 'public-to-internal').map(({ message }) => message.split(', and')[0]);
}

/** The resources of a stack as text, without the provenance. */
function resources(stack: Stack): string {
  return JSON.stringify((stack.toTerraform() as { resource: object }).resource);
}

test('a zone is never part of a rule', () => {
  expect(resources(clusterOnAws(NetworkZone.PUBLIC))).toBe(resources(clusterOnAws()));
});

test('pictures have a frame for each zone', () => {
  const titles = (stack: Stack): unknown[] => diagramOf(readBack(stack).flows).frames.map(({ title }) => title);
  expect(titles(clusterOnAws(NetworkZone.PUBLIC))).toEqual([
    ['AWS', 'VPC vpc-12345678', 'public network zone'],
    ['AWS', 'VPC vpc-12345678', 'private network zone'],
  ]);
  expect(titles(clusterOnAws())).toEqual([
    ['AWS', 'VPC vpc-12345678'],
    ['AWS', 'VPC vpc-12345678', 'private network zone'],
  ]);
  expect(diagramDot(diagramOf(readBack(clusterOnAws(NetworkZone.PUBLIC)).flows))).toContain('public network zone');
});

test('lint finds flows from a public zone to rows for the inside of a cluster', () => {
  // the API server may be public, so its row is not internal
  expect(findings(clusterOnAws(NetworkZone.PUBLIC)).sort()).toEqual(
    ['8285/udp', '8472/udp'].map((port) => `it opens ${port} to security group workers in the public network zone`),
  );
  expect(findings(clusterOnAws(NetworkZone.PRIVATE))).toEqual([]);
  expect(findings(clusterOnAws())).toEqual([]);
});

test('lint finds a request to the firewall team, at the construct that asks', () => {
  const stack = newStack();
  const controlPlane = ExternalHosts.named('masters', '10.1.0.0/29');
  const workers = ExternalHosts.named('workers', '10.1.1.0/24').inZone(NetworkZone.PUBLIC);
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers, workerToWorkerFlannel: false });
  const asks = (port: string): string =>
    `it asks the firewall team to open ${port} to workers in the public network zone`;
  expect(findings(stack)).toEqual([asks('8285/udp'), asks('8472/udp')]);
});

test('GCP, existing groups, external hosts and peers take a zone too', () => {
  const stack = newStack();
  const firewall = new GcpFirewall({ network: 'prod' });
  const [controlPlane, workers] = ['c', 'w'].map((tag) => firewall.networkTag(tag, { zone: NetworkZone.PRIVATE }));
  const virtualAddress = ExternalHosts.named('vip', '10.1.0.100/32').inZone(NetworkZone.PUBLIC);
  const edge = Peer.named('edge', '203.0.113.0/28').inZone(NetworkZone.PUBLIC);
  new ControlPlaneVipRules(stack, 'vip', { virtualAddress, controlPlane, workers, loadBalancer: edge });
  const zones = readBack(stack).flows.flatMap(({ source, destination }) =>
    [source, destination].map(({ label, zones: ofPeer }) => `${label}: ${ofPeer?.join()}`),
  );
  expect([...new Set(zones)].sort()).toEqual([
    'edge: public',
    'network tag c: private',
    'network tag w: private',
    'vip: public',
  ]);
  expect(findings(stack)).toEqual(['it opens 6443/tcp to edge in the public network zone']);
});

test('a peer of several peers is in all of their zones', () => {
  const [one, other] = [NetworkZone.PRIVATE, NetworkZone.PUBLIC].map((zone, at) =>
    Peer.cidr(`10.${at}.0.0/16`).inZone(zone),
  );
  expect(Peer.anyOf(one, other)._farEnd.zones).toEqual(['private', 'public']);
  const group = AwsSecurityGroup.fromId('sg-12345678', { zone: NetworkZone.PUBLIC });
  expect(group._farEnd.hostGroups).toHaveLength(1);
});

test.each([
  ['Peer.inZone', () => Peer.cidr('10.0.0.0/8').inZone('dmz' as never)],
  ['ExternalHosts.inZone', () => ExternalHosts.named('db', '10.0.0.0/28').inZone('dmz' as never)],
  ['AwsSecurityGroup.fromId', () => AwsSecurityGroup.fromId('sg-12345678', { zone: 'dmz' as never })],
  ['AwsSecurityGroup', () => clusterOnAws('dmz' as never)],
  ['GcpFirewall.networkTag', () => new GcpFirewall({ network: 'a' }).networkTag('a', { zone: 'dmz' as never })],
])('fails for a zone that does not exist: %s', (_call, act) => {
  expectRefusal(act, 'zone-invalid');
});
