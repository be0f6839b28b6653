import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Gate } from '../../lib/traffic/configuration';
import { readTerraform } from '../../lib/traffic/read/read-terraform';
import { gateOf } from '../support/first-gate';

// Which types of resources decide what is reachable, and the first gate that stops if one of them changes.

function firstGate(type: string, before: object | undefined, after: object | undefined): Gate | 'none' {
  const read = (body: object | undefined): ReturnType<typeof readTerraform> =>
    readTerraform({ resource: body === undefined ? {} : { [type]: { x: body } } }, 'cdk.tf.json');
  return gateOf({ before: read(before), after: read(after) }) ?? 'none';
}

const listed = (type: string): boolean =>
  readTerraform({ resource: { [type]: { x: { name: 'x' } } } }, 'cdk.tf.json').notEvaluated.length > 0;

test.each([
  'nsxt_policy_gateway_policy',
  'openstack_fw_rule_v1',
  'openstack_fw_policy_v1',
  'openstack_fwaas_policy_v2',
  'openstack_fwaas_group_v2',
  'mso_schema_template_contract',
  'google_compute_security_policy_rule',
  'google_compute_region_security_policy_rule',
  'aws_redshift_security_group',
  'aws_elasticache_security_group',
])('rules of a firewall are listed: %s', (type) => {
  expect(listed(type)).toBe(true);
  expect(firstGate(type, { name: 'x' }, { name: 'x', action: 'allow' })).toBe('opened');
});

test.each([
  'newcloud_firewall',
  'newcloud_firewalls_v3',
  'newcloud_edge_firewall_rule',
  'aws_newservice_firewall',
  'newcloud_security_group_rule',
  'newcloud_security_zone_rules',
  'azurerm_storage_security_rule',
  'newcloud_secgroup',
  'newcloudsecgroup_rule',
  'newcloud_network_acl_entry',
  'newcloud_acls',
  'google_sql_acl',
  'newcloud_policy_rule',
  'aws_iam_policy_rule',
])('the patterns find types that are not in the register: %s', (type) => {
  expect(listed(type)).toBe(true);
  expect(firstGate(type, undefined, {})).toBe('opened');
});

test.each([
  'aws_s3_bucket_acl',
  'google_storage_bucket_acl',
  'aws_memorydb_acl',
  'consul_acl_policy',
  'kafka_acl',
  'aws_iam_role_policy',
  'google_sql_database',
])('types that do not decide about packets are nothing: %s', (type) => {
  expect(listed(type)).toBe(false);
  expect(firstGate(type, { a: 1 }, { a: 2 })).toBe('none');
});

test.each<[string, object]>([
  ['aws_db_proxy', { vpc_security_group_ids: ['sg-1'] }],
  ['aws_redshiftserverless_workgroup', { publicly_accessible: true }],
  ['aws_codebuild_project', { vpc_config: { security_group_ids: ['sg-1'] } }],
  ['aws_mwaa_environment', { network_configuration: { security_group_ids: ['sg-1'] } }],
  ['aws_dax_cluster', { security_group_ids: ['sg-1'] }],
  ['aws_fsx_windows_file_system', { security_group_ids: ['sg-1'] }],
  ['aws_fsx_ontap_file_system', { security_group_ids: ['sg-1'] }],
  ['aws_route53_resolver_endpoint', { security_group_ids: ['sg-1'] }],
  ['aws_ec2_client_vpn_endpoint', { security_group_ids: ['sg-1'] }],
  ['aws_ecs_task_set', { network_configuration: { security_groups: ['sg-1'] } }],
  ['aws_spot_fleet_request', { launch_specification: { vpc_security_group_ids: ['sg-1'] } }],
  ['aws_docdb_cluster_instance', { cluster_identifier: 'c' }],
  ['aws_neptune_cluster_instance', { publicly_accessible: true }],
  ['aws_elasticache_serverless_cache', { security_group_ids: ['sg-1'] }],
  ['aws_glue_connection', { physical_connection_requirements: { security_group_id_list: ['sg-1'] } }],
  ['aws_sagemaker_notebook_instance', { security_groups: ['sg-1'] }],
  ['aws_subnet', { map_public_ip_on_launch: true }],
  ['azurerm_key_vault', { network_acls: { default_action: 'Allow' } }],
  ['azurerm_linux_web_app', { site_config: { ip_restriction: [] } }],
  ['azurerm_storage_account', { network_rules: { default_action: 'Allow' } }],
  ['aws_lb_listener_rule', { condition: { source_ip: { values: ['0.0.0.0/0'] } } }],
  ['aws_wafv2_ip_set', { addresses: ['0.0.0.0/0'] }],
  ['aws_wafv2_web_acl', { default_action: { allow: {} } }],
])('attributes that decide where rules apply, and lists of those who may, are compared: %s', (type, attributes) => {
  expect(listed(type)).toBe(false);
  expect(firstGate(type, { description: 'x' }, { description: 'x', ...attributes })).toBe('opened');
  expect(firstGate(type, attributes, attributes)).toBe('none');
});

test.each(['aws_default_route_table', 'aws_main_route_table_association', 'aws_nat_gateway', 'azurerm_route_table'])(
  'routes stop the widest gate: %s',
  (type) => {
    expect(firstGate(type, { route_table_id: '1' }, { route_table_id: '2' })).toBe('any');
  },
);

test.each<[string, string, object, object | undefined]>([
  [
    'the networks that reach a control plane',
    'google_container_cluster',
    { master_authorized_networks_config: [{}] },
    {},
  ],
  ['that a load balancer is internal', 'aws_lb', { internal: true }, {}],
  [
    'the configuration of the network of a control plane',
    'aws_eks_cluster',
    { vpc_config: { endpoint_public_access: false } },
    {},
  ],
  ['the group of a machine', 'aws_instance', { vpc_security_group_ids: ['sg-1'] }, {}],
  ['that a machine has no public address', 'aws_instance', { associate_public_ip_address: false }, {}],
  ['the list of a key vault', 'azurerm_key_vault', { network_acls: { default_action: 'Deny' } }, {}],
  ['the list of a storage account', 'azurerm_storage_account_network_rules', { default_action: 'Deny' }, undefined],
  ['a filter of a load balancer', 'google_compute_security_policy', { rule: [{ action: 'deny(403)' }] }, undefined],
  ['a filter of requests', 'aws_wafv2_web_acl_association', { web_acl_arn: 'a' }, undefined],
  ['the block of public access', 'aws_vpc_block_public_access_options', { mode: 'block-ingress' }, undefined],
  ['where a network ACL applies', 'aws_network_acl_association', { network_acl_id: 'a' }, undefined],
])('a restriction that goes may open something: %s', (_what, type, before, after) => {
  expect(firstGate(type, before, after)).toBe('opened');
});

test.each<[string, object]>([
  ['aws_subnet', { cidr_block: '10.0.0.0/24' }],
  ['aws_rds_cluster_instance', { cluster_identifier: 'c' }],
  ['google_compute_network', { name: 'n' }],
])('new resources that are closed by default open nothing: %s', (type, body) => {
  expect(firstGate(type, undefined, body)).toBe('none');
});

test('a machine without attributes is in the default group of its network', () => {
  expect(firstGate('aws_instance', undefined, { ami: 'a' })).toBe('opened');
});

test('each type of the large providers is in the register once, because the last one would win', () => {
  const folder = join(__dirname, '../../lib/traffic/register');
  const types = ['aws', 'google', 'azure', 'kubernetes', 'other-providers'].flatMap((file) => {
    const text = readFileSync(join(folder, `${file}.ts`), 'utf8');
    return text.match(/\b(?:aws|awscc|google|azurerm)_\w+/g) ?? [];
  });
  expect(types.length).toBeGreaterThan(300);
  expect(types.filter((type, at) => types.indexOf(type) !== at)).toEqual([]);
});
