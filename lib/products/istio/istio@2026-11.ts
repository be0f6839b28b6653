// Generated from istio@2026-11.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'kubernetes-api': { id: 'kubernetes-api', title: 'master' },
  istiod: { id: 'istiod', title: 'Istio control plane (istiod)' },
  workload: { id: 'workload', title: 'pods with the Istio sidecar proxy (Envoy) or in the ambient mesh' },
  prometheus: { id: 'prometheus', title: 'Prometheus' },
  'health-checker': { id: 'health-checker', title: 'sources of health checks' },
};

const ROWS = {
  webhook: {
    name: 'webhook',
    port: Port.tcp(15017),
    description: 'Webhook container port, forwarded from 443',
    section: 'Ports used by Istio',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.COMMAND,
    level: PortLevel.POD,
    internal: true,
  },
  'xds-plaintext': {
    name: 'xds-plaintext',
    port: Port.tcp(15010),
    description: 'XDS and CA services (Plaintext, only for secure networks)',
    section: 'Ports used by Istio',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
    when: { plaintext: ['true'] },
  },
  'xds-tls': {
    name: 'xds-tls',
    port: Port.tcp(15012),
    description: 'XDS and CA services (TLS and mTLS, recommended for production use)',
    section: 'Ports used by Istio',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  'istiod-metrics': {
    name: 'istiod-metrics',
    port: Port.tcp(15014),
    description: 'Control plane monitoring',
    section: 'Ports used by Istio',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  hbone: {
    name: 'hbone',
    port: Port.tcp(15008),
    description: 'HBONE mTLS tunnel port',
    section: 'Ports used by Istio',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
  'merged-metrics': {
    name: 'merged-metrics',
    port: Port.tcp(15020),
    description: 'Merged Prometheus telemetry from Istio agent, Envoy, and application',
    section: 'Ports used by Istio',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  'envoy-metrics': {
    name: 'envoy-metrics',
    port: Port.tcp(15090),
    description: 'Envoy Prometheus telemetry',
    section: 'Ports used by Istio',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  health: {
    name: 'health',
    port: Port.tcp(15021),
    description: 'Health checks',
    section: 'Ports used by Istio',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
};

export const ISTIO_2026_11: PortTable = {
  id: 'istio',
  product: 'Istio',
  title: 'Application Requirements: Ports used by Istio',
  reference:
    'https://github.com/istio/istio.io/blob/110ebf696be71648c50656f990e3b630aa2d6839/content/en/docs/ops/deployment/application-requirements/index.md',
  edition: '2026-11',
  comparedOn: '2026-11-28',
  discrepancies: [
    { finding: 'The page has no date.', decision: 'The edition is the month in which the table was compared.' },
    {
      finding: 'The column Protocol has TCP, HTTP, HTTP2, HTTPS and GRPC.',
      decision: 'All of these use TCP. The basis is inferred where the table does not say TCP.',
    },
    {
      finding: 'The tables have no sources.',
      decision:
        'The page on GKE opens 15017/tcp from the master, the page on ambient mode has 15008/tcp between pods; the others follow from the purpose.',
      rows: [
        'webhook',
        'hbone',
        'xds-tls',
        'xds-plaintext',
        'istiod-metrics',
        'merged-metrics',
        'envoy-metrics',
        'health',
      ],
    },
    {
      finding: '443 is the port of the webhooks service, which a firewall of machines or pods does not see.',
      decision: 'Only the container port is a row.',
      rows: ['webhook'],
    },
    {
      finding:
        'The table marks 15001 (Envoy outbound) and 15006 (Envoy inbound) as not internal to the pod. iptables redirects traffic to them inside the pod; connections between pods have the port of the application.',
      decision: 'Not rows. Open the ports of your applications.',
    },
    { finding: '8080 of istiod is a deprecated debug interface, without a source.', decision: 'Not a row.' },
    {
      finding: 'The document does not say whether 15010 is used by default.',
      decision: 'Closed by default. The default of the option plaintext is false.',
      rows: ['xds-plaintext'],
    },
    {
      finding: 'The tables have the ports of telemetry without a condition.',
      decision: 'Open by default; set metrics to false without a Prometheus.',
      rows: ['istiod-metrics', 'merged-metrics', 'envoy-metrics'],
    },
    { finding: 'Gateways between clusters need ports that are not on this page.', decision: 'Not rows.' },
  ],
  options: [
    {
      id: 'plaintext',
      title: 'XDS and CA services in plaintext, only for secure networks',
      default: 'false',
      section: 'Ports used by Istio',
    },
    {
      id: 'metrics',
      title: 'Prometheus telemetry and control plane monitoring',
      default: 'true',
      section: 'Ports used by Istio',
    },
  ],
  flows: [
    { source: ROLES['kubernetes-api'], destination: ROLES.istiod, rows: [ROWS.webhook] },
    { source: ROLES.workload, destination: ROLES.istiod, rows: [ROWS['xds-plaintext'], ROWS['xds-tls']] },
    {
      when: { metrics: ['true'] },
      source: ROLES.prometheus,
      destination: ROLES.istiod,
      rows: [ROWS['istiod-metrics']],
    },
    { source: ROLES.workload, destination: ROLES.workload, rows: [ROWS.hbone] },
    {
      when: { metrics: ['true'] },
      source: ROLES.prometheus,
      destination: ROLES.workload,
      rows: [ROWS['merged-metrics'], ROWS['envoy-metrics']],
    },
    { source: ROLES['health-checker'], destination: ROLES.workload, rows: [ROWS.health] },
  ],
};
