// Generated from submariner@2023-09.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'remote-gateway': { id: 'remote-gateway', title: 'gateway nodes of the other clusters' },
  gateway: { id: 'gateway', title: 'gateway nodes' },
  node: { id: 'node', title: 'worker and master nodes' },
};

const ROWS = {
  encapsulation: {
    name: 'encapsulation',
    port: Port.udp(4500),
    description: 'The default encapsulation port',
    section: 'Prerequisites',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'nat-discovery': {
    name: 'nat-discovery',
    port: Port.udp(4490),
    description: 'NAT Traversal discovery port',
    section: 'Prerequisites',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  esp: {
    name: 'esp',
    port: Port.ip(50),
    description: 'ensure that firewall configuration allows ESP protocol on the gateway nodes',
    section: 'Prerequisites',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { nat: ['false'] },
  },
  vxlan: {
    name: 'vxlan',
    port: Port.udp(4800),
    description: 'to encapsulate Pod traffic from worker and master nodes to the Gateway nodes',
    section: 'Prerequisites',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const SUBMARINER_2023_09: PortTable = {
  id: 'submariner',
  product: 'Submariner',
  title: 'Getting Started: Prerequisites',
  reference:
    'https://github.com/submariner-io/submariner-website/blob/d991efab4d9a040d8e168061a61c2324519ca13f/src/content/getting-started/_index.en.md',
  edition: '2023-09',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'Gateways need at least one-way connectivity to each other.',
      decision:
        'Opened to the gateway nodes of one cluster. For the other direction, open the table for the other cluster.',
      rows: ['encapsulation', 'nat-discovery', 'esp'],
    },
    {
      finding: 'The ports of gateways can be changed per cluster and per gateway.',
      decision: 'The defaults. The prop ports moves them.',
      rows: ['encapsulation', 'nat-discovery'],
    },
    {
      finding:
        'The guide for GKE opens 500/udp, 4500/udp and 4800/udp and not 4490/udp; the guide for vSphere uses 501/udp and 4501/udp.',
      decision: 'The prerequisites decide.',
      rows: ['encapsulation', 'nat-discovery'],
    },
    {
      finding:
        'The prerequisites have ESP in addition to 4500/udp. The page on NAT traversal says that ESP is used whenever possible.',
      decision: '4500/udp is open with ESP too.',
      rows: ['encapsulation', 'esp'],
    },
    {
      finding:
        'Every cluster must reach the API server of the broker, and gateways find their public IP by HTTPS. Both are without a port.',
      decision: 'Not rows.',
    },
  ],
  options: [
    {
      id: 'nat',
      title: 'NAT between the gateway nodes; false if they are directly reachable over their private IPs',
      default: 'true',
      section: 'join flags (IPsec)',
      reference:
        'https://github.com/submariner-io/submariner-website/blob/d991efab4d9a040d8e168061a61c2324519ca13f/src/content/operations/deployment/subctl/_index.en.md',
    },
    { id: 'ovn-kubernetes', title: 'OVN-Kubernetes is the CNI', default: 'false', section: 'Prerequisites' },
  ],
  flows: [
    {
      source: ROLES['remote-gateway'],
      destination: ROLES.gateway,
      rows: [ROWS.encapsulation, ROWS['nat-discovery'], ROWS.esp],
    },
    { when: { 'ovn-kubernetes': ['false'] }, source: ROLES.node, destination: ROLES.node, rows: [ROWS.vxlan] },
    { when: { 'ovn-kubernetes': ['false'] }, source: ROLES.node, destination: ROLES.gateway, rows: [ROWS.vxlan] },
    { when: { 'ovn-kubernetes': ['false'] }, source: ROLES.gateway, destination: ROLES.node, rows: [ROWS.vxlan] },
    { when: { 'ovn-kubernetes': ['false'] }, source: ROLES.gateway, destination: ROLES.gateway, rows: [ROWS.vxlan] },
  ],
};
