// Generated from calico@2026-06.yaml by `npm run products`. Change that file.
import { AddressFamily, Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  node: { id: 'node', title: 'hosts with Calico networking' },
  typha: { id: 'typha', title: 'Typha agent hosts' },
  'kubernetes-api': { id: 'kubernetes-api', title: 'kube-apiserver host' },
  etcd: { id: 'etcd', title: 'etcd hosts' },
};

const ROWS = {
  bgp: {
    name: 'bgp',
    port: Port.tcp(179),
    description: 'Calico networking (BGP)',
    section: 'Network requirements',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
    when: { bgp: ['true'], encapsulation: ['ipip', 'vxlan', 'none'] },
  },
  ipip: {
    name: 'ipip',
    port: Port.ip(4),
    description: 'Calico networking with IP-in-IP enabled (default)',
    section: 'Network requirements',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
    when: { encapsulation: ['ipip'] },
  },
  vxlan: {
    name: 'vxlan',
    port: Port.udp(4789),
    description: 'Calico networking with VXLAN enabled',
    section: 'Network requirements',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
    when: { encapsulation: ['vxlan'] },
  },
  wireguard: {
    name: 'wireguard',
    port: Port.udp(51820),
    description: 'Calico networking with IPv4 WireGuard enabled',
    section: 'Network requirements',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    family: AddressFamily.IPV4,
    internal: true,
    when: { wireguard: ['true'] },
  },
  'wireguard-v6': {
    name: 'wireguard-v6',
    port: Port.udp(51821),
    description: 'Calico networking with IPv6 WireGuard enabled',
    section: 'Network requirements',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    family: AddressFamily.IPV6,
    internal: true,
    when: { wireguard: ['true'] },
  },
  'flannel-vxlan': {
    name: 'flannel-vxlan',
    port: Port.udp(4789),
    description: 'flannel networking (VXLAN)',
    section: 'Network requirements',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
    when: { encapsulation: ['flannel'] },
  },
  typha: {
    name: 'typha',
    port: Port.tcp(5473),
    description: 'Calico networking with Typha enabled',
    section: 'Network requirements',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  'api-server': {
    name: 'api-server',
    port: Port.tcp(6443),
    description: 'kube-apiserver host',
    section: 'Network requirements',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
  },
  etcd: {
    name: 'etcd',
    port: Port.tcp(2379),
    description: 'etcd datastore',
    section: 'Network requirements',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const CALICO_2026_06: PortTable = {
  id: 'calico',
  product: 'Calico',
  title: 'System requirements: Network requirements',
  reference:
    'https://github.com/tigera/docs/blob/f2a2762432b54f20274d42c67bfa828d82872498/calico/_includes/partials/_system-requirements.mdx',
  edition: '2026-06',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The table has no sources. Its connection types are Bidirectional, for all hosts, and Incoming.',
      decision:
        'Bidirectional is read as every host with every other, Incoming as from every host with Calico networking.',
      rows: ['typha', 'api-server', 'etcd'],
    },
    {
      finding: 'The document gives 443 or 6443 for the API server.',
      decision: '6443/tcp, unless the prop ports moves it.',
      rows: ['api-server'],
    },
    {
      finding: 'The document gives 4789/udp for flannel networking; Flannel itself uses 8472/udp on Linux.',
      decision: 'As the table has it. For Canal, use the table canal.',
      rows: ['flannel-vxlan'],
    },
    {
      finding:
        'The page calls only IP-in-IP a default. A different page says that BGP distributes the routes for IP-in-IP and for no encapsulation.',
      decision: 'BGP is open by default, Typha, WireGuard and etcd are not.',
      rows: ['bgp', 'typha', 'wireguard', 'wireguard-v6', 'etcd'],
    },
    {
      finding:
        'The operator always installs Typha, the manifest for up to 50 nodes does not, and the page does not say which of them is usual.',
      decision:
        'The default of the option with-typha is false, as in Felix; set it for an installation by the operator.',
      rows: ['typha'],
    },
    {
      finding:
        'On OpenStack and for hosts without Kubernetes the table has no rows for VXLAN, Typha, WireGuard and flannel, on OpenShift none for WireGuard, flannel and etcd.',
      decision: 'Do not set the options there.',
    },
    { finding: 'The ports of metrics and health checks are on other pages.', decision: 'Not rows.' },
  ],
  options: [
    {
      id: 'encapsulation',
      title:
        'How pods of different hosts reach each other; none is without encapsulation, flannel is without Calico networking',
      choices: ['ipip', 'vxlan', 'none', 'flannel'],
      default: 'ipip',
      section: 'Network requirements',
    },
    {
      id: 'bgp',
      title: 'BGP between the hosts, which distributes the routes of pods for ipip and none',
      default: 'true',
      section: 'Network requirements',
      reference:
        'https://github.com/tigera/docs/blob/f2a2762432b54f20274d42c67bfa828d82872498/calico/networking/configuring/vxlan-ipip.mdx',
    },
    { id: 'with-typha', title: 'Typha', default: 'false', section: 'Network requirements' },
    { id: 'wireguard', title: 'WireGuard', default: 'false', section: 'Network requirements' },
    {
      id: 'datastore',
      title: 'The key/value store of Calico',
      choices: ['kubernetes', 'etcd'],
      default: 'kubernetes',
      section: 'Key/value store',
    },
  ],
  flows: [
    {
      source: ROLES.node,
      destination: ROLES.node,
      rows: [ROWS.bgp, ROWS.ipip, ROWS.vxlan, ROWS.wireguard, ROWS['wireguard-v6'], ROWS['flannel-vxlan']],
    },
    { when: { 'with-typha': ['true'] }, source: ROLES.node, destination: ROLES.typha, rows: [ROWS.typha] },
    { source: ROLES.node, destination: ROLES['kubernetes-api'], rows: [ROWS['api-server']] },
    { when: { datastore: ['etcd'] }, source: ROLES.node, destination: ROLES.etcd, rows: [ROWS.etcd] },
  ],
};
