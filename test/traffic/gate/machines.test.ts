import type { Gate } from '../../../lib/traffic/configuration';
import { firstGate, firstGateOfPlan, planOf, stateOf } from '../../support/first-gate';

// What decides who reaches a machine, and what does not.

const stack = (type: string, body?: object): object => ({
  resource: body === undefined ? {} : { [type]: { x: body } },
});

test.each<[string, object, object]>([
  ['aws_instance', { instance_type: 't3.small' }, { instance_type: 't3.large' }],
  ['aws_db_instance', { instance_class: 'a', allocated_storage: 1 }, { instance_class: 'b', allocated_storage: 2 }],
  [
    'aws_emr_cluster',
    { master_instance_group: [{ instance_type: 'a' }] },
    { master_instance_group: [{ instance_type: 'b' }] },
  ],
  [
    'aws_msk_cluster',
    { broker_node_group_info: [{ instance_type: 'a' }] },
    { broker_node_group_info: [{ instance_type: 'b' }] },
  ],
  ['aws_lightsail_instance', { iops: 1 }, { iops: 2 }],
  [
    'google_sql_database_instance',
    { settings: [{ tier: 'db-f1-micro' }] },
    { settings: [{ tier: 'db-g1-small', disk_size: 20 }] },
  ],
  [
    'google_container_node_pool',
    { node_config: { machine_type: 'a' } },
    { node_config: { machine_type: 'b', disk_size_gb: 9 } },
  ],
  ['google_redis_instance', { memory_size_gb: 1, tier: 'BASIC' }, { memory_size_gb: 2, tier: 'STANDARD_HA' }],
  ['azurerm_linux_virtual_machine', { size: 'a' }, { size: 'b' }],
  ['azurerm_container_group', { container: [{ cpu: 1, memory: 1 }] }, { container: [{ cpu: 2, memory: 2 }] }],
  ['oci_core_instance', { shape: 'a' }, { shape: 'b' }],
  ['hcloud_server', { server_type: 'a' }, { server_type: 'b' }],
  ['openstack_compute_instance_v2', { flavor_name: 'a' }, { flavor_name: '${var.flavor}' }],
])('the size of %s opens nothing', (type, before, after) => {
  expect(firstGate(stack(type, before), stack(type, after))).toBeUndefined();
  const [old, now] = [{ [`${type}.x`]: before }, { [`${type}.x`]: after }];
  expect(firstGateOfPlan(planOf(old, now))).toBeUndefined();
  expect(firstGate(stateOf(old), stateOf(now))).toBeUndefined();
});

test.each<[string, object, object]>([
  ['hcloud_server', { labels: { size: 'a' } }, { labels: { size: 'b' } }],
  ['kubernetes_deployment', { metadata: [{ labels: { tier: 'a' } }] }, { metadata: [{ labels: { tier: 'b' } }] }],
  [
    'kubernetes_deployment',
    { metadata: [{ name: '${var.n}', labels: { tier: 'a' } }] },
    { metadata: [{ name: '${var.n}', labels: { tier: 'b' } }] },
  ],
  [
    'google_sql_database_instance',
    { settings: [{ tier: 'a' }] },
    { settings: [{ tier: 'a', ip_configuration: [{}] }] },
  ],
  ['aws_emr_cluster', { ec2_attributes: { subnet_id: 'a' } }, { ec2_attributes: { subnet_id: 'b' } }],
  ['hcloud_server', { size: { network: 'a' } }, { size: { network: 'b' } }],
])('what has only the name of a size counts: %s from %j to %j', (type, before, after) => {
  expect(firstGate(stack(type, before), stack(type, after))).toBe('opened');
});

const SERIAL = { metadata: { 'serial-port-enable': 'true' } };
const ITEM = { key: 'serial-port-enable', value: 'true' };

test.each<[string, object | undefined, object, Gate | undefined]>([
  ['google_compute_instance', { metadata: {} }, SERIAL, 'opened'],
  ['google_compute_instance', {}, SERIAL, 'opened'],
  ['google_compute_instance', SERIAL, SERIAL, undefined],
  ['google_compute_instance', { metadata: { a: '1' } }, { metadata: { a: '2' } }, undefined],
  ['google_compute_instance', { metadata: '${local.a}' }, { metadata: '${local.b}' }, 'opened'],
  ['google_compute_instance_template', { metadata: {} }, SERIAL, 'opened'],
  ['google_compute_project_metadata', undefined, SERIAL, 'opened'],
  ['google_compute_project_metadata', undefined, { metadata: { a: '1' } }, undefined],
  ['google_compute_project_metadata_item', undefined, ITEM, 'opened'],
  ['google_compute_project_metadata_item', ITEM, { ...ITEM, value: 'false' }, 'opened'],
  ['google_compute_project_metadata_item', undefined, { ...ITEM, key: '${var.k}' }, 'opened'],
  ['google_compute_project_metadata_item', undefined, { key: 'enable-oslogin', value: 'true' }, undefined],
  ['aws_ec2_serial_console_access', undefined, {}, 'opened'],
  ['aws_ec2_serial_console_access', { enabled: false }, { enabled: true }, 'opened'],
])('a serial port: %s from %j to %j', (type, before, after, gate) => {
  expect(firstGate(stack(type, before), stack(type, after))).toBe(gate);
});

test('a serial port in a plan', () => {
  const machine = (metadata: unknown): Record<string, object> => ({ 'google_compute_instance.x': { metadata } });
  expect(firstGateOfPlan(planOf(machine(null), machine(SERIAL.metadata)))).toBe('opened');
  expect(firstGateOfPlan(planOf(machine({ a: '1' }), machine({ a: '2' })))).toBeUndefined();
});

test.each([
  ...['azurerm_private_endpoint', 'proxmox_vm_qemu', 'proxmox_virtual_environment_vm', 'vsphere_virtual_machine'],
  ...['libvirt_domain', 'nutanix_virtual_machine', 'equinix_metal_device', 'upcloud_server', 'vcd_vm'],
  ...['equinix_fabric_connection', 'zerotier_member', 'newcloud_network_peering', 'newcloud_vpc_peering_v2'],
  ...[
    'consul_node',
    'consul_service',
    'akamai_networklist_network_list',
    'singlestoredb_workspace_group',
    'neon_project',
  ],
  ...['newcloud_ip_allowlist', 'newcloud_allow_list', 'newcloud_ip_whitelist', 'newcloud_network_list', 'ngrok_tunnel'],
  ...['newcloud_ip_restriction', 'newcloud_traffic_filter', 'aws_cloud9_environment_ec2', 'aws_ec2_instance_state'],
])('a new %s stops', (type) => {
  expect(firstGate(stack(type), stack(type, { name: 'x' }))).toBe('opened');
});

test('a new subnet of Azure, in which machines may have no security group, stops where anything changes', () => {
  const subnet = { address_prefixes: ['10.0.0.0/24'] };
  expect(firstGate(stack('azurerm_subnet'), stack('azurerm_subnet', subnet))).toBe('any');
  expect(firstGate(stack('azurerm_subnet', subnet), stack('azurerm_subnet', { ...subnet, name: 'x' }))).toBeUndefined();
});
