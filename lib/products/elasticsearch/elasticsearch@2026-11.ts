// Generated from elasticsearch@2026-11.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'external users of the REST API' },
  elasticsearch: { id: 'elasticsearch', title: 'Elasticsearch nodes' },
  kibana: { id: 'kibana', title: 'Kibana' },
  'kibana-client': { id: 'kibana-client', title: 'external users of Kibana' },
  'remote-cluster': { id: 'remote-cluster', title: 'clusters for which this one is a remote cluster' },
};

const ROWS = {
  elasticsearch: {
    name: 'elasticsearch',
    port: Port.tcpRange(9200, 9300),
    description: 'REST API for Elasticsearch.',
    section: 'Ports',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'elasticsearch-transport': {
    name: 'elasticsearch-transport',
    port: Port.tcpRange(9300, 9400),
    description: 'Transport API.',
    section: 'Ports',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
    when: { 'transport-clients': ['true'] },
  },
  'elasticsearch-transport-2': {
    name: 'elasticsearch-transport',
    port: Port.tcpRange(9300, 9400),
    description: 'Transport API.',
    section: 'Ports',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  kibana: {
    name: 'kibana',
    port: Port.tcp(5601),
    description: 'Kibana default access port.',
    section: 'Ports',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
  },
  'remote-cluster': {
    name: 'remote-cluster',
    port: Port.tcp(9443),
    description: 'The port to bind for remote cluster client communication.',
    section: 'Networking settings: Commonly used network settings',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { 'remote-clusters': ['api-key'] },
  },
  'elasticsearch-transport-3': {
    name: 'elasticsearch-transport',
    port: Port.tcpRange(9300, 9400),
    description: 'The transport interface is also used for communication with remote clusters.',
    section: 'Networking settings: Commonly used network settings',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { 'remote-clusters': ['certificate'] },
  },
};

export const ELASTICSEARCH_2026_11: PortTable = {
  id: 'elasticsearch',
  product: 'Elasticsearch',
  title: 'Ports of a self-managed Elasticsearch cluster',
  reference:
    'https://github.com/elastic/docs-content/blob/483a78595c751a41a06961ef0b8959cbec82732f/deploy-manage/deploy/self-managed/_snippets/ports.md',
  edition: '2026-11',
  comparedOn: '2026-11-28',
  discrepancies: [
    { finding: 'The snippet has no date.', decision: 'The edition is the month in which the table was compared.' },
    {
      finding: 'The column Access type has HTTP (REST) for two rows.',
      decision: 'HTTP uses TCP.',
      rows: ['client>elasticsearch/elasticsearch', 'kibana>elasticsearch/elasticsearch', 'kibana-client>kibana/kibana'],
    },
    {
      finding: 'A node takes the first free port of each range, and the two ranges meet at 9300.',
      decision: 'The ranges, as documented; ports moves them to 9200/tcp and 9300/tcp if one node runs on a host.',
      rows: ['elasticsearch', 'elasticsearch-transport'],
    },
    {
      finding:
        'The REST API "must be open to external users"; the page on networking settings says: never expose an unprotected node to the public internet.',
      decision: 'The row is internal. Open Kibana, or a proxy in front of the REST API, to the internet.',
      rows: ['client>elasticsearch/elasticsearch'],
    },
    {
      finding:
        'The transport API must also be accessible to external clients that use it (Java client); current clients use the REST API.',
      decision: 'The option transport-clients, off by default.',
      rows: ['client>elasticsearch/elasticsearch-transport'],
    },
    {
      finding: 'The snippet does not have remote clusters; the page on networking settings does.',
      decision: 'The option remote-clusters, none by default.',
      rows: ['remote-cluster'],
    },
  ],
  options: [
    {
      id: 'transport-clients',
      title: 'External clients that use the transport API',
      default: 'false',
      section: 'Ports',
    },
    {
      id: 'remote-clusters',
      title: 'How clusters for which this one is a remote cluster authenticate, or none',
      choices: ['none', 'api-key', 'certificate'],
      default: 'none',
      section: 'Networking settings: Commonly used network settings',
      reference:
        'https://github.com/elastic/docs-content/blob/05bc37c52dc8a3047892b691f2bf1df3d734aaf3/deploy-manage/remote-clusters/remote-clusters-api-key.md',
    },
  ],
  flows: [
    {
      source: ROLES.client,
      destination: ROLES.elasticsearch,
      rows: [ROWS.elasticsearch, ROWS['elasticsearch-transport']],
    },
    { source: ROLES.kibana, destination: ROLES.elasticsearch, rows: [ROWS.elasticsearch] },
    { source: ROLES.elasticsearch, destination: ROLES.elasticsearch, rows: [ROWS['elasticsearch-transport-2']] },
    { source: ROLES['kibana-client'], destination: ROLES.kibana, rows: [ROWS.kibana] },
    {
      source: ROLES['remote-cluster'],
      destination: ROLES.elasticsearch,
      rows: [ROWS['remote-cluster'], ROWS['elasticsearch-transport-3']],
    },
  ],
};
