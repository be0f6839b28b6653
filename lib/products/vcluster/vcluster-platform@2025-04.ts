// Generated from vcluster-platform@2025-04.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'kubernetes-api': { id: 'kubernetes-api', title: 'Kubernetes' },
  platform: { id: 'platform', title: 'the platform' },
  node: { id: 'node', title: 'nodes' },
};

const ROWS = {
  'legacy-metrics': {
    name: 'legacy-metrics',
    port: Port.tcp(8080),
    description: 'Legacy metrics endpoint',
    purpose: 'Enables scraping metrics when serviceMonitor.enabled=true',
    section: 'Connect Kubernetes to the platform',
    protocolBasis: Basis.COMMAND,
    level: PortLevel.POD,
    internal: true,
  },
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
  'coredns-tcp': {
    name: 'coredns-tcp',
    port: Port.tcp(1053),
    description: 'CoreDNS for vCluster',
    purpose: 'Enables internal DNS resolution across nodes in virtual clusters',
    impact: 'DNS queries from virtual cluster pods might not work',
    section: 'Enable DNS resolution in virtual clusters',
    protocolBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
  'coredns-udp': {
    name: 'coredns-udp',
    port: Port.udp(1053),
    description: 'CoreDNS for vCluster',
    purpose: 'Enables internal DNS resolution across nodes in virtual clusters',
    impact: 'DNS queries from virtual cluster pods might not work',
    section: 'Enable DNS resolution in virtual clusters',
    protocolBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
};

export const VCLUSTER_PLATFORM_2025_04: PortTable = {
  id: 'vcluster-platform',
  product: 'vCluster Platform',
  title: 'Networking: Required open ports',
  reference:
    'https://github.com/loft-sh/vcluster-docs/blob/48c4c264afce862471625dfb6004705fa2aca9bc/platform/administer/clusters/advanced/networking.mdx',
  edition: '2025-04',
  comparedOn: '2026-11-22',
  discrepancies: [
    {
      finding:
        'The page was published twice in this month: on the first day without 8080/tcp, on the last day with it.',
      decision: 'The later text is used.',
    },
    {
      finding: 'The table gives no protocol; the gcloud command gives tcp.',
      decision: 'The protocol is tcp.',
      rows: [
        'kubernetes-api>platform/legacy-metrics',
        'kubernetes-api>platform/api-service',
        'kubernetes-api>platform/webhook',
        'kubernetes-api>platform/management-api',
      ],
    },
    {
      finding:
        '8080/tcp is needed only with serviceMonitor.enabled=true, and Prometheus scrapes it; the table and the command always open it for the Kubernetes API.',
      decision: 'As documented; omit leaves it out.',
      rows: ['legacy-metrics'],
    },
    {
      finding: 'The table gives 1053 without a protocol; the note below it names tcp and udp.',
      decision: 'Both are opened.',
      rows: ['coredns-tcp', 'coredns-udp'],
    },
    {
      finding:
        'In one place, control plane and nodes of a private GKE cluster "might" be in separate subnetworks; in a second place, they "are not" in the same one.',
      decision: 'The source range is a required prop.',
    },
    {
      finding: 'The gcloud command does not name a network, so it applies to the network "default".',
      decision: 'GcpFirewall requires a network.',
    },
  ],
  flows: [
    {
      name: 'allow-k8s-api-to-vcluster-platform',
      source: ROLES['kubernetes-api'],
      destination: ROLES.platform,
      rows: [ROWS['legacy-metrics'], ROWS['api-service'], ROWS.webhook, ROWS['management-api']],
    },
    { source: ROLES.node, destination: ROLES.node, rows: [ROWS['coredns-tcp'], ROWS['coredns-udp']] },
  ],
};
