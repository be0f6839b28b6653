import { AWS } from './aws';
import { AZURE } from './azure';
import { GOOGLE } from './google';
import { type Influence, notEvaluated, PEERING } from './influence';
import { KUBERNETES } from './kubernetes';
import { OTHER_PROVIDERS } from './other-providers';
import { influenceByName } from './unknown-types';

/** The types of the register, and what the names of other types say that were asked for. */
const influences = new Map<string, Influence | undefined>(
  Object.entries({ ...AWS, ...GOOGLE, ...AZURE, ...KUBERNETES, ...OTHER_PROVIDERS }),
);

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
  /allow_?list/,
  /white_?list/,
  /network_?list/,
  /ip_(?:access|restriction)/,
  /traffic_filter/,
];

/** Returns how resources of a type decide what is permitted; nothing if they do not. */
export function influenceOf(type: string): Influence | undefined {
  const known = influences.get(type);
  if (known === undefined && !influences.has(type)) influences.set(type, influenceOfUnknown(type));
  return known ?? influences.get(type);
}

function influenceOfUnknown(type: string): Influence | undefined {
  if (UNRELATED_TYPES.has(type)) return undefined;
  if (type.includes('peering')) return PEERING;
  const isOne = (patterns: readonly RegExp[]): boolean => patterns.some((pattern) => pattern.test(type));
  if (!isOne(FIREWALLS) && (isOne(UNRELATED_PRODUCTS) || !isOne(FIREWALL_LIKE))) return influenceByName(type);
  return notEvaluated(`resources of type ${type} are not evaluated`);
}

/** Whether resources of a type are rules, or are needed to evaluate rules. */
export function isEvaluated(type: string): boolean {
  return influenceOf(type)?.kind === 'evaluated';
}
