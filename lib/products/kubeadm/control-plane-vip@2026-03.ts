import { Port } from '../../net';
import { Basis, type PortTable } from '../../tables';
import { CONTROL_PLANE, LOAD_BALANCER, VIRTUAL_IP, WORKER } from '../roles';
import { HEALTH_CHECKS, ROUTING_FROM_PROXY_SUBNET } from './control-plane-vip-supplements';

/** Ports by which a cluster reaches its control plane through a load balancer, as Apinizer documents them on its new page. */
export const CONTROL_PLANE_VIP_2026_03: PortTable = {
  id: 'control-plane-vip',
  title: 'Network Topology and Port Requirements: Kubernetes High Availability (HA) Cluster',
  reference:
    'https://github.com/apinizer/docs/blob/e6db3cf7725b4c8bdb0427c8e15660651af7ab48/en/concepts/deployment/network-topology.mdx',
  edition: '2026-03',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.27.4'],
  comparedOn: '2026-11-22',
  flows: [
    {
      source: CONTROL_PLANE,
      destination: VIRTUAL_IP,
      rows: [
        {
          name: 'virtual-ip',
          port: Port.tcp(6443),
          description: 'VIP of the Load Balancer',
          section: 'Kubernetes High Availability (HA) Cluster',
          protocolBasis: Basis.REQUEST_TEMPLATE,
          internal: true,
        },
      ],
    },
    {
      source: WORKER,
      destination: VIRTUAL_IP,
      rows: [
        {
          name: 'virtual-ip',
          port: Port.tcp(6443),
          description: 'VIP of the Load Balancer',
          section: 'Kubernetes High Availability (HA) Cluster',
          protocolBasis: Basis.REQUEST_TEMPLATE,
          internal: true,
        },
      ],
    },
    {
      source: LOAD_BALANCER,
      destination: CONTROL_PLANE,
      rows: [
        {
          name: 'routing',
          port: Port.tcp(6443),
          description: 'Routing of the VIP to the Master nodes',
          section: 'Kubernetes High Availability (HA) Cluster',
          protocolBasis: Basis.REQUEST_TEMPLATE,
          internal: true,
        },
      ],
    },
  ],
  supplements: [ROUTING_FROM_PROXY_SUBNET, HEALTH_CHECKS],
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
};
