import { Port } from '../../net';
import { Basis, type Supplement } from '../../tables';
import { CONTROL_PLANE, HEALTH_CHECKER, PROXY_SUBNET } from '../roles';

/** The connections from a proxy load balancer to its backends, as Google documents them. */
export const ROUTING_FROM_PROXY_SUBNET: Supplement = {
  source: PROXY_SUBNET,
  destination: CONTROL_PLANE,
  reason:
    'a Google proxy load balancer connects to the control plane from the proxy-only subnet, not from the virtual address',
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
  reason: 'a cloud load balancer sends traffic only to control planes that pass the health checks of its cloud',
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
