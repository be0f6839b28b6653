// Generated from microk8s@2026-11.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  node: { id: 'node', title: 'hosts of the cluster' },
  client: { id: 'client', title: 'clients of the API server' },
};

const ROWS = {
  'api-server': {
    name: 'api-server',
    port: Port.tcp(16443),
    description: 'API server',
    section: 'Services binding to the default Host interface',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
  },
  kubelet: {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'kubelet',
    section: 'Services binding to the default Host interface',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  'kubelet-read-only': {
    name: 'kubelet-read-only',
    port: Port.tcp(10255),
    description: 'Read only port for the Kubelet.',
    section: 'Services binding to the default Host interface',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  'cluster-agent': {
    name: 'cluster-agent',
    port: Port.tcp(25000),
    description: 'cluster-agent',
    section: 'Services binding to the default Host interface',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  etcd: {
    name: 'etcd',
    port: Port.tcp(12379),
    description: 'etcd',
    section: 'Services binding to the default Host interface',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { datastore: ['etcd'] },
  },
  'controller-manager': {
    name: 'controller-manager',
    port: Port.tcp(10257),
    description: 'kube-controller',
    section: 'Services binding to the default Host interface',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  scheduler: {
    name: 'scheduler',
    port: Port.tcp(10259),
    description: 'kube-scheduler',
    section: 'Services binding to the default Host interface',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  dqlite: {
    name: 'dqlite',
    port: Port.tcp(19001),
    description: 'dqlite',
    section: 'Services binding to the default Host interface',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { datastore: ['dqlite'] },
  },
  'calico-vxlan': {
    name: 'calico-vxlan',
    port: Port.udp(4789),
    description: 'Calico networking with VXLAN enabled.',
    section: 'Services binding to the default Host interface',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { 'calico-vxlan': ['true'] },
  },
};

export const MICROK8S_2026_11: PortTable = {
  id: 'microk8s',
  product: 'MicroK8s',
  title: 'Services and ports',
  reference: 'https://microk8s.io/docs/services-and-ports',
  edition: '2026-11',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The page has no date and no permanent link.',
      decision:
        'The edition is the month in which a stored copy of the page was compared; it is the newest of several copies.',
    },
    {
      finding: 'The page groups services by network interface and does not say who connects to them.',
      decision:
        'Every service of the default host interface is opened between the nodes, and the API server for clients in addition.',
    },
    {
      finding: 'Only the row of Calico has a protocol.',
      decision: 'The other protocols are tcp, because all of these services use TLS or HTTP.',
      rows: [
        'api-server',
        'kubelet',
        'kubelet-read-only',
        'cluster-agent',
        'etcd',
        'controller-manager',
        'scheduler',
        'dqlite',
      ],
    },
    {
      finding:
        'etcd and dqlite are both listed; a cluster uses one of them. The page does not say which is the default; a different page says dqlite.',
      decision: 'The option datastore decides.',
      rows: ['etcd', 'dqlite'],
    },
    {
      finding: 'The port of etcd peers, 2380, is among the services of the localhost interface.',
      decision: 'Traffic of a machine with itself is not a row.',
    },
    {
      finding:
        'The page does not say whether VXLAN is the default; a different page says that it is, since version 1.19.',
      decision: 'The option calico-vxlan is on.',
      rows: ['calico-vxlan'],
    },
  ],
  options: [
    {
      id: 'datastore',
      title: 'The datastore of the cluster',
      choices: ['dqlite', 'etcd'],
      default: 'dqlite',
      section: 'What are launch configurations?',
      reference: 'https://discuss.kubernetes.io/t/launch-configurations/23360',
    },
    {
      id: 'calico-vxlan',
      title: 'Calico networking with VXLAN',
      default: 'true',
      section: 'Calico',
      reference: 'https://canonical.com/microk8s/docs/change-cidr',
    },
  ],
  flows: [
    {
      source: ROLES.node,
      destination: ROLES.node,
      rows: [
        ROWS['api-server'],
        ROWS.kubelet,
        ROWS['kubelet-read-only'],
        ROWS['cluster-agent'],
        ROWS.etcd,
        ROWS['controller-manager'],
        ROWS.scheduler,
        ROWS.dqlite,
        ROWS['calico-vxlan'],
      ],
    },
    { source: ROLES.client, destination: ROLES.node, rows: [ROWS['api-server']] },
  ],
};
