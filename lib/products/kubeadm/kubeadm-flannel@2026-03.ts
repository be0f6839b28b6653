import { Port } from '../../net';
import { Basis, type PortTable } from '../../tables';
import { CONTROL_PLANE, WORKER } from '../roles';
import { FLANNEL_BETWEEN_WORKERS, KUBE_PROXY_HEALTH } from './kubeadm-flannel-supplements';

/** Ports between the servers of a kubeadm cluster with Flannel, as Apinizer documents them on its new page. */
export const KUBEADM_FLANNEL_2026_03: PortTable = {
  id: 'kubeadm-flannel',
  title: 'Network Topology and Port Requirements: Kubernetes servers',
  reference:
    'https://github.com/apinizer/docs/blob/e6db3cf7725b4c8bdb0427c8e15660651af7ab48/en/concepts/deployment/network-topology.mdx',
  edition: '2026-03',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.27.4'],
  comparedOn: '2026-11-22',
  flows: [
    {
      source: WORKER,
      destination: CONTROL_PLANE,
      rows: [
        {
          name: 'api-server',
          port: Port.tcp(6443),
          description: 'Kubernetes API server',
          section: 'Port Access from Kubernetes Worker Servers to Master Servers',
          protocolBasis: Basis.TABLE,
        },
        {
          name: 'flannel-udp',
          port: Port.udp(8285),
          description: 'Flannel',
          section: 'Port Access from Kubernetes Worker Servers to Master Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'flannel-vxlan',
          port: Port.udp(8472),
          description: 'Flannel',
          section: 'Port Access from Kubernetes Worker Servers to Master Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
      ],
    },
    {
      source: CONTROL_PLANE,
      destination: WORKER,
      rows: [
        {
          name: 'kubelet',
          port: Port.tcp(10250),
          description: 'Kubelet API',
          section: 'Port Access from Kubernetes Master Servers to Worker Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'flannel-udp',
          port: Port.udp(8285),
          description: 'Flannel',
          section: 'Port Access from Kubernetes Master Servers to Worker Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'flannel-vxlan',
          port: Port.udp(8472),
          description: 'Flannel',
          section: 'Port Access from Kubernetes Master Servers to Worker Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
      ],
    },
    {
      source: CONTROL_PLANE,
      destination: CONTROL_PLANE,
      rows: [
        {
          name: 'api-server',
          port: Port.tcp(6443),
          description: 'Kubernetes API server',
          section: 'Port Access Between Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
        },
        {
          name: 'etcd',
          port: Port.tcpRange(2379, 2380),
          description: 'etcd server client API',
          section: 'Port Access Between Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'kubelet',
          port: Port.tcp(10250),
          description: 'Kubelet API',
          section: 'Port Access Between Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'controller-manager',
          port: Port.tcp(10257),
          description: 'Kube-controller-manager',
          section: 'Port Access Between Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'scheduler',
          port: Port.tcp(10259),
          description: 'Kube-scheduler',
          section: 'Port Access Between Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'flannel-vxlan',
          port: Port.udp(8472),
          description: 'Flannel',
          section: 'Port Access Between Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'flannel-udp',
          port: Port.udp(8285),
          description: 'Flannel',
          section: 'Port Access Between Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
      ],
    },
  ],
  supplements: [FLANNEL_BETWEEN_WORKERS, KUBE_PROXY_HEALTH],
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
};
