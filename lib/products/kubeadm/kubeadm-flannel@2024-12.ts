// Generated from kubeadm-flannel@2024-12.yaml by `npm run products`. Change that file.
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
    section: 'Port Requirements of Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  'flannel-udp': {
    name: 'flannel-udp',
    port: Port.udp(8285),
    description: 'Flannel',
    section: 'Port Requirements of Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'flannel-vxlan': {
    name: 'flannel-vxlan',
    port: Port.udp(8472),
    description: 'Flannel',
    section: 'Port Requirements of Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  kubelet: {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'Kubelet API',
    section: 'Port Requirements of Kubernetes Worker Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'flannel-udp-2': {
    name: 'flannel-udp',
    port: Port.udp(8285),
    description: 'Flannel',
    section: 'Port Requirements of Kubernetes Worker Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'flannel-vxlan-2': {
    name: 'flannel-vxlan',
    port: Port.udp(8472),
    description: 'Flannel',
    section: 'Port Requirements of Kubernetes Worker Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'api-server-2': {
    name: 'api-server',
    port: Port.tcp(6443),
    description: 'Kubernetes API server',
    section: 'Port Access between Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  etcd: {
    name: 'etcd',
    port: Port.tcpRange(2379, 2380),
    description: 'Etcd server client API',
    section: 'Port Access between Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'kubelet-2': {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'Kubelet API',
    section: 'Port Access between Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'flannel-vxlan-3': {
    name: 'flannel-vxlan',
    port: Port.udp(8472),
    description: 'Flannel',
    section: 'Port Access between Kubernetes Master Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'flannel-udp-3': {
    name: 'flannel-udp',
    port: Port.udp(8285),
    description: 'Flannel',
    section: 'Port Access between Kubernetes Master Servers',
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

export const KUBEADM_FLANNEL_2024_12: PortTable = {
  id: 'kubeadm-flannel',
  product: 'kubeadm with Flannel',
  title: 'Access and Port Requirements for Installation: Kubernetes servers',
  reference: 'https://docs.apinizer.com/access-and-port-requirements-for-installation-120522438.html',
  edition: '2024-12',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.26.1'],
  comparedOn: '2026-11-21',
  discrepancies: [
    {
      finding: '10250/tcp between control planes is in the table and not in the request template.',
      decision: 'The table wins.',
      rows: ['control-plane>control-plane/kubelet'],
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
      finding:
        'The document calls 2379:2380 the client API of etcd; 2380 is the port that etcd members use among themselves.',
      decision: 'One range, as documented.',
      rows: ['etcd'],
    },
    {
      finding: 'The document does not mention Flannel between workers.',
      decision: 'A supplement, opened only on request.',
    },
    {
      finding:
        'With high availability, the control plane and the workers reach a virtual address on 6443/tcp, which is routed to 6443/tcp of the control planes; the document calls the second hop routing, not a permission.',
      decision: 'Not opened here, because the table has no virtual address. ControlPlaneVipRules opens both hops.',
    },
    {
      finding: 'Hostnames to download from are listed without ports and protocols; DNS and NTP are not mentioned.',
      decision: 'Not opened here. ApinizerInstallationHostnames allows them by name.',
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
      rows: [ROWS['api-server-2'], ROWS.etcd, ROWS['kubelet-2'], ROWS['flannel-vxlan-3'], ROWS['flannel-udp-3']],
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
