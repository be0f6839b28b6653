import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  FlannelBackend,
  GcpFirewall,
  GcpHealthCheckers,
  KubeadmFlannelClusterRules,
  Peer,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** A kubeadm cluster with Flannel, Apinizer and its databases, on machines with network tags. */
export class KubeadmApinizerOnGcp extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GoogleProvider(this, 'google', { project: 'apinizer-prod', region: 'europe-west3' });

    const firewall = new GcpFirewall({ network: 'prod' });
    const workers = firewall.networkTag('k8s-worker');
    const opsVpn = Peer.named('ops-vpn', '10.9.0.0/16');

    new KubeadmFlannelClusterRules(this, 'cluster', {
      controlPlane: firewall.networkTag('k8s-control-plane'),
      workers,
      flannel: FlannelBackend.VXLAN,
      workerToWorkerFlannel: true, // a supplement: pods on different workers need it
      healthCheckers: GcpHealthCheckers.IPV4, // a supplement: 10256 of kube-proxy
    });
    new ApinizerNodePorts(this, 'node-ports', {
      workers,
      managementConsole: { clients: opsVpn }, // 32080
      apiPortal: { clients: opsVpn }, // 30180
      gateways: [
        { environment: 'prod', clients: Peer.anyIpv4('public API') }, // 30080; opening it to the world needs a reason
        { environment: 'test', clients: Peer.cidr('10.50.0.0/24', '10.51.0.0/24'), port: 30081 },
      ],
    });
    new ApinizerDataStoreRules(this, 'data-stores', {
      workers,
      mongodb: firewall.networkTag('mongodb'),
      elasticsearch: firewall.networkTag('elasticsearch'),
    });
  }
}
