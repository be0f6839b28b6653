// Generated from ingress-nginx@2026-03.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'kubernetes-api': { id: 'kubernetes-api', title: 'master nodes' },
  node: { id: 'node', title: 'hosts on which the kubernetes nodes are running' },
  client: { id: 'client', title: 'the public' },
  prometheus: { id: 'prometheus', title: 'Prometheus' },
};

const ROWS = {
  webhook: {
    name: 'webhook',
    port: Port.tcp(8443),
    description: 'This is used for the ingress-nginx admission controller.',
    section: 'Firewall configuration',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
  http: {
    name: 'http',
    port: Port.tcp(80),
    description: 'Port 80 (for HTTP)',
    section: 'Firewall configuration',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
  },
  https: {
    name: 'https',
    port: Port.tcp(443),
    description: 'Port 443 (for HTTPS)',
    section: 'Firewall configuration',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
  },
  metrics: {
    name: 'metrics',
    port: Port.tcp(10254),
    description: 'Prometheus metrics are exposed on port 10254.',
    section: 'Prometheus and Grafana installation using Pod Annotations',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
};

export const INGRESS_NGINX_2026_03: PortTable = {
  id: 'ingress-nginx',
  product: 'Ingress-Nginx Controller',
  title: 'Installation Guide: Firewall configuration',
  reference:
    'https://github.com/kubernetes/ingress-nginx/blob/dbb11b92ddb77bee9c35e462479129354c84f939/docs/deploy/index.md',
  edition: '2026-03',
  checkedFor: ['ingress-nginx 1.15.1'],
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The firewall section opens 8443 between all hosts of the cluster, without a protocol. For private clusters on GKE the same page opens 8443/tcp from master nodes to worker nodes.',
      decision: 'Master nodes and all other hosts are sources, and the protocol is tcp.',
      rows: ['webhook'],
    },
    {
      finding: 'The firewall section opens 80 and/or 443, without a protocol.',
      decision: 'Both, tcp; omit leaves one out.',
      rows: ['http', 'https'],
    },
    {
      finding:
        'The warning for GKE has an existing rule with 80/tcp, 443/tcp and 10254/tcp, and does not say who needs it.',
      decision: 'Not rows.',
    },
    { finding: 'Health checks of a load balancer on 10254 are only in an example for AWS.', decision: 'Not a row.' },
    { finding: 'The repository was archived in 2026; this is its last commit.', decision: 'The last edition.' },
  ],
  options: [
    {
      id: 'metrics',
      title: 'Prometheus metrics, controller.metrics.enabled',
      default: 'false',
      section: 'Prometheus and Grafana installation using Pod Annotations',
      reference:
        'https://github.com/kubernetes/ingress-nginx/blob/dbb11b92ddb77bee9c35e462479129354c84f939/docs/user-guide/monitoring.md',
    },
  ],
  flows: [
    { source: ROLES['kubernetes-api'], destination: ROLES.node, rows: [ROWS.webhook] },
    { source: ROLES.node, destination: ROLES.node, rows: [ROWS.webhook] },
    { source: ROLES.client, destination: ROLES.node, rows: [ROWS.http, ROWS.https] },
    { when: { metrics: ['true'] }, source: ROLES.prometheus, destination: ROLES.node, rows: [ROWS.metrics] },
  ],
};
