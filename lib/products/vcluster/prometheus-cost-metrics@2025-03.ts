import { Port } from '../../net';
import { Basis, type PortTable } from '../../tables';
import { PLATFORM, PROMETHEUS } from '../roles';
import { AGENT_TO_PROMETHEUS } from './agent-to-prometheus';

/** The port by which vCluster Platform reads cost metrics from Prometheus. */
export const PROMETHEUS_COST_METRICS: PortTable = {
  id: 'prometheus-cost-metrics',
  title: 'Networking: Connect the platform to Prometheus',
  reference: 'https://www.vcluster.com/docs/platform/administer/clusters/advanced/networking',
  edition: '2025-03',
  comparedOn: '2026-11-21',
  flows: [
    {
      name: 'allow-vcluster-platform-to-prometheus',
      source: PLATFORM,
      destination: PROMETHEUS,
      rows: [
        {
          name: 'cost-metrics',
          port: Port.tcp(9090),
          description: 'Cost control dashboard metrics',
          purpose: 'Enables cost monitoring and visualization',
          impact: 'cost monitoring might fail: cost metrics are missing or unavailable',
          section: 'Connect the platform to Prometheus',
          protocolBasis: Basis.COMMAND,
          internal: true,
        },
      ],
    },
    AGENT_TO_PROMETHEUS,
  ],
  discrepancies: [
    {
      finding: 'The table gives no protocol; the text and the gcloud command give tcp.',
      decision: 'The protocol is tcp.',
    },
    {
      finding:
        'The local cluster agent acts as a proxy between the platform and Prometheus, but the command opens the port for the IP address of the platform.',
      decision: 'Both are roles, and each is opened if its machines are given; at least one is required.',
    },
    {
      finding: 'The source of the command is one IP address, but firewalls take IP ranges.',
      decision: 'Peer.address turns it into an IP range.',
    },
  ],
};
