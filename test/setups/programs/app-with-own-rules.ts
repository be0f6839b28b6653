// The app of a team that has rules of its own. WIDER opens one more port.
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall/index.js';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { App, TerraformStack } from 'cdktf';
import { GcpFirewall, Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';

declare const WIDER: boolean;

const app = new App();
const stack = new TerraformStack(app, 'monitoring');
new GoogleProvider(stack, 'google', { project: 'net-host' });
new ComputeFirewall(stack, 'by-hand', {
  name: 'by-hand',
  network: 'prod',
  allow: [{ protocol: 'tcp', ports: ['22'] }],
  sourceRanges: ['0.0.0.0/0'],
  targetTags: ['prometheus'],
});
if (WIDER) {
  const prometheus = new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag('prometheus');
  new PrometheusCostMetricsRule(stack, 'metrics', { platform: Peer.cidr('10.0.0.0/8'), prometheus });
}
app.synth();
