// Generated from mongodb@8.0.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  application: { id: 'application', title: 'application servers' },
  mongod: { id: 'mongod', title: 'mongod instances, standalone or of a replica set' },
  mongos: { id: 'mongos', title: 'mongos instances' },
  'config-server': { id: 'config-server', title: 'config servers' },
  shard: { id: 'shard', title: 'mongod instances of the shards' },
};

const ROWS = {
  mongod: {
    name: 'mongod',
    port: Port.tcp(27017),
    description: 'to explicitly allow traffic to the mongod instance from the application server',
    section: 'Traffic to and from mongod Instances',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'mongod-2': {
    name: 'mongod',
    port: Port.tcp(27017),
    description: 'Each member must be able to connect to every other member.',
    section: 'Deploy a Self-Managed Replica Set: Requirements',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  mongos: {
    name: 'mongos',
    port: Port.tcp(27017),
    description: 'Clients connect to mongos instances',
    section: 'Traffic to and from mongos Instances',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'config-server': {
    name: 'config-server',
    port: Port.tcp(27019),
    description: 'Config servers listen for connections on port 27019',
    section: 'Traffic to and from a MongoDB Config Server',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'shard-server': {
    name: 'shard-server',
    port: Port.tcp(27018),
    description: 'Shard servers default to port number 27018',
    section: 'Traffic to and from a MongoDB Shard Server',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const MONGODB_8_0: PortTable = {
  id: 'mongodb',
  product: 'MongoDB',
  title: 'Configure Linux iptables Firewall for Self-Managed Deployments',
  reference:
    'https://github.com/mongodb/docs/blob/8a1a705d13fcbd2902a1752b204f65d3bdde90a8/content/manual/v8.0/source/tutorial/configure-linux-iptables-firewall.txt',
  edition: '8.0',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'No page says whether a replica set or a sharded cluster is the default.',
      decision: 'replica-set, which opens less.',
    },
    {
      finding:
        'The page has no rule between the members of a replica set; https://mongodb.com/docs/v7.0/tutorial/deploy-replica-set-for-testing says that each connects to every other.',
      decision: 'A row on the default port. Omit it for a standalone instance.',
      rows: ['mongod>mongod/mongod'],
    },
    {
      finding: 'mongostat --discover needs to reach all components of a cluster; no port is printed.',
      decision: 'Not rows.',
    },
    {
      finding:
        'The command for config servers and mongos in the section of shards has the source port 27018, so it allows answers; mongos connects to all mongod instances.',
      decision: 'config servers and mongos connect to shards on 27018/tcp.',
      rows: ['config-server>shard/shard-server', 'mongos>shard/shard-server'],
    },
    {
      finding: 'The page Default MongoDB Port has 27020/tcp for mongocryptd, which runs on the machine of its client.',
      decision: 'Not a row.',
    },
  ],
  options: [
    {
      id: 'topology',
      title: 'A replica set (or one standalone instance), or a sharded cluster',
      choices: ['replica-set', 'sharded-cluster'],
      default: 'replica-set',
      section: 'Traffic to and from mongod Instances',
    },
  ],
  flows: [
    { when: { topology: ['replica-set'] }, source: ROLES.application, destination: ROLES.mongod, rows: [ROWS.mongod] },
    { when: { topology: ['replica-set'] }, source: ROLES.mongod, destination: ROLES.mongod, rows: [ROWS['mongod-2']] },
    {
      when: { topology: ['sharded-cluster'] },
      source: ROLES.application,
      destination: ROLES.mongos,
      rows: [ROWS.mongos],
    },
    {
      when: { topology: ['sharded-cluster'] },
      source: ROLES['config-server'],
      destination: ROLES['config-server'],
      rows: [ROWS['config-server']],
    },
    {
      when: { topology: ['sharded-cluster'] },
      source: ROLES.mongos,
      destination: ROLES['config-server'],
      rows: [ROWS['config-server']],
    },
    {
      when: { topology: ['sharded-cluster'] },
      source: ROLES.shard,
      destination: ROLES['config-server'],
      rows: [ROWS['config-server']],
    },
    {
      when: { topology: ['sharded-cluster'] },
      source: ROLES.shard,
      destination: ROLES.shard,
      rows: [ROWS['shard-server']],
    },
    {
      when: { topology: ['sharded-cluster'] },
      source: ROLES['config-server'],
      destination: ROLES.shard,
      rows: [ROWS['shard-server']],
    },
    {
      when: { topology: ['sharded-cluster'] },
      source: ROLES.mongos,
      destination: ROLES.shard,
      rows: [ROWS['shard-server']],
    },
  ],
};
