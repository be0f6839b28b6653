// Generated from galera@2025-01.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = { client: { id: 'client', title: 'MySQL clients' }, node: { id: 'node', title: 'nodes of the cluster' } };

const ROWS = {
  mysql: {
    name: 'mysql',
    port: Port.tcp(3306),
    description: 'is the default port for MySQL client connections and State Snapshot Transfer using mysqldump',
    section: 'Firewall Settings',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  replication: {
    name: 'replication',
    port: Port.tcp(4567),
    description: 'is reserved for Galera Cluster Replication traffic',
    section: 'Firewall Settings',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'replication-multicast': {
    name: 'replication-multicast',
    port: Port.udp(4567),
    description: 'Multicast replication uses both TCP and UDP transport on this port',
    section: 'Firewall Settings',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { multicast: ['true'] },
  },
  ist: {
    name: 'ist',
    port: Port.tcp(4568),
    description: 'is the port for Incremental State Transfer',
    section: 'Firewall Settings',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  sst: {
    name: 'sst',
    port: Port.tcp(4444),
    description: 'is used for all other State Snapshot Transfer',
    section: 'Firewall Settings',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const GALERA_2025_01: PortTable = {
  id: 'galera',
  product: 'Galera Cluster',
  title: 'Firewall Settings; Firewall Configuration with iptables',
  reference:
    'https://github.com/codership/documentation/blob/49dffcc077ea84db61d9566f79953b38bc804620/galeracluster/source/documentation/firewall-settings.rst',
  edition: '2025-01',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The list has no protocols; the pages with commands for iptables and FirewallD have them.',
      decision: 'The basis is command.',
    },
    {
      finding: 'The commands for iptables always open 4567/udp, the page on FirewallD calls it optional.',
      decision: 'The option multicast, off by default.',
      rows: ['replication-multicast'],
    },
    {
      finding: 'For a WAN the page on iptables opens every TCP port to the addresses of the other nodes.',
      decision: 'The ports of the LAN.',
    },
    { finding: 'Galera Manager has ports of its own.', decision: 'Not rows.' },
    {
      finding: '3306/tcp between nodes is needed only for state snapshot transfer with mysqldump.',
      decision: 'As in the commands, which open it for the network of the nodes.',
      rows: ['mysql'],
    },
  ],
  options: [
    { id: 'multicast', title: 'Multicast replication', default: 'false', section: 'Opening Ports for Galera Cluster' },
  ],
  flows: [
    { source: ROLES.client, destination: ROLES.node, rows: [ROWS.mysql] },
    {
      source: ROLES.node,
      destination: ROLES.node,
      rows: [ROWS.mysql, ROWS.replication, ROWS['replication-multicast'], ROWS.ist, ROWS.sst],
    },
  ],
};
