import { TerraformOutput, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  ControlPlaneVipRules,
  ExternalHosts,
  ExternalProxy,
  HaproxyConfig,
  LinuxDistribution,
  Peer,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** Three control planes on premises behind HAProxy: its configuration, and the flows and hostnames that the firewall team is asked for. */
export class ControlPlaneVipOnPremises extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    new ControlPlaneVipRules(this, 'control-plane-vip', {
      controlPlane: ExternalHosts.named('k8s-masters', '10.1.0.0/29'),
      workers: ExternalHosts.named('k8s-workers', '10.1.1.0/24'),
      virtualAddress: ExternalHosts.named('k8s-vip', '10.1.0.100/32'),
      hostname: 'api.k8s.example.com',
      loadBalancer: Peer.address('10.1.0.101', '10.1.0.102'), // HAProxy connects from its machines, not from the virtual address
    });

    new ApinizerInstallationHostnames(this, 'installation-hosts', {
      through: ExternalProxy.named('web-proxy'),
      distribution: LinuxDistribution.UBUNTU,
      omit: ['amazonaws-com'], // anything that anyone hosts on AWS can have such a name
    });

    new TerraformOutput(this, 'haproxy', {
      value: HaproxyConfig.render({
        servers: [
          { name: 'master1', address: '10.1.0.1' },
          { name: 'master2', address: '10.1.0.2' },
          { name: 'master3', address: '10.1.0.3' },
        ],
        caFile: '/etc/haproxy/kubernetes-ca.crt', // a copy of /etc/kubernetes/pki/ca.crt
      }),
    });
  }
}
