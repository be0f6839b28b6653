import { TerraformOutput, TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerInstallationHostnames,
  ApinizerNodePorts,
  ExternalHosts,
  ExternalProxy,
  KubeadmFlannelClusterRules,
  LinuxHosts,
  Peer,
  SquidAllowList,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/**
 * A cluster on premises: no resource is created, and `cluster-ports request` lists every flow for the firewall team. Its nodes have a
 * firewall of their own, for which `cluster-ports host-rules` renders the rules.
 */
export class KubeadmOnPremises extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    const controlPlane = LinuxHosts.named('k8s-masters', '10.1.0.0/29');
    const workers = LinuxHosts.named('k8s-workers', '10.1.1.0/24');

    new KubeadmFlannelClusterRules(this, 'cluster', { controlPlane, workers, workerToWorkerFlannel: true });
    new ApinizerDataStoreRules(this, 'data-stores', {
      workers,
      mongodb: ExternalHosts.named('mongodb', '10.1.2.0/28'),
      elasticsearch: ExternalHosts.named('elasticsearch', '10.1.2.16/28'),
    });
    new ApinizerNodePorts(this, 'node-ports', {
      workers,
      managementConsole: { clients: Peer.named('ops', '10.9.0.0/16') },
    });

    // the allow-list for the team that runs the proxy
    const { hostnames } = new ApinizerInstallationHostnames(this, 'installation', {
      through: ExternalProxy.named('proxy.example.com'),
      supplements: ['ubuntu-mirrors', 'ubuntu-security', 'flannel-images', 'github-content', 'kubernetes-images'],
    });
    new TerraformOutput(this, 'squid-allow-list', { value: SquidAllowList.render(hostnames) });
  }
}
