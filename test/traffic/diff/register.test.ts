import type { Gate } from '../../../lib/traffic/configuration';
import { firstGate } from '../../support/first-gate';

const stack = (type: string, body?: object): object => ({
  resource: body === undefined ? {} : { [type]: { x: body } },
});

test.each<[string, object | undefined, object | undefined, Gate | undefined]>([
  // AWS
  ['aws_instance', undefined, { ami: 'a' }, 'opened'],
  ['aws_instance', { associate_public_ip_address: false }, {}, 'opened'],
  ['aws_redshift_cluster', { publicly_accessible: false }, {}, 'opened'],
  ['aws_lb', { subnets: ['a'] }, { subnets: ['b'] }, 'opened'],
  ['aws_lb', { ip_address_type: 'ipv4' }, { ip_address_type: 'dualstack' }, 'opened'],
  ['aws_elb', {}, { listener: [{ lb_port: 22 }] }, 'opened'],
  ['aws_network_interface', { attachment: [{ instance: 'a' }] }, { attachment: [{ instance: 'b' }] }, 'opened'],
  ['aws_eip', {}, { instance: 'i-1' }, 'opened'],
  ['aws_instance', {}, { source_dest_check: false }, 'opened'],
  ['aws_instance', { private_ip: '10.0.0.5' }, { private_ip: '10.0.0.6' }, 'opened'],
  ['aws_network_interface', { subnet_id: 'a' }, { subnet_id: 'a', ipv6_address_count: 1 }, 'opened'],
  ['aws_subnet', { cidr_block: 'a' }, { cidr_block: 'a', ipv6_native: true }, 'opened'],
  ['aws_eip', undefined, {}, undefined],
  ['aws_lb_target_group', { port: 443 }, { port: 22 }, 'opened'],
  ['aws_lb_target_group', { port: 443 }, { port: 443, name: 'a' }, undefined],
  ['aws_ecs_service', { load_balancer: { container_port: 443 } }, { load_balancer: { container_port: 22 } }, 'opened'],
  ['aws_eks_node_group', undefined, {}, 'opened'],
  ['aws_eks_node_group', { subnet_ids: ['a'] }, { subnet_ids: ['b'] }, 'opened'],
  ['aws_db_subnet_group', { subnet_ids: ['a'] }, { subnet_ids: ['b'] }, 'opened'],
  ['aws_vpc_endpoint_service', { acceptance_required: true }, { acceptance_required: false }, 'opened'],
  ['aws_api_gateway_rest_api', { policy: 'a' }, { policy: 'b' }, 'opened'],
  ['aws_organizations_policy', { content: 'a' }, { content: 'b' }, 'opened'],
  ['aws_opensearchserverless_security_policy', { policy: 'a' }, { policy: 'b' }, 'opened'],
  // Google
  ['google_project', undefined, { project_id: 'p' }, 'opened'],
  ['google_project', { auto_create_network: false }, {}, 'opened'],
  ['google_container_node_pool', undefined, { cluster: 'c' }, 'opened'],
  ['google_container_cluster', { addons_config: [{ a: true }] }, { addons_config: [{ a: false }] }, 'opened'],
  ['google_container_cluster', {}, { cluster_autoscaling: [{ enabled: true }] }, 'opened'],
  ['google_compute_instance', {}, { can_ip_forward: true }, 'opened'],
  ['google_compute_subnetwork', { stack_type: 'a' }, { stack_type: 'b' }, 'opened'],
  ['google_compute_security_policy', { rule: [{ action: 'deny' }] }, { rule: [{ action: 'allow' }] }, 'opened'],
  ['google_compute_backend_service', { security_policy: 'a' }, {}, 'opened'],
  ['google_compute_router', { bgp: [{ asn: 1 }] }, { bgp: [{ asn: 2 }] }, 'opened'],
])('a change of %s from %j to %j', (type, before, after, gate) => {
  expect(firstGate(stack(type, before), stack(type, after))).toBe(gate);
});

test.each([
  ...['aws_elasticache_serverless_cache', 'aws_gamelift_fleet', 'awscc_ec2_instance', 'aws_opsworks_custom_layer'],
  ...['aws_workspaces_ip_group', 'aws_apprunner_service', 'aws_globalaccelerator_listener', 'aws_elb_attachment'],
  ...['aws_vpc_endpoint_service_allowed_principal', 'aws_autoscaling_attachment', 'aws_ram_principal_association'],
  ...['google_compute_target_pool', 'google_filestore_instance', 'google_cloud_run_service', 'google_redis_instance'],
  ...['google_iap_tunnel_instance_iam_member', 'google_compute_region_security_policy_rule', 'google_looker_instance'],
  ...[
    'azurerm_virtual_machine',
    'azurerm_lb_nat_rule',
    'azurerm_storage_account',
    'azurerm_network_manager_admin_rule',
  ],
  ...['linode_instance', 'aiven_pg', 'oci_core_subnet', 'ionoscloud_nic', 'docker_service', 'cockroach_allow_list'],
  ...['ibm_database', 'routeros_ip_service', 'rediscloud_subscription_database', 'alicloud_db_connection'],
])('a new %s stops', (type) => {
  expect(firstGate(stack(type), stack(type, { name: 'x' }))).toBe('opened');
});

test.each(['aws_vpn_connection_route', 'aws_internet_gateway_attachment', 'azurerm_route_table'])(
  'a new %s stops where anything changes',
  (type) => {
    expect(firstGate(stack(type), stack(type, { name: 'x' }))).toBe('any');
  },
);
