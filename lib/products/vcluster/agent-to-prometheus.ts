import { Port } from '../../net';
import { Basis, type DocumentedFlow } from '../../tables';
import { CLUSTER_AGENT, PROMETHEUS } from '../roles';

/** The port by which the local cluster agent reads cost metrics for the platform: two sentences of the document, no table and no command. */
export const AGENT_TO_PROMETHEUS: DocumentedFlow = {
  source: CLUSTER_AGENT,
  destination: PROMETHEUS,
  optional: true,
  rows: [
    {
      name: 'cost-metrics',
      port: Port.tcp(9090),
      description: 'Cost control dashboard metrics',
      purpose: 'Enables cost monitoring and visualization',
      impact: 'cost monitoring might fail: cost metrics are missing or unavailable',
      section: 'Connect the platform to Prometheus',
      protocolBasis: Basis.TEXT,
      internal: true,
    },
  ],
};
