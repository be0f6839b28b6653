import { ComputeNetworkFirewallPolicy } from '@cdktf/provider-google/lib/compute-network-firewall-policy/index.js';
import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association/index.js';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { TagsTagKey } from '@cdktf/provider-google/lib/tags-tag-key/index.js';
import { TagsTagValue } from '@cdktf/provider-google/lib/tags-tag-value/index.js';
import { TerraformStack } from 'cdktf';
import {
  GcpFirewallPolicy,
  GcpLogging,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

const NETWORK = 'projects/net-host/global/networks/kubernetes';

/** vCluster Platform and Prometheus behind a network firewall policy, on machines with secure tags. */
export class VClusterPlatformInFirewallPolicy extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const project = 'net-host';
    new GoogleProvider(this, 'google', { project, region: 'europe-west3' });

    const policy = new ComputeNetworkFirewallPolicy(this, 'policy', { name: 'kubernetes', project });
    const at = { name: 'kubernetes', attachmentTarget: NETWORK, firewallPolicy: policy.name, project };
    new ComputeNetworkFirewallPolicyAssociation(this, 'at-kubernetes', at);
    const key = new TagsTagKey(this, 'role', {
      parent: 'projects/net-host',
      shortName: 'role',
      purpose: 'GCE_FIREWALL',
      purposeData: { network: 'net-host/kubernetes' },
    });
    const [platform, prometheus] = ['platform', 'prometheus'].map(
      (shortName) => new TagsTagValue(this, shortName, { parent: key.id, shortName }),
    );

    // #region rules
    const firewallPolicy = new GcpFirewallPolicy({ policy: policy.name, project, logging: GcpLogging.ALL });
    const platformMachines = firewallPolicy.secureTag(platform.id);

    new VClusterPlatformIngressRules(this, 'vcluster-platform', {
      kubernetesApi: Peer.named('gke-control-plane', '172.16.0.0/28'),
      platform: platformMachines,
    });
    new PrometheusCostMetricsRule(this, 'cost-metrics', {
      platform: platformMachines,
      prometheus: firewallPolicy.secureTag(prometheus.id),
    });
    // #endregion
  }
}
