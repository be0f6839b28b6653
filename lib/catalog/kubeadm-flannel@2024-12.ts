import { Basis } from '../model/basis';
import { Port } from '../model/port';
import type { PortTable } from '../model/port-table';
import { FLANNEL_BETWEEN_WORKERS, KUBE_PROXY_HEALTH } from './kubeadm-flannel-supplements';
import { CONTROL_PLANE, WORKER } from './roles';

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
        'The ports between control planes must be open in the table; in the request template only if there is no free access between these servers.',
      decision: 'They are opened unless freeAccessBetweenControlPlanes is set.',
    },
    {
      finding: 'The ports of two Flannel backends are listed; a cluster runs one.',
      decision: 'Both are opened unless the backend is named.',
      rows: ['flannel-udp', 'flannel-vxlan'],
    },
    {
      finding:
        '2379:2380 is called the client API of etcd; 2380 is the port by which members of etcd reach each other.',
      decision: 'One range, as documented.',
      rows: ['etcd'],
    },
    {
      finding: 'Nothing is said about Flannel between workers.',
      decision: 'A supplement, opened only where it is asked for.',
    },
    {
      finding:
        'With high availability, control plane and workers reach a virtual address on 6443/tcp, which is routed to 6443/tcp of the control planes; the hop behind it is called routing and not a permission.',
      decision: 'Not opened here: a virtual address is no server of the table. ControlPlaneVipRules opens both hops.',
    },
    {
      finding: 'Hosts to download from are listed without ports and protocols; DNS and time are not mentioned.',
      decision: 'Not opened here: ApinizerInstallationHosts lets them out by name.',
    },
    {
      finding:
        'Metrics server, ingress controllers, Rancher, Lens and cloud installations are to be checked elsewhere.',
      decision:
        'Not opened here. metrics-server and rancher are tables of their own, from their own documents; health checks of a cloud are a supplement; an ingress controller needs a table of your own.',
    },
    {
      finding: 'Lens has no document of its ports.',
      decision: 'None are opened: it is a client of the API server and needs nothing else.',
    },
  ],
};
