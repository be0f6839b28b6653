// Generated from talos@1.13.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'talosctl and clients of the Kubernetes API' },
  'control-plane': { id: 'control-plane', title: 'Control plane node(s)' },
  worker: { id: 'worker', title: 'Worker node(s)' },
};

const ROWS = {
  apid: {
    name: 'apid',
    port: Port.tcp(50000),
    description: 'apid',
    section: 'Control plane node(s)',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  'api-server': {
    name: 'api-server',
    port: Port.tcp(6443),
    description: 'Kubernetes API',
    section: 'Ingress Firewall: Recommended rules, Control plane',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.HOST,
  },
  etcd: {
    name: 'etcd',
    port: Port.tcpRange(2379, 2380),
    description: 'etcd API',
    section: 'Ingress Firewall: Recommended rules, Control plane',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.HOST,
    internal: true,
  },
  kubelet: {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'kubelet',
    section: 'Ingress Firewall: Recommended rules',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.HOST,
    internal: true,
  },
  vxlan: {
    name: 'vxlan',
    port: Port.udp(4789),
    description: 'Flannel, Calico: vxlan UDP port 4789',
    impact: 'Encapsulated traffic between the nodes is blocked and Kubernetes networking does not function',
    section: 'Ingress Firewall: Recommended rules',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.HOST,
    internal: true,
    when: { cni: ['flannel', 'calico'] },
  },
  'cilium-vxlan': {
    name: 'cilium-vxlan',
    port: Port.udp(8472),
    description: 'Cilium: vxlan UDP port 8472',
    impact: 'Encapsulated traffic between the nodes is blocked and Kubernetes networking does not function',
    section: 'Ingress Firewall: Recommended rules',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.HOST,
    internal: true,
    when: { cni: ['cilium'] },
  },
  kubespan: {
    name: 'kubespan',
    port: Port.udp(51820),
    description: 'KubeSpan encrypted traffic',
    section: 'KubeSpan: Network requirements',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { kubespan: ['true'] },
  },
  trustd: {
    name: 'trustd',
    port: Port.tcp(50001),
    description: 'trustd',
    section: 'Control plane node(s)',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'apid-2': {
    name: 'apid',
    port: Port.tcp(50000),
    description: 'apid',
    section: 'Worker node(s)',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'apid-3': {
    name: 'apid',
    port: Port.tcp(50000),
    description: 'Initial configuration via talosctl',
    section: 'KubeSpan: Network requirements',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const TALOS_1_13: PortTable = {
  id: 'talos',
  product: 'Talos Linux',
  title: 'Network Connectivity; Ingress Firewall',
  reference:
    'https://github.com/siderolabs/docs/blob/5debdd92a90410bbc1b482eacb17361c0554d2ec/public/talos/v1.13/learn-more/talos-network-connectivity.mdx',
  edition: '1.13',
  checkedFor: ['talos 1.13', 'talos 1.14'],
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The port table has only the ports of Talos itself; the recommended rules of the ingress firewall add those of Kubernetes.',
      decision: 'Both are in this table, each with its own basis.',
    },
    {
      finding:
        'The recommended rules open trustd and apid of workers to the subnet of the cluster, the port table names workers and control planes as their users.',
      decision: 'The port table decides.',
      rows: ['trustd', 'apid'],
    },
    {
      finding:
        'The recommended rules open apid of control planes to every address, the port table to talosctl and control planes.',
      decision: 'The port table decides. A client is where you say.',
      rows: ['apid'],
    },
    {
      finding: 'Flannel on Talos uses 4789/udp, while Flannel itself documents 8472/udp for Linux.',
      decision: 'As Talos documents it.',
      rows: ['vxlan'],
    },
    {
      finding: 'The guide for AWS opens the port of KubeSpan by TCP, the page of KubeSpan says UDP.',
      decision: 'UDP.',
      rows: ['kubespan'],
    },
    {
      finding:
        'Only the page of KubeSpan says that workers need 50000/tcp from talosctl for their initial configuration.',
      decision: 'Opened by the option initial-configuration.',
      rows: ['apid'],
    },
    {
      finding: 'It is enough that one end of every two nodes allows the port of KubeSpan.',
      decision: 'Both ends are opened.',
      rows: ['kubespan'],
    },
  ],
  options: [
    {
      id: 'cni',
      title: 'The CNI plugin, or none for a plugin of your own',
      choices: ['flannel', 'calico', 'cilium', 'none'],
      default: 'flannel',
      section: 'Ingress Firewall: Recommended rules',
      reference:
        'https://github.com/siderolabs/docs/blob/5debdd92a90410bbc1b482eacb17361c0554d2ec/public/kubernetes-guides/cni/flannel.mdx',
    },
    {
      id: 'kubespan',
      title: 'KubeSpan',
      default: 'false',
      section: 'KubeSpan: Network requirements',
      reference:
        'https://github.com/siderolabs/docs/blob/5debdd92a90410bbc1b482eacb17361c0554d2ec/public/talos/v1.13/networking/kubespan.mdx',
    },
    {
      id: 'initial-configuration',
      title: 'Workers receive their initial configuration via talosctl',
      default: 'false',
      section: 'KubeSpan: Network requirements',
      reference:
        'https://github.com/siderolabs/docs/blob/5debdd92a90410bbc1b482eacb17361c0554d2ec/public/talos/v1.13/networking/kubespan.mdx',
    },
  ],
  flows: [
    { source: ROLES.client, destination: ROLES['control-plane'], rows: [ROWS.apid, ROWS['api-server']] },
    {
      source: ROLES['control-plane'],
      destination: ROLES['control-plane'],
      rows: [ROWS.apid, ROWS['api-server'], ROWS.etcd, ROWS.kubelet, ROWS.vxlan, ROWS['cilium-vxlan'], ROWS.kubespan],
    },
    {
      source: ROLES.worker,
      destination: ROLES['control-plane'],
      rows: [ROWS.trustd, ROWS['api-server'], ROWS.kubelet, ROWS.vxlan, ROWS['cilium-vxlan'], ROWS.kubespan],
    },
    {
      source: ROLES['control-plane'],
      destination: ROLES.worker,
      rows: [ROWS['apid-2'], ROWS.kubelet, ROWS.vxlan, ROWS['cilium-vxlan'], ROWS.kubespan],
    },
    {
      when: { 'initial-configuration': ['true'] },
      source: ROLES.client,
      destination: ROLES.worker,
      rows: [ROWS['apid-3']],
    },
    {
      source: ROLES.worker,
      destination: ROLES.worker,
      rows: [ROWS.kubelet, ROWS.vxlan, ROWS['cilium-vxlan'], ROWS.kubespan],
    },
  ],
};
