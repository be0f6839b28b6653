// Generated from redis@2026-07.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'clients' },
  node: { id: 'node', title: 'Redis nodes' },
  sentinel: { id: 'sentinel', title: 'Sentinels' },
};

const ROWS = {
  redis: {
    name: 'redis',
    port: Port.tcp(6379),
    description: 'The client communication port (usually 6379)',
    section: 'Redis Cluster TCP ports',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'cluster-bus': {
    name: 'cluster-bus',
    port: Port.tcp(16379),
    description: 'The cluster bus port',
    impact: 'your cluster will not work as expected',
    section: 'Redis Cluster TCP ports',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { mode: ['cluster'] },
  },
  sentinel: {
    name: 'sentinel',
    port: Port.tcp(26379),
    description: 'Sentinels by default run listening for connections to TCP port 26379',
    impact: "Sentinels can't agree about what to do and failover will never be performed",
    section: 'Fundamental things to know about Sentinel before deploying',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'redis-2': {
    name: 'redis',
    port: Port.tcp(6379),
    description: 'Sentinel constantly checks if your master and replica instances are working as expected',
    section: 'Configuring Sentinel',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const REDIS_2026_07: PortTable = {
  id: 'redis',
  product: 'Redis',
  title: 'Scale with Redis Cluster: Redis Cluster TCP ports; High availability with Redis Sentinel',
  reference:
    'https://github.com/redis/docs/blob/63f31f69985905d997fa5b0c02e1559b5d04c8b2/content/operate/oss_and_stack/management/scaling.md',
  edition: '2026-07',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The cluster bus port is the data port plus 10000, unless cluster-port is set.',
      decision: '16379/tcp; if ports moves redis, it must move cluster-bus too.',
      rows: ['redis', 'cluster-bus'],
    },
    {
      finding:
        'Redis nodes use the client port of each other for key migrations in a cluster; with Sentinel, replicas connect to their master on the same port.',
      decision: 'One row for both modes.',
      rows: ['node>node/redis'],
    },
    {
      finding: 'No page says which mode is the default.',
      decision: 'cluster, because the page of the reference is about it.',
    },
    {
      finding:
        'The page says that 26379/tcp must be open for the other Sentinels; that clients connect to Sentinels is in a different section.',
      decision: 'Both are sources.',
      rows: ['sentinel'],
    },
  ],
  options: [
    {
      id: 'mode',
      title: 'How several Redis nodes work together',
      choices: ['cluster', 'sentinel'],
      default: 'cluster',
      section: 'Redis Cluster TCP ports',
    },
  ],
  flows: [
    { source: ROLES.client, destination: ROLES.node, rows: [ROWS.redis] },
    { source: ROLES.node, destination: ROLES.node, rows: [ROWS.redis, ROWS['cluster-bus']] },
    { when: { mode: ['sentinel'] }, source: ROLES.sentinel, destination: ROLES.sentinel, rows: [ROWS.sentinel] },
    { when: { mode: ['sentinel'] }, source: ROLES.client, destination: ROLES.sentinel, rows: [ROWS.sentinel] },
    { when: { mode: ['sentinel'] }, source: ROLES.sentinel, destination: ROLES.node, rows: [ROWS['redis-2']] },
  ],
};
