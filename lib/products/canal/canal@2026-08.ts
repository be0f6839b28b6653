// Generated from canal@2026-08.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = { node: { id: 'node', title: 'nodes' } };

const ROWS = {
  'flannel-vxlan': {
    name: 'flannel-vxlan',
    port: Port.udp(8472),
    description: 'Flannel network configuration: Backend, Type: vxlan',
    section: 'net-conf.json',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const CANAL_2026_08: PortTable = {
  id: 'canal',
  product: 'Canal',
  title: 'manifests/canal.yaml',
  reference:
    'https://github.com/projectcalico/calico/blob/87c15906f20c4ca1fda55af92295e7678b0cc0b2/manifests/canal.yaml',
  edition: '2026-08',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'Canal has no page of ports. The manifest runs Flannel with VXLAN and sets no port. The documents of Flannel have 8472/udp on Linux (https://github.com/flannel-io/flannel/blob/cdf760595c23292fd03ff4daf03638ac1ceef417/Documentation/backends.md).',
      decision: '8472/udp.',
      rows: ['flannel-vxlan'],
    },
    {
      finding: 'The requirements of Calico, to which the page of Canal refers, print 4789/udp for flannel networking.',
      decision: 'Not a row, because the manifest does not set that port, and RKE2 documents 8472/udp for Canal too.',
      rows: ['flannel-vxlan'],
    },
    {
      finding:
        '9099/tcp is a probe that the kubelet makes on its own node. Typha and BGP are disabled in the manifest.',
      decision: 'Not rows.',
    },
  ],
  flows: [{ source: ROLES.node, destination: ROLES.node, rows: [ROWS['flannel-vxlan']] }],
};
