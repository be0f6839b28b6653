// Generated from kyverno@2026-07.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'kubernetes-api': { id: 'kubernetes-api', title: 'API server' },
  webhook: { id: 'webhook', title: 'admission-controller and cleanup-controller' },
  prometheus: { id: 'prometheus', title: 'Prometheus or other metrics collectors' },
  controller: { id: 'controller', title: 'background-controller and reports-controller' },
  dns: { id: 'dns', title: 'DNS' },
};

const ROWS = {
  webhook: {
    name: 'webhook',
    port: Port.tcp(9443),
    description: 'ingress traffic to port 9443 from the API server',
    impact: 'The cluster is either broken or has timeouts, such as failed calling webhook.',
    section: 'Networking',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
  metrics: {
    name: 'metrics',
    port: Port.tcp(8000),
    description: 'metrics are collected by Prometheus or other metrics collectors',
    section: 'Networking',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
  'api-server': {
    name: 'api-server',
    port: Port.tcp(443),
    description: 'Kubernetes API server for list/watch and the apiCall context variable',
    impact: 'Pods are not Ready, and logs have dial tcp timeouts.',
    section: 'Egress: all Kyverno controllers',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
  },
  dns: {
    name: 'dns',
    port: Port.tcpAndUdp(53),
    description: 'DNS',
    section: 'Egress: all Kyverno controllers',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.POD,
    internal: true,
  },
};

export const KYVERNO_2026_07: PortTable = {
  id: 'kyverno',
  product: 'Kyverno',
  title: 'Security: Networking',
  reference:
    'https://github.com/kyverno/website/blob/7c0814a5ca77662ea9aaa33c6ee7434865409c07/src/content/docs/docs/guides/security.md',
  edition: '2026-07',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The list gives no protocol; the sample manifests of the same section give TCP.',
      decision: 'The protocol is tcp.',
      rows: ['webhook', 'metrics'],
    },
    {
      finding: '9443 is also probed by the host of the pod.',
      decision: 'Not a row, because this traffic does not leave the node.',
      rows: ['webhook'],
    },
    {
      finding: 'The list has metrics on the condition that they are collected, and no default.',
      decision: 'Closed by default.',
      rows: ['metrics'],
    },
    {
      finding:
        'The list asks for egress to the API server only for the feature API Call; a caution of the same page says that it is always needed.',
      decision: 'Always.',
      rows: ['api-server'],
    },
    {
      finding: 'The sample allows 443/tcp to the API server; the API server of many clusters listens on 6443.',
      decision: '443/tcp, unless ports moves it.',
      rows: ['api-server'],
    },
    {
      finding: 'Egress to OCI registries, to external services and to an OpenTelemetry collector has no fixed far end.',
      decision: 'Not rows, because the far ends are of the user.',
    },
  ],
  options: [
    {
      id: 'metrics',
      title: 'Metrics are collected by Prometheus or other metrics collectors',
      default: 'false',
      section: 'Networking',
    },
  ],
  flows: [
    { source: ROLES['kubernetes-api'], destination: ROLES.webhook, rows: [ROWS.webhook] },
    { when: { metrics: ['true'] }, source: ROLES.prometheus, destination: ROLES.webhook, rows: [ROWS.metrics] },
    { when: { metrics: ['true'] }, source: ROLES.prometheus, destination: ROLES.controller, rows: [ROWS.metrics] },
    { source: ROLES.webhook, destination: ROLES['kubernetes-api'], rows: [ROWS['api-server']] },
    { source: ROLES.controller, destination: ROLES['kubernetes-api'], rows: [ROWS['api-server']] },
    { source: ROLES.webhook, destination: ROLES.dns, rows: [ROWS.dns] },
    { source: ROLES.controller, destination: ROLES.dns, rows: [ROWS.dns] },
  ],
};
