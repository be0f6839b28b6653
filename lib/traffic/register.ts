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
      /** Whether a resource without these attributes is as open as it can be, so that removing one may open something. */
      readonly isOpenByDefault: boolean;
      /** The members that count, wherever they are within the attributes; by default all. */
      readonly members?: readonly string[];
      /** The names in Kubernetes of the resources that decide something; by default all. */
      readonly names?: RegExp;
    };

/** How resources decide where rules apply. */
export type CircumstanceInfluence = Extract<Influence, { kind: 'circumstance' }>;

const EVALUATED: Influence = { kind: 'evaluated' };

/** Something that may allow traffic that nothing else allows. */
export const ALLOWS: Stops = { added: 'opened', changed: 'opened', removed: 'any' };
/** Something that may block what other rules allow, from anywhere. */
const BLOCKS: Stops = { added: 'any', changed: 'world', removed: 'world' };
/** Something that both allows and restricts: with it less may pass than without it, or more. */
const RESTRICTS: Stops = { added: 'opened', changed: 'opened', removed: 'opened' };
/** Something that may restrict traffic: without it, more may pass. */
const FILTERS: Stops = { added: 'any', changed: 'opened', removed: 'opened' };
/** Something that decides where rules apply, in one way or in the other. */
export const MOVES: Stops = { added: 'any', changed: 'any', removed: 'any' };

/** Something that other resources use: it may allow more if it changes. */
const USED: Stops = { added: 'any', changed: 'opened', removed: 'any' };

function notEvaluated(reason: string, stops: Stops = ALLOWS): Influence {
  return { kind: 'not evaluated', reason, stops };
}

/** Something that everybody reaches if these attributes do not restrict it. */
function openByDefault(reason: string, stops: Stops, ...attributes: string[]): Influence {
  return { ...circumstance(reason, stops, ...attributes), isOpenByDefault: true };
}

/** A machine. Without these attributes it has the default group and tags of its network, and may be public. */
function machine(...attributes: string[]): Influence {
  return openByDefault('decides to which machine rules apply', ALLOWS, ...attributes);
}

function circumstance(
  reason: string,
  stops: Stops,
  ...attributes: string[]
): Extract<Influence, { readonly kind: 'circumstance' }> {
  return { kind: 'circumstance', reason, attributes, stops, isOpenByDefault: false };
}

/** A resource that everybody reaches if it has no list of allowed IP ranges. */
function allowList(...attributes: string[]): Influence {
  return openByDefault('has a list of allowed IP ranges of its own', ALLOWS, ...attributes);
}

/** Something that permits nothing while it is new, and that other resources use. */
function used(reason: string, ...attributes: string[]): CircumstanceInfluence {
  return circumstance(reason, USED, ...attributes);
}

function all(influence: Influence, ...types: string[]): Readonly<Record<string, Influence>> {
  return Object.fromEntries(types.map((type) => [type, influence]));
}

const NETWORK_ACLS = notEvaluated('network ACLs are not evaluated', BLOCKS);
const HIERARCHICAL = notEvaluated('hierarchical firewall policies are not evaluated', MOVES);
const REGIONAL = notEvaluated('regional firewall policies are not evaluated', MOVES);
const HOSTNAMES = circumstance('allows traffic by hostname, which is not evaluated', ALLOWS);
const PEERING = circumstance('connects networks', ALLOWS);
const ROUTE = circumstance('decides which networks are reached', MOVES);
const COMMAND = notEvaluated('it runs a command, which may open anything');
const TEMPLATE = notEvaluated('the resources in it are not evaluated');
const PUBLISHED = circumstance('publishes ports of machines', ALLOWS);
const PUBLIC_INSTANCE = circumstance('decides whether machines are public', ALLOWS, 'publicly_accessible');
const WEB_FILTER = circumstance('decides which requests reach a load balancer', FILTERS);
const KEY_VAULT = allowList('network_acls', 'public_network_access_enabled');
const WEB_APP = allowList('site_config', 'public_network_access_enabled');
const ALLOW_LIST = circumstance('has a list of allowed IP ranges of its own', ALLOWS);
const POLICY_PLACE = circumstance('decides where a firewall policy applies', MOVES);

/** The attributes of machines by which rules of Google select them. */
const GOOGLE_MACHINE = machine(
  'tags',
  'service_account',
  'network_interface',
  'params',
  'resource_manager_tags',
  'can_ip_forward',
);
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
  'subnets',
  'subnet_mapping',
  'subnet_ids',
  'ip_address_type',
  'listener',
  'instances',
  'attachment',
  'enforce_security_group_inbound_rules_on_private_link_traffic',
);
/** A machine, or a group of machines, of which every attribute may decide which rules apply. */
const MEMBER = machine();
const OTHER_FIREWALL = notEvaluated('rules of this kind are not evaluated');
const PUBLIC_ACCESS_BLOCK = notEvaluated('rules of this kind are not evaluated', FILTERS);
const LOAD_BALANCER_FILTER = notEvaluated('rules of this kind are not evaluated', FILTERS);
/** One rule of such a filter, which may also allow something. */
const LOAD_BALANCER_RULE = notEvaluated('rules of this kind are not evaluated', RESTRICTS);
const IN_GROUPS_BY_BLOCK = machine(
  'vpc_config',
  'network_configuration',
  'network_interfaces',
  'broker_node_group_info',
  'vpc_options',
  'vpc_security_group_ids',
  'security_group_ids',
  'load_balancer',
);
const SERVICE: Influence = { ...used('publishes ports of pods', 'spec', 'metadata'), stops: ALLOWS };
/** Pods: the labels by which services and network policies select them, and the ports that they open on their machine. */
const PODS: Influence = {
  ...used('decides which network policies apply to pods, and which ports of machines they use', 'spec', 'metadata'),
  members: ['labels', 'namespace', 'host_network', 'host_port'],
  stops: { changed: 'opened', removed: 'any' },
};
const LABELS = used('has labels by which network policies select pods');
const SUBNETS = used('decides in which subnets machines are', 'subnet_ids');
const APPLICATION = notEvaluated('the resources that it installs are not evaluated');

/** Types of AWS. */
const AWS: Readonly<Record<string, Influence>> = {
  ...all(
    MEMBER,
    'aws_elasticache_serverless_cache',
    'aws_sagemaker_notebook_instance',
    'aws_elastic_beanstalk_environment',
    'aws_appstream_fleet',
    'aws_appstream_image_builder',
    'aws_docdbelastic_cluster',
    'aws_timestreaminfluxdb_db_instance',
    'aws_opsworks_custom_layer',
    'aws_opsworks_instance',
    'aws_gamelift_fleet',
    'awscc_ec2_instance',
    'awscc_ec2_network_interface',
  ),
  ...all(
    ALLOW_LIST,
    'aws_workspaces_ip_group',
    'aws_quicksight_ip_restriction',
    'aws_api_gateway_rest_api_policy',
    'aws_opensearchserverless_security_policy',
    'aws_vpc_endpoint_service_allowed_principal',
  ),
  aws_api_gateway_rest_api: {
    ...used('has a list of who may call it', 'policy', 'endpoint_configuration'),
    stops: ALLOWS,
  },
  aws_grafana_workspace: machine('network_access_control', 'vpc_configuration'),
  aws_organizations_policy: used('may allow public access to networks', 'content', 'type'),
  aws_vpc_endpoint_service: {
    ...used('decides who may connect', 'acceptance_required', 'allowed_principals', 'network_load_balancer_arns'),
    stops: ALLOWS,
    isOpenByDefault: true,
  },
  ...all(
    PUBLISHED,
    'aws_apprunner_service',
    'aws_lightsail_container_service_deployment_version',
    'aws_globalaccelerator_listener',
    'aws_autoscaling_attachment',
    'aws_autoscaling_traffic_source_attachment',
    'aws_elb_attachment',
    'aws_apigatewayv2_integration',
    'aws_api_gateway_vpc_link',
    'aws_cloudfront_vpc_origin',
    'aws_vpclattice_target_group_attachment',
    'aws_vpclattice_resource_configuration',
  ),
  ...all(
    used('publishes ports of machines', 'port', 'protocol', 'target_type'),
    'aws_lb_target_group',
    'aws_alb_target_group',
  ),
  aws_eip: { ...used('gives a machine a public address', 'instance', 'network_interface'), stops: ALLOWS },
  ...all(
    ROUTE,
    'aws_vpn_gateway_attachment',
    'aws_vpn_gateway_route_propagation',
    'aws_vpn_connection_route',
    'aws_ec2_transit_gateway_route_table_propagation',
    'aws_ec2_transit_gateway_route_table_association',
    'aws_internet_gateway_attachment',
    'aws_ec2_carrier_gateway',
  ),
  ...all(
    PEERING,
    'aws_ec2_transit_gateway_vpc_attachment_accepter',
    'aws_ec2_transit_gateway_peering_attachment_accepter',
    'aws_networkmanager_vpc_attachment',
    'aws_ram_principal_association',
    'aws_ec2_client_vpn_network_association',
    'aws_dx_private_virtual_interface',
    'aws_dx_transit_virtual_interface',
    'aws_vpc_endpoint_subnet_association',
  ),
  aws_default_subnet: used('decides whether machines get a public address', 'map_public_ip_on_launch'),
  ...all(
    SUBNETS,
    'aws_db_subnet_group',
    'aws_redshift_subnet_group',
    'aws_elasticache_subnet_group',
    'aws_memorydb_subnet_group',
    'aws_docdb_subnet_group',
    'aws_neptune_subnet_group',
    'aws_dax_subnet_group',
    'aws_dms_replication_subnet_group',
  ),
  aws_eks_addon: used('may enforce network policies', 'addon_name', 'configuration_values'),
};

/** Types of Google. */
const GOOGLE: Readonly<Record<string, Influence>> = {
  google_project: {
    ...used('creates a network that is open to the world, unless auto_create_network is false', 'auto_create_network'),
    stops: ALLOWS,
    isOpenByDefault: true,
  },
  ...all(
    ALLOW_LIST,
    'google_filestore_instance',
    'google_netapp_volume',
    'google_iap_tunnel_instance_iam_member',
    'google_iap_tunnel_instance_iam_binding',
    'google_cloud_run_service_iam_member',
    'google_cloud_run_v2_service_iam_member',
    'google_network_security_authz_policy',
    'google_network_security_authorization_policy',
    'google_gke_hub_membership',
    'google_app_engine_service_network_settings',
  ),
  ...all(
    {
      ...used('publishes ports of machines', 'security_policy', 'edge_security_policy', 'backend', 'port_name', 'iap'),
      isOpenByDefault: true,
    },
    'google_compute_backend_service',
    'google_compute_region_backend_service',
  ),
  ...all(used('publishes ports of machines', 'instances', 'named_port'), 'google_compute_instance_group'),
  ...all(
    PUBLISHED,
    'google_compute_target_pool',
    'google_compute_instance_group_membership',
    'google_compute_network_endpoint',
    'google_compute_global_network_endpoint',
    'google_compute_region_network_endpoint',
    'google_compute_network_attachment',
    'google_compute_url_map',
    'google_compute_region_url_map',
    'google_network_services_gateway',
  ),
  ...all(
    MEMBER,
    'google_cloud_run_service',
    'google_cloudfunctions_function',
    'google_cloudfunctions2_function',
    'google_redis_instance',
    'google_redis_cluster',
    'google_memcache_instance',
    'google_vertex_ai_index_endpoint',
    'google_workstations_workstation_cluster',
    'google_looker_instance',
  ),
  google_compute_subnetwork: used(
    'decides whether machines get public IPv6 addresses',
    'stack_type',
    'ipv6_access_type',
  ),
  ...all(ROUTE, 'google_compute_router_nat'),
  google_compute_router: used('decides which networks are reached', 'bgp'),
  ...all(PEERING, 'google_compute_shared_vpc_host_project', 'google_network_connectivity_group'),
};

/** Types of Azure. */
const AZURE: Readonly<Record<string, Influence>> = {
  ...all(
    MEMBER,
    'azurerm_linux_virtual_machine_scale_set',
    'azurerm_windows_virtual_machine_scale_set',
    'azurerm_orchestrated_virtual_machine_scale_set',
    'azurerm_virtual_machine',
    'azurerm_container_group',
    'azurerm_container_app',
    'azurerm_kubernetes_cluster_node_pool',
  ),
  ...all(
    PUBLISHED,
    'azurerm_lb_nat_rule',
    'azurerm_lb_nat_pool',
    'azurerm_network_interface_nat_rule_association',
    'azurerm_network_interface_backend_address_pool_association',
    'azurerm_network_interface_application_gateway_backend_address_pool_association',
    'azurerm_private_link_service',
    'azurerm_cdn_frontdoor_origin',
  ),
  ...all(
    ALLOW_LIST,
    'azurerm_linux_web_app',
    'azurerm_windows_web_app',
    'azurerm_linux_function_app',
    'azurerm_windows_function_app',
    'azurerm_storage_account',
    'azurerm_mssql_virtual_network_rule',
    'azurerm_mssql_server',
    'azurerm_postgresql_flexible_server',
    'azurerm_mysql_flexible_server',
    'azurerm_container_registry',
    'azurerm_servicebus_namespace_network_rule_set',
    'azurerm_ip_group',
    'azurerm_ip_group_cidr',
  ),
  ...all(OTHER_FIREWALL, 'azurerm_network_manager_admin_rule', 'azurerm_network_manager_admin_rule_collection'),
  ...all(ROUTE, 'azurerm_route_table', 'azurerm_subnet_route_table_association'),
  ...all(PEERING, 'azurerm_virtual_hub_connection'),
  azurerm_virtual_network: used('decides to which subnets security groups apply', 'subnet'),
};

/** Types of Kubernetes. */
const KUBERNETES: Readonly<Record<string, Influence>> = {
  ...all(SERVICE, 'kubernetes_service', 'kubernetes_service_v1'),
  ...all(
    PODS,
    ...['deployment', 'daemonset', 'daemon_set_v1', 'deployment_v1', 'stateful_set', 'stateful_set_v1', 'pod', 'pod_v1']
      .concat('job', 'job_v1', 'cron_job', 'cron_job_v1', 'replication_controller', 'replication_controller_v1')
      .map((kind) => `kubernetes_${kind}`),
  ),
  ...all(
    { ...LABELS, attributes: ['metadata'], members: ['labels', 'name'] },
    'kubernetes_namespace',
    'kubernetes_namespace_v1',
  ),
  ...all({ ...LABELS, stops: ALLOWS }, 'kubernetes_annotations', 'kubernetes_labels', 'kubernetes_node_taint'),
  ...all(
    {
      ...used('may publish ports of pods through an ingress controller', 'data', 'metadata'),
      names: /^(?:tcp|udp)-services$|-(?:tcp|udp)$/,
      stops: ALLOWS,
    },
    'kubernetes_config_map',
    'kubernetes_config_map_v1',
    'kubernetes_config_map_v1_data',
  ),
  ...all(PUBLISHED, 'kubernetes_endpoints', 'kubernetes_endpoints_v1', 'kubernetes_endpoint_slice_v1'),
  ...all(
    APPLICATION,
    'argocd_application',
    'argocd_application_set',
    'flux_bootstrap_git',
    'rancher2_app_v2',
    'kustomization_resource',
    'k8s_manifest',
  ),
};

/** Types of other providers. */
const OTHERS: Readonly<Record<string, Influence>> = {
  ...all(
    MEMBER,
    'linode_instance',
    'vultr_instance',
    'scaleway_instance_server',
    'exoscale_compute_instance',
    'alicloud_instance',
    'tencentcloud_instance',
    'yandex_compute_instance',
    'ibm_is_instance',
    'huaweicloud_compute_instance',
    'ionoscloud_nic',
    'hcloud_server_network',
    'oci_core_vnic_attachment',
    'nsxt_policy_group',
  ),
  ...all(
    ALLOW_LIST,
    'aiven_pg',
    'snowflake_network_rule',
    'ec_deployment_traffic_filter',
    'cockroach_allow_list',
    'linode_database_access_controls',
    'ovh_cloud_project_database_ip_restriction',
    'stackit_postgresflex_instance',
    'digitalocean_kubernetes_cluster',
    'ibm_database',
    'rediscloud_active_active_subscription_regions',
    'rediscloud_subscription_database',
    'routeros_ip_service',
  ),
  ...all(
    PUBLISHED,
    'oci_core_subnet',
    'oci_load_balancer_listener',
    'digitalocean_loadbalancer',
    'hcloud_load_balancer_target',
    'linode_nodebalancer_config',
    'scaleway_lb_frontend',
    'openstack_networking_floatingip_associate_v2',
    'openstack_lb_listener_v2',
    'alicloud_db_connection',
    'alicloud_eip_association',
    'ibm_is_floating_ip',
    'huaweicloud_vpc_eip_associate',
    'docker_service',
    'ngrok_tunnel',
  ),
  ...all(
    PEERING,
    'oci_core_local_peering_gateway',
    'oci_core_drg_attachment',
    'digitalocean_vpc_peering',
    'mongodbatlas_network_peering',
    'mongodbatlas_privatelink_endpoint',
    'cloudflare_zero_trust_tunnel_cloudflared_route',
    'tailscale_device_subnet_routes',
  ),
  ...all(
    OTHER_FIREWALL,
    'nsxt_policy_nat_rule',
    'panos_address_group',
    'panos_nat_rule',
    'ciscoasa_network_object',
    'checkpoint_management_network',
    'cloudflare_ruleset',
    'cloudflare_zero_trust_access_policy',
    'twingate_resource_access',
  ),
  ...all(COMMAND, 'remote_file'),
};

/** The types that decide what is permitted, by name. */
const TYPES: Readonly<Record<string, Influence>> = {
  ...AWS,
  ...GOOGLE,
  ...AZURE,
  ...KUBERNETES,
  ...OTHERS,
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

  aws_networkfirewall_rule_group: HOSTNAMES,
  aws_networkfirewall_firewall_policy: HOSTNAMES,
  aws_networkfirewall_firewall: HOSTNAMES,
  aws_networkfirewall_logging_configuration: circumstance('logs traffic', {}),
  google_network_security_gateway_security_policy: HOSTNAMES,
  google_network_security_gateway_security_policy_rule: HOSTNAMES,
  google_network_security_url_lists: HOSTNAMES,
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
  aws_db_instance: machine('vpc_security_group_ids', 'publicly_accessible', 'db_subnet_group_name'),
  aws_rds_cluster: machine('vpc_security_group_ids', 'db_subnet_group_name'),
  aws_rds_cluster_instance: PUBLIC_INSTANCE,
  aws_docdb_cluster_instance: circumstance(
    'adds a machine to a cluster',
    ALLOWS,
    'cluster_identifier',
    'publicly_accessible',
  ),
  aws_neptune_cluster_instance: circumstance(
    'adds a machine to a cluster',
    ALLOWS,
    'cluster_identifier',
    'publicly_accessible',
  ),

  aws_redshift_cluster: machine('vpc_security_group_ids', 'publicly_accessible', 'cluster_subnet_group_name'),
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
  aws_codebuild_project: IN_GROUPS_BY_BLOCK,
  aws_ecs_task_set: IN_GROUPS_BY_BLOCK,
  aws_synthetics_canary: IN_GROUPS_BY_BLOCK,
  aws_sagemaker_model: IN_GROUPS_BY_BLOCK,
  aws_appstream_fleet: IN_GROUPS_BY_BLOCK,
  aws_emrserverless_application: IN_GROUPS_BY_BLOCK,
  aws_mwaa_environment: machine('network_configuration', 'webserver_access_mode'),
  aws_db_proxy: IN_GROUPS,
  aws_dax_cluster: IN_GROUPS,
  aws_fsx_windows_file_system: IN_GROUPS,
  aws_fsx_ontap_file_system: IN_GROUPS,
  aws_fsx_openzfs_file_system: IN_GROUPS,
  aws_fsx_file_cache: IN_GROUPS,
  aws_elasticache_serverless_cache: IN_GROUPS,
  aws_route53_resolver_endpoint: IN_GROUPS,
  aws_ec2_client_vpn_endpoint: IN_GROUPS,
  aws_redshiftserverless_workgroup: IN_GROUPS,
  aws_redshiftserverless_endpoint_access: IN_GROUPS,
  aws_sagemaker_notebook_instance: IN_GROUPS,
  aws_apprunner_vpc_connector: IN_GROUPS,
  aws_timestreaminfluxdb_db_instance: IN_GROUPS,
  aws_quicksight_vpc_connection: IN_GROUPS,
  aws_opensearchserverless_vpc_endpoint: IN_GROUPS,
  aws_glue_connection: machine('physical_connection_requirements'),
  aws_grafana_workspace: machine('vpc_configuration', 'network_access_control'),
  aws_ecs_service: IN_GROUPS_BY_BLOCK,
  aws_opensearch_domain: IN_GROUPS_BY_BLOCK,
  aws_elasticsearch_domain: IN_GROUPS_BY_BLOCK,
  aws_eks_node_group: machine('remote_access', 'launch_template', 'subnet_ids'),
  aws_eks_cluster: openByDefault('decides who reaches the Kubernetes API', ALLOWS, 'vpc_config'),
  aws_vpc_security_group_vpc_association: machine('security_group_id', 'vpc_id'),
  aws_network_acl_association: circumstance('decides where a network ACL applies', RESTRICTS),
  aws_vpc_peering_connection: PEERING,
  aws_vpc_peering_connection_accepter: PEERING,
  aws_ec2_transit_gateway_vpc_attachment: PEERING,
  aws_vpn_connection: PEERING,

  google_compute_instance: GOOGLE_MACHINE,
  google_compute_instance_template: GOOGLE_MACHINE,
  google_compute_region_instance_template: GOOGLE_MACHINE,
  google_compute_instance_from_template: GOOGLE_MACHINE,
  google_compute_instance_from_machine_image: GOOGLE_MACHINE,
  google_container_cluster: openByDefault(
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
    'addons_config',
    'cluster_autoscaling',
    'master_auth',
    'service_external_ips_config',
    'datapath_provider',
    'enable_autopilot',
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
  azurerm_network_interface_security_group_association: machine(),
  azurerm_subnet_network_security_group_association: machine(),

  aws_emr_cluster: MEMBER,
  aws_spot_fleet_request: MEMBER,
  aws_elastic_beanstalk_environment: MEMBER,
  aws_lightsail_instance: MEMBER,
  aws_directory_service_directory: MEMBER,
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
  aws_default_route_table: ROUTE,
  aws_main_route_table_association: ROUTE,
  aws_nat_gateway: ROUTE,
  aws_egress_only_internet_gateway: ROUTE,
  aws_vpc_ipv4_cidr_block_association: ROUTE,
  aws_vpc_ipv6_cidr_block_association: ROUTE,
  aws_ec2_transit_gateway_route_table_propagation: ROUTE,
  aws_ec2_transit_gateway_route_table_association: ROUTE,
  aws_vpn_gateway_route_propagation: ROUTE,
  azurerm_subnet_route_table_association: ROUTE,
  azurerm_route_table: ROUTE,
  aws_subnet: circumstance(
    'decides whether machines are public',
    ALLOWS,
    'map_public_ip_on_launch',
    'assign_ipv6_address_on_creation',
  ),
  aws_default_subnet: circumstance('decides whether machines are public', ALLOWS, 'map_public_ip_on_launch'),
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
  azurerm_storage_account_network_rules: circumstance('has a list of allowed IP ranges of its own', RESTRICTS),
  azurerm_storage_account: allowList('network_rules', 'public_network_access_enabled'),
  azurerm_key_vault: KEY_VAULT,
  azurerm_key_vault_managed_hardware_security_module: KEY_VAULT,
  azurerm_cognitive_account: KEY_VAULT,
  azurerm_container_registry: allowList('network_rule_set', 'public_network_access_enabled'),
  azurerm_servicebus_namespace: allowList('network_rule_set', 'public_network_access_enabled'),
  azurerm_eventhub_namespace: allowList('network_rulesets', 'public_network_access_enabled'),
  azurerm_search_service: allowList('allowed_ips', 'public_network_access_enabled'),
  azurerm_linux_web_app: WEB_APP,
  azurerm_linux_web_app_slot: WEB_APP,
  azurerm_windows_web_app: WEB_APP,
  azurerm_windows_web_app_slot: WEB_APP,
  azurerm_linux_function_app: WEB_APP,
  azurerm_windows_function_app: WEB_APP,
  aws_lb_listener_rule: circumstance('decides which requests reach machines', ALLOWS, 'condition', 'action'),
  aws_alb_listener_rule: circumstance('decides which requests reach machines', ALLOWS, 'condition', 'action'),
  aws_wafv2_ip_set: WEB_FILTER,
  aws_waf_ipset: WEB_FILTER,
  aws_wafregional_ipset: WEB_FILTER,
  aws_wafv2_web_acl: WEB_FILTER,
  aws_wafv2_web_acl_association: WEB_FILTER,
  aws_wafv2_rule_group: WEB_FILTER,
  aws_waf_web_acl: WEB_FILTER,
  aws_wafregional_web_acl: WEB_FILTER,
  aws_wafregional_web_acl_association: WEB_FILTER,
  azurerm_web_application_firewall_policy: WEB_FILTER,
  azurerm_frontdoor_firewall_policy: WEB_FILTER,
  azurerm_cdn_frontdoor_firewall_policy: WEB_FILTER,
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
  aws_redshift_security_group: OTHER_FIREWALL,
  aws_elasticache_security_group: OTHER_FIREWALL,
  aws_gamelift_fleet: OTHER_FIREWALL,
  aws_fms_policy: OTHER_FIREWALL,
  aws_emr_block_public_access_configuration: PUBLIC_ACCESS_BLOCK,
  aws_vpc_block_public_access_options: PUBLIC_ACCESS_BLOCK,
  aws_vpc_block_public_access_exclusion: OTHER_FIREWALL,
  google_compute_security_policy: LOAD_BALANCER_FILTER,
  google_compute_security_policy_rule: LOAD_BALANCER_RULE,
  google_compute_region_security_policy: LOAD_BALANCER_FILTER,
  google_compute_region_security_policy_rule: LOAD_BALANCER_RULE,
  google_compute_network_edge_security_service: LOAD_BALANCER_FILTER,
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
  openstack_fwaas_policy_v2: OTHER_FIREWALL,
  openstack_fwaas_group_v2: OTHER_FIREWALL,
  openstack_fw_rule_v1: OTHER_FIREWALL,
  openstack_fw_policy_v1: OTHER_FIREWALL,
  openstack_fw_firewall_v1: OTHER_FIREWALL,
  nsxt_policy_gateway_policy: OTHER_FIREWALL,
  nsxt_policy_parent_gateway_policy: OTHER_FIREWALL,
  nsxt_policy_intrusion_service_policy: OTHER_FIREWALL,
  vcd_nsxt_ip_set: OTHER_FIREWALL,
  mso_schema_template_contract: OTHER_FIREWALL,
  mso_schema_template_contract_filter: OTHER_FIREWALL,
  mso_schema_template_filter_entry: OTHER_FIREWALL,
  zpa_policy_access_rule: OTHER_FIREWALL,
  twingate_resource: OTHER_FIREWALL,
  netbird_policy: OTHER_FIREWALL,
  consul_intentions: OTHER_FIREWALL,
  consul_config_entry: OTHER_FIREWALL,
  bigip_ltm_policy: OTHER_FIREWALL,
};

/** Types that the patterns below would find, and why they do not decide about packets. */
const UNRELATED: Readonly<Record<string, readonly string[]>> = {
  'who may read and write objects': [
    'aws_s3_bucket_acl',
    'google_storage_bucket_acl',
    'google_storage_object_acl',
    'google_storage_default_object_acl',
    'digitalocean_spaces_bucket_acl',
    'alicloud_oss_bucket_acl',
  ],
  'what users and tokens of a product may do': [
    'aws_memorydb_acl',
    'consul_acl_policy',
    'consul_acl_role',
    'consul_acl_token',
    'consul_acl_token_policy_attachment',
    'consul_acl_token_role_attachment',
    'consul_acl_binding_rule',
    'consul_acl_auth_method',
    'nomad_acl_policy',
    'nomad_acl_role',
    'nomad_acl_token',
    'kafka_acl',
    'confluent_kafka_acl',
    'fastly_service_acl_entries',
  ],
  'what is logged': ['aws_wafv2_web_acl_logging_configuration'],
};
const UNRELATED_TYPES = new Set(Object.values(UNRELATED).flat());

/** Names of types that allow or deny packets, in every provider. */
const FIREWALLS = [/_firewall/, /_security_.*rule/, /secgroup/, /_acl/, /_policy_rule/];

/** Products of which no type decides about packets, although names look like those of firewalls. */
const UNRELATED_PRODUCTS: readonly RegExp[] = [
  /^aws_(?:api_gateway|api_gatewayv2|backup|cloudfront|codeartifact|ecr|emr|glue|guardduty|iam|iot|kms|lakeformation|msk)_/,
  /^aws_(?:opensearchserverless|organizations|s3|s3control|s3tables|secretsmanager|securityhub|securitylake|shield)_/,
  /^aws_(?:sesv?2?|sns|sqs|ssm|wafv?2?|wafregional|elasticache_user|lambda_layer|efs_file_system_policy|lb_ssl)_?/,
  /^google_(?:bigquery|folder_iam|organization|project_iam|sql|storage|compute_organization_security_policy)_?/,
  /^azurerm_(?:key_vault|security_center|sentinel|storage)_/,
];

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
  if (UNRELATED_TYPES.has(type)) return undefined;
  const isOne = (patterns: readonly RegExp[]): boolean => patterns.some((pattern) => pattern.test(type));
  if (!isOne(FIREWALLS) && (isOne(UNRELATED_PRODUCTS) || !isOne(FIREWALL_LIKE))) return undefined;
  return notEvaluated(`resources of type ${type} are not evaluated`);
}

/** Whether resources of a type are rules, or are needed to evaluate rules. */
export function isEvaluated(type: string): boolean {
  return influenceOf(type)?.kind === 'evaluated';
}
