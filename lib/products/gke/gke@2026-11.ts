// Generated from gke@2026-11.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'control-plane': { id: 'control-plane', title: 'control plane' },
  node: { id: 'node', title: 'nodes' },
  pod: { id: 'pod', title: 'Pod CIDR' },
};

const ROWS = {
  'metrics-server': {
    name: 'metrics-server',
    port: Port.tcp(443),
    description: 'Permits the control plane to access the kubelet and metrics-server on cluster nodes.',
    section: 'GKE cluster firewall rules: gke-[cluster-name]-[cluster-hash]-master',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  kubelet: {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'Permits the control plane to access the kubelet and metrics-server on cluster nodes.',
    section: 'GKE cluster firewall rules: gke-[cluster-name]-[cluster-hash]-master',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'vms-tcp': {
    name: 'vms-tcp',
    port: Port.tcpRange(1, 65535),
    description: 'Used for intra-cluster communication required by the Kubernetes networking model.',
    section: 'GKE cluster firewall rules: gke-[cluster-name]-[cluster-hash]-vms',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'vms-udp': {
    name: 'vms-udp',
    port: Port.udpRange(1, 65535),
    description: 'Used for intra-cluster communication required by the Kubernetes networking model.',
    section: 'GKE cluster firewall rules: gke-[cluster-name]-[cluster-hash]-vms',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'vms-icmp': {
    name: 'vms-icmp',
    port: Port.icmp(),
    description: 'Used for intra-cluster communication required by the Kubernetes networking model.',
    section: 'GKE cluster firewall rules: gke-[cluster-name]-[cluster-hash]-vms',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'all-tcp': {
    name: 'all-tcp',
    port: Port.tcpRange(1, 65535),
    description: 'Permits traffic between all Pods on a cluster, as required by the Kubernetes networking model.',
    section: 'GKE cluster firewall rules: gke-[cluster-name]-[cluster-hash]-all',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.POD,
    internal: true,
  },
  'all-udp': {
    name: 'all-udp',
    port: Port.udpRange(1, 65535),
    description: 'Permits traffic between all Pods on a cluster, as required by the Kubernetes networking model.',
    section: 'GKE cluster firewall rules: gke-[cluster-name]-[cluster-hash]-all',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.POD,
    internal: true,
  },
  'all-sctp': {
    name: 'all-sctp',
    port: Port.sctpRange(1, 65535),
    description: 'Permits traffic between all Pods on a cluster, as required by the Kubernetes networking model.',
    section: 'GKE cluster firewall rules: gke-[cluster-name]-[cluster-hash]-all',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.POD,
    internal: true,
  },
  'all-icmp': {
    name: 'all-icmp',
    port: Port.icmp(),
    description: 'Permits traffic between all Pods on a cluster, as required by the Kubernetes networking model.',
    section: 'GKE cluster firewall rules: gke-[cluster-name]-[cluster-hash]-all',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.POD,
    internal: true,
  },
  'all-esp': {
    name: 'all-esp',
    port: Port.ip(50),
    description: 'Permits traffic between all Pods on a cluster, as required by the Kubernetes networking model.',
    section: 'GKE cluster firewall rules: gke-[cluster-name]-[cluster-hash]-all',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.POD,
    internal: true,
  },
  'all-ah': {
    name: 'all-ah',
    port: Port.ip(51),
    description: 'Permits traffic between all Pods on a cluster, as required by the Kubernetes networking model.',
    section: 'GKE cluster firewall rules: gke-[cluster-name]-[cluster-hash]-all',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.POD,
    internal: true,
  },
  'api-server': {
    name: 'api-server',
    port: Port.tcp(443),
    description: 'Connectivity to control plane endpoints always uses TCP destination port 443',
    section: 'Applicable firewalls and egress firewalls',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
  },
};

export const GKE_2026_11: PortTable = {
  id: 'gke',
  product: 'GKE',
  title: 'Automatically created firewall rules: GKE cluster firewall rules',
  reference: 'https://cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules',
  edition: '2026-11',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The page has no permanent link and no date, and was read in stored copies of several states, each of which ends early.',
      decision:
        "The edition is the month in which the table was compared. The rule -all is from an older copy than the others, and Google's Terraform module has the same protocols.",
    },
    {
      finding: 'GKE creates these rules by itself.',
      decision:
        'The table says what exists, and what must be opened where a team denies traffic by rules of its own. Webhooks of pods need rules of their own.',
    },
    {
      finding:
        'The rule -master is for private clusters only. The page does not say whether clusters are private by default.',
      decision: 'The default of the option private-cluster is false.',
      rows: ['metrics-server', 'kubelet'],
    },
    {
      finding:
        'Older copies also have 22/tcp from the control plane of public clusters, with the purpose of the rule of private clusters.',
      decision: 'The newest copies do not have it, so it is not a row.',
    },
    {
      finding:
        'The source of the rule -vms is the IP range of the nodes or a superset of it, in older copies 10.128.0.0/9.',
      decision: 'The source is the nodes.',
      rows: ['vms-tcp', 'vms-udp', 'vms-icmp'],
    },
    {
      finding: 'The rule -all gives protocols without ports.',
      decision: 'TCP, UDP and SCTP are opened with every port.',
      rows: ['all-tcp', 'all-udp', 'all-sctp'],
    },
    {
      finding:
        'GKE has no egress rule for 443/tcp to the control plane, and relies on the implied one; the page asks for one where egress is denied.',
      decision: 'A row. Google runs the control plane, so only an egress rule can be created for it.',
      rows: ['api-server'],
    },
    {
      finding:
        "Google's Terraform module knows the rules -inkubelet (10255/tcp) and -exkubelet, which denies 10255/tcp to everybody else.",
      decision: 'Not rows. The rules -vms and -all have the port, and a table has nothing that denies.',
    },
  ],
  options: [
    {
      id: 'private-cluster',
      title: 'Private Autopilot and Standard clusters',
      default: 'false',
      section: 'GKE cluster firewall rules',
    },
  ],
  flows: [
    {
      when: { 'private-cluster': ['true'] },
      source: ROLES['control-plane'],
      destination: ROLES.node,
      rows: [ROWS['metrics-server'], ROWS.kubelet],
    },
    { source: ROLES.node, destination: ROLES.node, rows: [ROWS['vms-tcp'], ROWS['vms-udp'], ROWS['vms-icmp']] },
    {
      source: ROLES.pod,
      destination: ROLES.node,
      rows: [ROWS['all-tcp'], ROWS['all-udp'], ROWS['all-sctp'], ROWS['all-icmp'], ROWS['all-esp'], ROWS['all-ah']],
    },
    { source: ROLES.node, destination: ROLES['control-plane'], rows: [ROWS['api-server']] },
    { source: ROLES.pod, destination: ROLES['control-plane'], rows: [ROWS['api-server']] },
  ],
};
