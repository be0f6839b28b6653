import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import {
  AwsSecurityGroup,
  CiliumRules,
  Egress,
  HostGroup,
  LonghornRules,
  Peer,
  RancherRules,
  Rke2Cni,
  Rke2Rules,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** RKE2 with Cilium, Longhorn and Rancher: four products on the same machines. Servers run workloads too, as agents do. */
export class Rke2CiliumLonghornRancherOnAws extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-central-1' });

    const group = (name: string): AwsSecurityGroup =>
      new AwsSecurityGroup(this, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL });
    const server = group('rke2-node');
    const agent = group('rke2-agent');
    const node = HostGroup.anyOf(server, agent); // one role of two groups: each flow is opened for every pair of them
    const registeredCluster = AwsSecurityGroup.fromId('sg-0123456789abcdef0'); // the control plane of the cluster

    // #region same-machines
    new Rke2Rules(this, 'rke2', { server, agent, cni: Rke2Cni.CILIUM });
    new CiliumRules(this, 'cilium', { node }); // 4244/tcp of Hubble; RKE2 documents the other ports too, and both share a rule
    // #endregion
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
