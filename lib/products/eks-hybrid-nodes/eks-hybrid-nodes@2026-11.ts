// Generated from eks-hybrid-nodes@2026-11.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'remote-node': { id: 'remote-node', title: 'Remote Node CIDR(s)' },
  'control-plane': { id: 'control-plane', title: 'EKS cluster IPs' },
  'remote-pod': { id: 'remote-pod', title: 'Remote Pod CIDR(s)' },
  ssm: { id: 'ssm', title: 'SSM service endpoint' },
  'roles-anywhere': { id: 'roles-anywhere', title: 'IAM Anywhere service endpoint' },
  sts: { id: 'sts', title: 'STS Regional Endpoint' },
  'eks-auth': { id: 'eks-auth', title: 'Amazon EKS Auth service endpoint' },
};

const ROWS = {
  'api-server': {
    name: 'api-server',
    port: Port.tcp(443),
    description: 'kubelet to Kubernetes API server',
    section: 'Access required for ongoing cluster operations',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  'api-server-2': {
    name: 'api-server',
    port: Port.tcp(443),
    description: 'Pod to Kubernetes API server',
    section: 'Access required for ongoing cluster operations',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  ssm: {
    name: 'ssm',
    port: Port.tcp(443),
    description: 'SSM hybrid activations credential refresh and SSM heartbeats every 5 minutes',
    section: 'Access required for ongoing cluster operations',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  'roles-anywhere': {
    name: 'roles-anywhere',
    port: Port.tcp(443),
    description: 'IAM Roles Anywhere credential refresh',
    section: 'Access required for ongoing cluster operations',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  sts: {
    name: 'sts',
    port: Port.tcp(443),
    description: 'Pod to STS endpoint, only required for IRSA',
    section: 'Access required for ongoing cluster operations',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  'eks-auth': {
    name: 'eks-auth',
    port: Port.tcp(443),
    description: 'Node to Amazon EKS Auth endpoint, only required for Amazon EKS Pod Identity',
    section: 'Access required for ongoing cluster operations',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  kubelet: {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'Kubernetes API server to kubelet',
    section: 'Access required for ongoing cluster operations',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  dns: {
    name: 'dns',
    port: Port.tcpAndUdp(53),
    description: 'Pod to CoreDNS.',
    section: 'Access required for ongoing cluster operations',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.POD,
    internal: true,
  },
};

export const EKS_HYBRID_NODES_2026_11: PortTable = {
  id: 'eks-hybrid-nodes',
  product: 'Amazon EKS Hybrid Nodes',
  title: 'Prepare networking for hybrid nodes: Access required for ongoing cluster operations',
  reference:
    'https://github.com/awsdocs/amazon-eks-user-guide/blob/0531c9794c27c3e73b1e087638cef9175c26741e/latest/ug/nodes/hybrid-nodes-networking.adoc',
  edition: '2026-11',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The date of the commit is not known; it is newer than 2024-12.',
      decision: 'The edition is the month in which the table was compared.',
    },
    {
      finding:
        'The document of 2024-12 called the row of 10250/tcp kubelet to Kubernetes API server; the newer one has it the other way round, as its source and destination were.',
      decision: 'From the API server to the kubelet.',
      rows: ['kubelet'],
    },
    {
      finding: 'No provider of credentials is called the default, and one of the two is needed.',
      decision: 'Both options are off. Set the one that is used.',
      rows: ['ssm', 'roles-anywhere'],
    },
    {
      finding:
        'For the security group, pods need 443/tcp only if the CNI does not use NAT for the pod traffic; for the on-premises firewall there is no condition.',
      decision: 'The table for the on-premises firewall decides.',
      rows: ['api-server'],
    },
    {
      finding: 'With a replica of CoreDNS in the cloud, DNS must also be allowed to its VPC.',
      decision: "Not a row, because its IP ranges are the user's.",
      rows: ['dns'],
    },
    {
      finding: 'Webhook ports and app ports are placeholders.',
      decision: 'Not documented. The tables of each webhook have them.',
    },
    {
      finding:
        'The API reference also asks for outbound 10250/tcp from hosts to the control plane, and has DNS by UDP only.',
      decision: 'This page decides.',
      rows: ['kubelet', 'dns'],
    },
    {
      finding:
        'During installation and upgrade, hosts need 443/tcp to hostnames of AWS, most of which contain the name of the region.',
      decision: 'Not rows, because they are hostnames. See the document.',
    },
  ],
  options: [
    {
      id: 'ssm-hybrid-activations',
      title: 'AWS SSM hybrid activations as the on-premises IAM credential provider',
      default: 'false',
      section: 'Access required during hybrid node installation and upgrade',
    },
    {
      id: 'iam-roles-anywhere',
      title: 'AWS IAM Roles Anywhere as the on-premises IAM credential provider',
      default: 'false',
      section: 'Access required during hybrid node installation and upgrade',
    },
    { id: 'irsa', title: 'IRSA', default: 'false', section: 'Access required for ongoing cluster operations' },
    {
      id: 'pod-identity',
      title: 'Amazon EKS Pod Identity',
      default: 'false',
      section: 'Access required for ongoing cluster operations',
    },
  ],
  flows: [
    { source: ROLES['remote-node'], destination: ROLES['control-plane'], rows: [ROWS['api-server']] },
    { source: ROLES['remote-pod'], destination: ROLES['control-plane'], rows: [ROWS['api-server-2']] },
    {
      when: { 'ssm-hybrid-activations': ['true'] },
      source: ROLES['remote-node'],
      destination: ROLES.ssm,
      rows: [ROWS.ssm],
    },
    {
      when: { 'iam-roles-anywhere': ['true'] },
      source: ROLES['remote-node'],
      destination: ROLES['roles-anywhere'],
      rows: [ROWS['roles-anywhere']],
    },
    { when: { irsa: ['true'] }, source: ROLES['remote-pod'], destination: ROLES.sts, rows: [ROWS.sts] },
    {
      when: { 'pod-identity': ['true'] },
      source: ROLES['remote-node'],
      destination: ROLES['eks-auth'],
      rows: [ROWS['eks-auth']],
    },
    { source: ROLES['control-plane'], destination: ROLES['remote-node'], rows: [ROWS.kubelet] },
    { source: ROLES['remote-pod'], destination: ROLES['remote-pod'], rows: [ROWS.dns] },
  ],
};
