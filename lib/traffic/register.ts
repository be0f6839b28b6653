import type { Stops } from './configuration';

/** How resources of a type decide what is permitted. */
type Influence =
  /** The rules are evaluated. */
  | { readonly kind: 'evaluated' }
  /** They permit or deny traffic by themselves, and are not evaluated. */
  | { readonly kind: 'not evaluated'; readonly reason: string; readonly stops?: Stops }
  /** They permit nothing, and some of their attributes decide where rules apply. */
  | {
      readonly kind: 'circumstance';
      readonly reason: string;
      readonly attributes: readonly string[];
      readonly stops: Stops;
    };

const EVALUATED: Influence = { kind: 'evaluated' };

/** Something that may allow traffic that nothing else allows. */
const ALLOWS: Stops = { added: 'opened', changed: 'opened', removed: 'any' };
/** Something that may block what other rules allow, from anywhere. */
const BLOCKS: Stops = { added: 'any', changed: 'world', removed: 'world' };
/** Something that decides where rules apply, in one way or in the other. */
const MOVES: Stops = { added: 'any', changed: 'any', removed: 'any' };

function notEvaluated(reason: string, stops: Stops = ALLOWS): Influence {
  return { kind: 'not evaluated', reason, stops };
}

function machine(...attributes: string[]): Influence {
  return { kind: 'circumstance', reason: 'decides to which machine rules apply', attributes, stops: ALLOWS };
}

function circumstance(reason: string, stops: Stops, ...attributes: string[]): Influence {
  return { kind: 'circumstance', reason, attributes, stops };
}

const NETWORK_ACLS = notEvaluated('network ACLs are not evaluated', BLOCKS);
const HIERARCHICAL = notEvaluated('hierarchical firewall policies are not evaluated', MOVES);
const REGIONAL = notEvaluated('regional firewall policies are not evaluated', MOVES);
const HOSTNAMES = circumstance('decides where the rules of a filter of hostnames apply', ALLOWS);
const PEERING = circumstance('connects networks', ALLOWS);
const ROUTE = circumstance('decides which networks are reached', MOVES);
const COMMAND = notEvaluated('it runs a command, which may open anything');
const TEMPLATE = notEvaluated('the resources in it are not evaluated');
const PUBLISHED = circumstance('publishes ports of machines', ALLOWS);
const ALLOW_LIST = circumstance('has a list of allowed IP ranges of its own', ALLOWS);
const POLICY_PLACE = circumstance('decides where a firewall policy applies', MOVES);

/** The attributes of machines by which rules of Google select them. */
const GOOGLE_MACHINE = machine('tags', 'service_account', 'network_interface', 'params', 'resource_manager_tags');
const IN_GROUPS = machine(
  'vpc_security_group_ids',
  'security_groups',
  'security_group_ids',
  'network_interface',
  'primary_network_interface',
  'secondary_network_interface',
  'launch_template',
  'subnet_id',
  'associate_public_ip_address',
  'publicly_accessible',
  'internal',
  'load_balancer_type',
  'enforce_security_group_inbound_rules_on_private_link_traffic',
);
/** A machine, or a group of machines, of which every attribute may decide which rules apply. */
const MEMBER = machine();
const OTHER_FIREWALL = notEvaluated('rules of this kind are not evaluated');
const IN_GROUPS_BY_BLOCK = machine(
  'vpc_config',
  'network_configuration',
  'network_interfaces',
  'broker_node_group_info',
  'vpc_options',
  'vpc_security_group_ids',
  'security_group_ids',
);

/** The types that decide what is permitted, by name. */
const TYPES: Readonly<Record<string, Influence>> = {
  aws_security_group: EVALUATED,
  aws_default_security_group: EVALUATED,
  aws_security_group_rule: EVALUATED,
  aws_vpc_security_group_ingress_rule: EVALUATED,
  aws_vpc_security_group_egress_rule: EVALUATED,
  aws_vpc_security_group_rules_exclusive: notEvaluated('it removes every other rule of a group'),
  aws_ec2_managed_prefix_list: EVALUATED,
  aws_ec2_managed_prefix_list_entry: EVALUATED,
  google_compute_firewall: EVALUATED,
  google_compute_network_firewall_policy: EVALUATED,
  google_compute_network_firewall_policy_rule: EVALUATED,
  google_compute_network_firewall_policy_association: EVALUATED,

  aws_network_acl: NETWORK_ACLS,
  aws_network_acl_rule: NETWORK_ACLS,
  aws_default_network_acl: NETWORK_ACLS,
  google_compute_firewall_policy_rule: HIERARCHICAL,
  google_compute_firewall_policy_with_rules: HIERARCHICAL,
  google_compute_region_network_firewall_policy_rule: REGIONAL,
  google_compute_region_network_firewall_policy_with_rules: REGIONAL,
  google_compute_network_firewall_policy_with_rules: notEvaluated(
    'firewall policies with rules in them are not evaluated',
    MOVES,
  ),
  google_compute_firewall_policy_association: POLICY_PLACE,
  google_compute_region_network_firewall_policy_association: POLICY_PLACE,
  // a policy without its rules and associations permits nothing
  google_compute_firewall_policy: circumstance('holds the rules of a firewall policy', {}),
  google_compute_region_network_firewall_policy: circumstance('holds the rules of a firewall policy', {}),

  aws_networkfirewall_rule_group: EVALUATED,
  aws_networkfirewall_firewall_policy: HOSTNAMES,
  aws_networkfirewall_firewall: HOSTNAMES,
  aws_networkfirewall_logging_configuration: circumstance('logs traffic', {}),
  google_network_security_gateway_security_policy: HOSTNAMES,
  google_network_security_gateway_security_policy_rule: EVALUATED,
  google_network_security_url_lists: EVALUATED,
  google_network_security_address_group: circumstance('holds the IP ranges of an address group', ALLOWS),
  google_network_security_address_groups: circumstance('holds the IP ranges of an address group', ALLOWS),
  google_network_security_firewall_endpoint: circumstance('inspects traffic', {}),

  aws_instance: IN_GROUPS,
  aws_network_interface: IN_GROUPS,
  aws_network_interface_sg_attachment: machine('security_group_id', 'network_interface_id'),
  aws_network_interface_attachment: machine('instance_id', 'network_interface_id'),
  aws_launch_template: machine('vpc_security_group_ids', 'security_group_names', 'network_interfaces'),
  aws_launch_configuration: machine('security_groups'),
  aws_spot_instance_request: IN_GROUPS,
  aws_lb: IN_GROUPS,
  aws_alb: IN_GROUPS,
  aws_elb: IN_GROUPS,
  aws_db_instance: machine('vpc_security_group_ids', 'publicly_accessible'),
  aws_rds_cluster: machine('vpc_security_group_ids'),
  aws_rds_cluster_instance: machine('publicly_accessible'),
  aws_redshift_cluster: machine('vpc_security_group_ids', 'publicly_accessible'),
  aws_docdb_cluster: IN_GROUPS,
  aws_neptune_cluster: IN_GROUPS,
  aws_elasticache_cluster: IN_GROUPS,
  aws_elasticache_replication_group: IN_GROUPS,
  aws_memorydb_cluster: IN_GROUPS,
  aws_efs_mount_target: IN_GROUPS,
  aws_fsx_lustre_file_system: IN_GROUPS,
  aws_vpc_endpoint: IN_GROUPS,
  aws_vpc_endpoint_security_group_association: machine('vpc_endpoint_id', 'security_group_id'),
  aws_mq_broker: machine('security_groups', 'publicly_accessible'),
  aws_msk_cluster: IN_GROUPS_BY_BLOCK,
  aws_lambda_function: IN_GROUPS_BY_BLOCK,
  aws_ecs_service: IN_GROUPS_BY_BLOCK,
  aws_opensearch_domain: IN_GROUPS_BY_BLOCK,
  aws_elasticsearch_domain: IN_GROUPS_BY_BLOCK,
  aws_eks_node_group: machine('remote_access', 'launch_template'),
  aws_eks_cluster: circumstance('decides who reaches the Kubernetes API', ALLOWS, 'vpc_config'),
  aws_vpc_security_group_vpc_association: machine('security_group_id', 'vpc_id'),
  aws_network_acl_association: circumstance('decides where a network ACL applies', ALLOWS),
  aws_vpc_peering_connection: PEERING,
  aws_vpc_peering_connection_accepter: PEERING,
  aws_ec2_transit_gateway_vpc_attachment: PEERING,
  aws_vpn_connection: PEERING,

  google_compute_instance: GOOGLE_MACHINE,
  google_compute_instance_template: GOOGLE_MACHINE,
  google_compute_region_instance_template: GOOGLE_MACHINE,
  google_compute_instance_from_template: GOOGLE_MACHINE,
  google_compute_instance_from_machine_image: GOOGLE_MACHINE,
  google_container_cluster: circumstance(
    'decides who reaches the Kubernetes API, and to which machines rules apply',
    ALLOWS,
    'private_cluster_config',
    'master_authorized_networks_config',
    'control_plane_endpoints_config',
    'node_config',
    'node_pool',
    'node_pool_auto_config',
    'node_pool_defaults',
    'network_policy',
    'enable_legacy_abac',
    'network',
    'subnetwork',
  ),
  google_container_node_pool: machine('node_config', 'network_config'),
  google_tags_tag_binding: machine('parent', 'tag_value'),
  google_tags_location_tag_binding: machine('parent', 'tag_value'),
  google_compute_network_peering: PEERING,
  google_compute_vpn_tunnel: PEERING,
  google_compute_interconnect_attachment: PEERING,
  google_compute_shared_vpc_service_project: PEERING,
  google_network_connectivity_spoke: PEERING,

  kubernetes_network_policy: notEvaluated('network policies of Kubernetes are not evaluated', BLOCKS),
  kubernetes_network_policy_v1: notEvaluated('network policies of Kubernetes are not evaluated', BLOCKS),
  kubernetes_service: circumstance('publishes ports of pods', ALLOWS, 'spec'),
  kubernetes_service_v1: circumstance('publishes ports of pods', ALLOWS, 'spec'),
  azurerm_network_interface_security_group_association: machine(),
  azurerm_subnet_network_security_group_association: machine(),

  aws_emr_cluster: MEMBER,
  aws_batch_compute_environment: MEMBER,
  aws_dms_replication_instance: MEMBER,
  aws_transfer_server: MEMBER,
  aws_ec2_instance_connect_endpoint: MEMBER,
  aws_vpclattice_service_network_vpc_association: MEMBER,
  aws_verifiedaccess_endpoint: MEMBER,
  aws_apigatewayv2_vpc_link: MEMBER,
  aws_redshift_endpoint_access: MEMBER,
  aws_imagebuilder_infrastructure_configuration: MEMBER,
  aws_workspaces_directory: MEMBER,
  aws_sagemaker_domain: MEMBER,
  aws_ec2_fleet: MEMBER,
  aws_autoscaling_group: MEMBER,
  aws_eks_fargate_profile: MEMBER,
  google_dataproc_cluster: MEMBER,
  google_dataproc_workflow_template: MEMBER,
  google_tpu_v2_vm: MEMBER,
  google_notebooks_instance: MEMBER,
  google_workbench_instance: MEMBER,
  google_composer_environment: MEMBER,
  google_dataflow_job: MEMBER,
  google_cloud_run_v2_service: MEMBER,
  google_vpc_access_connector: MEMBER,
  google_cloudbuild_worker_pool: MEMBER,
  hcloud_server: MEMBER,
  digitalocean_droplet: MEMBER,
  oci_core_instance: MEMBER,
  openstack_compute_instance_v2: MEMBER,
  openstack_networking_port_v2: MEMBER,
  azurerm_network_interface: MEMBER,
  azurerm_linux_virtual_machine: MEMBER,
  azurerm_windows_virtual_machine: MEMBER,
  google_compute_instance_group_manager: MEMBER,
  google_compute_region_instance_group_manager: MEMBER,
  aws_route: ROUTE,
  aws_route_table: ROUTE,
  aws_route_table_association: ROUTE,
  aws_internet_gateway: ROUTE,
  aws_eip_association: ROUTE,
  aws_ec2_transit_gateway_route: ROUTE,
  aws_vpn_gateway: ROUTE,
  aws_dx_gateway_association: ROUTE,
  google_compute_route: ROUTE,
  google_compute_router_peer: ROUTE,
  google_compute_ha_vpn_gateway: ROUTE,
  azurerm_virtual_network_gateway: ROUTE,
  azurerm_route: ROUTE,
  aws_cloudformation_stack: TEMPLATE,
  aws_cloudformation_stack_set: TEMPLATE,
  aws_cloudformation_stack_set_instance: TEMPLATE,
  aws_cloudformation_stack_instances: TEMPLATE,
  awscc_cloudformation_stack: TEMPLATE,
  aws_cloudcontrolapi_resource: TEMPLATE,
  aws_servicecatalog_provisioned_product: TEMPLATE,
  google_deployment_manager_deployment: TEMPLATE,
  google_infra_manager_deployment: TEMPLATE,
  azurerm_resource_group_template_deployment: TEMPLATE,
  azurerm_subscription_template_deployment: TEMPLATE,
  azapi_resource: TEMPLATE,
  azapi_update_resource: TEMPLATE,
  kubernetes_manifest: TEMPLATE,
  kubectl_manifest: TEMPLATE,
  helm_release: TEMPLATE,
  aws_lambda_invocation: COMMAND,
  aws_ssm_association: COMMAND,
  aws_ssm_document: COMMAND,
  shell_script: COMMAND,
  ssh_resource: COMMAND,
  ansible_playbook: COMMAND,
  restapi_object: COMMAND,
  terracurl_request: COMMAND,
  null_command: COMMAND,
  nomad_job: COMMAND,
  tfe_variable: COMMAND,
  tfe_run: COMMAND,
  spacelift_run: COMMAND,
  aws_lb_listener: PUBLISHED,
  aws_alb_listener: PUBLISHED,
  aws_lb_target_group_attachment: PUBLISHED,
  aws_alb_target_group_attachment: PUBLISHED,
  aws_globalaccelerator_endpoint_group: PUBLISHED,
  aws_lambda_function_url: PUBLISHED,
  google_compute_forwarding_rule: PUBLISHED,
  google_compute_global_forwarding_rule: PUBLISHED,
  google_compute_target_instance: PUBLISHED,
  google_compute_service_attachment: PUBLISHED,
  kubernetes_ingress_v1: PUBLISHED,
  kubernetes_ingress: PUBLISHED,
  hcloud_load_balancer_service: PUBLISHED,
  oci_network_load_balancer_listener: PUBLISHED,
  azurerm_lb_rule: PUBLISHED,
  azurerm_public_ip: PUBLISHED,
  azurerm_application_gateway: PUBLISHED,
  azurerm_bastion_host: PUBLISHED,
  docker_container: PUBLISHED,
  unifi_port_forward: PUBLISHED,
  cloudstack_port_forward: PUBLISHED,
  heroku_space_inbound_ruleset: PUBLISHED,
  bigip_ltm_virtual_server: PUBLISHED,
  avi_virtualservice: PUBLISHED,
  cloudflare_spectrum_application: PUBLISHED,
  cloudflare_zero_trust_tunnel_cloudflared_config: PUBLISHED,
  google_sql_database_instance: ALLOW_LIST,
  google_alloydb_instance: ALLOW_LIST,
  google_vmwareengine_external_access_rule: ALLOW_LIST,
  google_iap_tunnel_iam_member: ALLOW_LIST,
  mongodbatlas_project_ip_access_list: ALLOW_LIST,
  confluent_ip_filter: ALLOW_LIST,
  azurerm_kubernetes_cluster: ALLOW_LIST,
  azurerm_storage_account_network_rules: ALLOW_LIST,
  azurerm_cosmosdb_account: ALLOW_LIST,
  aws_ram_resource_association: PEERING,
  aws_vpclattice_service_network_service_association: PEERING,
  google_vmwareengine_network_peering: PEERING,
  google_service_networking_connection: PEERING,
  google_compute_network_peering_routes_config: PEERING,
  google_datastream_private_connection: PEERING,
  azurerm_virtual_network_peering: PEERING,
  aws_ec2_client_vpn_authorization_rule: PEERING,
  aws_ec2_transit_gateway_peering_attachment: PEERING,
  aws_lightsail_instance_public_ports: OTHER_FIREWALL,
  aws_db_security_group: OTHER_FIREWALL,
  aws_fms_policy: OTHER_FIREWALL,
  aws_emr_block_public_access_configuration: OTHER_FIREWALL,
  aws_vpc_block_public_access_options: OTHER_FIREWALL,
  aws_vpc_block_public_access_exclusion: OTHER_FIREWALL,
  google_compute_organization_security_policy_rule: OTHER_FIREWALL,
  google_compute_organization_security_policy_association: OTHER_FIREWALL,
  ncloud_access_control_group_rule: OTHER_FIREWALL,
  sakuracloud_packet_filter: OTHER_FIREWALL,
  checkpoint_management_access_rule: OTHER_FIREWALL,
  checkpoint_management_nat_rule: OTHER_FIREWALL,
  ciscoasa_access_in_rules: OTHER_FIREWALL,
  fmc_access_rules: OTHER_FIREWALL,
  aci_contract: OTHER_FIREWALL,
  aci_filter_entry: OTHER_FIREWALL,
  panos_nat_rule_group: OTHER_FIREWALL,
  panos_address_object: OTHER_FIREWALL,
  openstack_fwaas_rule_v2: OTHER_FIREWALL,
  zpa_policy_access_rule: OTHER_FIREWALL,
  twingate_resource: OTHER_FIREWALL,
  netbird_policy: OTHER_FIREWALL,
  consul_intentions: OTHER_FIREWALL,
  consul_config_entry: OTHER_FIREWALL,
  bigip_ltm_policy: OTHER_FIREWALL,
};

/** Types whose names look like those of firewalls, and that do not decide about packets. */
const UNRELATED =
  /^(?:aws_(?:s3_|s3control_|s3tables_|wafv?2?_|wafregional_|kms_|iam_|sns_|sqs_|ssm_|elasticache_user|memorydb_acl|db_security_group$|redshift_security_group$|elasticache_security_group$|securityhub_|securitylake_|shield_|guardduty_|opensearchserverless_|lakeformation_|ecr_|secretsmanager_|lambda_layer|msk_|cloudfront_|api_gateway_|api_gatewayv2_|glue_|backup_|organizations_|sesv?2?_|iot_|codeartifact_|emr_|efs_file_system_policy|lb_ssl|lb_listener)|google_(?:storage_|bigquery_|sql_|compute_security_policy|compute_region_security_policy|compute_organization_security_policy|project_iam|folder_iam|organization_)|azurerm_(?:security_center_|storage_|key_vault_|sentinel_|web_application_firewall_policy))/;

/** Names of types that allow or deny packets in most clouds. */
const FIREWALL_LIKE = [
  /firewall/,
  /security_?(?:group|list|rule|polic)/,
  /security_.*rule/,
  /secgroup/,
  /(?:^|_)n?acls?(?:_|$)/,
  /network_polic/,
  /_policy_rule/,
  /access_rule/,
  /access_list/,
  /packet_filter/,
  /ip_filter/,
  /port_forward/,
  /authorization_rule/,
  /inbound_rule/,
];

/** Returns how resources of a type decide what is permitted; nothing if they do not. */
export function influenceOf(type: string): Influence | undefined {
  if (Object.hasOwn(TYPES, type)) return TYPES[type];
  if (UNRELATED.test(type) || !FIREWALL_LIKE.some((pattern) => pattern.test(type))) return undefined;
  return notEvaluated(`resources of type ${type} are not evaluated`);
}

/** Whether resources of a type are rules, or are needed to evaluate rules. */
export function isEvaluated(type: string): boolean {
  return influenceOf(type)?.kind === 'evaluated';
}
