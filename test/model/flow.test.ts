import { flowKey, tableKey } from '../../lib/model/flow';
import { KUBEADM_FLANNEL } from '../../lib/catalog/kubeadm-flannel@2024-12';

test('a row is named among all rows of a construct by its roles and its name', () => {
  const flow = KUBEADM_FLANNEL.flows.find(({ source }) => source.id === 'worker')!;
  const row = flow.rows.find(({ name }) => name === 'api-server')!;
  expect(flowKey(flow, row)).toBe('worker>control-plane/api-server');
});

test('a table is named with the edition of its document, as its file is', () => {
  expect(tableKey(KUBEADM_FLANNEL)).toBe('kubeadm-flannel@2024-12');
});
