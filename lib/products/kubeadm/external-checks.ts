import type { ExternalCheck } from '../../tables';

/** The tables of the servers' part of the document: the note is about a whole installation. */
const TABLES = ['kubeadm-flannel', 'apinizer-data-stores', 'apinizer-node-ports'].flatMap((table) =>
  ['2024-12', '2026-03'].map((edition) => `${table}@${edition}`),
);

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
