import { Port } from '../../net';
import { Basis, type PortTable } from '../../tables';
import { CONTROL_PLANE, LOAD_BALANCER, VIRTUAL_IP, WORKER } from '../roles';
import { HEALTH_CHECKS, ROUTING_FROM_PROXY_SUBNET } from './control-plane-vip-supplements';

/** Ports by which a cluster reaches its control plane through a load balancer, as Apinizer documents them. */
export const CONTROL_PLANE_VIP: PortTable = {
  id: 'control-plane-vip',
  title: 'Access and Port Requirements for Installation: Load Balancer Access and Routing Requests',
  reference: 'https://docs.apinizer.com/access-and-port-requirements-for-installation-120522438.html',
  edition: '2024-12',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.26.1'],
  comparedOn: '2026-11-21',
  flows: [
    {
      source: CONTROL_PLANE,
      destination: VIRTUAL_IP,
      rows: [
        {
          name: 'virtual-ip',
          port: Port.tcp(6443),
          description: 'VIP of the Load Balancer',
          section:
            'Kubernetes High Availability (High Access) Cluster Setup. Load Balancer Access and Routing Requests',
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
          section:
            'Kubernetes High Availability (High Access) Cluster Setup. Load Balancer Access and Routing Requests',
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
          section:
            'Kubernetes High Availability (High Access) Cluster Setup. Load Balancer Access and Routing Requests',
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
      finding: 'The document rules out external access to the virtual address.',
      decision: 'No row can be open to the world.',
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
