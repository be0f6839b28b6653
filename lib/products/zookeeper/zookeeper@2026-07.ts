// Generated from zookeeper@2026-07.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'clients' },
  server: { id: 'server', title: 'machines of the ZooKeeper ensemble' },
  administrator: { id: 'administrator', title: 'administrative systems' },
  prometheus: { id: 'prometheus', title: 'Prometheus' },
};

const ROWS = {
  client: {
    name: 'client',
    port: Port.tcp(2181),
    description: 'clientPort: the port to listen for client connections',
    section: 'Clustered (Multi-Server) Setup',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  quorum: {
    name: 'quorum',
    port: Port.tcp(2888),
    description: 'a Quorum port',
    section: 'Clustered (Multi-Server) Setup',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  election: {
    name: 'election',
    port: Port.tcp(3888),
    description: 'a dedicated port for ZooKeeper leader election',
    section: 'Clustered (Multi-Server) Setup',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'admin-server': {
    name: 'admin-server',
    port: Port.tcp(8080),
    description: 'The AdminServer is an embedded Jetty server that provides an HTTP interface',
    section: 'The AdminServer',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  metrics: {
    name: 'metrics',
    port: Port.tcp(7000),
    description: 'The HTTP port for Prometheus metrics scraping',
    section: 'Configuring the Metrics Provider',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const ZOOKEEPER_2026_07: PortTable = {
  id: 'zookeeper',
  product: 'Apache ZooKeeper',
  title: 'Administrators Guide: Deployment, Commands, Monitor and Audit Logs',
  reference:
    'https://github.com/apache/zookeeper/blob/53a78e36f99602162643303ab330377fc383b41f/zookeeper-website/app/pages/_docs/docs/_mdx/admin-ops/administrators-guide/deployment.mdx',
  edition: '2026-07',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: '2181, 2888 and 3888 are the numbers of an example, and that page gives no protocol.',
      decision: 'The numbers of the example; ports moves them. The page Quick Start says TCP for 2888 and 3888.',
      rows: ['client', 'quorum', 'election'],
    },
    {
      finding:
        'The page Quick Start says that followers connect to the leader on 2888/tcp; the leader changes, and every peer takes part in elections.',
      decision: 'Both ports between all servers.',
      rows: ['quorum', 'election'],
    },
    {
      finding: 'The AdminServer is enabled by default in 3.5.0 to 3.9.x and disabled since 3.10.0.',
      decision: 'The option admin-server, off by default.',
      rows: ['admin-server'],
    },
    {
      finding:
        'One page gives 7000 as the default of metricsProvider.httpPort, a different one says that no port is opened if it is left out.',
      decision: '7000/tcp, if the option prometheus-metrics is on.',
      rows: ['metrics'],
    },
    {
      finding: 'secureClientPort, observerMasterPort and metricsProvider.httpsPort have no default.',
      decision: 'Not rows.',
    },
  ],
  options: [
    { id: 'ensemble', title: 'More than one server', default: 'true', section: 'Clustered (Multi-Server) Setup' },
    {
      id: 'admin-server',
      title: 'The AdminServer',
      default: 'false',
      section: 'The AdminServer',
      reference:
        'https://github.com/apache/zookeeper/blob/53a78e36f99602162643303ab330377fc383b41f/zookeeper-website/app/pages/_docs/docs/_mdx/admin-ops/administrators-guide/commands.mdx',
    },
    {
      id: 'prometheus-metrics',
      title: 'The Prometheus exporter',
      default: 'false',
      section: 'Configuring the Metrics Provider',
      reference:
        'https://github.com/apache/zookeeper/blob/53a78e36f99602162643303ab330377fc383b41f/zookeeper-website/app/pages/_docs/docs/_mdx/admin-ops/monitor-and-audit-logs.mdx',
    },
  ],
  flows: [
    { source: ROLES.client, destination: ROLES.server, rows: [ROWS.client] },
    {
      when: { ensemble: ['true'] },
      source: ROLES.server,
      destination: ROLES.server,
      rows: [ROWS.quorum, ROWS.election],
    },
    {
      when: { 'admin-server': ['true'] },
      source: ROLES.administrator,
      destination: ROLES.server,
      rows: [ROWS['admin-server']],
    },
    {
      when: { 'prometheus-metrics': ['true'] },
      source: ROLES.prometheus,
      destination: ROLES.server,
      rows: [ROWS.metrics],
    },
  ],
};
