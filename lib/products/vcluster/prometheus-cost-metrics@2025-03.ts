// Generated from prometheus-cost-metrics@2025-03.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, type PortTable } from '../../tables';

const ROLES = {
  platform: { id: 'platform', title: 'the platform' },
  prometheus: { id: 'prometheus', title: 'Prometheus' },
  agent: { id: 'agent', title: 'the local cluster agent' },
};

const ROWS = {
  'cost-metrics': {
    name: 'cost-metrics',
    port: Port.tcp(9090),
    description: 'Cost control dashboard metrics',
    purpose: 'Enables cost monitoring and visualization',
    impact: 'cost monitoring might fail: cost metrics are missing or unavailable',
    section: 'Connect the platform to Prometheus',
    protocolBasis: Basis.COMMAND,
    internal: true,
  },
  'cost-metrics-2': {
    name: 'cost-metrics',
    port: Port.tcp(9090),
    description: 'Cost control dashboard metrics',
    purpose: 'Enables cost monitoring and visualization',
    impact: 'cost monitoring might fail: cost metrics are missing or unavailable',
    section: 'Connect the platform to Prometheus',
    protocolBasis: Basis.TEXT,
    internal: true,
  },
};

export const PROMETHEUS_COST_METRICS_2025_03: PortTable = {
  id: 'prometheus-cost-metrics',
  product: 'vCluster Platform',
  title: 'Networking: Connect the platform to Prometheus',
  reference:
    'https://github.com/loft-sh/vcluster-docs/blob/8934a9d269f959144bb173c1ffa0bae124eace9d/platform/administer/clusters/advanced/networking.mdx',
  edition: '2025-03',
  comparedOn: '2026-11-21',
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
  flows: [
    {
      name: 'allow-vcluster-platform-to-prometheus',
      source: ROLES.platform,
      destination: ROLES.prometheus,
      rows: [ROWS['cost-metrics']],
    },
    { optional: true, source: ROLES.agent, destination: ROLES.prometheus, rows: [ROWS['cost-metrics-2']] },
  ],
};
