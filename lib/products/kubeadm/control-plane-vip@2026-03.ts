// Generated from control-plane-vip@2026-03.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'control-plane': { id: 'control-plane', title: 'Kubernetes Master/Control Plane servers' },
  'virtual-ip': { id: 'virtual-ip', title: 'the VIP of the Load Balancer' },
  worker: { id: 'worker', title: 'Worker servers' },
  'load-balancer': { id: 'load-balancer', title: 'the Load Balancer' },
  'proxy-subnet': { id: 'proxy-subnet', title: 'the proxy-only subnet of the load balancer' },
  'health-checker': { id: 'health-checker', title: 'the health checkers of the cloud' },
};

const ROWS = {
  'virtual-ip': {
    name: 'virtual-ip',
    port: Port.tcp(6443),
    description: 'VIP of the Load Balancer',
    section: 'Kubernetes High Availability (HA) Cluster',
    protocolBasis: Basis.REQUEST_TEMPLATE,
    internal: true,
  },
  routing: {
    name: 'routing',
    port: Port.tcp(6443),
    description: 'Routing of the VIP to the Master nodes',
    section: 'Kubernetes High Availability (HA) Cluster',
    protocolBasis: Basis.REQUEST_TEMPLATE,
    level: PortLevel.HOST,
    internal: true,
  },
  'routing-2': {
    name: 'routing',
    port: Port.tcp(6443),
    description: 'Routing of the VIP to the Master nodes',
    section: 'Firewall rules',
    protocolBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  'health-check': {
    name: 'health-check',
    port: Port.tcp(6443),
    description: 'Health checks of the load balancer',
    section: 'Firewall rules',
    protocolBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const CONTROL_PLANE_VIP_2026_03: PortTable = {
  id: 'control-plane-vip',
  product: 'Kubernetes control plane',
  title: 'Network Topology and Port Requirements: Kubernetes High Availability (HA) Cluster',
  reference:
    'https://github.com/apinizer/docs/blob/e6db3cf7725b4c8bdb0427c8e15660651af7ab48/en/concepts/deployment/network-topology.mdx',
  edition: '2026-03',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.27.4'],
  comparedOn: '2026-11-22',
  discrepancies: [
    {
      finding:
        'The document calls the step from the virtual address to 6443/tcp of the control planes routing, not a permission, but a load balancer opens connections of its own.',
      decision: 'It is opened, only for the load balancer.',
      rows: ['load-balancer>control-plane/routing'],
    },
    {
      finding:
        'The document says that the servers of the cluster need the virtual address; only the edition of 2024-12 says that nothing else may reach it.',
      decision: 'No row can be open to the world, as in that edition.',
    },
    {
      finding:
        'The document says that SSL is not checked on the routing system, but its HAProxy configuration checks SSL (option ssl-hello-chk) in addition to HTTP, which disables the HTTP check.',
      decision:
        'Not part of any rule. HaproxyConfig can render the documented configuration; by default it renders a working HTTPS check.',
    },
    {
      finding: 'A DNS name can be defined for the virtual address.',
      decision: 'The prop hostname puts it into access requests; rules do not use it.',
      rows: ['virtual-ip'],
    },
  ],
  flows: [
    { source: ROLES['control-plane'], destination: ROLES['virtual-ip'], rows: [ROWS['virtual-ip']] },
    { source: ROLES.worker, destination: ROLES['virtual-ip'], rows: [ROWS['virtual-ip']] },
    { source: ROLES['load-balancer'], destination: ROLES['control-plane'], rows: [ROWS.routing] },
  ],
  supplements: [
    {
      reason:
        'a Google proxy load balancer connects to the control plane from the proxy-only subnet, not from the virtual address',
      reference: 'https://cloud.google.com/load-balancing/docs/firewall-rules',
      source: ROLES['proxy-subnet'],
      destination: ROLES['control-plane'],
      rows: [ROWS['routing-2']],
    },
    {
      reason: 'a cloud load balancer sends traffic only to control planes that pass the health checks of its cloud',
      reference: 'https://cloud.google.com/load-balancing/docs/firewall-rules',
      source: ROLES['health-checker'],
      destination: ROLES['control-plane'],
      rows: [ROWS['health-check']],
    },
  ],
};
