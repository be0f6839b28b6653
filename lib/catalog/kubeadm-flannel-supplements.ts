import { Basis } from '../model/basis';
import { Port } from '../model/port';
import type { Supplement } from '../model/port-table';
import { HEALTH_CHECKER, WORKER } from './roles';

/** Flannel between workers, as Flannel itself documents it. */
export const FLANNEL_BETWEEN_WORKERS: Supplement = {
  source: WORKER,
  destination: WORKER,
  reason:
    'pods on two workers reach each other through Flannel, which the document opens between workers and the control plane only',
  reference: 'https://github.com/flannel-io/flannel/blob/master/Documentation/troubleshooting.md',
  rows: [
    {
      name: 'flannel-udp',
      port: Port.udp(8285),
      description: 'Flannel',
      section: 'Firewalls',
      protocolBasis: Basis.INFERRED,
      internal: true,
    },
    {
      name: 'flannel-vxlan',
      port: Port.udp(8472),
      description: 'Flannel',
      section: 'Firewalls',
      protocolBasis: Basis.INFERRED,
      internal: true,
    },
  ],
};

/** The health of kube-proxy, as Kubernetes documents it. */
export const KUBE_PROXY_HEALTH: Supplement = {
  source: HEALTH_CHECKER,
  destination: WORKER,
  reason:
    'in a cloud, a load balancer asks kube-proxy on every worker whether it takes connections, where the document knows no cloud',
  reference: 'https://kubernetes.io/docs/reference/networking/ports-and-protocols/',
  rows: [
    {
      name: 'kube-proxy-health',
      port: Port.tcp(10256),
      description: 'Health of kube-proxy, for load balancers',
      section: 'Worker node(s)',
      protocolBasis: Basis.INFERRED,
      internal: true,
    },
  ],
};
