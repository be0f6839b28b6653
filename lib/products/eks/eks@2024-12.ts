// Generated from eks@2024-12.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'control-plane': { id: 'control-plane', title: 'network interfaces of the cluster' },
  node: { id: 'node', title: 'nodes' },
};

const ROWS = {
  https: {
    name: 'https',
    port: Port.tcp(443),
    description: 'minimum rules that are required for the cluster',
    section: 'Restricting cluster traffic',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  kubelet: {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'minimum rules that are required for the cluster',
    section: 'Restricting cluster traffic',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  dns: {
    name: 'dns',
    port: Port.tcpAndUdp(53),
    description: 'DNS',
    section: 'Restricting cluster traffic',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const EKS_2024_12: PortTable = {
  id: 'eks',
  product: 'Amazon EKS',
  title: 'View Amazon EKS security group requirements for clusters: Restricting cluster traffic',
  reference:
    'https://github.com/awsdocs/amazon-eks-user-guide/blob/4d52b4d05e3478582e7d10a73cbd9ba9194dd5f7/latest/ug/networking/sec-group-reqs.adoc',
  edition: '2024-12',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The table has outbound rules whose destination is the cluster security group, which network interfaces of the cluster and nodes both have.',
      decision:
        'Both are roles, and each reaches the other and itself. If both are one security group, each port is opened once.',
    },
    {
      finding: 'The page does not say what 443/tcp and 10250/tcp are for.',
      decision: 'The row of 10250/tcp is named after the port of the kubelet.',
      rows: ['https', 'kubelet'],
    },
    {
      finding:
        'The default rules allow all traffic of the group with itself, and all outbound traffic. Amazon EKS recreates the inbound rule.',
      decision: 'Not part of the table, which has the rules that replace the outbound rule.',
    },
    {
      finding:
        'A newer page has a default outbound rule for EFA traffic in addition. Its part Restricting cluster traffic could not be read.',
      decision: 'The edition is that of the newest text that could be read in full.',
    },
    {
      finding:
        'The document asks for rules for traffic between nodes, for outbound access to the APIs of Amazon EKS, to registries and to Amazon S3, without numbers.',
      decision: 'Not documented. The tables of the pod network and of each webhook have them.',
    },
  ],
  flows: [
    { source: ROLES['control-plane'], destination: ROLES['control-plane'], rows: [ROWS.https, ROWS.kubelet, ROWS.dns] },
    { source: ROLES['control-plane'], destination: ROLES.node, rows: [ROWS.https, ROWS.kubelet, ROWS.dns] },
    { source: ROLES.node, destination: ROLES['control-plane'], rows: [ROWS.https, ROWS.kubelet, ROWS.dns] },
    { source: ROLES.node, destination: ROLES.node, rows: [ROWS.https, ROWS.kubelet, ROWS.dns] },
  ],
};
