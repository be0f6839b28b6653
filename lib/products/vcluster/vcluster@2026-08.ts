// Generated from vcluster@2026-08.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'kubectl, ingress controllers, Gateway API' },
  'control-plane': { id: 'control-plane', title: 'vcluster control plane' },
  node: { id: 'node', title: 'private nodes' },
  workload: { id: 'workload', title: 'vcluster workloads' },
  coredns: { id: 'coredns', title: 'CoreDNS in the tenant cluster' },
  'kubernetes-api': { id: 'kubernetes-api', title: 'host control plane' },
  etcd: { id: 'etcd', title: 'deployed etcd' },
};

const ROWS = {
  'api-server': {
    name: 'api-server',
    port: Port.tcp(8443),
    description: 'Allow external ingress to the vCluster API server.',
    section: 'chart: networkpolicy.yaml',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.POD,
  },
  'api-server-2': {
    name: 'api-server',
    port: Port.tcp(8443),
    description: 'Allow ingress for vcluster workloads.',
    section: 'Enable network isolation',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.POD,
    internal: true,
  },
  coredns: {
    name: 'coredns',
    port: Port.tcpAndUdp(1053),
    description: 'Allow egress to vcluster DNS and control plane.',
    impact: 'prevents DNS resolution within the tenant cluster',
    section: 'Enable network isolation',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.POD,
    internal: true,
    when: { 'embedded-coredns': ['true'] },
  },
  'coredns-2': {
    name: 'coredns',
    port: Port.tcpAndUdp(1053),
    description: 'CoreDNS in the tenant cluster listens on port 1053, not the DNS port 53.',
    impact: 'prevents DNS resolution within the tenant cluster',
    section: 'CoreDNS',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.POD,
    internal: true,
  },
  'api-server-3': {
    name: 'api-server',
    port: Port.tcp(8443),
    description: 'Allow egress to vcluster control plane.',
    section: 'chart: networkpolicy.yaml',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.POD,
    internal: true,
  },
  'host-api-443': {
    name: 'host-api-443',
    port: Port.tcp(443),
    description: 'Allow egress to host control plane.',
    section: 'Enable network isolation',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.HOST,
    internal: true,
  },
  'host-api-8443': {
    name: 'host-api-8443',
    port: Port.tcp(8443),
    description: 'Allow egress to host control plane.',
    section: 'Enable network isolation',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.HOST,
    internal: true,
  },
  'host-api-6443': {
    name: 'host-api-6443',
    port: Port.tcp(6443),
    description: 'Allow egress to host control plane.',
    section: 'Enable network isolation',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.HOST,
    internal: true,
  },
  'etcd-client': {
    name: 'etcd-client',
    port: Port.tcp(2379),
    description: 'etcd',
    section: 'chart: headless-service.yaml',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  'etcd-peer': {
    name: 'etcd-peer',
    port: Port.tcp(2380),
    description: 'peer',
    section: 'chart: headless-service.yaml',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  'etcd-client-2': {
    name: 'etcd-client',
    port: Port.tcp(2379),
    description: 'etcd',
    section: 'chart: etcd-service.yaml',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  'etcd-peer-2': {
    name: 'etcd-peer',
    port: Port.tcp(2380),
    description: 'peer',
    section: 'chart: etcd-headless-service.yaml',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
};

export const VCLUSTER_2026_08: PortTable = {
  id: 'vcluster',
  product: 'vCluster',
  title: 'Network policy; CoreDNS; network policies and services of the chart',
  reference:
    'https://github.com/loft-sh/vcluster-docs/blob/0f45a068f4c65baa8df49daef2868bb1644fbf53/vcluster/configure/vcluster-yaml/policies/network-policy.mdx',
  edition: '2026-08',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The documentation has no port table; it prints the network policies, which are off by default and restrict traffic that is there without them too.',
      decision: 'The ports of the policies are rows; the parts of the policies that allow every port are not.',
    },
    {
      finding:
        'The chart of 2026-08 lets everyone reach the API server on 8443/tcp; the policies that the page prints are of an older chart and do not.',
      decision:
        'The chart decides. Its comment names kubectl, ingress controllers, Gateway API and Konnectivity agents, which run on private nodes.',
      rows: ['client>control-plane/api-server', 'node>control-plane/api-server'],
    },
    {
      finding:
        'The Service has 443 for the port 8443 of the pods; a load balancer or NodePort in front of it has a port of its own.',
      decision: 'The port of the pods. ports moves it.',
      rows: ['api-server'],
    },
    {
      finding:
        'The policy lets the control plane reach the API server of the host cluster on 443, 8443 and 6443, because it does not know which one it has.',
      decision: 'Three rows; omit closes those that are not used.',
      rows: ['host-api-443', 'host-api-8443', 'host-api-6443'],
    },
    {
      finding:
        'The page on CoreDNS has 1053 without a protocol; the policies, and the page on networking of vCluster Platform, have TCP and UDP.',
      decision: 'Both.',
      rows: ['workload>coredns/coredns'],
    },
    {
      finding:
        '6443 of vCluster Standalone is in one sentence on troubleshooting, which names other ports without numbers; the join command of Standalone has 8443.',
      decision: 'Not a row.',
    },
    {
      finding:
        'Ports between private nodes (Flannel is their default CNI) and those of kubelets are not documented; requirements of kubeadm are recommended.',
      decision: 'Not rows. Tables of flannel and kubeadm have them.',
    },
    {
      finding:
        'vCluster VPN needs a source port (41641/udp) and outbound 3478/udp, 80/tcp and 443/tcp to any address for direct connections.',
      decision: 'Not expressible.',
    },
  ],
  options: [
    {
      id: 'private-nodes',
      title: 'Private nodes, instead of nodes of the control plane cluster',
      default: 'false',
      section: 'Using private nodes',
      reference:
        'https://github.com/loft-sh/vcluster-docs/blob/0f45a068f4c65baa8df49daef2868bb1644fbf53/vcluster/_fragments/private-nodes.mdx',
    },
    {
      id: 'embedded-coredns',
      title: 'CoreDNS as a part of the control plane pod, instead of a separate pod',
      default: 'false',
      section: 'CoreDNS: Deployment types',
      reference:
        'https://github.com/loft-sh/vcluster-docs/blob/0f45a068f4c65baa8df49daef2868bb1644fbf53/vcluster/configure/vcluster-yaml/control-plane/components/coredns.mdx',
    },
    {
      id: 'backing-store',
      title: 'The backing store: a database (embedded SQLite, or external), embedded etcd or deployed etcd',
      choices: ['database', 'embedded-etcd', 'deployed-etcd'],
      default: 'database',
      section: 'Backing Store',
      reference:
        'https://github.com/loft-sh/vcluster-docs/blob/0f45a068f4c65baa8df49daef2868bb1644fbf53/vcluster/configure/vcluster-yaml/control-plane/components/backing-store/README.mdx',
    },
  ],
  flows: [
    { source: ROLES.client, destination: ROLES['control-plane'], rows: [ROWS['api-server']] },
    {
      when: { 'private-nodes': ['true'] },
      source: ROLES.node,
      destination: ROLES['control-plane'],
      rows: [ROWS['api-server']],
    },
    {
      when: { 'private-nodes': ['false'] },
      source: ROLES.workload,
      destination: ROLES['control-plane'],
      rows: [ROWS['api-server-2'], ROWS.coredns],
    },
    {
      when: { 'embedded-coredns': ['false'] },
      source: ROLES.workload,
      destination: ROLES.coredns,
      rows: [ROWS['coredns-2']],
    },
    {
      when: { 'private-nodes': ['false'], 'embedded-coredns': ['false'] },
      source: ROLES.coredns,
      destination: ROLES['control-plane'],
      rows: [ROWS['api-server-3']],
    },
    {
      source: ROLES['control-plane'],
      destination: ROLES['kubernetes-api'],
      rows: [ROWS['host-api-443'], ROWS['host-api-8443'], ROWS['host-api-6443']],
    },
    {
      when: { 'backing-store': ['embedded-etcd'] },
      source: ROLES['control-plane'],
      destination: ROLES['control-plane'],
      rows: [ROWS['etcd-client'], ROWS['etcd-peer']],
    },
    {
      when: { 'backing-store': ['deployed-etcd'] },
      source: ROLES['control-plane'],
      destination: ROLES.etcd,
      rows: [ROWS['etcd-client-2']],
    },
    {
      when: { 'backing-store': ['deployed-etcd'] },
      source: ROLES.etcd,
      destination: ROLES.etcd,
      rows: [ROWS['etcd-peer-2']],
    },
  ],
};
