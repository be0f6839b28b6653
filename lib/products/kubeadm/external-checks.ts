import type { ExternalCheck } from '../../tables';

const TABLES = ['kubeadm-flannel@2024-12', 'kubeadm-flannel@2026-03'];

/** What must be checked externally according to Apinizer's document, in its order. */
export const EXTERNAL_CHECKS: readonly ExternalCheck[] = [
  {
    tables: TABLES,
    topic: 'Ingress controller',
    answer: 'no table covers it, because its ports depend on the controller; write a table of your own',
  },
  {
    tables: TABLES,
    topic: 'Metrics Server',
    coveredBy: 'metrics-server',
    answer: 'MetricsServerRules',
  },
  {
    tables: TABLES,
    topic: 'Rancher',
    coveredBy: 'rancher',
    answer: 'RancherRules',
  },
  {
    tables: TABLES,
    topic: 'Lens',
    answer: 'no table covers it, because it has no document of its ports; it is a client of the API server',
  },
  {
    tables: TABLES,
    topic: 'Installation in a cloud',
    answer:
      'no table covers it as a whole; health checks of load balancers are supplements (healthCheckers), and the cloud documents the rest',
  },
];
