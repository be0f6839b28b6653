import { App } from 'cdktf';
import { ApinizerHybrid } from './apinizer-hybrid';
import { ControlPlaneVipOnAws } from './control-plane-vip-on-aws';
import { ControlPlaneVipOnGcp } from './control-plane-vip-on-gcp';
import { ControlPlaneVipOnPremises } from './control-plane-vip-on-premises';
import { IngressAndWebhook } from './ingress-and-webhook';
import { KubeadmApinizerOnAws } from './kubeadm-apinizer-on-aws';
import { KubeadmApinizerOnGcp } from './kubeadm-apinizer-on-gcp';
import { KubeadmOnPremises } from './kubeadm-on-premises';
import { OwnPortTable } from './own-port-table';
import { TwoRegions } from './two-regions';
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
  new OwnPortTable(app, 'own-port-table');
  new ControlPlaneVipOnAws(app, 'control-plane-vip-on-aws');
  new ControlPlaneVipOnGcp(app, 'control-plane-vip-on-gcp');
  new ControlPlaneVipOnPremises(app, 'control-plane-vip-on-premises');
  new IngressAndWebhook(app, 'ingress-and-webhook');
  new VClusterPlatformLaterEdition(app, 'vcluster-platform-later-edition');
  return app;
}

if (require.main === module) exampleApp(new App()).synth();
