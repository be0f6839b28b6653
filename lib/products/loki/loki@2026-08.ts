// Generated from loki@2026-08.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'log shippers and Grafana' },
  gateway: { id: 'gateway', title: 'gateway pods' },
  loki: { id: 'loki', title: 'Loki pods' },
  memcached: { id: 'memcached', title: 'pods of the chunks cache and the results cache' },
  prometheus: { id: 'prometheus', title: 'Prometheus' },
};

const ROWS = {
  gateway: {
    name: 'gateway',
    port: Port.tcp(8080),
    description: 'Default container port',
    section: 'gateway',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  http: {
    name: 'http',
    port: Port.tcp(3100),
    description: 'http_listen_port',
    section: 'loki.server',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  grpc: {
    name: 'grpc',
    port: Port.tcp(9095),
    description: 'grpc_listen_port',
    section: 'loki.server',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  memberlist: {
    name: 'memberlist',
    port: Port.tcpAndUdp(7946),
    description: 'firewall rules allow UDP and TCP traffic on the gossip port (default 7946)',
    section: 'Troubleshoot operations',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  memcached: {
    name: 'memcached',
    port: Port.tcp(11211),
    description: 'Port of the chunks-cache service',
    section: 'chunksCache',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  'http-2': {
    name: 'http',
    port: Port.tcp(3100),
    description: 'the Pods which are allowed to access the metrics port',
    section: 'networkPolicy',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.POD,
    internal: true,
  },
};

export const LOKI_2026_08: PortTable = {
  id: 'loki',
  product: 'Grafana Loki',
  title: 'Loki configuration parameters; Helm chart of Loki',
  reference:
    'https://github.com/grafana/loki/blob/65e30f8488e8a5ea2013c6881675f8103a8f6bc7/production/helm/loki/values.yaml',
  edition: '2026-08',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The chart has no list of ports; 8080, 3100, 9095 and 11211 are values of it, 7946 is in its templates.',
      decision: 'These numbers; ports moves them.',
      rows: ['gateway', 'http', 'grpc', 'memberlist', 'memcached'],
    },
    {
      finding: 'The service of the gateway has port 80, its pods 8080.',
      decision: 'The port of the pods.',
      rows: ['gateway'],
    },
    {
      finding: 'The chart has memberlist by TCP only, the page on troubleshooting by UDP and TCP.',
      decision: 'UDP and TCP.',
      rows: ['memberlist'],
    },
    {
      finding: 'The configuration has 3100 for clients, the chart puts a gateway before it.',
      decision: 'Clients reach the gateway, or Loki if with-gateway is off.',
      rows: ['http', 'gateway'],
    },
    {
      finding: 'DNS, Alertmanager (9093) and the object storage of the network policies are machines of your own.',
      decision: 'Not rows.',
    },
  ],
  options: [
    { id: 'with-gateway', title: 'The gateway', default: 'true', section: 'gateway' },
    { id: 'caches', title: 'The chunks cache and the results cache', default: 'true', section: 'chunksCache' },
    { id: 'metrics', title: 'Prometheus that scrapes Loki', default: 'false', section: 'networkPolicy' },
  ],
  flows: [
    { when: { 'with-gateway': ['true'] }, source: ROLES.client, destination: ROLES.gateway, rows: [ROWS.gateway] },
    { when: { 'with-gateway': ['true'] }, source: ROLES.gateway, destination: ROLES.loki, rows: [ROWS.http] },
    { when: { 'with-gateway': ['false'] }, source: ROLES.client, destination: ROLES.loki, rows: [ROWS.http] },
    { source: ROLES.loki, destination: ROLES.loki, rows: [ROWS.http, ROWS.grpc, ROWS.memberlist] },
    { when: { caches: ['true'] }, source: ROLES.loki, destination: ROLES.memcached, rows: [ROWS.memcached] },
    { when: { metrics: ['true'] }, source: ROLES.prometheus, destination: ROLES.loki, rows: [ROWS['http-2']] },
  ],
};
