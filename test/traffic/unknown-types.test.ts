import type { Gate } from '../../lib/traffic/configuration';
import { firstGate, firstGateOfPlan, planOf } from '../support/first-gate';

// Providers have thousands of types, and get new ones every week. A type that the register does not know is found by its name, or by
// attributes that decide who reaches something.

const stack = (type: string, body?: object): object => ({
  resource: body === undefined ? {} : { [type]: { x: body } },
});

test.each<[string, object, object | undefined, Gate | undefined]>([
  ['newcloud_thing', {}, { security_group_ids: ['a'] }, 'opened'],
  ['newcloud_thing', { security_group_ids: ['a'] }, { security_group_ids: ['b'] }, 'opened'],
  ['newcloud_thing', { security_group_ids: ['a'] }, { security_group_ids: ['a'], tags: { a: 'b' } }, undefined],
  ['newcloud_thing', { security_group_ids: ['a'] }, undefined, 'any'],
  ['newcloud_cache', { public_network_access_enabled: false }, { public_network_access_enabled: true }, 'opened'],
  ['newcloud_cache', { public_network_access_enabled: false }, {}, 'opened'],
  ['newcloud_cache', {}, { public_network_access_enabled: '${var.public}' }, 'opened'],
  ['newcloud_cache', { public_network_access_enabled: false }, undefined, 'any'],
  ['newcloud_queue', { settings: [{ ip_rules: ['10.0.0.0/8'] }] }, { settings: [{ ip_rules: [] }] }, 'opened'],
  ['newcloud_queue', { allowed_cidrs: ['10.0.0.0/8'] }, { allowed_cidrs: ['0.0.0.0/0'] }, 'opened'],
  ['newcloud_queue', { authorized_networks: [{ cidr: 'a' }] }, {}, 'opened'],
  ['newcloud_worker', {}, { network_configuration: { subnets: ['a'] } }, 'opened'],
  ['newcloud_worker', {}, { network_interface: [{ network: 'a' }] }, 'opened'],
  ['newcloud_worker', {}, { assign_public_ip: true }, 'opened'],
  ['newcloud_worker', {}, { dynamic: { network_interface: { for_each: '${var.n}', content: {} } } }, 'opened'],
  ['aws_bedrockagentcore_agent_runtime', {}, { network_configuration: [{ security_groups: ['a'] }] }, 'opened'],
  ['aws_glue_dev_endpoint', {}, { security_group_ids: ['a'] }, 'opened'],
  ['azurerm_mssql_managed_instance', {}, { public_data_endpoint_enabled: true }, 'opened'],
  // what only has such a name
  ['newcloud_bucket', {}, { tags: { security_groups: 'a' } }, undefined],
  ['aws_ssm_parameter', { allowed_pattern: 'a' }, { allowed_pattern: 'b' }, undefined],
  ['aws_vpc', { cidr_block: '10.0.0.0/8' }, { cidr_block: '10.0.0.0/9' }, undefined],
  ['aws_s3_bucket', { bucket: 'a' }, { bucket: 'b' }, undefined],
  ['aws_iam_role', {}, { name: 'x' }, undefined],
])('attributes of a type that the register does not know: %s from %j to %j', (type, before, after, gate) => {
  expect(firstGate(stack(type, before), stack(type, after))).toBe(gate);
  expect(firstGate(stack(type, before), stack(type, before))).toBeUndefined();
});

test.each<[object, object, Gate | undefined]>([
  [{ subnet_id: null, public_access_enabled: null }, { subnet_id: 'a', public_access_enabled: null }, 'opened'],
  [{ public_access_enabled: false }, { public_access_enabled: true }, 'opened'],
  [{ public_access_enabled: true, size: 1 }, { public_access_enabled: true, size: 2 }, undefined],
  [{ network: [{ ip_rules: ['a'] }], a: 1 }, { network: [{ ip_rules: [] }], a: 1 }, 'opened'],
  [{ subnet_id: null, allowed_ips: [] }, { subnet_id: '', allowed_ips: null }, undefined],
])('the same in a plan: from %j to %j', (before, after, gate) => {
  expect(firstGateOfPlan(planOf({ 'newcloud_database.x': before }, { 'newcloud_database.x': after }))).toBe(gate);
});

test.each<[string, Gate]>([
  // public addresses, load balancers and forwarded ports
  ['openstack_compute_floatingip_associate_v2', 'opened'],
  ['openstack_networking_portforwarding_v2', 'opened'],
  ['openstack_lb_member_v2', 'opened'],
  ['openstack_lb_loadbalancer_v2', 'opened'],
  ['openstack_lb_l7rule_v2', 'opened'],
  ['digitalocean_reserved_ip_assignment', 'opened'],
  ['digitalocean_floating_ip', 'opened'],
  ['hcloud_floating_ip_assignment', 'opened'],
  ['hcloud_load_balancer', 'opened'],
  ['oci_load_balancer_backend', 'opened'],
  ['oci_network_load_balancer_network_load_balancer', 'opened'],
  ['oci_core_public_ip', 'opened'],
  ['oci_bastion_session', 'opened'],
  ['aws_vpclattice_listener', 'opened'],
  ['aws_lightsail_lb_attachment', 'opened'],
  ['aws_lightsail_static_ip_attachment', 'opened'],
  ['aws_globalaccelerator_custom_routing_endpoint_group', 'opened'],
  ['azurerm_lb', 'opened'],
  ['azurerm_lb_backend_address_pool_address', 'opened'],
  ['google_compute_network_endpoints', 'opened'],
  // machines of other clouds
  ['digitalocean_droplet_autoscale', 'opened'],
  ['digitalocean_database_cluster', 'opened'],
  ['digitalocean_kubernetes_node_pool', 'opened'],
  ['oci_core_instance_pool', 'opened'],
  ['oci_containerengine_node_pool', 'opened'],
  ['oci_database_autonomous_database', 'opened'],
  ['openstack_db_instance_v1', 'opened'],
  ['openstack_containerinfra_cluster_v1', 'opened'],
  ['openstack_compute_interface_attach_v2', 'opened'],
  // connections of networks
  ['azurerm_vpn_gateway_connection', 'opened'],
  ['azurerm_virtual_network_gateway_connection', 'opened'],
  ['openstack_vpnaas_site_connection_v2', 'opened'],
  ['oci_core_ipsec', 'opened'],
  ['aws_vpc_endpoint_connection_accepter', 'opened'],
  ['aws_ec2_transit_gateway_connect', 'opened'],
  // what creates resources, or runs commands
  ['azurerm_management_group_template_deployment', 'opened'],
  ['openstack_orchestration_stack_v1', 'opened'],
  ['oci_resourcemanager_stack', 'opened'],
  ['azurerm_virtual_machine_extension', 'opened'],
  ['azurerm_virtual_machine_run_command', 'opened'],
  ['azurerm_resource_deployment_script_azure_cli', 'opened'],
  ['azurerm_automation_runbook', 'opened'],
  ['google_os_config_os_policy_assignment', 'opened'],
  ['aws_ssm_maintenance_window_task', 'opened'],
  // routes and networks
  ['openstack_networking_router_interface_v2', 'any'],
  ['hcloud_network_route', 'any'],
  ['oci_core_internet_gateway', 'any'],
  ['oci_core_route_table_attachment', 'any'],
  ['azurerm_virtual_hub_route_table_route', 'any'],
  ['google_network_connectivity_policy_based_route', 'any'],
  ['aws_default_vpc', 'any'],
  ['aws_vpc_route_server_peer', 'any'],
])('a new %s, which is found by its name, stops %s', (type, gate) => {
  expect(firstGate(stack(type), stack(type, { name: 'x' }))).toBe(gate);
});

test.each([
  ...['aws_lb_listener_certificate', 'aws_lb_trust_store', 'aws_lb_cookie_stickiness_policy', 'azurerm_lb_probe'],
  ...['openstack_lb_monitor_v2', 'aws_route53_record', 'aws_ecs_cluster', 'google_spanner_instance', 'aws_iam_role'],
  ...['kubernetes_pod_disruption_budget', 'aws_rds_cluster_parameter_group', 'aws_iam_instance_profile'],
  ...[
    'digitalocean_ssh_key',
    'oci_identity_user',
    'azurerm_resource_group',
    'random_id',
    'aws_api_gateway_route_settings',
  ],
])('a new %s opens nothing', (type) => {
  expect(firstGate(stack(type), stack(type, { name: 'x' }))).toBeUndefined();
});
