// Generated from traefik@41.3.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'clients of the entry points' },
  'load-balancer': { id: 'load-balancer', title: 'load balancer of the service' },
  traefik: { id: 'traefik', title: 'nodes on which Traefik runs' },
  admin: { id: 'admin', title: 'users of the dashboard' },
  prometheus: { id: 'prometheus', title: 'Prometheus' },
};

const ROWS = {
  web: {
    name: 'web',
    port: Port.tcp(80),
    description: 'ports.web.exposedPort',
    section: 'ports.web.exposedPort',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
  },
  websecure: {
    name: 'websecure',
    port: Port.tcp(443),
    description: 'ports.websecure.exposedPort',
    section: 'ports.websecure.exposedPort',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
  },
  'websecure-http3': {
    name: 'websecure-http3',
    port: Port.udp(443),
    description: 'Enable HTTP/3 on the entrypoint.',
    section: 'ports.websecure.http3',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    when: { http3: ['true'] },
  },
  'web-pod': {
    name: 'web-pod',
    port: Port.tcp(8000),
    description: 'ports.web.port',
    section: 'ports.web.port',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
  },
  'websecure-pod': {
    name: 'websecure-pod',
    port: Port.tcp(8443),
    description: 'ports.websecure.port',
    section: 'ports.websecure.port',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
  },
  'websecure-http3-pod': {
    name: 'websecure-http3-pod',
    port: Port.udp(8443),
    description: 'Enable HTTP/3 on the entrypoint.',
    section: 'ports.websecure.http3',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    when: { http3: ['true'] },
  },
  dashboard: {
    name: 'dashboard',
    port: Port.tcp(8080),
    description: 'ports.traefik.port',
    section: 'ports.traefik.port',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  metrics: {
    name: 'metrics',
    port: Port.tcp(9100),
    description: 'Entry point used to expose metrics.',
    section: 'ports.metrics.port',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
};

export const TRAEFIK_41_3: PortTable = {
  id: 'traefik',
  product: 'Traefik',
  title: 'Traefik Helm chart: ports',
  reference:
    'https://github.com/traefik/traefik-helm-chart/blob/a8a66d0098703627b2cf352c66b1725c196a734a/traefik/values.yaml',
  edition: '41.3',
  checkedFor: ['traefik 3.7.11'],
  comparedOn: '2026-11-28',
  discrepancies: [
    { finding: 'No page names the machines that connect.', decision: 'The directions follow from the purpose.' },
    {
      finding:
        'The chart gives ports of pods and of the service; the NodePorts between a load balancer and the nodes are chosen by Kubernetes.',
      decision: 'The row of the pod, for load balancers that reach pods. For NodePorts ports moves it.',
      rows: ['web-pod', 'websecure-pod', 'websecure-http3-pod'],
    },
    {
      finding:
        'The page on entry points says of HTTP/3: on port N Traefik listens on UDP port N too. The chart gives no number.',
      decision: 'The UDP ports have the numbers of websecure.',
      rows: ['websecure-http3', 'websecure-http3-pod'],
    },
    {
      finding:
        'The entry point traefik is created by default and not exposed, and the chart says not to expose it on production deployments.',
      decision: 'Closed by default. Kubelets probe it on their own node.',
      rows: ['dashboard'],
    },
    {
      finding:
        'The chart enables metrics by default, on the entry point metrics; it does not expose them with the service.',
      decision: 'Open for Prometheus by default; set metrics to false without a Prometheus.',
      rows: ['metrics'],
    },
  ],
  options: [
    {
      id: 'http3',
      title: 'HTTP/3 on the entry point websecure',
      default: 'false',
      section: 'ports.websecure.http3.enabled',
    },
    { id: 'dashboard', title: 'The entry point traefik is exposed', default: 'false', section: 'ports.traefik.expose' },
    { id: 'metrics', title: 'Prometheus metrics', default: 'true', section: 'metrics.prometheus' },
  ],
  flows: [
    {
      source: ROLES.client,
      destination: ROLES['load-balancer'],
      rows: [ROWS.web, ROWS.websecure, ROWS['websecure-http3']],
    },
    {
      source: ROLES['load-balancer'],
      destination: ROLES.traefik,
      rows: [ROWS['web-pod'], ROWS['websecure-pod'], ROWS['websecure-http3-pod']],
    },
    { when: { dashboard: ['true'] }, source: ROLES.admin, destination: ROLES.traefik, rows: [ROWS.dashboard] },
    { when: { metrics: ['true'] }, source: ROLES.prometheus, destination: ROLES.traefik, rows: [ROWS.metrics] },
  ],
};
