import type { Gate } from '../../../lib/traffic/configuration';
import { firstGate } from '../../support/first-gate';

// The gate `world` judges rules of the firewalls that are evaluated: security groups, network ACLs, and the firewalls of Google. For
// anything else, a text such as 0.0.0.0/0 does not say which traffic passes, so that it stops `opened`.

const OFFICE = '198.51.100.0/24';
const WORLD = '0.0.0.0/0';
const stack = (type: string, body?: object): object => ({
  resource: body === undefined ? {} : { [type]: { x: body } },
});

test.each<[string, object, object]>([
  [
    'aws_eks_cluster',
    { vpc_config: { public_access_cidrs: [OFFICE] } },
    { vpc_config: { public_access_cidrs: [WORLD] } },
  ],
  [
    'google_container_cluster',
    { master_authorized_networks_config: { cidr_blocks: { cidr_block: OFFICE } } },
    { master_authorized_networks_config: { cidr_blocks: { cidr_block: WORLD } } },
  ],
  ['google_container_cluster', { master_authorized_networks_config: {} }, {}],
  [
    'google_sql_database_instance',
    { settings: { ip_configuration: { authorized_networks: [{ value: OFFICE }] } } },
    { settings: { ip_configuration: { authorized_networks: [{ value: WORLD }] } } },
  ],
  [
    'azurerm_network_security_rule',
    { access: 'Allow', source_address_prefix: OFFICE },
    { access: 'Allow', source_address_prefix: '*' },
  ],
  ['aws_db_instance', { publicly_accessible: false }, { publicly_accessible: true }],
  ['kubernetes_service_v1', { spec: { type: 'ClusterIP' } }, { spec: { type: 'LoadBalancer' } }],
  ['google_project', {}, { auto_create_network: true }],
])('a range in a resource that is not evaluated stops opened: %s from %j to %j', (type, before, after) => {
  expect(firstGate(stack(type, before), stack(type, after))).toBe('opened');
});

const policyRule = (body: object, range = WORLD): object => ({
  firewall_policy: 'f',
  priority: 1,
  direction: 'INGRESS',
  action: 'allow',
  match: { src_ip_ranges: [range], layer4_configs: { ip_protocol: 'all' } },
  ...body,
});
const EGRESS = { direction: 'EGRESS', match: { dest_ip_ranges: [WORLD], layer4_configs: { ip_protocol: 'all' } } };

describe.each(['google_compute_firewall_policy_rule', 'google_compute_region_network_firewall_policy_rule'])(
  '%s',
  (type) => {
    test.each<[string, object | undefined, object | undefined, Gate | undefined]>([
      ['a new allow for the world', undefined, policyRule({}), 'world'],
      ['a new allow', undefined, policyRule({}, OFFICE), 'opened'],
      ['a new allow of outbound traffic', undefined, policyRule(EGRESS), 'opened'],
      ['a new allow that is disabled', undefined, policyRule({ disabled: true }), undefined],
      ['an allow that begins to apply', policyRule({ disabled: true }), policyRule({}), 'world'],
      ['a deny that becomes an allow for the world', policyRule({ action: 'deny' }), policyRule({}), 'world'],
      ['a deny that becomes an allow', policyRule({ action: 'deny' }, OFFICE), policyRule({}, OFFICE), 'opened'],
      ['an allow that is evaluated earlier', policyRule({ priority: 9 }, OFFICE), policyRule({}, OFFICE), 'opened'],
      ['an action that is not known', undefined, policyRule({ action: '${var.a}' }), 'world'],
      ['a match that is not known', undefined, policyRule({ match: '${var.a}' }), 'world'],
      ['a new deny', undefined, policyRule({ action: 'deny' }), 'any'],
      ['a deny that changes', policyRule({ action: 'deny' }), policyRule({ action: 'deny', priority: 2 }), 'opened'],
      ['a deny that is gone', policyRule({ action: 'deny' }), undefined, 'opened'],
      [
        'a deny that becomes disabled',
        policyRule({ action: 'deny' }),
        policyRule({ action: 'deny', disabled: true }),
        'opened',
      ],
      ['a goto_next that is gone', policyRule({ action: 'goto_next' }), undefined, 'opened'],
      ['an allow that is gone', policyRule({}), undefined, 'any'],
    ])('%s', (_what, before, after, gate) => {
      expect(firstGate(stack(type, before), stack(type, after))).toBe(gate);
    });
  },
);

test.each(['google_compute_network_firewall_policy_with_rules', 'google_compute_firewall_policy_with_rules'])(
  'a policy with its rules in it may open something if it changes: %s',
  (type) => {
    expect(firstGate(stack(type, { rule: [] }), stack(type, { rule: [{ action: 'allow' }] }))).toBe('opened');
  },
);

const rule = (cidr: string, more: object = {}): object => {
  const body = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: cidr };
  return { resource: { aws_vpc_security_group_ingress_rule: { r: body } }, ...more };
};

test.each<[string, Gate]>([
  ['${aws_eip.a.public_ip}/32', 'opened'],
  ['${aws_eip.a["x"].public_ip}/32', 'opened'],
  ['${data.aws_instance.a.private_ip}/32', 'opened'],
  ['${google_compute_instance.a.network_interface[0].access_config[0].nat_ip}/32', 'opened'],
  ['${hcloud_server.a.ipv4_address}/32', 'opened'],
  ['${aws_eip.a.public_ip}/0', 'world'],
  // a person may have written any text
  ['${terraform_data.a.output.address}', 'world'],
  ['${terraform_data.a.output.address}/32', 'world'],
  ['${data.external.a.result.address}', 'world'],
  ['${data.terraform_remote_state.a.outputs.public_ip}', 'world'],
  ['${data.terraform_remote_state.a.outputs.public_ip}/32', 'world'],
  ['${module.a.public_ip}', 'world'],
  ['${aws_cloudformation_stack.a.outputs.address}', 'world'],
  ['${null_data_source.a.outputs.address}', 'world'],
])('a new far end %s may be the world, unless it is the address of one machine', (cidr, gate) => {
  expect(firstGate({ resource: {} }, rule(cidr))).toBe(gate);
});

const group = (...ranges: string[]): object => ({
  resource: {
    aws_security_group: {
      s: { name: 's', ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ranges }] },
    },
  },
});
const TWO = ['8.0.0.0/8', '9.0.0.0/8'];

test.each<[string, object, object, Gate]>([
  ['many ranges that are the world together', group(), group('12.0.0.0/8', '14.0.0.0/8', '16.0.0.0/8'), 'world'],
  ['the same next to a range that is the world', group(...TWO), group(...TWO, '12.0.0.0/8', '14.0.0.0/8'), 'world'],
  ['one range next to a range that is the world', group(...TWO), group(...TWO, '12.0.0.0/8'), 'opened'],
  ['a range that makes others the world', group('8.0.0.0/8'), group('8.0.0.0/8', '12.0.0.0/8'), 'world'],
])('%s', (_what, before, after, gate) => {
  expect(firstGate(before, after)).toBe(gate);
});
