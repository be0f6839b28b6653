import { Basis } from '../model/basis';
import { Port } from '../model/port';
import type { Supplement } from '../model/port-table';
import { CONTROL_PLANE, HEALTH_CHECKER, PROXY_SUBNET } from './roles';

/** The connections of a proxy load balancer to what is behind it, as Google documents them. */
export const ROUTING_FROM_PROXY_SUBNET: Supplement = {
  source: PROXY_SUBNET,
  destination: CONTROL_PLANE,
  reason:
    'a proxy load balancer of Google reaches the control plane from the proxy-only subnet and not from the virtual address',
  reference: 'https://cloud.google.com/load-balancing/docs/firewall-rules',
  rows: [
    {
      name: 'routing',
      port: Port.tcp(6443),
      description: 'Routing of the VIP to the Master nodes',
      section: 'Firewall rules',
      protocolBasis: Basis.INFERRED,
      internal: true,
    },
  ],
};

/** The health checks of a cloud load balancer, as Google documents them. */
export const HEALTH_CHECKS: Supplement = {
  source: HEALTH_CHECKER,
  destination: CONTROL_PLANE,
  reason: 'a cloud load balancer routes only to control planes that answer the health checks of its cloud',
  reference: 'https://cloud.google.com/load-balancing/docs/firewall-rules',
  rows: [
    {
      name: 'health-check',
      port: Port.tcp(6443),
      description: 'Health checks of the load balancer',
      section: 'Firewall rules',
      protocolBasis: Basis.INFERRED,
      internal: true,
    },
  ],
};
