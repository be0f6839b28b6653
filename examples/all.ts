import type { App } from 'cdktf';
import { ApinizerHybrid } from './apinizer-hybrid';
import { ControlPlaneEndpointOnPremises } from './control-plane-endpoint';
import { ControlPlaneVipOnAws } from './control-plane-vip-on-aws';
import { ControlPlaneVipOnGcp } from './control-plane-vip-on-gcp';
import { ControlPlaneVipOnPremises } from './control-plane-vip-on-premises';
import { IngressAndWebhook } from './ingress-and-webhook';
import { ApinizerOutboundOnAws } from './apinizer-outbound-on-aws';
import { ApinizerOutboundOnGcp } from './apinizer-outbound-on-gcp';
import { CheckedRulesOnAws } from './checked-rules-on-aws';
import { CheckedRulesOnGcp } from './checked-rules-on-gcp';
import { KubeadmApinizerOnAws } from './kubeadm-apinizer-on-aws';
import { KubeadmApinizerOnGcp } from './kubeadm-apinizer-on-gcp';
import { KubeadmOnPremises } from './kubeadm-on-premises';
import { OwnPortTable } from './own-port-table';
import { PortTableFromFile } from './port-table-from-file';
import { RancherOnAws } from './rancher-on-aws';
import { Rke2CiliumLonghornRancherOnAws } from './rke2-cilium-longhorn-rancher-on-aws';
import { Rke2CiliumLonghornRancherOnGcp } from './rke2-cilium-longhorn-rancher-on-gcp';
import { TwoRegions } from './two-regions';
import { VClusterPlatformInFirewallPolicy } from './vcluster-platform-in-firewall-policy';
import { VClusterPlatformNetworkPolicies } from './vcluster-platform-network-policies';
import { VClusterPlatformLaterEdition } from './vcluster-platform-later-edition';
import { VClusterPlatformOnEks } from './vcluster-platform-on-eks';
import { VClusterPlatformOnGke } from './vcluster-platform-on-gke';

/** The examples, by the name of their stack. */
export const EXAMPLES = {
  'vcluster-platform-on-gke': VClusterPlatformOnGke,
  'vcluster-platform-on-eks': VClusterPlatformOnEks,
  'kubeadm-apinizer-on-gcp': KubeadmApinizerOnGcp,
  'kubeadm-apinizer-on-aws': KubeadmApinizerOnAws,
  'apinizer-hybrid': ApinizerHybrid,
  'kubeadm-on-premises': KubeadmOnPremises,
  'two-regions': TwoRegions,
  'apinizer-outbound-on-aws': ApinizerOutboundOnAws,
  'apinizer-outbound-on-gcp': ApinizerOutboundOnGcp,
  'checked-rules-on-aws': CheckedRulesOnAws,
  'checked-rules-on-gcp': CheckedRulesOnGcp,
  'own-port-table': OwnPortTable,
  'control-plane-endpoint': ControlPlaneEndpointOnPremises,
  'control-plane-vip-on-aws': ControlPlaneVipOnAws,
  'control-plane-vip-on-gcp': ControlPlaneVipOnGcp,
  'control-plane-vip-on-premises': ControlPlaneVipOnPremises,
  'ingress-and-webhook': IngressAndWebhook,
  'vcluster-platform-later-edition': VClusterPlatformLaterEdition,
  'vcluster-platform-network-policies': VClusterPlatformNetworkPolicies,
  'port-table-from-file': PortTableFromFile,
  'rancher-on-aws': RancherOnAws,
  'rke2-cilium-longhorn-rancher-on-gcp': Rke2CiliumLonghornRancherOnGcp,
  'rke2-cilium-longhorn-rancher-on-aws': Rke2CiliumLonghornRancherOnAws,
  'vcluster-platform-in-firewall-policy': VClusterPlatformInFirewallPolicy,
};

/** All examples as the stacks of one app: `cdktf synth`, `cdktf diff <stack>`, `cdktf deploy <stack>`. */
export function exampleApp(app: App): App {
  for (const [id, Example] of Object.entries(EXAMPLES)) new Example(app, id);
  return app;
}
