// Generated from harbor@2025-04.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'clients of the Harbor portal and core API' },
  harbor: { id: 'harbor', title: 'target host' },
  prometheus: { id: 'prometheus', title: 'Prometheus' },
};

const ROWS = {
  https: {
    name: 'https',
    port: Port.tcp(443),
    description: 'Harbor portal and core API accept HTTPS requests on this port.',
    section: 'Network ports',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
  },
  http: {
    name: 'http',
    port: Port.tcp(80),
    description: 'Harbor portal and core API accept HTTP requests on this port.',
    section: 'Network ports',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
  },
  metrics: {
    name: 'metrics',
    port: Port.tcp(9090),
    description: 'Port metrics are exposed on. Default is 9090',
    section: 'Optional Parameters: metric',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const HARBOR_2025_04: PortTable = {
  id: 'harbor',
  product: 'Harbor',
  title: 'Harbor Installation Prerequisites: Network ports',
  reference:
    'https://github.com/goharbor/website/blob/9f010ab1c800e0353c3df96a0b23725294bd10ab/docs/install-config/installation-prereqs.md',
  edition: '2025-04',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The column Protocol has HTTPS and HTTP, and there is no source.',
      decision: 'Both use TCP, and clients connect.',
      rows: ['https', 'http'],
    },
    {
      finding: 'The page is about the installation with Docker Compose. For Kubernetes it refers to the chart.',
      decision: 'The rows are for a target host with Docker Compose.',
    },
    {
      finding: 'Both 80/tcp and 443/tcp are listed, and both can be changed in the configuration file.',
      decision: 'Both; omit leaves one out, ports moves it.',
      rows: ['https', 'http'],
    },
    {
      finding: 'The metrics port is on a different page, configure-yml-file.md at the same commit, without a protocol.',
      decision: 'The protocol is tcp.',
      rows: ['metrics'],
    },
  ],
  options: [
    {
      id: 'metrics',
      title: 'Metrics of the Harbor instance',
      default: 'false',
      section: 'Optional Parameters: metric',
      reference:
        'https://github.com/goharbor/website/blob/9f010ab1c800e0353c3df96a0b23725294bd10ab/docs/install-config/configure-yml-file.md',
    },
  ],
  flows: [
    { source: ROLES.client, destination: ROLES.harbor, rows: [ROWS.https, ROWS.http] },
    { when: { metrics: ['true'] }, source: ROLES.prometheus, destination: ROLES.harbor, rows: [ROWS.metrics] },
  ],
};
