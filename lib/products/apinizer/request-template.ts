import type { RequestTemplatePart } from '../../tables';

const NO_FREE_ACCESS = {
  remark: 'If there is no free access between Kubernetes Control Plane servers',
  choice:
    'The ports between them are asked for, because the requesting team has not said that there is free access (freeAccessBetweenControlPlanes of KubeadmFlannelClusterRules)',
};
const ROUTING = {
  dnsNote: 'A DNS name can be defined for the virtual address',
  notes: [
    'TLS is set up by one of the servers during the installation, and connections are passed through to the servers',
    'The routing system does not check TLS (option ssl-hello-chk in the HAProxy example of the document does)',
    'Kubernetes renews the certificate every year',
  ],
};

/** Access requests as Apinizer's forms arrange them, by edition. Ports are typed from the forms, and not from the tables. */
export const REQUEST_TEMPLATE: readonly RequestTemplatePart[] = [
  {
    heading: 'Port Access Requests for Kubernetes Master and Worker Servers',
    tables: ['kubeadm-flannel@2024-12', 'apinizer-data-stores@2024-12'],
    blocks: [
      { sources: ['worker'], destination: 'control-plane', ports: ['6443/tcp', '8285/udp', '8472/udp'] },
      { sources: ['worker'], destination: 'mongodb', ports: ['25080/tcp'] },
      { sources: ['worker'], destination: 'elasticsearch', ports: ['9200/tcp'] },
      { sources: ['control-plane'], destination: 'worker', ports: ['10250/tcp', '8285/udp', '8472/udp'] },
      {
        ...NO_FREE_ACCESS,
        sources: ['control-plane'],
        destination: 'control-plane',
        ports: ['6443/tcp', '2379-2380/tcp', '8472/udp', '8285/udp'],
      },
    ],
  },
  {
    heading: 'Kubernetes High Availability (High Access) Cluster Setup. Load Balancer Access and Routing Requests',
    tables: ['control-plane-vip@2024-12'],
    blocks: [
      {
        sources: ['control-plane', 'worker'],
        destination: 'virtual-ip',
        ports: ['6443/tcp'],
        sourceRemark: 'Only Kubernetes Cluster access to this address is required, there will be no external access',
        routing: ROUTING,
      },
    ],
  },
  {
    heading: 'VIP Access Rules',
    tables: ['control-plane-vip@2026-03'],
    blocks: [
      {
        sources: ['control-plane', 'worker'],
        destination: 'virtual-ip',
        ports: ['6443/tcp'],
        routing: ROUTING,
      },
    ],
  },
  {
    heading: 'Port Access Requests for Kubernetes Master and Worker Servers',
    tables: ['kubeadm-flannel@2026-03', 'apinizer-data-stores@2026-03'],
    blocks: [
      { sources: ['worker'], destination: 'control-plane', ports: ['6443/tcp', '8285/udp', '8472/udp'] },
      { sources: ['worker'], destination: 'mongodb', ports: ['25080/tcp'] },
      { sources: ['worker'], destination: 'elasticsearch', ports: ['9200/tcp'] },
      { sources: ['control-plane'], destination: 'worker', ports: ['10250/tcp', '8285/udp', '8472/udp'] },
      {
        ...NO_FREE_ACCESS,
        sources: ['control-plane'],
        destination: 'control-plane',
        ports: ['6443/tcp', '2379-2380/tcp', '10250/tcp', '10257/tcp', '10259/tcp', '8472/udp', '8285/udp'],
      },
    ],
  },
];
