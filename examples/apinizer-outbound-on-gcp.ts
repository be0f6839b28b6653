import { ComputeNetworkFirewallPolicy } from '@cdktf/provider-google/lib/compute-network-firewall-policy/index.js';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  Basis,
  DocumentedHostnameRules,
  GcpFirewallPolicy,
  GcpLogging,
  GcpSecureWebProxy,
  type HostnameTable,
  Port,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** The hostnames of a platform team, from its own documentation. */
export const PLATFORM_HOSTS: HostnameTable = {
  id: 'platform-hosts',
  title: 'Hosts of the platform team',
  reference: 'https://wiki.example.com/platform/hosts',
  edition: '2026-10',
  comparedOn: '2026-11-21',
  hostnames: [
    {
      name: 'registry',
      hostname: 'registry.example.com',
      ports: [Port.tcp(443)],
      portsBasis: Basis.TABLE,
      section: 'Hosts',
    },
    { name: 'time', hostname: 'time.example.com', ports: [Port.udp(123)], portsBasis: Basis.TABLE, section: 'Hosts' },
  ],
};

/** Allows hostnames with wildcards by a proxy, and exact hostnames by the firewall policy of a network. */
export class ApinizerOutboundOnGcp extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GoogleProvider(this, 'google', { project: 'platform-prod', region: 'europe-west3' });

    // use it in the gateway of the proxy: google_network_security_gateway_security_policy.policy_outbound-hosts
    new ApinizerInstallationHostnames(this, 'installation', {
      through: new GcpSecureWebProxy({ location: 'europe-west3' }),
      supplements: ['flannel-images', 'github-content', 'kubernetes-images', 'docker-images', 'mongodb-com'],
    });

    const policy = new ComputeNetworkFirewallPolicy(this, 'policy', { name: 'prod' });
    new DocumentedHostnameRules(this, 'platform-hosts', {
      table: PLATFORM_HOSTS,
      through: new GcpFirewallPolicy({ policy: policy.name, logging: GcpLogging.ALL }),
    });
  }
}
