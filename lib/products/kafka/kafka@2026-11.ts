// Generated from kafka@2026-11.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'producers and consumers' },
  broker: { id: 'broker', title: 'brokers' },
  controller: { id: 'controller', title: 'controllers' },
  'admin-client': { id: 'admin-client', title: 'admin clients of the controllers' },
  connect: { id: 'connect', title: 'Kafka Connect workers' },
  'connect-client': { id: 'connect-client', title: 'clients of the REST API of Kafka Connect' },
};

const ROWS = {
  broker: {
    name: 'broker',
    port: Port.tcp(9092),
    description: 'The address the socket server listens on.',
    section: 'broker.properties',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  controller: {
    name: 'controller',
    port: Port.tcp(9093),
    description: 'Controllers receive requests both from other controllers and from brokers.',
    section: 'controller.properties',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'controller-2': {
    name: 'controller',
    port: Port.tcp(9093),
    description: 'advertise to admin clients, broker nodes and controller nodes',
    section: 'controller.properties',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'broker-2': {
    name: 'broker',
    port: Port.tcp(9092),
    description: 'establishing the initial connection to the Kafka cluster',
    section: 'connect-distributed.properties',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'connect-api': {
    name: 'connect-api',
    port: Port.tcp(8083),
    description: 'URIs the REST API will listen on',
    section: 'connect-distributed.properties',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const KAFKA_2026_11: PortTable = {
  id: 'kafka',
  product: 'Apache Kafka',
  title: 'Configuration files of brokers, controllers and Kafka Connect (KRaft)',
  reference: 'https://github.com/apache/kafka/blob/4a814a69d9b7a3b40ae5902d37da21ca8468ec05/config/broker.properties',
  edition: '2026-11',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'No page lists ports. The files are examples with the listeners PLAINTEXT and CONTROLLER; every listener has a port of your own.',
      decision: 'The numbers of the examples; ports moves them.',
      rows: ['broker', 'controller', 'connect-api'],
    },
    {
      finding: 'A listener without encryption and authentication is for both clients and brokers in the examples.',
      decision: 'The rows are internal; a listener for the internet has a port of your own.',
      rows: ['client>broker/broker'],
    },
    {
      finding: 'Kafka Connect is started on its own.',
      decision: 'The option with-connect, off by default.',
      rows: ['connect-api'],
    },
    { finding: 'The files have no date.', decision: 'The edition is the month in which the table was compared.' },
    { finding: 'ZooKeeper is not used since Kafka 4.0.', decision: 'Not a row.' },
  ],
  options: [
    { id: 'with-connect', title: 'Kafka Connect', default: 'false', section: 'connect-distributed.properties' },
  ],
  flows: [
    { source: ROLES.client, destination: ROLES.broker, rows: [ROWS.broker] },
    { source: ROLES.broker, destination: ROLES.broker, rows: [ROWS.broker] },
    { source: ROLES.broker, destination: ROLES.controller, rows: [ROWS.controller] },
    { source: ROLES.controller, destination: ROLES.controller, rows: [ROWS.controller] },
    { source: ROLES['admin-client'], destination: ROLES.controller, rows: [ROWS['controller-2']] },
    { when: { 'with-connect': ['true'] }, source: ROLES.connect, destination: ROLES.broker, rows: [ROWS['broker-2']] },
    {
      when: { 'with-connect': ['true'] },
      source: ROLES.connect,
      destination: ROLES.connect,
      rows: [ROWS['connect-api']],
    },
    {
      when: { 'with-connect': ['true'] },
      source: ROLES['connect-client'],
      destination: ROLES.connect,
      rows: [ROWS['connect-api']],
    },
  ],
};
