// Generated from apinizer-data-stores@2024-12.yaml by `npm run products`. Change that file.
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
    description: 'Apinizer configuration database port.',
    section: 'Port Requirements of Apinizer Components',
    protocolBasis: Basis.REQUEST_TEMPLATE,
    internal: true,
  },
  elasticsearch: {
    name: 'elasticsearch',
    port: Port.tcp(9200),
    description: 'API Application port of the Analytics server where traffic logs are written.',
    section: 'Port Requirements of Apinizer Components',
    protocolBasis: Basis.REQUEST_TEMPLATE,
    internal: true,
  },
};

export const APINIZER_DATA_STORES_2024_12: PortTable = {
  id: 'apinizer-data-stores',
  product: 'Apinizer',
  title: 'Access and Port Requirements for Installation: Apinizer components on database servers',
  reference: 'https://docs.apinizer.com/access-and-port-requirements-for-installation-120522438.html',
  edition: '2024-12',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.26.1'],
  comparedOn: '2026-11-21',
  discrepancies: [
    {
      finding:
        'The tables do not give protocol and source; the request template gives tcp, with the workers as source.',
      decision: 'As in the request template.',
    },
    {
      finding:
        'The document does not mention traffic between members of a MongoDB replica set or of an Elasticsearch cluster.',
      decision: 'Not opened.',
    },
    {
      finding:
        'Only workers reach the databases. This is enough as long as Apinizer does not run on the control plane.',
      decision: 'Only workers are allowed; Peer.anyOf adds more sources.',
    },
  ],
  flows: [
    { source: ROLES.worker, destination: ROLES.mongodb, rows: [ROWS.mongodb] },
    { source: ROLES.worker, destination: ROLES.elasticsearch, rows: [ROWS.elasticsearch] },
  ],
};
