import { Port } from '../../net';
import { Basis, type Supplement } from '../../tables';
import { HEALTH_CHECKER, WORKER } from '../roles';

/** Flannel between workers, as Flannel itself documents it. */
export const FLANNEL_BETWEEN_WORKERS: Supplement = {
  source: WORKER,
  destination: WORKER,
  reason:
    'pods on different workers reach each other through Flannel, which the document opens only between workers and the control plane',
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

/** The health check port of kube-proxy, as Kubernetes documents it. */
export const KUBE_PROXY_HEALTH: Supplement = {
  source: HEALTH_CHECKER,
  destination: WORKER,
  reason:
    'a cloud load balancer checks the health of kube-proxy on every worker, and the document does not cover clouds',
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
