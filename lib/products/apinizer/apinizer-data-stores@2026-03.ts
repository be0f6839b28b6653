// Generated from apinizer-data-stores@2026-03.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, type PortTable } from '../../tables';

const ROLES = {
  worker: { id: 'worker', title: 'Worker servers' },
  mongodb: { id: 'mongodb', title: 'Mongodb servers' },
  elasticsearch: { id: 'elasticsearch', title: 'Elasticsearch servers' },
};

const ROWS = {
  mongodb: {
    name: 'mongodb',
    port: Port.tcp(25080),
    description: 'Apinizer configuration database port',
    section: 'Ports for MongoDB Servers',
    protocolBasis: Basis.TABLE,
    internal: true,
  },
  elasticsearch: {
    name: 'elasticsearch',
    port: Port.tcp(9200),
    description: 'Application port of the Analytics server where API Traffic logs are written',
    section: 'Ports for Elasticsearch Servers',
    protocolBasis: Basis.TABLE,
    internal: true,
  },
  'elasticsearch-transport': {
    name: 'elasticsearch-transport',
    port: Port.tcp(9300),
    description: 'Elasticsearch Transport port (intra-cluster communication)',
    section: 'Ports for Elasticsearch Servers',
    protocolBasis: Basis.TABLE,
    internal: true,
  },
};

export const APINIZER_DATA_STORES_2026_03: PortTable = {
  id: 'apinizer-data-stores',
  product: 'Apinizer',
  title: 'Network Topology and Port Requirements: Apinizer components on database servers',
  reference:
    'https://github.com/apinizer/docs/blob/e6db3cf7725b4c8bdb0427c8e15660651af7ab48/en/concepts/deployment/network-topology.mdx',
  edition: '2026-03',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.27.4'],
  comparedOn: '2026-11-22',
  discrepancies: [
    {
      finding:
        '25080/tcp of MongoDB is listed twice: as its standard port and as the port of the configuration database. The text of December 2025 has 27017/tcp as the standard port.',
      decision: 'One row.',
      rows: ['mongodb'],
    },
    {
      finding:
        'The page does not list a port between members of a MongoDB replica set; a different page of the same documentation lists 25080/tcp.',
      decision: 'Not opened.',
      rows: ['mongodb'],
    },
    {
      finding:
        'In the summary and the request template, only workers reach the databases; in the description of the zones, the manager does too.',
      decision: 'Only workers are allowed; Peer.anyOf adds more sources.',
    },
    {
      finding:
        'The summary has 5701/tcp from workers to the cache, and the zones have it between members of the cache; no port table of the page has it.',
      decision: 'Not opened: a port table wins over a summary; a table of your own opens it.',
    },
  ],
  flows: [
    { source: ROLES.worker, destination: ROLES.mongodb, rows: [ROWS.mongodb] },
    { source: ROLES.worker, destination: ROLES.elasticsearch, rows: [ROWS.elasticsearch] },
    { source: ROLES.elasticsearch, destination: ROLES.elasticsearch, rows: [ROWS['elasticsearch-transport']] },
  ],
};
