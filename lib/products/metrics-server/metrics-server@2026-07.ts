import { Port } from '../../net';
import { Basis, type PortTable } from '../../tables';
import { CLUSTER_CONTROL_PLANE, CLUSTER_WORKER, METRICS_SERVER_NODE } from '../roles';

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
};
