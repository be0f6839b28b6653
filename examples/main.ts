import { App } from 'cdktf';
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

/** All examples as the stacks of one app: `cdktf synth`, `cdktf diff <stack>`, `cdktf deploy <stack>`. */
export function exampleApp(app: App): App {
  new VClusterPlatformOnGke(app, 'vcluster-platform-on-gke');
  new VClusterPlatformOnEks(app, 'vcluster-platform-on-eks');
  new KubeadmApinizerOnGcp(app, 'kubeadm-apinizer-on-gcp');
  new KubeadmApinizerOnAws(app, 'kubeadm-apinizer-on-aws');
  new ApinizerHybrid(app, 'apinizer-hybrid');
  new KubeadmOnPremises(app, 'kubeadm-on-premises');
  new TwoRegions(app, 'two-regions');
  new ApinizerOutboundOnAws(app, 'apinizer-outbound-on-aws');
  new ApinizerOutboundOnGcp(app, 'apinizer-outbound-on-gcp');
  new CheckedRulesOnAws(app, 'checked-rules-on-aws');
  new CheckedRulesOnGcp(app, 'checked-rules-on-gcp');
  new OwnPortTable(app, 'own-port-table');
  new ControlPlaneEndpointOnPremises(app, 'control-plane-endpoint');
  new ControlPlaneVipOnAws(app, 'control-plane-vip-on-aws');
  new ControlPlaneVipOnGcp(app, 'control-plane-vip-on-gcp');
  new ControlPlaneVipOnPremises(app, 'control-plane-vip-on-premises');
  new IngressAndWebhook(app, 'ingress-and-webhook');
  new VClusterPlatformLaterEdition(app, 'vcluster-platform-later-edition');
  new VClusterPlatformNetworkPolicies(app, 'vcluster-platform-network-policies');
  new PortTableFromFile(app, 'port-table-from-file');
  new RancherOnAws(app, 'rancher-on-aws');
  new Rke2CiliumLonghornRancherOnGcp(app, 'rke2-cilium-longhorn-rancher-on-gcp');
  new Rke2CiliumLonghornRancherOnAws(app, 'rke2-cilium-longhorn-rancher-on-aws');
  new VClusterPlatformInFirewallPolicy(app, 'vcluster-platform-in-firewall-policy');
  return app;
}

if (require.main === module) exampleApp(new App()).synth();
