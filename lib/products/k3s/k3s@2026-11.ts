// Generated from k3s@2026-11.yaml by `npm run products`. Change that file.
import { AddressFamily, Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = { server: { id: 'server', title: 'Servers' }, agent: { id: 'agent', title: 'Agents' } };

const ROWS = {
  etcd: {
    name: 'etcd',
    port: Port.tcpRange(2379, 2380),
    description: 'Required only for HA with embedded etcd',
    section: 'Inbound Rules for K3s Nodes',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
    when: { 'embedded-etcd': ['true'] },
  },
  'api-server': {
    name: 'api-server',
    port: Port.tcp(6443),
    description: 'The K3s server needs port 6443 to be accessible by all nodes',
    section: 'Networking',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
  },
  'flannel-vxlan': {
    name: 'flannel-vxlan',
    port: Port.udp(8472),
    description: 'Required only for Flannel VXLAN',
    section: 'Inbound Rules for K3s Nodes',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
    when: { 'flannel-backend': ['vxlan'] },
  },
  kubelet: {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'Kubelet metrics and API',
    section: 'Inbound Rules for K3s Nodes',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'flannel-wireguard': {
    name: 'flannel-wireguard',
    port: Port.udp(51820),
    description: 'Required only for Flannel Wireguard with IPv4',
    section: 'Inbound Rules for K3s Nodes',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    family: AddressFamily.IPV4,
    internal: true,
    when: { 'flannel-backend': ['wireguard-native'] },
  },
  'flannel-wireguard-v6': {
    name: 'flannel-wireguard-v6',
    port: Port.udp(51821),
    description: 'Required only for Flannel Wireguard with IPv6',
    section: 'Inbound Rules for K3s Nodes',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    family: AddressFamily.IPV6,
    internal: true,
    when: { 'flannel-backend': ['wireguard-native'] },
  },
  spegel: {
    name: 'spegel',
    port: Port.tcp(5001),
    description: 'Required only for embedded distributed registry (Spegel)',
    section: 'Inbound Rules for K3s Nodes',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
    when: { 'embedded-registry': ['true'] },
  },
  'spegel-registry': {
    name: 'spegel-registry',
    port: Port.tcp(6443),
    description: 'Required only for embedded distributed registry (Spegel)',
    section: 'Inbound Rules for K3s Nodes',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
    when: { 'embedded-registry': ['true'] },
  },
  'api-server-2': {
    name: 'api-server',
    port: Port.tcp(6443),
    description: 'K3s supervisor and Kubernetes API Server',
    section: 'Inbound Rules for K3s Nodes',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
};

export const K3S_2026_11: PortTable = {
  id: 'k3s',
  product: 'K3s',
  title: 'Requirements: Inbound Rules for K3s Nodes',
  reference:
    'https://github.com/k3s-io/docs/blob/005d295410cd2ed4539880c00e0cd3fa62f1b64d/docs/installation/requirements.md',
  edition: '2026-11',
  comparedOn: '2026-11-28',
  discrepancies: [
    { finding: 'The page has no date.', decision: 'The edition is the month in which the table was compared.' },
    {
      finding: 'The table gives 6443/tcp only from agents; a sentence of the same page says that all nodes need it.',
      decision: 'It is opened between servers too.',
      rows: ['api-server'],
    },
    {
      finding: 'A sentence says that 10250/tcp is needed only for the metrics server; the table has no condition.',
      decision: 'The table decides.',
      rows: ['kubelet'],
    },
    {
      finding: 'A sentence says that nodes should not listen on other ports than those of Flannel; the table has more.',
      decision: 'The table decides.',
      rows: ['kubelet', 'spegel', 'spegel-registry'],
    },
    {
      finding:
        'The row of the embedded registry gives 6443/tcp between all nodes, which are partly those of the API server.',
      decision: 'Between the same machines, one rule is opened for both rows.',
      rows: ['spegel-registry', 'api-server'],
    },
    {
      finding:
        'The commands for firewalld and ufw open only 6443/tcp and trust the IP ranges of pods and services (10.42.0.0/16, 10.43.0.0/16), which the table leaves out.',
      decision: "Not part of the table. The IP ranges of pods are the user's.",
    },
    {
      finding: 'Clients of the API server, NodePort Services and the packaged ingress controller are not in the table.',
      decision: 'Not documented.',
    },
  ],
  options: [
    { id: 'embedded-etcd', title: 'High availability with embedded etcd', default: 'false', section: 'Networking' },
    {
      id: 'flannel-backend',
      title: 'The Flannel backend, or none for a CNI plugin of your own',
      choices: ['vxlan', 'host-gw', 'wireguard-native', 'none'],
      default: 'vxlan',
      section: 'Flannel Options',
      reference:
        'https://github.com/k3s-io/docs/blob/0f7f1b2f1e8dce1d79f0f57baa53f1e0bad98cb6/docs/networking/basic-network-options.md',
    },
    {
      id: 'embedded-registry',
      title: 'Embedded distributed registry (Spegel)',
      default: 'false',
      section: 'Inbound Rules for K3s Nodes',
    },
  ],
  flows: [
    {
      source: ROLES.server,
      destination: ROLES.server,
      rows: [
        ROWS.etcd,
        ROWS['api-server'],
        ROWS['flannel-vxlan'],
        ROWS.kubelet,
        ROWS['flannel-wireguard'],
        ROWS['flannel-wireguard-v6'],
        ROWS.spegel,
        ROWS['spegel-registry'],
      ],
    },
    {
      source: ROLES.agent,
      destination: ROLES.server,
      rows: [
        ROWS['api-server-2'],
        ROWS['flannel-vxlan'],
        ROWS.kubelet,
        ROWS['flannel-wireguard'],
        ROWS['flannel-wireguard-v6'],
        ROWS.spegel,
        ROWS['spegel-registry'],
      ],
    },
    {
      source: ROLES.server,
      destination: ROLES.agent,
      rows: [
        ROWS['flannel-vxlan'],
        ROWS.kubelet,
        ROWS['flannel-wireguard'],
        ROWS['flannel-wireguard-v6'],
        ROWS.spegel,
        ROWS['spegel-registry'],
      ],
    },
    {
      source: ROLES.agent,
      destination: ROLES.agent,
      rows: [
        ROWS['flannel-vxlan'],
        ROWS.kubelet,
        ROWS['flannel-wireguard'],
        ROWS['flannel-wireguard-v6'],
        ROWS.spegel,
        ROWS['spegel-registry'],
      ],
    },
  ],
};
