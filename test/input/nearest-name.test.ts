import { nearestName } from '../../lib/input/refusal';

const NAMES = ['api-server', 'flannel-udp', 'flannel-vxlan', 'kubelet', 'etcd'];

test.each([
  ['kubelett', 'kubelet'],
  ['kublet', 'kubelet'],
  ['etdc', 'etcd'],
  ['apiserver', 'api-server'],
  ['flannel-vlan', 'flannel-vxlan'],
])('reads %s as %s', (name, nearest) => {
  expect(nearestName(name, NAMES)).toBe(nearest);
});

test('accepts differences in up to half of the letters of a long name, and in two of a short one', () => {
  expect(nearestName('manage-console', ['management-console'])).toBe('management-console');
  expect(nearestName('msole', ['management-console'])).toBeUndefined();
  expect(nearestName('ui', ['api'])).toBe('api');
  expect(nearestName('xyz', ['api'])).toBeUndefined();
});

test('finds nothing if no name is near', () => {
  expect(nearestName('postgresql-replication', NAMES)).toBeUndefined();
  expect(nearestName('kubelet', [])).toBeUndefined();
  expect(nearestName('<<', ['id', 'title'])).toBeUndefined();
});
