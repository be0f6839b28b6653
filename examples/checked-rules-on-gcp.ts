import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { GcpEndpoint, GcpFirewall, Peer, ReachabilityChecks, VClusterPlatformIngressRules } from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** Warns after an apply, by a Connectivity Test, if the control plane of a private GKE cluster does not reach the platform. */
export class CheckedRulesOnGcp extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GoogleProvider(this, 'google', { project: 'platform-prod', region: 'europe-west3' });

    const platform = new VClusterPlatformIngressRules(this, 'vcluster-platform', {
      kubernetesApi: Peer.named('gke-control-plane', '172.16.0.0/28'),
      platform: new GcpFirewall({ network: 'prod' }).networkTag('vcluster-platform'),
    });
    new ReachabilityChecks(this, 'checks', {
      rules: platform,
      checks: [
        {
          flow: 'webhook',
          source: GcpEndpoint.gkeControlPlane('projects/platform-prod/locations/europe-west3/clusters/prod'),
          destination: GcpEndpoint.instance('projects/platform-prod/zones/europe-west3-a/instances/node-1'),
        },
      ],
    });
  }
}
