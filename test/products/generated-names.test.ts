import { checkNames, className } from '../../scripts/products/names';
import { Port } from '../../lib/net';
import { Basis, type PortTable } from '../../lib/tables';

/** A table with one row from a role of this id, and one option of this id. */
function tableOf(role: string, option: string, rest: Partial<PortTable> = {}): PortTable {
  const row = { name: 'api', port: Port.tcp(443), description: 'API', section: 'Ports', protocolBasis: Basis.TABLE };
  const server = { id: 'server', title: 'server' };
  return {
    id: 'product',
    title: 'Ports',
    reference: 'https://docs.example.com/ports',
    edition: '2026-11',
    comparedOn: '2026-11-28',
    options: [{ id: option, title: 'option', default: 'false', section: 'Ports' }],
    flows: [{ source: { id: role, title: role }, destination: server, rows: [row] }],
    ...rest,
  };
}

test.each<[what: string, editions: PortTable[], message: string]>([
  [
    'a role and an option of one id',
    [tableOf('prometheus', 'prometheus')],
    'product@2026-11.yaml: option prometheus must have a different id than the role prometheus, such as with-prometheus',
  ],
  [
    'a role with the id of a shared prop',
    [tableOf('ports', 'metrics')],
    'product@2026-11.yaml: ports must have a different id, because every construct has the prop ports',
  ],
  [
    'an option with the id of a shared prop',
    [tableOf('client', 'edition')],
    'product@2026-11.yaml: edition must have a different id, because every construct has the prop edition',
  ],
  [
    'editions whose products have different names',
    [
      tableOf('client', 'metrics', { id: 'openshift', product: 'OpenShift' }),
      tableOf('client', 'metrics', { id: 'openshift', product: 'Openshift', edition: '2026-12' }),
    ],
    'openshift@2026-12.yaml: product must be "OpenShift", as in openshift@2026-11.yaml',
  ],
])('refuses %s', (_what, editions, message) => {
  expect(() => checkNames(editions)).toThrow(message);
});

test.each([
  ['rke2', 'RKE2', 'Rke2Rules'],
  ['openshift', 'OpenShift Container Platform', 'OpenShiftRules'],
  ['cert-manager', 'cert-manager', 'CertManagerRules'],
  ['rancher-custom-nodes', 'Rancher', 'RancherCustomNodesRules'],
  ['eks', 'Amazon EKS', 'EksRules'],
  ['k3s', 'K3s', 'K3sRules'],
])('the construct of %s, %s, is %s', (id, product, name) => {
  expect(className({ id, product })).toBe(name);
});
