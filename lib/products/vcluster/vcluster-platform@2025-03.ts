import { Port } from '../../net';
import { Basis, type PortTable } from '../../tables';
import { KUBERNETES_API, PLATFORM } from '../roles';

/** Ports by which the Kubernetes API server reaches vCluster Platform. */
export const VCLUSTER_PLATFORM: PortTable = {
  id: 'vcluster-platform',
  title: 'Networking: Connect Kubernetes to the platform',
  reference: 'https://www.vcluster.com/docs/platform/administer/clusters/advanced/networking',
  edition: '2025-03',
  comparedOn: '2026-11-21',
  flows: [
    {
      name: 'allow-k8s-api-to-vcluster-platform',
      source: KUBERNETES_API,
      destination: PLATFORM,
      rows: [
        {
          name: 'api-service',
          port: Port.tcp(8443),
          description: 'API service extension (v1.cluster.loft.sh)',
          purpose: 'Enables Kubernetes API integration with the platform',
          impact: 'platform features such as role-based access control (RBAC) enforcement might fail',
          section: 'Connect Kubernetes to the platform',
          protocolBasis: Basis.COMMAND,
          internal: true,
        },
        {
          name: 'webhook',
          port: Port.tcp(9443),
          description: 'Webhook validation (loft webhook)',
          purpose: 'Validates requests and enforces policies',
          impact: 'webhook validation might fail',
          section: 'Connect Kubernetes to the platform',
          protocolBasis: Basis.COMMAND,
          internal: true,
        },
        {
          name: 'management-api',
          port: Port.tcp(9444),
          description: 'Management API (v1.management.loft.sh)',
          purpose: 'Handles platform-wide administration and cluster management',
          impact: 'platform features such as role-based access control (RBAC) enforcement might fail',
          section: 'Connect Kubernetes to the platform',
          protocolBasis: Basis.COMMAND,
          internal: true,
        },
      ],
    },
  ],
  discrepancies: [
    {
      finding: 'The table gives no protocol; the gcloud command gives tcp.',
      decision: 'The protocol is tcp.',
    },
    {
      finding:
        'In one place, control plane and nodes of a private GKE cluster "might" be in separate subnetworks; in a second place, they "are not" in the same one.',
      decision: 'The source range is a required prop.',
    },
    {
      finding: 'The gcloud command does not name a network, so it applies to the network "default".',
      decision: 'GcpFirewall requires a network.',
    },
    {
      finding: 'The document mentions AWS security groups, but gives only gcloud commands.',
      decision: 'On AWS the same ports are opened, with one rule per port and source.',
    },
  ],
};
