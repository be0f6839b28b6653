// Generated from metallb@2026-03.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  node: { id: 'node', title: 'nodes' },
  router: { id: 'router', title: 'routers capable of speaking BGP' },
  'kubernetes-api': { id: 'kubernetes-api', title: 'the API server of Kubernetes' },
  prometheus: { id: 'prometheus', title: 'Prometheus' },
};

const ROWS = {
  memberlist: {
    name: 'memberlist',
    port: Port.tcpAndUdp(7946),
    description: 'traffic on port 7946 must be allowed between nodes, as required by memberlist',
    section: 'Requirements',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  bgp: {
    name: 'bgp',
    port: Port.tcp(179),
    description: 'Port to dial when establishing the session',
    section: 'config/crd/bases/metallb.io_bgppeers.yaml',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.HOST,
    internal: true,
  },
  webhook: {
    name: 'webhook',
    port: Port.tcp(9443),
    description: 'webhook-server of the controller',
    impact: 'Resources of MetalLB are refused (failurePolicy: Fail)',
    section: 'config/manifests/metallb-frr-k8s.yaml',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.POD,
    internal: true,
  },
  'frr-k8s-webhook': {
    name: 'frr-k8s-webhook',
    port: Port.tcp(19443),
    description: 'webhook of frr-k8s-statuscleaner',
    impact: 'Resources of FRR-K8s are refused (failurePolicy: Fail)',
    section: 'config/manifests/metallb-frr-k8s.yaml',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.HOST,
    internal: true,
    when: { 'bgp-backend': ['frr-k8s'] },
  },
  metrics: {
    name: 'metrics',
    port: Port.tcp(9120),
    description: 'port both controller and speaker will listen on for metrics (always HTTPS)',
    section: 'charts/metallb/values.yaml',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  'frr-k8s-metrics': {
    name: 'frr-k8s-metrics',
    port: Port.tcp(9140),
    description: 'metricshttps of frr-k8s-daemon',
    section: 'config/manifests/metallb-frr-k8s.yaml',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { 'bgp-backend': ['frr-k8s'] },
  },
  'frr-metrics': {
    name: 'frr-metrics',
    port: Port.tcp(9141),
    description: 'frrmetricshttps of frr-k8s-daemon',
    section: 'config/manifests/metallb-frr-k8s.yaml',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { 'bgp-backend': ['frr-k8s'] },
  },
  'frr-mode-metrics': {
    name: 'frr-mode-metrics',
    port: Port.tcp(9121),
    description: 'frrmetricshttps of the speaker',
    section: 'config/manifests/metallb-frr.yaml',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { 'bgp-backend': ['frr'] },
  },
};

export const METALLB_2026_03: PortTable = {
  id: 'metallb',
  product: 'MetalLB',
  title: 'Requirements',
  reference:
    'https://github.com/metallb/metallb/blob/7938d3f89b8bd808dae2e42d97d6ae7e18e9ed54/website/content/_index.md',
  edition: '2026-03',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The requirements have only 7946, by TCP and UDP.',
      decision:
        'The other rows are from the manifests, the custom resources and the chart of the same commit, with that basis.',
      rows: ['bgp', 'webhook', 'frr-k8s-webhook', 'metrics', 'frr-k8s-metrics', 'frr-metrics', 'frr-mode-metrics'],
    },
    {
      finding: 'BGP is required without its protocol.',
      decision: '179/tcp, which is registered for BGP, opened from nodes, which dial.',
      rows: ['bgp'],
    },
    {
      finding: 'Containers of the manifests have a protocol for 7946/udp and 9443/tcp only.',
      decision: 'TCP, the default of Kubernetes, with the basis inferred.',
      rows: ['frr-k8s-webhook', 'metrics', 'frr-k8s-metrics', 'frr-metrics', 'frr-mode-metrics'],
    },
    {
      finding: 'Metrics are served by default, but who collects them is not documented.',
      decision: 'They are opened if the machines of Prometheus are given.',
      rows: ['metrics', 'frr-k8s-metrics', 'frr-metrics', 'frr-mode-metrics'],
    },
    {
      finding: 'The controller is not in the network of the host, so its webhook is a port of a pod.',
      decision: 'It is opened on all nodes, because the controller can run on each.',
      rows: ['webhook'],
    },
    {
      finding: 'No operating mode is called the default.',
      decision: 'layer2, because the requirements give ports for it only.',
      rows: ['memberlist', 'bgp'],
    },
    {
      finding: 'In the manifest of FRR-K8s a container has the port 7573, which none of its arguments names.',
      decision: 'Not a row.',
    },
  ],
  options: [
    { id: 'mode', title: 'The operating mode', choices: ['layer2', 'bgp'], default: 'layer2', section: 'Requirements' },
    {
      id: 'bgp-backend',
      title: 'The manifest that is installed, by the backend that handles BGP sessions',
      choices: ['frr-k8s', 'native', 'frr'],
      default: 'frr-k8s',
      section: 'FRR-K8s Mode',
    },
  ],
  flows: [
    { when: { mode: ['layer2'] }, source: ROLES.node, destination: ROLES.node, rows: [ROWS.memberlist] },
    { when: { mode: ['bgp'] }, source: ROLES.node, destination: ROLES.router, rows: [ROWS.bgp] },
    { source: ROLES['kubernetes-api'], destination: ROLES.node, rows: [ROWS.webhook, ROWS['frr-k8s-webhook']] },
    {
      optional: true,
      source: ROLES.prometheus,
      destination: ROLES.node,
      rows: [ROWS.metrics, ROWS['frr-k8s-metrics'], ROWS['frr-metrics'], ROWS['frr-mode-metrics']],
    },
  ],
};
