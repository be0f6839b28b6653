// Generated from grafana@2026-11.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  user: { id: 'user', title: 'users of Grafana' },
  grafana: { id: 'grafana', title: 'Grafana instances' },
  prometheus: { id: 'prometheus', title: 'Prometheus that scrapes Grafana' },
};

const ROWS = {
  http: {
    name: 'http',
    port: Port.tcp(3000),
    description: 'The port to bind to, defaults to 3000',
    section: 'http_port',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
  },
  'gossip-tcp': {
    name: 'gossip-tcp',
    port: Port.tcp(9094),
    description: 'gossiping of notifications and silences',
    section: 'Enable alerting high availability using Memberlist',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'gossip-udp': {
    name: 'gossip-udp',
    port: Port.udp(9094),
    description: 'gossiping of notifications and silences',
    section: 'Enable alerting high availability using Memberlist',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'http-2': {
    name: 'http',
    port: Port.tcp(3000),
    description: 'add a scrape_config to scrape Grafana metrics',
    section: 'Verify your high availability setup',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const GRAFANA_2026_11: PortTable = {
  id: 'grafana',
  product: 'Grafana',
  title: 'Configure Grafana: http_port; Grafana Alerting: Configure high availability',
  reference:
    'https://github.com/grafana/grafana/blob/548e493937488273622ed41571933ffc02d0b789/docs/sources/alerting/set-up/configure-high-availability/_index.md',
  edition: '2026-11',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'High availability is off until it is configured, by Memberlist or by Redis.',
      decision: 'The option memberlist, off by default; the ports of Redis are those of Redis.',
      rows: ['gossip-tcp', 'gossip-udp'],
    },
    {
      finding: 'The setting http_port has no protocol; the example for Kubernetes has TCP.',
      decision: 'TCP.',
      rows: ['http'],
    },
    { finding: 'The page has no date.', decision: 'The edition is the month in which the table was compared.' },
    { finding: 'The database, SMTP and data sources have ports of machines of your own.', decision: 'Not rows.' },
  ],
  options: [
    {
      id: 'memberlist',
      title: 'Alerting high availability using Memberlist',
      default: 'false',
      section: 'Enable alerting high availability using Memberlist',
    },
    {
      id: 'with-prometheus',
      title: 'Prometheus that scrapes the metrics of Grafana',
      default: 'false',
      section: 'Verify your high availability setup',
    },
  ],
  flows: [
    { source: ROLES.user, destination: ROLES.grafana, rows: [ROWS.http] },
    {
      when: { memberlist: ['true'] },
      source: ROLES.grafana,
      destination: ROLES.grafana,
      rows: [ROWS['gossip-tcp'], ROWS['gossip-udp']],
    },
    {
      when: { 'with-prometheus': ['true'] },
      source: ROLES.prometheus,
      destination: ROLES.grafana,
      rows: [ROWS['http-2']],
    },
  ],
};
