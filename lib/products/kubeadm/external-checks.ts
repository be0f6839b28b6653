import type { ExternalCheck } from '../../tables';

const TABLES = ['kubeadm-flannel@2024-12', 'kubeadm-flannel@2026-03'];

/** What must be checked externally according to Apinizer's document, in its order. */
export const EXTERNAL_CHECKS: readonly ExternalCheck[] = [
  {
    tables: TABLES,
    topic: 'Ingress controller',
    coveredBy: ['ingress-nginx', 'traefik'],
    answer: 'IngressNginxRules or TraefikRules; a table of your own for a different controller',
  },
  {
    tables: TABLES,
    topic: 'Metrics Server',
    coveredBy: ['metrics-server'],
    answer: 'MetricsServerRules',
  },
  {
    tables: TABLES,
    topic: 'Rancher',
    coveredBy: ['rancher@2026-07'],
    answer: "RancherRules with edition: '2026-07'",
  },
  {
    tables: TABLES,
    topic: 'Lens',
    answer: 'no table covers it, because it has no document of its ports; it is a client of the API server',
  },
  {
    tables: TABLES,
    topic: 'Installation in a cloud',
    coveredBy: ['eks', 'gke'],
    answer:
      'EksRules or GkeRules; health checks of load balancers are supplements (healthCheckers), and the cloud documents the rest',
  },
];
