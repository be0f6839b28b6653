const { App, TerraformStack } = require('cdktf');
const { GoogleProvider } = require('@cdktf/provider-google/lib/provider');
const { GcpFirewall, Peer, VClusterPlatformIngressRules } = require('cdktf-cluster-ports');
const { GCP_RANGES } = require('./inputs.cjs');

const app = new App();
const stack = new TerraformStack(app, 'bench');
new GoogleProvider(stack, 'google', { project: 'bench-project' });

// one firewall holds all ranges of a construct, so many firewalls need a construct per range
GCP_RANGES.forEach((range, index) => {
  const firewall = new GcpFirewall({ network: 'prod', namePrefix: `grant-${index}-` });
  new VClusterPlatformIngressRules(stack, `rules-${index}`, {
    kubernetesApi: Peer.cidr(range),
    platform: firewall.networkTag('platform'),
  });
});
app.synth();
