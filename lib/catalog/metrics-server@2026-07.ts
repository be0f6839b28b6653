import { Basis } from '../model/basis';
import { Port } from '../model/port';
import type { PortTable } from '../model/port-table';
import { CLUSTER_CONTROL_PLANE, CLUSTER_WORKER, METRICS_SERVER_NODE } from './roles';

/** Ports by which Metrics Server is reached, and by which it reaches every kubelet. */
export const METRICS_SERVER: PortTable = {
  id: 'metrics-server',
  title: 'Kubernetes Metrics Server: Requirements',
  reference: 'https://github.com/kubernetes-sigs/metrics-server/blob/v0.9.0/README.md#requirements',
  edition: '2026-07',
  checkedFor: ['metrics-server 0.9.0'],
  comparedOn: '2026-11-22',
  flows: [
    {
      source: CLUSTER_CONTROL_PLANE,
      destination: METRICS_SERVER_NODE,
      rows: [
        {
          name: 'metrics-api',
          port: Port.tcp(10250),
          description: 'Control plane to Metrics Server',
          section: 'Requirements',
          protocolBasis: Basis.INFERRED,
          internal: true,
        },
      ],
    },
    {
      source: METRICS_SERVER_NODE,
      destination: CLUSTER_CONTROL_PLANE,
      rows: [
        {
          name: 'kubelet',
          port: Port.tcp(10250),
          description: 'Metrics Server to Kubelet on all nodes',
          section: 'Requirements',
          protocolBasis: Basis.INFERRED,
          internal: true,
        },
      ],
    },
    {
      source: METRICS_SERVER_NODE,
      destination: CLUSTER_WORKER,
      rows: [
        {
          name: 'kubelet',
          port: Port.tcp(10250),
          description: 'Metrics Server to Kubelet on all nodes',
          section: 'Requirements',
          protocolBasis: Basis.INFERRED,
          internal: true,
        },
      ],
    },
  ],
  discrepancies: [
    {
      finding: 'No protocol is given.',
      decision: 'tcp, because HTTPS is served on both ports.',
    },
    {
      finding: 'Metrics Server is reached at the address of its pod.',
      decision:
        'The role metrics-server is every node on which it can run; where pods have addresses of their own in the network, the machines behind these addresses.',
      rows: ['metrics-api'],
    },
    {
      finding:
        'With hostNetwork, Metrics Server listens on a port of its own; a kubelet can listen on another one too.',
      decision: 'The defaults, unless ports gives another.',
    },
    {
      finding: 'All nodes have a kubelet.',
      decision: 'Control planes and workers are two roles: they are selected as two groups.',
      rows: ['kubelet'],
    },
  ],
};
