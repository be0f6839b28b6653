import { KubeadmFlannelClusterRules, LinuxHosts, NetworkZone } from '../../../lib';
import { newStack } from '../../support/clouds';
import { expectRefusal, resourcesOf } from '../../support/refusals';
import { readBack } from '../../support/traced';

test('are external hosts whose own firewall the user manages', () => {
  const stack = newStack();
  const hosts = LinuxHosts.named('servers', '10.8.0.0/28', '2001:db8::/64');
  const { flows } = new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane: hosts, workers: hosts });
  expect({ cloud: hosts.cloud, label: hosts.label, ipRanges: hosts.ipRanges }).toEqual({
    cloud: 'external',
    label: 'servers',
    ipRanges: ['10.8.0.0/28', '2001:db8::/64'],
  });
  expect(flows.every(({ external }) => external)).toBe(true);
  expect(resourcesOf(stack)).toEqual({});
  const [{ source }] = readBack(stack).flows;
  expect(source).toMatchObject({ label: 'servers', external: true, hasHostFirewall: true });
});

test('stay Linux machines in a network zone', () => {
  const stack = newStack();
  const hosts = LinuxHosts.named('servers', '10.8.0.0/28').inZone(NetworkZone.PRIVATE);
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane: hosts, workers: hosts });
  const [{ source }] = readBack(stack).flows;
  expect(source).toMatchObject({ zones: ['private'], hasHostFirewall: true });
});

test('are read-only and can be extended, as jsii requires', () => {
  const hosts = LinuxHosts.named('servers', '10.8.0.0/28');
  expect(() => Object.assign(hosts, { label: '' })).toThrow(TypeError);
  expect(Object.isExtensible(hosts)).toBe(true);
});

test.each<[string, unknown, string[], string]>([
  ['no range', 'servers', [], 'ranges-missing'],
  ['no name', undefined, ['10.8.0.0/28'], 'text-required'],
  ['host bits', 'servers', ['10.8.0.1/28'], 'range-with-host-bits'],
  ['the whole internet', 'servers', ['0.0.0.0/0'], 'world-not-allowed'],
])('fail for %s', (_what, name, ranges, code) => {
  expectRefusal(() => LinuxHosts.named(name as string, ...ranges), code);
});

test('fail for a zone that does not exist', () => {
  expectRefusal(() => LinuxHosts.named('servers', '10.8.0.0/28').inZone('dmz' as never), 'zone-invalid');
});
