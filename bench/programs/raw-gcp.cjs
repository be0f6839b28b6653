const { App, TerraformStack } = require('cdktf');
const { ComputeFirewall } = require('@cdktf/provider-google/lib/compute-firewall');
const { GoogleProvider } = require('@cdktf/provider-google/lib/provider');
const { FIREWALL_DESCRIPTION, FIREWALL_NAME, FIREWALL_PORTS, GCP_RANGES } = require('./inputs.cjs');

const app = new App();
const stack = new TerraformStack(app, 'bench');
new GoogleProvider(stack, 'google', { project: 'bench-project' });

GCP_RANGES.forEach((range, index) => {
  new ComputeFirewall(stack, `firewall_${index}`, {
    name: `grant-${index}-${FIREWALL_NAME}`,
    description: FIREWALL_DESCRIPTION,
    network: 'prod',
    direction: 'INGRESS',
    priority: 1000,
    allow: [{ protocol: 'tcp', ports: FIREWALL_PORTS }],
    sourceRanges: [range],
    targetTags: ['platform'],
  });
});
app.synth();
