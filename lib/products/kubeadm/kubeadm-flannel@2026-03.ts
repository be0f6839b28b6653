// Generated from kubeadm-flannel@2026-03.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  worker: { id: 'worker', title: 'Worker servers' },
  'control-plane': { id: 'control-plane', title: 'Kubernetes Master/Control Plane servers' },
  'health-checker': { id: 'health-checker', title: 'the health checkers of the cloud' },
};

const ROWS = {
  'api-server': {
    name: 'api-server',
    port: Port.tcp(6443),
    description: 'Kubernetes API server',
    section: 'Port Access from Kubernetes Worker Servers to Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  'flannel-udp': {
    name: 'flannel-udp',
    port: Port.udp(8285),
    description: 'Flannel',
    section: 'Port Access from Kubernetes Worker Servers to Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'flannel-vxlan': {
    name: 'flannel-vxlan',
    port: Port.udp(8472),
    description: 'Flannel',
    section: 'Port Access from Kubernetes Worker Servers to Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  kubelet: {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'Kubelet API',
    section: 'Port Access from Kubernetes Master Servers to Worker Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'flannel-udp-2': {
    name: 'flannel-udp',
    port: Port.udp(8285),
    description: 'Flannel',
    section: 'Port Access from Kubernetes Master Servers to Worker Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'flannel-vxlan-2': {
    name: 'flannel-vxlan',
    port: Port.udp(8472),
    description: 'Flannel',
    section: 'Port Access from Kubernetes Master Servers to Worker Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'api-server-2': {
    name: 'api-server',
    port: Port.tcp(6443),
    description: 'Kubernetes API server',
    section: 'Port Access Between Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  etcd: {
    name: 'etcd',
    port: Port.tcpRange(2379, 2380),
    description: 'etcd server client API',
    section: 'Port Access Between Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'kubelet-2': {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'Kubelet API',
    section: 'Port Access Between Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'controller-manager': {
    name: 'controller-manager',
    port: Port.tcp(10257),
    description: 'Kube-controller-manager',
    section: 'Port Access Between Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  scheduler: {
    name: 'scheduler',
    port: Port.tcp(10259),
    description: 'Kube-scheduler',
    section: 'Port Access Between Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'flannel-vxlan-3': {
    name: 'flannel-vxlan',
    port: Port.udp(8472),
    description: 'Flannel',
    section: 'Port Access Between Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'flannel-udp-3': {
    name: 'flannel-udp',
    port: Port.udp(8285),
    description: 'Flannel',
    section: 'Port Access Between Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'flannel-udp-4': {
    name: 'flannel-udp',
    port: Port.udp(8285),
    description: 'Flannel',
    section: 'Firewalls',
    protocolBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  'flannel-vxlan-4': {
    name: 'flannel-vxlan',
    port: Port.udp(8472),
    description: 'Flannel',
    section: 'Firewalls',
    protocolBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  'kube-proxy-health': {
    name: 'kube-proxy-health',
    port: Port.tcp(10256),
    description: 'Health of kube-proxy, for load balancers',
    section: 'Worker node(s)',
    protocolBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const KUBEADM_FLANNEL_2026_03: PortTable = {
  id: 'kubeadm-flannel',
  product: 'kubeadm with Flannel',
  title: 'Network Topology and Port Requirements: Kubernetes servers',
  reference:
    'https://github.com/apinizer/docs/blob/e6db3cf7725b4c8bdb0427c8e15660651af7ab48/en/concepts/deployment/network-topology.mdx',
  edition: '2026-03',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.27.4'],
  comparedOn: '2026-11-22',
  discrepancies: [
    {
      finding:
        'The page is not dated and has moved since. This edition is its text of 31 March 2026; the move in May 2026 did not change any port.',
      decision: 'The edition is the month of the text.',
    },
    {
      finding:
        'The document opens 10257/tcp and 10259/tcp between control planes; Kubernetes uses them only within one machine.',
      decision: 'As documented; omit leaves them out.',
      rows: ['controller-manager', 'scheduler'],
    },
    {
      finding:
        'According to the table, the ports between control planes must be open; according to the request template, only if access between these servers is restricted.',
      decision: 'They are opened unless freeAccessBetweenControlPlanes is set.',
    },
    {
      finding: 'The document lists the ports of two Flannel backends; a cluster runs one.',
      decision: 'Both are opened unless the prop flannel names the backend.',
      rows: ['flannel-udp', 'flannel-vxlan'],
    },
    {
      finding: 'The document does not mention Flannel between workers.',
      decision: 'A supplement, opened only on request.',
    },
    {
      finding:
        'For Metrics Server, ingress controllers, Rancher, Lens and cloud installations, the document refers to other documents.',
      decision: 'Not opened here. The list of what must be checked externally says which table covers each.',
    },
  ],
  flows: [
    {
      source: ROLES.worker,
      destination: ROLES['control-plane'],
      rows: [ROWS['api-server'], ROWS['flannel-udp'], ROWS['flannel-vxlan']],
    },
    {
      source: ROLES['control-plane'],
      destination: ROLES.worker,
      rows: [ROWS.kubelet, ROWS['flannel-udp-2'], ROWS['flannel-vxlan-2']],
    },
    {
      source: ROLES['control-plane'],
      destination: ROLES['control-plane'],
      rows: [
        ROWS['api-server-2'],
        ROWS.etcd,
        ROWS['kubelet-2'],
        ROWS['controller-manager'],
        ROWS.scheduler,
        ROWS['flannel-vxlan-3'],
        ROWS['flannel-udp-3'],
      ],
    },
  ],
  supplements: [
    {
      reason:
        'pods on different workers reach each other through Flannel, which the document does not open between workers',
      reference:
        'https://github.com/flannel-io/flannel/blob/5295a0f6c359ea6b51b90e91dc7eb2e1be368c51/Documentation/troubleshooting.md',
      source: ROLES.worker,
      destination: ROLES.worker,
      rows: [ROWS['flannel-udp-4'], ROWS['flannel-vxlan-4']],
    },
    {
      reason:
        'a cloud load balancer checks the health of kube-proxy on every worker, and the document does not cover clouds',
      reference:
        'https://github.com/kubernetes/website/blob/3842a2847339fe9ad1013653ef81c9aa0f77b639/content/en/docs/reference/networking/ports-and-protocols.md',
      source: ROLES['health-checker'],
      destination: ROLES.worker,
      rows: [ROWS['kube-proxy-health']],
    },
  ],
};
