import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import {
  GcpFirewall,
  GcpLogging,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** vCluster Platform and Prometheus on the nodes of a private GKE cluster with VPC peering. */
export class VClusterPlatformOnGke extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GoogleProvider(this, 'google', { project: 'net-host', region: 'europe-west3' });

    // with a Shared VPC, the rules are in the host project
    // #region README
    const firewall = new GcpFirewall({ network: 'prod', project: 'net-host', logging: GcpLogging.ALL });

    // the whole /28 of the control plane (master_ipv4_cidr_block), not only the IP address of its endpoint
    const kubernetesApi = Peer.named('gke-control-plane', '172.16.0.0/28');

    new VClusterPlatformIngressRules(this, 'vcluster-platform', {
      kubernetesApi,
      platform: firewall.networkTag('vcluster-platform'), // set in node_config.tags of the node pool
    });
    new PrometheusCostMetricsRule(this, 'cost-metrics', {
      platform: Peer.address('203.0.113.7'), // an IP address becomes a /32
      prometheus: firewall.networkTag('prometheus'),
    });
    // #endregion
  }
}
