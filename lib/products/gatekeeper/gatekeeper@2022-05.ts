// Generated from gatekeeper@2022-05.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'kubernetes-api': { id: 'kubernetes-api', title: 'master' },
  gatekeeper: { id: 'gatekeeper', title: 'private nodes with the Gatekeeper POD' },
  prometheus: { id: 'prometheus', title: 'Prometheus' },
};

const ROWS = {
  webhook: {
    name: 'webhook',
    port: Port.tcp(8443),
    description: 'communicate straight to the POD on port 8443',
    section: 'Running on private GKE Cluster nodes',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
    when: { 'privileged-port': ['false'] },
  },
  'webhook-privileged': {
    name: 'webhook-privileged',
    port: Port.tcp(443),
    description: 'make the pod to run on privileged port 443',
    section: 'Running on private GKE Cluster nodes',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
    when: { 'privileged-port': ['true'] },
  },
  metrics: {
    name: 'metrics',
    port: Port.tcp(8888),
    description: 'Gatekeeper exposes Prometheus metrics by default on port 8888',
    section: 'Prometheus',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
};

export const GATEKEEPER_2022_05: PortTable = {
  id: 'gatekeeper',
  product: 'Gatekeeper',
  title: 'Cloud and Vendor Specific Fixes: Running on private GKE Cluster nodes',
  reference:
    'https://github.com/open-policy-agent/gatekeeper/blob/dd8507eb97f5ca24dbee34c95d8e6ffa053cb8a0/website/docs/cloud-specific.md',
  edition: '2022-05',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The sentence about 8443 has no protocol; the manifest for 443 has TCP.',
      decision: 'The protocol is tcp.',
      rows: ['webhook'],
    },
    {
      finding: 'The page speaks of private clusters on GKE only.',
      decision: 'The row is for every cluster whose control plane cannot reach pods freely, such as EKS.',
      rows: ['webhook', 'webhook-privileged'],
    },
    {
      finding: 'The flag --port is documented with the default 443, the chart and this page have 8443.',
      decision: '8443, as it is deployed.',
      rows: ['webhook', 'webhook-privileged'],
    },
    {
      finding:
        'The metrics port is on a different page, of 2026-08. It exposes metrics by default, and does not say that a Prometheus is optional.',
      decision: 'Open by default; set metrics to false without a Prometheus.',
      rows: ['metrics'],
    },
    {
      finding: 'The health port 9090 is for the kubelet of the same node, and 6060 is for profiling.',
      decision: 'Not rows.',
    },
  ],
  options: [
    {
      id: 'privileged-port',
      title: 'The pod runs on the privileged port 443',
      default: 'false',
      section: 'Running on private GKE Cluster nodes',
    },
    {
      id: 'metrics',
      title: 'Prometheus metrics',
      default: 'true',
      section: 'Prometheus',
      reference:
        'https://github.com/open-policy-agent/gatekeeper/blob/dd8507eb97f5ca24dbee34c95d8e6ffa053cb8a0/website/docs/metrics.md',
    },
  ],
  flows: [
    {
      source: ROLES['kubernetes-api'],
      destination: ROLES.gatekeeper,
      rows: [ROWS.webhook, ROWS['webhook-privileged']],
    },
    { when: { metrics: ['true'] }, source: ROLES.prometheus, destination: ROLES.gatekeeper, rows: [ROWS.metrics] },
  ],
};
