// Generated from rancher-hostnames@2026-07.hostnames.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, type HostnameTable } from '../../tables';

export const RANCHER_HOSTNAMES_2026_07: HostnameTable = {
  id: 'rancher-hostnames',
  product: 'Rancher',
  title: 'Port Requirements: Rancher Nodes',
  reference:
    'https://github.com/rancher/rancher-product-docs/blob/1c37476ad984e39a903eca3fd02bf6c73271abee/versions/v2.15/modules/en/pages/installation-and-upgrade/requirements/port-requirements.adoc',
  edition: '2026-07',
  checkedFor: ['rancher 2.15'],
  comparedOn: '2026-11-29',
  discrepancies: [
    {
      finding:
        'The outbound rules are for Rancher server nodes on K3s and in Docker; for RKE2 the page says that all outbound traffic is typically allowed.',
      decision: 'One table, whose row is the same for K3s and Docker.',
    },
    {
      finding: 'The page lists no registries, chart repositories or mirrors from which Rancher is installed.',
      decision: 'Not rows.',
    },
  ],
  hostnames: [
    {
      name: 'catalog',
      hostname: 'git.rancher.io',
      section: 'Outbound Rules for Rancher Nodes',
      remark: 'Rancher catalog',
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
    },
  ],
};
