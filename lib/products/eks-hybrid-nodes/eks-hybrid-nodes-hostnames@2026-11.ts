// Generated from eks-hybrid-nodes-hostnames@2026-11.hostnames.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, type HostnameTable } from '../../tables';

export const EKS_HYBRID_NODES_HOSTNAMES_2026_11: HostnameTable = {
  id: 'eks-hybrid-nodes-hostnames',
  product: 'Amazon EKS Hybrid Nodes',
  title: 'Prepare networking for hybrid nodes: On-premises networking configuration',
  reference:
    'https://github.com/awsdocs/amazon-eks-user-guide/blob/0531c9794c27c3e73b1e087638cef9175c26741e/latest/ug/nodes/hybrid-nodes-networking.adoc',
  edition: '2026-11',
  comparedOn: '2026-11-29',
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
  parameters: [
    { id: 'region', title: 'The AWS Region of the cluster', example: 'eu-central-1' },
    {
      id: 'registry-account',
      title:
        'The account in the registry of your Region on the page "View Amazon container image registries for Amazon EKS add-ons"',
      example: '602401143452',
    },
  ],
  discrepancies: [
    {
      finding:
        'The page names the registry of the EKS images only by a link to a page with one registry for each Region.',
      decision:
        'The account number and the Region are parameters. Registries of Regions in China end with .com.cn and have no row.',
      rows: ['registry'],
    },
    {
      finding: 'The page names the endpoints of STS and of EKS Auth only by links to the service endpoints of AWS.',
      decision:
        'The rows have the endpoint of the Region as these pages list it, without dual-stack and FIPS variants.',
      rows: ['sts', 'eks-auth'],
    },
    {
      finding: 'One of two credential providers is needed, and the page does not say which is the default.',
      decision: 'Both options are off.',
      rows: ['ssm-binaries', 'ssm', 'roles-anywhere-binaries', 'roles-anywhere'],
    },
  ],
  hostnames: [
    {
      name: 'artifacts',
      hostname: 'hybrid-assets.eks.amazonaws.com',
      section: 'Access required during hybrid node installation and upgrade',
      remark: 'EKS node artifacts (S3)',
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
    },
    {
      name: 'eks',
      hostname: 'eks.{region}.amazonaws.com',
      section: 'Access required during hybrid node installation and upgrade',
      remark: 'EKS service endpoints',
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
    },
    {
      name: 'ecr',
      hostname: 'api.ecr.{region}.amazonaws.com',
      section: 'Access required during hybrid node installation and upgrade',
      remark: 'ECR service endpoints',
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
    },
    {
      name: 'registry',
      hostname: '{registry-account}.dkr.ecr.{region}.amazonaws.com',
      section: 'Access required during hybrid node installation and upgrade',
      remark: 'EKS ECR endpoints',
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
    },
    {
      name: 'ssm-binaries',
      hostname: 'amazon-ssm-{region}.s3.{region}.amazonaws.com',
      section: 'Access required during hybrid node installation and upgrade',
      remark: 'SSM binary endpoint',
      when: { 'ssm-hybrid-activations': ['true'] },
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
    },
    {
      name: 'ssm',
      hostname: 'ssm.{region}.amazonaws.com',
      section: 'Access required during hybrid node installation and upgrade',
      remark: 'SSM service endpoint',
      when: { 'ssm-hybrid-activations': ['true'] },
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
    },
    {
      name: 'roles-anywhere-binaries',
      hostname: 'rolesanywhere.amazonaws.com',
      section: 'Access required during hybrid node installation and upgrade',
      remark: 'IAM Anywhere binary endpoint',
      when: { 'iam-roles-anywhere': ['true'] },
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
    },
    {
      name: 'roles-anywhere',
      hostname: 'rolesanywhere.{region}.amazonaws.com',
      section: 'Access required during hybrid node installation and upgrade',
      remark: 'IAM Anywhere service endpoint',
      when: { 'iam-roles-anywhere': ['true'] },
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
    },
    {
      name: 'sts',
      hostname: 'sts.{region}.amazonaws.com',
      section: 'Access required for ongoing cluster operations',
      remark: 'Pod to STS endpoint, only required for IRSA',
      when: { irsa: ['true'] },
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
    },
    {
      name: 'eks-auth',
      hostname: 'eks-auth.{region}.api.aws',
      section: 'Access required for ongoing cluster operations',
      remark: 'Node to Amazon EKS Auth endpoint, only required for Amazon EKS Pod Identity',
      when: { 'pod-identity': ['true'] },
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
    },
  ],
};
