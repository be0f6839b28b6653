import { KUBEADM_FLANNEL_2024_12 as KUBEADM_FLANNEL } from '../../lib/products/kubeadm/kubeadm-flannel@2024-12';
import { flowKey, tableKey } from '../../lib/tables/port-table';

test('the key of a row within a construct has its roles and its name', () => {
  const flow = KUBEADM_FLANNEL.flows.find(({ source }) => source.id === 'worker')!;
  const row = flow.rows.find(({ name }) => name === 'api-server')!;
  expect(flowKey(flow, row)).toBe('worker>control-plane/api-server');
});

test('the key of a table ends with the edition of its document, like the name of its file', () => {
  expect(tableKey(KUBEADM_FLANNEL)).toBe('kubeadm-flannel@2024-12');
});
