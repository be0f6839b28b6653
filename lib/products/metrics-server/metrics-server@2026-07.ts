// Generated from metrics-server@2026-07.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'control-plane': { id: 'control-plane', title: 'the control plane' },
  'metrics-server': { id: 'metrics-server', title: 'Metrics Server' },
  worker: { id: 'worker', title: 'worker nodes' },
};

const ROWS = {
  'metrics-api': {
    name: 'metrics-api',
    port: Port.tcp(10250),
    description: 'Control plane to Metrics Server',
    section: 'Requirements',
    protocolBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
  kubelet: {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'Metrics Server to Kubelet on all nodes',
    section: 'Requirements',
    protocolBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const METRICS_SERVER_2026_07: PortTable = {
  id: 'metrics-server',
  product: 'Kubernetes Metrics Server',
  title: 'Kubernetes Metrics Server: Requirements',
  reference:
    'https://github.com/kubernetes-sigs/metrics-server/blob/2a7c4b2c7d46552ff47f4aeaa3a735c582587ecd/README.md#requirements',
  edition: '2026-07',
  checkedFor: ['metrics-server 0.9.0'],
  comparedOn: '2026-11-22',
  discrepancies: [
    {
      finding: 'The document does not give a protocol.',
      decision: 'The protocol is tcp, because both ports serve HTTPS.',
    },
    {
      finding: 'Clients reach Metrics Server at the IP address of its pod.',
      decision:
        'The role metrics-server is every node on which it can run or, if pods have IP addresses of their own in the network, the machines with these IP addresses.',
      rows: ['metrics-api'],
    },
    {
      finding:
        'With hostNetwork, Metrics Server listens on a different port; a kubelet can also be configured to use a different one.',
      decision: 'The defaults, unless the prop ports moves them.',
    },
    {
      finding: 'Every node runs a kubelet.',
      decision: 'Control planes and workers are two roles, because they usually are two host groups.',
      rows: ['kubelet'],
    },
  ],
  flows: [
    { source: ROLES['control-plane'], destination: ROLES['metrics-server'], rows: [ROWS['metrics-api']] },
    { source: ROLES['metrics-server'], destination: ROLES['control-plane'], rows: [ROWS.kubelet] },
    { source: ROLES['metrics-server'], destination: ROLES.worker, rows: [ROWS.kubelet] },
  ],
};
