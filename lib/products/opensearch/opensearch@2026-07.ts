// Generated from opensearch@2026-07.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'clients of the OpenSearch REST API' },
  node: { id: 'node', title: 'OpenSearch nodes' },
  dashboards: { id: 'dashboards', title: 'OpenSearch Dashboards' },
  'remote-cluster': { id: 'remote-cluster', title: 'clusters that search this one' },
  'dashboards-client': { id: 'dashboards-client', title: 'users of OpenSearch Dashboards' },
  'metrics-client': { id: 'metrics-client', title: 'clients of Performance Analyzer' },
};

const ROWS = {
  'rest-api': {
    name: 'rest-api',
    port: Port.tcp(9200),
    description: 'OpenSearch REST API',
    section: 'Network requirements',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  transport: {
    name: 'transport',
    port: Port.tcp(9300),
    description: 'Node communication and transport (internal)',
    section: 'Network requirements',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'cross-cluster-search': {
    name: 'cross-cluster-search',
    port: Port.tcp(9300),
    description: 'cross cluster search',
    section: 'Network requirements',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  dashboards: {
    name: 'dashboards',
    port: Port.tcp(5601),
    description: 'OpenSearch Dashboards',
    section: 'Network requirements',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
  },
  'performance-analyzer': {
    name: 'performance-analyzer',
    port: Port.tcp(9600),
    description: 'Performance Analyzer',
    section: 'Network requirements',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const OPENSEARCH_2026_07: PortTable = {
  id: 'opensearch',
  product: 'OpenSearch',
  title: 'Install OpenSearch: Network requirements',
  reference:
    'https://github.com/opensearch-project/documentation-website/blob/cf95a341c9b617c96ca8773b258512a18b93ab6b/_install-and-configure/install-opensearch/index.md',
  edition: '2026-07',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The table has no protocol and no sources; the sentences around it say TCP, and that no UDP is used.',
      decision: 'The protocol is tcp; sources follow from the purpose.',
    },
    {
      finding: 'The page Network settings has the defaults 9200-9300 for http.port and 9300-9400 for transport.port.',
      decision: 'The numbers of Network requirements; ports moves them if several nodes run on a host.',
      rows: ['rest-api', 'transport'],
    },
    { finding: '443 is for OpenSearch Dashboards in the AWS OpenSearch Service.', decision: 'Not a row.' },
    {
      finding:
        'Performance Analyzer is installed by default; a different page says how to disable it, and that it does not authenticate clients.',
      decision: 'The option is on by default; the clients of 9600/tcp are a role of their own.',
      rows: ['performance-analyzer'],
    },
    {
      finding: 'No page says whether cross cluster search is used by default.',
      decision: 'The default of the option cross-cluster-search is false, so that no other cluster can connect.',
      rows: ['cross-cluster-search'],
    },
  ],
  options: [
    {
      id: 'performance-analyzer',
      title: 'Performance Analyzer',
      default: 'true',
      section: 'Network requirements',
      reference:
        'https://github.com/opensearch-project/documentation-website/blob/cf95a341c9b617c96ca8773b258512a18b93ab6b/_monitoring-your-cluster/pa/index.md',
    },
    { id: 'cross-cluster-search', title: 'Cross cluster search', default: 'false', section: 'Network requirements' },
  ],
  flows: [
    { source: ROLES.client, destination: ROLES.node, rows: [ROWS['rest-api']] },
    { source: ROLES.dashboards, destination: ROLES.node, rows: [ROWS['rest-api']] },
    { source: ROLES.node, destination: ROLES.node, rows: [ROWS.transport] },
    {
      when: { 'cross-cluster-search': ['true'] },
      source: ROLES['remote-cluster'],
      destination: ROLES.node,
      rows: [ROWS['cross-cluster-search']],
    },
    { source: ROLES['dashboards-client'], destination: ROLES.dashboards, rows: [ROWS.dashboards] },
    {
      when: { 'performance-analyzer': ['true'] },
      source: ROLES['metrics-client'],
      destination: ROLES.node,
      rows: [ROWS['performance-analyzer']],
    },
  ],
};
