import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { type TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  GcpEndpoint,
  GcpFirewall,
  type IDocumentedRules,
  Peer,
  ReachabilityChecks,
  VClusterPlatformIngressRules,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { terraformAddresses } from '../../support/opened';
import { expectRefusal, resourcesOf } from '../../support/refusals';

const NETWORK = 'projects/prod/global/networks/prod';
const INSTANCE = 'projects/prod/zones/europe-west3-a/instances/node-1';
const CLUSTER = 'projects/prod/locations/europe-west3/clusters/main';
const RUN = 'google_network_management_connectivity_test_run';
const REACHABLE = 'reachability_details[0].result == "REACHABLE"';

const source = GcpEndpoint.address('172.16.0.2', NETWORK);
const destination = GcpEndpoint.instance(INSTANCE);

function platform(stack: TerraformStack): IDocumentedRules {
  return new VClusterPlatformIngressRules(stack, 'platform', {
    kubernetesApi: Peer.cidr('172.16.0.0/28'),
    platform: new GcpFirewall({ network: 'prod' }).networkTag('platform'),
  });
}

/** The synthesized parts of the only check of the rules of a stack. */
function checked(stack: TerraformStack, props: object = {}): Record<string, any> {
  const rules = platform(stack);
  new ReachabilityChecks(stack, 'checks', { rules, checks: [{ flow: 'webhook', source, destination }], ...props });
  const { google_network_management_connectivity_test: tests } = resourcesOf(stack);
  const { check, data } = JSON.parse(Testing.synth(stack)) as Record<string, any>;
  const [id] = Object.keys(tests);
  return { id, rules: [...terraformAddresses(rules)], test: tests[id], check: check?.[id], run: data?.[RUN][id] };
}

const message = `172.16.0.2 does not reach ${INSTANCE} on 9443/tcp (kubernetes-api>platform/webhook).`;

test('creates a test that waits for the rules, and a check that reads its result and warns', () => {
  const { id, rules, test: made, check, run } = checked(newStack());
  expect(id).toMatch(/^check_[0-9a-f]{12}$/);
  expect(made).toEqual({
    name: id.replace('_', '-'),
    description: '9443/tcp [vcluster-platform@2025-03/kubernetes-api-to-platform/webhook]',
    source: { ip_address: '172.16.0.2', network: NETWORK },
    destination: { instance: INSTANCE, port: 9443 },
    protocol: 'TCP',
    depends_on: rules,
  });
  expect(check).toEqual({
    data: {
      [RUN]: {
        [id]: { name: `\${google_network_management_connectivity_test.${id}.name}`, depends_on: rules },
      },
    },
    assert: [{ condition: `\${data.${RUN}.${id}.${REACHABLE}}`, error_message: message }],
  });
  expect(run).toBeUndefined();
});

test('fails the apply with failApply, by the postcondition of a data source', () => {
  const { id, rules, check, run } = checked(newStack(), { failApply: true });
  expect(run).toEqual({
    name: `\${google_network_management_connectivity_test.${id}.name}`,
    depends_on: rules,
    lifecycle: { postcondition: [{ condition: `\${self.${REACHABLE}}`, error_message: message }] },
  });
  expect(check).toBeUndefined();
});

test.each([false, true])('uses the given provider instance if failApply is %p', (failApply) => {
  const stack = newStack();
  const provider = new GoogleProvider(stack, 'google', { project: 'prod', alias: 'other' });
  const { id, test: made, check, run } = checked(stack, { failApply, provider });
  expect(made.provider).toBe('google.other');
  expect((failApply ? run : check.data[RUN][id]).provider).toBe('google.other');
});

test('fails for a provider instance of a different cloud', () => {
  const stack = newStack();
  const provider = new AwsProvider(stack, 'aws');
  expectRefusal(() => checked(stack, { provider }), 'provider-cloud-mismatch');
});

test('takes the control plane of a GKE cluster as the source', () => {
  const plane = GcpEndpoint.gkeControlPlane(CLUSTER);
  const checks = [{ flow: 'webhook', source: plane, destination: GcpEndpoint.address('10.0.0.7', NETWORK) }];
  const { test: made } = checked(newStack(), { checks });
  expect(made).toMatchObject({
    source: { gke_master_cluster: CLUSTER },
    destination: { ip_address: '10.0.0.7', network: NETWORK, port: 9443 },
  });
});

test('fails for the same check twice', () => {
  const stack = newStack();
  const rules = platform(stack);
  const checks = [{ flow: 'webhook', source, destination }];
  new ReachabilityChecks(stack, 'checks', { rules, checks });
  expectRefusal(() => new ReachabilityChecks(stack, 'again', { rules, checks }), 'rule-created-twice');
});

test.each([
  INSTANCE,
  `https://www.googleapis.com/compute/v1/${INSTANCE}`,
  INSTANCE.replace('prod', 'example.com:prod'),
])('takes the instance %s', (id) => {
  expect(GcpEndpoint.instance(id).label).toBe(id);
});

test.each(['node-1', `x ${INSTANCE}`, `${INSTANCE}/disks`, `https://www.googleapis.com/${INSTANCE}`])(
  'fails for the instance %s',
  (id) => {
    expectRefusal(() => GcpEndpoint.instance(id), 'endpoint-id-invalid');
  },
);

test.each(['main', `x ${CLUSTER}`, `${CLUSTER}/nodePools/a`])('fails for the cluster %s', (id) => {
  expectRefusal(() => GcpEndpoint.gkeControlPlane(id), 'endpoint-id-invalid');
});

test('takes an IPv4 address, which may be known after apply', () => {
  const stack = newStack();
  const address = new TerraformVariable(stack, 'address', {}).stringValue;
  const checks = [{ flow: 'webhook', source: GcpEndpoint.address(address, NETWORK), destination }];
  expect(checked(stack, { checks }).test.source).toEqual({ ip_address: '${var.address}', network: NETWORK });
  expectRefusal(() => GcpEndpoint.address('2001:db8::1', NETWORK), 'ip-address-invalid');
  expectRefusal(() => GcpEndpoint.address(7 as never, NETWORK), 'ip-address-invalid');
});

test.each(['prod', `x ${NETWORK}`, 'networks/projects/prod'])('fails for an address in the network %s', (network) => {
  expectRefusal(() => GcpEndpoint.address('10.0.0.7', network), 'network-id-invalid');
});
