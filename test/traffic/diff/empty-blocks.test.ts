import type { Gate } from '../../../lib/traffic/configuration';
import { firstGate, firstGateOfPlan, planOf, stateOf } from '../../support/first-gate';

// A nested block without values means something else than no block, and providers fill in empty values when they read a resource.

const EVERYBODY = { from: [], ports: [] };
const NAMESPACE = { from: [{ ip_block: [], pod_selector: [{ match_labels: {}, match_expressions: [] }] }], ports: [] };
const AUTHORIZED = { cidr_blocks: [], private_endpoint_enforcement_enabled: false };

const policy = (spec: object): object => ({
  'kubernetes_network_policy_v1.p': { spec: [{ pod_selector: [], policy_types: ['Ingress'], egress: [], ...spec }] },
});
const cluster = (values: object): object => ({ 'google_container_cluster.c': { network: 'n', ...values } });
const manifest = (spec: object): object => ({ 'kubernetes_manifest.m': { manifest: { kind: 'NetworkPolicy', spec } } });
const group = (values: object): object => ({ 'aws_instance.i': { vpc_security_group_ids: ['sg-1'], ...values } });

test.each<[string, object, object, Gate]>([
  ['a network policy with a rule for everybody', policy({ ingress: [] }), policy({ ingress: [EVERYBODY] }), 'world'],
  [
    'a network policy for everybody in place of the namespace',
    policy({ ingress: [NAMESPACE] }),
    policy({ ingress: [EVERYBODY] }),
    'world',
  ],
  [
    'authorized networks without ranges, which are gone',
    cluster({ master_authorized_networks_config: [AUTHORIZED] }),
    cluster({ master_authorized_networks_config: [] }),
    'opened',
  ],
  [
    'a manifest with a selector of all pods',
    manifest({ ingress: [{ from: [{ namespaceSelector: null }] }] }),
    manifest({ ingress: [{ from: [{ namespaceSelector: {} }] }] }),
    'opened',
  ],
  [
    'an object without values',
    cluster({ control_plane_endpoints_config: null }),
    cluster({ control_plane_endpoints_config: { dns_endpoint_config: null } }),
    'opened',
  ],
  ['a manifest with an empty list', manifest({ ingress: null }), manifest({ ingress: [] }), 'opened'],
])('%s: stops', (_what, before, after, gate) => {
  const [old, now] = [before as Record<string, object>, after as Record<string, object>];
  expect(firstGateOfPlan(planOf(old, now))).toBe(gate);
  expect(firstGate(stateOf(old), stateOf(now))).toBe(gate);
});

test.each<[string, object, object]>([
  ['an empty list in place of null', { security_groups: null }, { security_groups: [] }],
  ['an empty map in place of null', { metadata_options: null }, { metadata_options: {} }],
  ['an empty text in place of null', { launch_template: null }, { launch_template: '' }],
  ['nothing in place of false', { associate_public_ip_address: false }, { associate_public_ip_address: null }],
  [
    'empty attributes of a block',
    { network_interface: [{ device_index: 0, description: null }] },
    { network_interface: [{ device_index: 0, description: '' }] },
  ],
])('%s, as providers fill it in: no difference', (_what, before, after) => {
  const [old, now] = [group(before) as Record<string, object>, group(after) as Record<string, object>];
  expect(firstGateOfPlan(planOf(old, now))).toBeUndefined();
  expect(firstGate(stateOf(old), stateOf(now))).toBeUndefined();
});
