// Generated from vcluster-platform@2026-08.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'kubernetes-api': { id: 'kubernetes-api', title: 'Kubernetes' },
  platform: { id: 'platform', title: 'the platform' },
  vcluster: { id: 'vcluster', title: 'vCluster' },
  node: { id: 'node', title: 'nodes' },
  agent: { id: 'agent', title: 'the Platform agent' },
  'platform-endpoint': { id: 'platform-endpoint', title: 'Platform public URL or load balancer' },
  dns: { id: 'dns', title: 'DNS resolver' },
};

const ROWS = {
  'legacy-metrics': {
    name: 'legacy-metrics',
    port: Port.tcp(8080),
    description: 'Legacy metrics endpoint',
    purpose: 'Enables scraping metrics when serviceMonitor.enabled=true',
    section: 'Connect Kubernetes to the platform',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.COMMAND,
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
    directionBasis: Basis.COMMAND,
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
    directionBasis: Basis.COMMAND,
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
    directionBasis: Basis.COMMAND,
    level: PortLevel.POD,
    internal: true,
  },
  'in-cluster-api': {
    name: 'in-cluster-api',
    port: Port.tcp(10443),
    description: 'vCluster to the platform pods of the same cluster',
    section: 'Connect vCluster to the platform',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
  'coredns-tcp': {
    name: 'coredns-tcp',
    port: Port.tcp(1053),
    description: 'CoreDNS for vCluster',
    purpose: 'Enables internal DNS resolution across nodes in tenant clusters',
    impact: 'DNS queries from tenant cluster pods might not work',
    section: 'Enable DNS resolution in tenant clusters',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
  'coredns-udp': {
    name: 'coredns-udp',
    port: Port.udp(1053),
    description: 'CoreDNS for vCluster',
    purpose: 'Enables internal DNS resolution across nodes in tenant clusters',
    impact: 'DNS queries from tenant cluster pods might not work',
    section: 'Enable DNS resolution in tenant clusters',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
  'in-cluster-api-2': {
    name: 'in-cluster-api',
    port: Port.tcp(10443),
    description: 'In-cluster path that avoids the external Platform URL',
    section: 'Platform communication: Required outbound access',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.POD,
    internal: true,
  },
  'platform-url': {
    name: 'platform-url',
    port: Port.tcp(443),
    description: 'Agent registration, coordination, API calls, and DERP fallback traffic',
    section: 'Platform communication: Required outbound access',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  dns: {
    name: 'dns',
    port: Port.tcpAndUdp(53),
    description: 'Resolves the Platform endpoint and any configured DERP relay endpoints',
    section: 'Platform communication: Required outbound access',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
};

export const VCLUSTER_PLATFORM_2026_08: PortTable = {
  id: 'vcluster-platform',
  product: 'vCluster Platform',
  title: 'Networking: Required open ports; Platform communication: Required outbound access',
  reference:
    'https://github.com/loft-sh/vcluster-docs/blob/0f45a068f4c65baa8df49daef2868bb1644fbf53/platform/administer/clusters/advanced/networking.mdx',
  edition: '2026-08',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The page Networking was last changed in May 2026 and has the ports of the edition 2025-10; the table of the Platform agent is on the page "Platform communication and connectivity" of August 2026.',
      decision: 'Both pages are one edition. The flows of the agent are optional.',
      rows: ['agent>platform/in-cluster-api', 'agent>platform-endpoint/platform-url', 'agent>dns/dns'],
    },
    {
      finding: 'The port of the public URL is "usually" 443, and DNS is "53, or your environment\'s DNS path".',
      decision: '443/tcp, and 53 by tcp and udp, unless the prop ports moves them.',
      rows: ['agent>platform-endpoint/platform-url', 'agent>dns/dns'],
    },
    {
      finding: 'The table gives no protocol; the gcloud command gives tcp.',
      decision: 'The protocol is tcp.',
      rows: ['legacy-metrics', 'api-service', 'webhook', 'management-api'],
    },
    {
      finding:
        '8080/tcp is needed only with serviceMonitor.enabled=true, and Prometheus scrapes it; the table and the command always open it for the Kubernetes API.',
      decision: 'As documented and as in the earlier editions; omit leaves it out.',
      rows: ['legacy-metrics'],
    },
    {
      finding: 'The table gives 1053 without a protocol; the note below it names tcp and udp.',
      decision: 'Both are opened.',
      rows: ['coredns-tcp', 'coredns-udp'],
    },
    {
      finding:
        'If vCluster and the platform are in different clusters, outbound traffic to the hostname of the platform must be allowed; that paragraph does not give a port.',
      decision: 'Not opened.',
    },
    {
      finding:
        'The installation page lists 8443, 9443, 9444 and 9090 from the Kubernetes master to the platform, but not 8080, 10443 and 1053.',
      decision: 'The networking page decides.',
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
    { source: ROLES.vcluster, destination: ROLES.platform, rows: [ROWS['in-cluster-api']] },
    { source: ROLES.node, destination: ROLES.node, rows: [ROWS['coredns-tcp'], ROWS['coredns-udp']] },
    { optional: true, source: ROLES.agent, destination: ROLES.platform, rows: [ROWS['in-cluster-api-2']] },
    { optional: true, source: ROLES.agent, destination: ROLES['platform-endpoint'], rows: [ROWS['platform-url']] },
    { optional: true, source: ROLES.agent, destination: ROLES.dns, rows: [ROWS.dns] },
  ],
};
