import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import {
  CiliumRules,
  GcpFirewall,
  HostGroup,
  LonghornRules,
  Peer,
  Port,
  RancherRules,
  Rke2Cni,
  Rke2Rules,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** RKE2 with Cilium, Longhorn and Rancher: four products on the same machines. Servers run workloads too, as agents do. */
export class Rke2CiliumLonghornRancherOnGcp extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GoogleProvider(this, 'google', { project: 'rancher-prod', region: 'europe-west3' });

    const firewall = new GcpFirewall({ network: 'prod' });
    const server = firewall.networkTag('rke2-node');
    const agent = firewall.networkTag('rke2-agent');
    const node = HostGroup.anyOf(server, agent); // one role of two groups: each flow is opened for every pair of them
    const registeredCluster = firewall.networkTag('registered-cluster');

    new Rke2Rules(this, 'rke2', {
      server,
      agent,
      cni: Rke2Cni.CILIUM,
      omit: ['cilium-ping', 'cilium-ping-reply'], // the row of Cilium opens ICMP
    });
    new CiliumRules(this, 'cilium', {
      node,
      ports: { ping: Port.icmp() }, // firewalls on GCP have no ICMP types
    });
    // ports of pods: with VXLAN, this firewall sees only 8472/udp, and Longhorn needs no rules; without an overlay, it needs these
    new LonghornRules(this, 'longhorn', {
      manager: node,
      ui: node,
      csiPlugin: node,
      recurringJob: node,
      driverDeployer: node,
      instanceManager: node,
      backingImageManager: node,
      backingImageDataSource: node,
      shareManager: node,
      node,
      kubernetesApi: server,
    });
    new RancherRules(this, 'rancher', {
      rancher: node,
      rancherClient: Peer.named('office', '198.51.100.0/24'),
      registeredCluster,
      edition: '2026-07',
    });
  }
}
