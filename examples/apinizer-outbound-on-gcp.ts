import { ComputeNetworkFirewallPolicy } from '@cdktf/provider-google/lib/compute-network-firewall-policy';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerInstallationHostnames,
  Basis,
  DocumentedHostnameRules,
  GcpFirewallPolicy,
  GcpSecureWebProxy,
  Port,
  type HostnameTable,
} from 'cdktf-cluster-ports';
import type { Construct } from 'constructs';

/** What the documentation of our own time and registry servers says. */
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

/** Names with a wildcard need a proxy; exact names are let out by the firewall policy of the network too. */
export class ApinizerOutboundOnGcp extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GoogleProvider(this, 'google', { project: 'platform-prod', region: 'europe-west3' });

    // its gateway takes the policy: google_network_security_gateway_security_policy.policy_outbound-hosts
    new ApinizerInstallationHostnames(this, 'installation', {
      through: new GcpSecureWebProxy({ location: 'europe-west3' }),
      supplements: ['flannel-images', 'github-content', 'kubernetes-images', 'docker-images', 'mongodb-com'],
    });

    const policy = new ComputeNetworkFirewallPolicy(this, 'policy', { name: 'prod' });
    new DocumentedHostnameRules(this, 'platform-hosts', {
      table: PLATFORM_HOSTS,
      through: new GcpFirewallPolicy({ policy: policy.name, logging: true }),
    });
  }
}

if (require.main === module) {
  const app = new App();
  new ApinizerOutboundOnGcp(app, 'apinizer-outbound-on-gcp');
  app.synth();
}
