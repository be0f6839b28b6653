import { Port } from '../../net';
import { Basis, type PortTable } from '../../tables';
import { CONTROL_PLANE, WORKER } from '../roles';
import { FLANNEL_BETWEEN_WORKERS, KUBE_PROXY_HEALTH } from './kubeadm-flannel-supplements';

/** Ports between the servers of a kubeadm cluster with Flannel, as Apinizer documents them. */
export const KUBEADM_FLANNEL: PortTable = {
  id: 'kubeadm-flannel',
  title: 'Access and Port Requirements for Installation: Kubernetes servers',
  reference: 'https://docs.apinizer.com/access-and-port-requirements-for-installation-120522438.html',
  edition: '2024-12',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.26.1'],
  comparedOn: '2026-11-21',
  flows: [
    {
      source: WORKER,
      destination: CONTROL_PLANE,
      rows: [
        {
          name: 'api-server',
          port: Port.tcp(6443),
          description: 'Kubernetes API server',
          section: 'Port Requirements of Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
        },
        {
          name: 'flannel-udp',
          port: Port.udp(8285),
          description: 'Flannel',
          section: 'Port Requirements of Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'flannel-vxlan',
          port: Port.udp(8472),
          description: 'Flannel',
          section: 'Port Requirements of Kubernetes Master Servers',
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
          section: 'Port Requirements of Kubernetes Worker Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'flannel-udp',
          port: Port.udp(8285),
          description: 'Flannel',
          section: 'Port Requirements of Kubernetes Worker Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'flannel-vxlan',
          port: Port.udp(8472),
          description: 'Flannel',
          section: 'Port Requirements of Kubernetes Worker Servers',
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
          section: 'Port Access between Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
        },
        {
          name: 'etcd',
          port: Port.tcpRange(2379, 2380),
          description: 'Etcd server client API',
          section: 'Port Access between Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'kubelet',
          port: Port.tcp(10250),
          description: 'Kubelet API',
          section: 'Port Access between Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'flannel-vxlan',
          port: Port.udp(8472),
          description: 'Flannel',
          section: 'Port Access between Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
        {
          name: 'flannel-udp',
          port: Port.udp(8285),
          description: 'Flannel',
          section: 'Port Access between Kubernetes Master Servers',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
      ],
    },
  ],
  supplements: [FLANNEL_BETWEEN_WORKERS, KUBE_PROXY_HEALTH],
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
};
