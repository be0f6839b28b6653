// Generated from kube-router@2026-08.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  node: { id: 'node', title: 'kube-router enabled nodes' },
  'bgp-peer': { id: 'bgp-peer', title: 'external BGP peers' },
};

const ROWS = {
  bgp: {
    name: 'bgp',
    port: Port.tcp(179),
    description: 'The port open for incoming BGP connections and to use for connecting with other BGP peers',
    section: 'command line options',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  ipip: {
    name: 'ipip',
    port: Port.ip(4),
    description: 'IP-in-IP tunneling is used for pod-to-pod networking across nodes in different subnets',
    impact: 'cross-subnet traffic fails',
    section: 'command line options',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { overlay: ['ipip'] },
  },
  fou: {
    name: 'fou',
    port: Port.udp(5555),
    description: 'Overlay tunnel encapsulation port (only used for fou encapsulation)',
    section: 'command line options',
    protocolBasis: Basis.FLAGS,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { overlay: ['fou'] },
  },
  'bgp-2': {
    name: 'bgp',
    port: Port.tcp(179),
    description: 'The remote port of the external BGP to which all nodes will peer',
    section: 'command line options',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.FLAGS,
    level: PortLevel.HOST,
    internal: true,
    when: { 'external-peers': ['true'] },
  },
  bfd: {
    name: 'bfd',
    port: Port.udp(3784),
    description: 'UDP port for BFD control packets',
    section: 'command line options',
    protocolBasis: Basis.FLAGS,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { bfd: ['true'] },
  },
  'bfd-2': {
    name: 'bfd',
    port: Port.udp(3784),
    description: 'UDP port for BFD control packets',
    section: 'command line options',
    protocolBasis: Basis.FLAGS,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const KUBE_ROUTER_2026_08: PortTable = {
  id: 'kube-router',
  product: 'kube-router',
  title: 'User Guide: command line options',
  reference:
    'https://github.com/cloudnativelabs/kube-router/blob/7c2c2779e397b15b85dc5fd2b6e6ff2c64c38596/docs/user-guide.md',
  edition: '2026-08',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'kube-router has no page of ports. Numbers are defaults of flags, most of them without a protocol.',
      decision: 'The basis is flags, or inferred where a flag has no protocol.',
      rows: ['bgp', 'fou', 'bfd'],
    },
    {
      finding:
        'IP-in-IP is used only between nodes of different subnets, unless overlay-type is full. Its protocol number is on the page Troubleshooting.',
      decision: 'IP protocol 4, opened between all nodes.',
      rows: ['ipip'],
    },
    {
      finding:
        'Each node peers with the rest of the nodes by default. Sessions with external peers are described from the side of the nodes.',
      decision: 'Opened between all nodes, and from nodes to external peers.',
      rows: ['bgp'],
    },
    {
      finding: 'BFD is documented for external peers, without a direction. Both ends of a BFD session send.',
      decision: 'Opened in both directions.',
      rows: ['bfd'],
    },
    {
      finding: 'The health check (20244) is for the kubelet of the same node, and metrics have no port by default.',
      decision: 'Not rows.',
    },
    {
      finding: 'The range of NodePort Services (30000-32767) is a flag of kube-router too.',
      decision: 'Not a row, because clients of Services are not documented here.',
    },
  ],
  options: [
    {
      id: 'overlay',
      title: 'The encapsulation of the overlay network, or none without overlay',
      choices: ['ipip', 'fou', 'none'],
      default: 'ipip',
      section: 'command line options',
    },
    {
      id: 'external-peers',
      title: 'Peering with external BGP peers',
      default: 'false',
      section: 'command line options',
    },
    { id: 'bfd', title: 'BFD for external BGP peers', default: 'false', section: 'command line options' },
  ],
  flows: [
    { source: ROLES.node, destination: ROLES.node, rows: [ROWS.bgp, ROWS.ipip, ROWS.fou] },
    { source: ROLES.node, destination: ROLES['bgp-peer'], rows: [ROWS['bgp-2'], ROWS.bfd] },
    { when: { bfd: ['true'] }, source: ROLES['bgp-peer'], destination: ROLES.node, rows: [ROWS['bfd-2']] },
  ],
};
