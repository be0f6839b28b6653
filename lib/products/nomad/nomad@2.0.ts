// Generated from nomad@2.0.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, type PortTable } from '../../tables';

const ROLES = {
  'http-client': { id: 'http-client', title: 'users of the HTTP API' },
  server: { id: 'server', title: 'Nomad servers' },
  client: { id: 'client', title: 'Nomad clients' },
};

const ROWS = {
  http: {
    name: 'http',
    port: Port.tcp(4646),
    description: 'HTTP API',
    section: 'Ports used',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
  },
  rpc: {
    name: 'rpc',
    port: Port.tcp(4647),
    description: 'RPC',
    section: 'Ports used',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    internal: true,
  },
  serf: {
    name: 'serf',
    port: Port.tcpAndUdp(4648),
    description: 'Serf WAN',
    section: 'Ports used',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    internal: true,
  },
  'http-2': {
    name: 'http',
    port: Port.tcp(4646),
    description: 'HTTP API',
    section: 'Network topology',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
  },
};

export const NOMAD_2_0: PortTable = {
  id: 'nomad',
  product: 'Nomad',
  title: 'Nomad installation requirements: Ports used',
  reference:
    'https://github.com/hashicorp/web-unified-docs/blob/104a4e311d1ff5f80726600beadb0da53582567a/content/nomad/v2.0.x/content/docs/deploy/production/requirements.mdx',
  edition: '2.0',
  checkedFor: ['nomad 2.0'],
  comparedOn: '2026-11-29',
  discrepancies: [
    {
      finding: 'Who uses the HTTP API is not said; the page lists it for clients and servers.',
      decision: 'A role of its own.',
      rows: ['http'],
    },
    {
      finding: 'Tasks get dynamic ports from 20000 to 32000, and the page does not say who connects to them.',
      decision: 'Not a row.',
    },
  ],
  options: [
    {
      id: 'disk-migration',
      title: 'Migration of ephemeral disks between clients',
      default: 'false',
      section: 'Network topology',
    },
  ],
  flows: [
    { source: ROLES['http-client'], destination: ROLES.server, rows: [ROWS.http] },
    { source: ROLES['http-client'], destination: ROLES.client, rows: [ROWS.http] },
    { source: ROLES.client, destination: ROLES.server, rows: [ROWS.rpc] },
    { source: ROLES.server, destination: ROLES.server, rows: [ROWS.rpc, ROWS.serf] },
    { when: { 'disk-migration': ['true'] }, source: ROLES.client, destination: ROLES.client, rows: [ROWS['http-2']] },
  ],
};
