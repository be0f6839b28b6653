import { Basis } from '../model/basis';
import { Port } from '../model/port';
import type { PortTable } from '../model/port-table';
import { KUBERNETES_API, PLATFORM } from './roles';

/** Ports by which the Kubernetes API server reaches the vCluster Platform. */
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
        'Control plane and nodes of a private GKE cluster "might" reside in separate subnetworks in one place, "are not" in the same one in another.',
      decision: 'The source range is always asked for.',
    },
    {
      finding: 'The gcloud command names no network, so it opens the network "default".',
      decision: 'The network is always asked for.',
    },
    {
      finding: 'AWS security groups are named as a place for the rules, but only gcloud commands are given.',
      decision: 'The same ports, one rule per port and source.',
    },
  ],
};
