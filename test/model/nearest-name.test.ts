import { nearestName } from '../../lib/model/nearest-name';

const NAMES = ['api-server', 'flannel-udp', 'flannel-vxlan', 'kubelet', 'etcd'];

test.each([
  ['kubelett', 'kubelet'],
  ['kublet', 'kubelet'],
  ['etdc', 'etcd'],
  ['apiserver', 'api-server'],
  ['flannel-vlan', 'flannel-vxlan'],
])('takes %s for %s', (name, nearest) => {
  expect(nearestName(name, NAMES)).toBe(nearest);
});

test('a long name may differ in up to half of its letters, and a short one in two', () => {
  expect(nearestName('manage-console', ['management-console'])).toBe('management-console');
  expect(nearestName('msole', ['management-console'])).toBeUndefined();
  expect(nearestName('ui', ['api'])).toBe('api');
  expect(nearestName('xyz', ['api'])).toBeUndefined();
});

test('finds nothing where nothing is near', () => {
  expect(nearestName('postgresql-replication', NAMES)).toBeUndefined();
  expect(nearestName('kubelet', [])).toBeUndefined();
  expect(nearestName('<<', ['id', 'title'])).toBeUndefined();
});
