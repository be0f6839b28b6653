// Generated from k0s@2025-10.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  controller: { id: 'controller', title: 'controller' },
  worker: { id: 'worker', title: 'worker' },
  client: { id: 'client', title: 'CLI' },
};

const ROWS = {
  etcd: {
    name: 'etcd',
    port: Port.tcp(2380),
    description: 'etcd',
    section: 'Required ports and protocols',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'k0s-api': {
    name: 'k0s-api',
    port: Port.tcp(9443),
    description: 'k0s controller join API, TLS with token auth',
    section: 'Required ports and protocols',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  keepalived: {
    name: 'keepalived',
    port: Port.ip(112),
    description: 'Only required for control plane load balancing VRRPInstances.',
    section: 'Required ports and protocols',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
    when: { keepalived: ['true'] },
  },
  'api-server': {
    name: 'api-server',
    port: Port.tcp(6443),
    description: 'Authenticated Kubernetes API using mTLS, ServiceAccount tokens with RBAC',
    section: 'Required ports and protocols',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  konnectivity: {
    name: 'konnectivity',
    port: Port.tcp(8132),
    description: 'Konnectivity is used as reverse tunnel between kube-apiserver and worker kubelets',
    section: 'Required ports and protocols',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'kube-router-bgp': {
    name: 'kube-router-bgp',
    port: Port.tcp(179),
    description: 'BGP routing sessions between peers',
    section: 'Required ports and protocols',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
    when: { cni: ['kube-router'] },
  },
  'calico-vxlan': {
    name: 'calico-vxlan',
    port: Port.udp(4789),
    description: 'Calico VXLAN overlay',
    section: 'Required ports and protocols',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
    when: { cni: ['calico'] },
  },
  kubelet: {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'Authenticated kubelet API for the controller node kube-apiserver and metrics-server add-ons',
    section: 'Required ports and protocols',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const K0S_2025_10: PortTable = {
  id: 'k0s',
  product: 'k0s',
  title: 'Networking: Required ports and protocols',
  reference: 'https://github.com/k0sproject/k0s/blob/dff90cee9a6e8e22c6d0f3efef0f9a77fc223be4/docs/networking.md',
  edition: '2025-10',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The table has keepalived as TCP with port 112, and its note has port 122.',
      decision: 'VRRP is IP protocol 112 and has no ports.',
      rows: ['keepalived'],
    },
    {
      finding:
        'The column Direction has an arrow in both directions for konnectivity; a note above it says that agents on workers connect to port 8132.',
      decision: 'Only workers connect.',
      rows: ['konnectivity'],
    },
    {
      finding:
        'The kubelet row has host as its destination, with an asterisk that the page does not explain. The firewalld services of the same page open 10250/tcp on workers only.',
      decision: 'Workers are the destination. A controller that is also a worker has both roles.',
      rows: ['kubelet'],
    },
    {
      finding: 'All traffic to and from the pod and service networks must be allowed on workers.',
      decision: "Not part of the table, because the IP ranges are the user's.",
    },
    {
      finding: 'Calico may use IP-in-IP in its mode bird, which the table leaves out.',
      decision: 'Not documented here. The table calico has it.',
    },
    {
      finding: 'A different page has a load balancer in front of the controllers, for 6443/tcp, 8132/tcp and 9443/tcp.',
      decision: 'Not part of the table.',
    },
    { finding: 'The table has no row for the client port of etcd.', decision: 'Not documented.' },
  ],
  options: [
    {
      id: 'cni',
      title: 'The network provider',
      choices: ['kube-router', 'calico', 'custom'],
      default: 'kube-router',
      section: 'spec.network',
      reference:
        'https://github.com/k0sproject/k0s/blob/dff90cee9a6e8e22c6d0f3efef0f9a77fc223be4/docs/configuration.md',
    },
    {
      id: 'keepalived',
      title: 'Control plane load balancing with VRRPInstances',
      default: 'false',
      section: 'Required ports and protocols',
    },
  ],
  flows: [
    { source: ROLES.controller, destination: ROLES.controller, rows: [ROWS.etcd, ROWS['k0s-api'], ROWS.keepalived] },
    { source: ROLES.worker, destination: ROLES.controller, rows: [ROWS['api-server'], ROWS.konnectivity] },
    { source: ROLES.client, destination: ROLES.controller, rows: [ROWS['api-server']] },
    {
      source: ROLES.worker,
      destination: ROLES.worker,
      rows: [ROWS['kube-router-bgp'], ROWS['calico-vxlan'], ROWS.kubelet],
    },
    { source: ROLES.controller, destination: ROLES.worker, rows: [ROWS.kubelet] },
  ],
};
