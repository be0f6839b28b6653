import { Basis } from '../model/basis';
import { Port } from '../model/port';
import type { PortTable } from '../model/port-table';
import { FLANNEL_BETWEEN_WORKERS, KUBE_PROXY_HEALTH } from './kubeadm-flannel-supplements';
import { CONTROL_PLANE, WORKER } from './roles';

/** Ports between the servers of a kubeadm cluster with Flannel, as Apinizer documents them since it moved its page. */
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
        'The page is not dated and has moved since; this is its text of 31 March 2026, and the move in May 2026 changed no port.',
      decision: 'The edition is the month of the text.',
    },
    {
      finding:
        '10257/tcp and 10259/tcp are opened between control planes; Kubernetes uses them on the machine itself alone.',
      decision: 'As documented; omit leaves them out.',
      rows: ['controller-manager', 'scheduler'],
    },
    {
      finding:
        'The ports between control planes must be open in the table; in the request template only if there is no free access between these servers.',
      decision: 'They are opened unless freeAccessBetweenControlPlanes is set.',
    },
    {
      finding: 'The ports of two Flannel backends are listed; a cluster runs one.',
      decision: 'Both are opened unless the backend is named.',
      rows: ['flannel-udp', 'flannel-vxlan'],
    },
    {
      finding: 'Nothing is said about Flannel between workers.',
      decision: 'A supplement, opened only where it is asked for.',
    },
    {
      finding:
        'Metrics server, ingress controllers, Rancher, Lens and cloud installations are to be checked elsewhere.',
      decision: 'As in the edition of 2024-12.',
    },
  ],
};
