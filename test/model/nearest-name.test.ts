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

test('finds nothing where nothing is near', () => {
  expect(nearestName('postgresql-replication', NAMES)).toBeUndefined();
  expect(nearestName('kubelet', [])).toBeUndefined();
});
