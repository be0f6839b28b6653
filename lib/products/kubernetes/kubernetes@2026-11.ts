// Generated from kubernetes@2026-11.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'control-plane': { id: 'control-plane', title: 'Control plane' },
  worker: { id: 'worker', title: 'Worker node(s)' },
  'load-balancer': { id: 'load-balancer', title: 'Load balancers' },
  client: { id: 'client', title: 'All others' },
};

const ROWS = {
  'api-server': {
    name: 'api-server',
    port: Port.tcp(6443),
    description: 'Kubernetes API server',
    section: 'Control plane',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  etcd: {
    name: 'etcd',
    port: Port.tcpRange(2379, 2380),
    description: 'etcd server client API',
    section: 'Control plane',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  kubelet: {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'Kubelet API',
    section: 'Control plane',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'kubelet-2': {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'Kubelet API',
    section: 'Worker node(s)',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'node-ports': {
    name: 'node-ports',
    port: Port.tcpAndUdpRange(30000, 32767),
    description: 'NodePort Services',
    section: 'Worker node(s)',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.NODE_PORT,
  },
  'kube-proxy-health': {
    name: 'kube-proxy-health',
    port: Port.tcp(10256),
    description: 'kube-proxy',
    section: 'Worker node(s)',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const KUBERNETES_2026_11: PortTable = {
  id: 'kubernetes',
  product: 'Kubernetes',
  title: 'Ports and Protocols',
  reference:
    'https://github.com/kubernetes/website/blob/0ad55a1d7af988509e59bf13df6e4f0c663ddd40/content/zh-cn/docs/reference/networking/ports-and-protocols.md',
  edition: '2026-11',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The page has no date. Its English text was read in the comments of the Chinese page of the same repository.',
      decision: 'The edition is the month in which the table was compared.',
    },
    {
      finding:
        'The English page that could be opened (commit 3842a28) has NodePort Services only by TCP; the newer text has a row for UDP.',
      decision: 'The newer text decides.',
      rows: ['node-ports'],
    },
    {
      finding:
        'The column Used By says Self for 10257/tcp and 10259/tcp, and Self in addition to others for 10250/tcp and 10256/tcp.',
      decision: 'Traffic of a machine with itself is not a row.',
    },
    {
      finding: 'The column Used By says All for the API server and for NodePort Services.',
      decision: 'All is control planes, workers, load balancers and the role client.',
      rows: ['api-server', 'node-ports'],
    },
    {
      finding: 'The API server may be on 443/tcp instead, or behind a load balancer with 443/tcp.',
      decision: '6443/tcp, unless the prop ports moves it. The port at the load balancer is not a row.',
      rows: ['api-server'],
    },
    {
      finding:
        '2379-2380/tcp is called etcd server client API, but 2380/tcp is the port for etcd peers. It is used by kube-apiserver and etcd, which are both on control planes.',
      decision:
        'The whole range is opened between control planes. For etcd on machines of its own, see the table kubeadm.',
      rows: ['etcd'],
    },
    {
      finding: 'The page has no ports of a pod network, of DNS or of webhooks.',
      decision: 'Not documented. The tables of the pod network and of each webhook have them.',
    },
  ],
  flows: [
    {
      source: ROLES['control-plane'],
      destination: ROLES['control-plane'],
      rows: [ROWS['api-server'], ROWS.etcd, ROWS.kubelet],
    },
    { source: ROLES.worker, destination: ROLES['control-plane'], rows: [ROWS['api-server']] },
    { source: ROLES['load-balancer'], destination: ROLES['control-plane'], rows: [ROWS['api-server']] },
    { source: ROLES.client, destination: ROLES['control-plane'], rows: [ROWS['api-server']] },
    { source: ROLES['control-plane'], destination: ROLES.worker, rows: [ROWS['kubelet-2'], ROWS['node-ports']] },
    {
      source: ROLES['load-balancer'],
      destination: ROLES.worker,
      rows: [ROWS['kube-proxy-health'], ROWS['node-ports']],
    },
    { source: ROLES.worker, destination: ROLES.worker, rows: [ROWS['node-ports']] },
    { source: ROLES.client, destination: ROLES.worker, rows: [ROWS['node-ports']] },
  ],
};
