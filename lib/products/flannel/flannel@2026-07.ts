// Generated from flannel@2026-07.yaml by `npm run products`. Change that file.
import { AddressFamily, Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = { node: { id: 'node', title: 'all hosts participating in the overlay network' } };

const ROWS = {
  vxlan: {
    name: 'vxlan',
    port: Port.udp(8472),
    description: 'UDP port to use for sending encapsulated packets',
    section: 'VXLAN',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { 'backend-type': ['vxlan'], windows: ['false'] },
  },
  'vxlan-windows': {
    name: 'vxlan-windows',
    port: Port.udp(4789),
    description: 'UDP port to use for sending encapsulated packets',
    section: 'VXLAN',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { 'backend-type': ['vxlan'], windows: ['true'] },
  },
  wireguard: {
    name: 'wireguard',
    port: Port.udp(51820),
    description: 'The udp port to listen on',
    section: 'WireGuard',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { 'backend-type': ['wireguard'] },
  },
  'wireguard-v6': {
    name: 'wireguard-v6',
    port: Port.udp(51821),
    description: 'The udp port to listen on for ipv6',
    section: 'WireGuard',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    family: AddressFamily.IPV6,
    internal: true,
    when: { 'backend-type': ['wireguard'] },
  },
  udp: {
    name: 'udp',
    port: Port.udp(8285),
    description: 'UDP port to use for sending encapsulated packets',
    section: 'UDP',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { 'backend-type': ['udp'] },
  },
  ipip: {
    name: 'ipip',
    port: Port.ip(4),
    description: 'Use in-kernel IPIP to encapsulate the packets',
    section: 'IPIP',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { 'backend-type': ['ipip'] },
  },
  'ipsec-esp': {
    name: 'ipsec-esp',
    port: Port.ip(50),
    description: 'Open ports 50 (for ESP protocol)',
    section: 'IPSec',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { 'backend-type': ['ipsec'] },
  },
  'ipsec-ike': {
    name: 'ipsec-ike',
    port: Port.udp(500),
    description: 'UDP 500 (for IKE, to manage encryption keys)',
    section: 'IPSec',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { 'backend-type': ['ipsec'] },
  },
  'ipsec-nat-t': {
    name: 'ipsec-nat-t',
    port: Port.udp(4500),
    description: 'UDP 4500 (for IPSEC NAT-Traversal mode)',
    section: 'IPSec',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { 'backend-type': ['ipsec'] },
  },
};

export const FLANNEL_2026_07: PortTable = {
  id: 'flannel',
  product: 'Flannel',
  title: 'Backends',
  reference:
    'https://github.com/flannel-io/flannel/blob/cdf760595c23292fd03ff4daf03638ac1ceef417/Documentation/backends.md',
  edition: '2026-07',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The page does not say which hosts send. The page Troubleshooting says all hosts participating in the overlay network, for the backends udp and vxlan.',
      decision: 'Every host with every other, for every backend.',
    },
    {
      finding:
        'On Linux the port of VXLAN is 8472, on Windows it must be 4789. The page Troubleshooting has only 8472.',
      decision:
        'VXLAN has one port in a network, so a cluster with Windows nodes uses 4789 on all of them. Set the option windows.',
      rows: ['vxlan', 'vxlan-windows'],
    },
    { finding: '"Ports 50 (for ESP protocol)" is IP protocol 50.', decision: 'ESP has no ports.', rows: ['ipsec-esp'] },
    { finding: 'The number of the protocol IPIP is not given.', decision: 'IP protocol 4.', rows: ['ipip'] },
    {
      finding: 'In the WireGuard modes auto, ipv4 and ipv6 there is one tunnel for both address families.',
      decision: 'The row of IPv6 is for the mode separate, which is the default. Omit it in the other modes.',
      rows: ['wireguard-v6'],
    },
    {
      finding:
        'The values of the chart have 51821 as the default of WireGuard, the page has 51820, and 51821 for IPv6.',
      decision: 'As the page has it.',
      rows: ['wireguard', 'wireguard-v6'],
    },
    {
      finding:
        'The backend host-gw needs connectivity at layer 2, but no port. The page Troubleshooting also asks that traffic from the pod network reaches the master, without a port.',
      decision: 'Not rows, and host-gw is not a choice, because there is nothing to open.',
    },
  ],
  options: [
    {
      id: 'backend-type',
      title: 'The backend of Flannel',
      choices: ['vxlan', 'wireguard', 'udp', 'ipip', 'ipsec'],
      default: 'vxlan',
      section: 'Backends',
      reference:
        'https://github.com/flannel-io/flannel/blob/cdf760595c23292fd03ff4daf03638ac1ceef417/Documentation/configuration.md',
    },
    { id: 'windows', title: 'Windows nodes', default: 'false', section: 'VXLAN' },
  ],
  flows: [
    {
      source: ROLES.node,
      destination: ROLES.node,
      rows: [
        ROWS.vxlan,
        ROWS['vxlan-windows'],
        ROWS.wireguard,
        ROWS['wireguard-v6'],
        ROWS.udp,
        ROWS.ipip,
        ROWS['ipsec-esp'],
        ROWS['ipsec-ike'],
        ROWS['ipsec-nat-t'],
      ],
    },
  ],
};
