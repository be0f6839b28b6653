import { Basis } from '../model/basis';
import { Port } from '../model/port';
import type { PortTable } from '../model/port-table';
import { HEALTH_CHECKS, ROUTING_FROM_PROXY_SUBNET } from './control-plane-vip-supplements';
import { CONTROL_PLANE, LOAD_BALANCER, VIRTUAL_IP, WORKER } from './roles';

/** Ports by which a cluster reaches its control plane through a load balancer, as Apinizer documents them since it moved its page. */
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
        'The way from the virtual address to 6443/tcp of the control planes is called routing and not a permission, but a load balancer opens connections of its own.',
      decision: 'It is opened, for the load balancer alone.',
      rows: ['load-balancer>control-plane/routing'],
    },
    {
      finding:
        'The servers of the cluster are named as those who need the virtual address; that nobody else may reach it is said in the edition of 2024-12 alone.',
      decision: 'Every row refuses a source that is open to the world, as in that edition.',
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
