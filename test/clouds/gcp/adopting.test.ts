import { TerraformStack, Testing } from 'cdktf';
import { GcpFirewall, Peer, VClusterPlatformIngressRules } from 'cdktf-cluster-ports';

test('the recipe for existing firewalls imports each by its name, and nothing else', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });
  const rules = new VClusterPlatformIngressRules(stack, 'vcluster', {
    kubernetesApi: Peer.cidr('172.16.0.0/28', '2001:db8::/48'),
    platform: firewall.networkTag('vcluster-platform'),
  });
  // #region firewalls
  stack.addOverride(
    'import',
    rules.dependables.map(({ fqn }) => ({
      to: fqn,
      id: fqn.replace('google_compute_firewall.firewall_', 'projects/net-host/global/firewalls/'),
    })),
  );
  // #endregion
  const [ipv4, ipv6] = ['', '-ipv6'].map((suffix) => `allow-k8s-api-to-vcluster-platform${suffix}`);
  expect((JSON.parse(Testing.synth(stack)) as { import: object[] }).import).toEqual([
    { to: `google_compute_firewall.firewall_${ipv4}`, id: `projects/net-host/global/firewalls/${ipv4}` },
    { to: `google_compute_firewall.firewall_${ipv6}`, id: `projects/net-host/global/firewalls/${ipv6}` },
  ]);
});
