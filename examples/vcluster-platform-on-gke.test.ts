import 'cdktf-cluster-ports/testing';
import { Testing } from 'cdktf';
import { VClusterPlatformOnGke } from './vcluster-platform-on-gke';

const stack = new VClusterPlatformOnGke(Testing.app(), 'vcluster-platform-on-gke');
const terraform = Testing.synth(stack);

test('permits exactly this traffic, whatever the Terraform looks like', () => {
  expect(stack).toPermitExactly([
    { port: '8443/tcp', from: '172.16.0.0/28', to: 'tag:vcluster-platform' },
    { port: '9443-9444/tcp', from: '172.16.0.0/28', to: 'tag:vcluster-platform' },
    { port: '9090/tcp', from: '203.0.113.7/32', to: 'tag:prometheus' },
  ]);
});

test('permits what the documents say', () => {
  expect(stack).toMatchDocuments();
  expect(stack).toMatchSnapshot();
});

test('opens the documented ports only to the control plane', () => {
  const firewalls = JSON.parse(terraform).resource.google_compute_firewall;
  expect(firewalls['firewall_allow-k8s-api-to-vcluster-platform']).toMatchObject({
    allow: [{ protocol: 'tcp', ports: ['8443', '9443', '9444'] }],
    source_ranges: ['172.16.0.0/28'],
    target_tags: ['vcluster-platform'],
  });
});

test('keeps the Terraform of the snapshot', () => {
  expect(terraform).toMatchSnapshot();
});
