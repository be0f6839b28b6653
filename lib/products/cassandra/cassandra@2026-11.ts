// Generated from cassandra@2026-11.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  node: { id: 'node', title: 'Cassandra nodes' },
  client: { id: 'client', title: 'native protocol clients' },
  'jmx-client': { id: 'jmx-client', title: 'nodetool and other JMX clients' },
};

const ROWS = {
  cluster: {
    name: 'cluster',
    port: Port.tcp(7000),
    description: 'cluster communication',
    section: 'What ports does Cassandra use?',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'cluster-ssl': {
    name: 'cluster-ssl',
    port: Port.tcp(7001),
    description: 'cluster communication (7001 if SSL is enabled)',
    section: 'What ports does Cassandra use?',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { 'ssl-storage-port': ['true'] },
  },
  native: {
    name: 'native',
    port: Port.tcp(9042),
    description: 'native protocol clients',
    section: 'What ports does Cassandra use?',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  jmx: {
    name: 'jmx',
    port: Port.tcp(7199),
    description: 'JMX',
    section: 'What ports does Cassandra use?',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const CASSANDRA_2026_11: PortTable = {
  id: 'cassandra',
  product: 'Apache Cassandra',
  title: 'Frequently Asked Questions: What ports does Cassandra use?',
  reference:
    'https://github.com/apache/cassandra/blob/711580ed415d25688cc7ef1058f772c1018c0b1c/doc/modules/cassandra/pages/overview/faq/index.adoc',
  edition: '2026-11',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The FAQ says 7001 if SSL is enabled; cassandra.yaml says that 7001 is for legacy encrypted communication and that 7000 is used for both since 4.0.',
      decision: '7000/tcp always, 7001/tcp with the option ssl-storage-port.',
      rows: ['cluster', 'cluster-ssl'],
    },
    {
      finding:
        'The FAQ says that JMX binds to all addresses by default; cassandra-env.sh says that JMX is accessible only from localhost.',
      decision: 'The option remote-jmx, off by default.',
      rows: ['jmx'],
    },
    {
      finding: 'A different entry says that RMI, which JMX relies on, sets up its own listeners as needed.',
      decision: '7199/tcp. If the port of RMI is not fixed to it, JMX from other machines needs more.',
      rows: ['jmx'],
    },
    { finding: 'The page has no date.', decision: 'The edition is the month in which the table was compared.' },
  ],
  options: [
    {
      id: 'ssl-storage-port',
      title: 'The legacy SSL port between nodes',
      default: 'false',
      section: 'What ports does Cassandra use?',
      reference:
        'https://github.com/apache/cassandra/blob/002190748b810f211df3c7037c9b0f3977661e92/conf/cassandra.yaml',
    },
    {
      id: 'remote-jmx',
      title: 'JMX from other machines',
      default: 'false',
      section: 'JMX_PORT',
      reference:
        'https://github.com/apache/cassandra/blob/01234b6b36e690cae757730ae7b66698737c79a9/conf/cassandra-env.sh',
    },
  ],
  flows: [
    { source: ROLES.node, destination: ROLES.node, rows: [ROWS.cluster, ROWS['cluster-ssl']] },
    { source: ROLES.client, destination: ROLES.node, rows: [ROWS.native] },
    { when: { 'remote-jmx': ['true'] }, source: ROLES['jmx-client'], destination: ROLES.node, rows: [ROWS.jmx] },
  ],
};
