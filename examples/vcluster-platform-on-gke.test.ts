import { Testing } from 'cdktf';
import { VClusterPlatformOnGke } from './vcluster-platform-on-gke';

const terraform = Testing.synth(new VClusterPlatformOnGke(Testing.app(), 'vcluster-platform-on-gke'));

test('opens exactly the ports of the document for exactly the control plane', () => {
  const firewalls = JSON.parse(terraform).resource.google_compute_firewall;
  expect(firewalls['firewall_allow-k8s-api-to-vcluster-platform']).toMatchObject({
    allow: [{ protocol: 'tcp', ports: ['8443', '9443', '9444'] }],
    source_ranges: ['172.16.0.0/28'],
    target_tags: ['vcluster-platform'],
  });
});

test('opens nothing else', () => {
  expect(terraform).toMatchSnapshot();
});
