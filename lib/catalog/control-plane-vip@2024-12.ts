import { Basis } from '../model/basis';
import { Port } from '../model/port';
import type { PortTable } from '../model/port-table';
import { HEALTH_CHECKS, ROUTING_FROM_PROXY_SUBNET } from './control-plane-vip-supplements';
import { CONTROL_PLANE, LOAD_BALANCER, VIRTUAL_IP, WORKER } from './roles';

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
        'The way from the virtual address to 6443/tcp of the control planes is called routing and not a permission, but a load balancer opens connections of its own.',
      decision: 'It is opened, for the load balancer alone.',
      rows: ['load-balancer>control-plane/routing'],
    },
    {
      finding: 'There will be no external access to the virtual address.',
      decision: 'Every row refuses a source that is open to the world.',
    },
    {
      finding:
        'SSL is said not to be checked on the routing system, and the HAProxy configuration checks it (option ssl-hello-chk) beside an HTTP check, which it makes void.',
      decision: 'Not part of any rule; HaproxyConfig renders that form, and by default one that checks what was meant.',
    },
    {
      finding: 'A DNS name can be defined for the virtual address.',
      decision: 'hostname carries it to the people who are asked for the ports; no rule has it.',
      rows: ['virtual-ip'],
    },
  ],
};
