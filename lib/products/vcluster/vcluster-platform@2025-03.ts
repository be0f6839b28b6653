// Generated from vcluster-platform@2025-03.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'kubernetes-api': { id: 'kubernetes-api', title: 'Kubernetes' },
  platform: { id: 'platform', title: 'the platform' },
};

const ROWS = {
  'api-service': {
    name: 'api-service',
    port: Port.tcp(8443),
    description: 'API service extension (v1.cluster.loft.sh)',
    purpose: 'Enables Kubernetes API integration with the platform',
    impact: 'platform features such as role-based access control (RBAC) enforcement might fail',
    section: 'Connect Kubernetes to the platform',
    protocolBasis: Basis.COMMAND,
    level: PortLevel.POD,
    internal: true,
  },
  webhook: {
    name: 'webhook',
    port: Port.tcp(9443),
    description: 'Webhook validation (loft webhook)',
    purpose: 'Validates requests and enforces policies',
    impact: 'webhook validation might fail',
    section: 'Connect Kubernetes to the platform',
    protocolBasis: Basis.COMMAND,
    level: PortLevel.POD,
    internal: true,
  },
  'management-api': {
    name: 'management-api',
    port: Port.tcp(9444),
    description: 'Management API (v1.management.loft.sh)',
    purpose: 'Handles platform-wide administration and cluster management',
    impact: 'platform features such as role-based access control (RBAC) enforcement might fail',
    section: 'Connect Kubernetes to the platform',
    protocolBasis: Basis.COMMAND,
    level: PortLevel.POD,
    internal: true,
  },
};

export const VCLUSTER_PLATFORM_2025_03: PortTable = {
  id: 'vcluster-platform',
  product: 'vCluster Platform',
  title: 'Networking: Connect Kubernetes to the platform',
  reference:
    'https://github.com/loft-sh/vcluster-docs/blob/8934a9d269f959144bb173c1ffa0bae124eace9d/platform/administer/clusters/advanced/networking.mdx',
  edition: '2025-03',
  comparedOn: '2026-11-21',
  discrepancies: [
    { finding: 'The table gives no protocol; the gcloud command gives tcp.', decision: 'The protocol is tcp.' },
    {
      finding:
        'In one place, control plane and nodes of a private GKE cluster "might" be in separate subnetworks; in a second place, they "are not" in the same one.',
      decision: 'The source range is a required prop.',
    },
    {
      finding: 'The gcloud command does not name a network, so it applies to the network "default".',
      decision: 'GcpFirewall requires a network.',
    },
    {
      finding: 'The document mentions AWS security groups, but gives only gcloud commands.',
      decision: 'On AWS the same ports are opened, with one rule per port and source.',
    },
  ],
  flows: [
    {
      name: 'allow-k8s-api-to-vcluster-platform',
      source: ROLES['kubernetes-api'],
      destination: ROLES.platform,
      rows: [ROWS['api-service'], ROWS.webhook, ROWS['management-api']],
    },
  ],
};
