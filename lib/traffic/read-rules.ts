import { AwsNames } from './aws-names';
import { prefixLists } from './aws-prefix-lists';
import type { AwsContext } from './aws-context';
import { prefixListSizes } from './aws-entries';
import { readGroupRule, readInlineRules, readVpcRule } from './aws-rules';
import type { Configuration, ConfigurationKind } from './configuration';
import { allFindings, unreadBlock, type Findings } from './findings';
import { readFirewall } from './gcp-firewall-rules';
import { GcpNames } from './gcp-names';
import { readPolicyRule } from './gcp-policy-rules';
import { otherNames } from './other-names';
import { unexplainedRules } from './repeated-rules';
import type { Resource, Resources } from './resource';
import { unclearNetworks } from './unclear-networks';

interface Context extends AwsContext {
  readonly networks: GcpNames;
}

const DIRECTIONS = ['ingress', 'egress'] as const;

/** How resources of each type that make rules are read. */
const READERS: Readonly<Record<string, (resource: Resource, context: Context) => readonly Findings[]>> = {
  aws_security_group: ({ block, repeats = [] }, context) =>
    DIRECTIONS.filter((direction) => !repeats.includes(direction)).map((direction) =>
      readInlineRules(block, direction, context),
    ),
  aws_security_group_rule: ({ block }, context) => [readGroupRule(block, context)],
  aws_vpc_security_group_ingress_rule: ({ block }, context) => [readVpcRule(block, 'ingress', context)],
  aws_vpc_security_group_egress_rule: ({ block }, context) => [readVpcRule(block, 'egress', context)],
  google_compute_firewall: ({ block }, { networks }) => [readFirewall(block, networks)],
  google_compute_network_firewall_policy_rule: ({ block }, { networks }) => [readPolicyRule(block, networks)],
};

/** Resources that let packets through or refuse them in ways that are not read. */
const NOT_READ: Readonly<Record<string, string>> = {
  aws_default_security_group: 'the default security group of a VPC is not read',
  aws_network_acl: 'network ACLs are not read',
  aws_network_acl_rule: 'network ACLs are not read',
  aws_default_network_acl: 'network ACLs are not read',
  google_compute_firewall_policy_rule: 'hierarchical firewall policies are not read',
  google_compute_firewall_policy_with_rules: 'hierarchical firewall policies are not read',
  google_compute_region_network_firewall_policy_rule: 'regional firewall policies are not read',
  google_compute_region_network_firewall_policy_with_rules: 'regional firewall policies are not read',
  google_compute_network_firewall_policy_with_rules: 'firewall policies with rules in them are not read',
};

/** Reads the rules of all resources. */
export function readRules(
  { resources, notEvaluated, prior = [] }: Resources,
  file: string,
  kind: ConfigurationKind,
): Omit<Configuration, 'provenance'> {
  const names = new AwsNames(resources);
  const context = {
    names,
    lists: prefixLists(resources, names),
    listSizes: prefixListSizes(resources),
    networks: new GcpNames(resources),
  };
  const found = allFindings(
    resources.flatMap((resource) => findingsIn(resource, context).map((findings) => withContent(findings, resource))),
  );
  const repeated = allFindings(
    resources
      .filter(({ repeats = [] }) => repeats.length > 0)
      .flatMap((resource) => repeatedRules(resource, context).map((some) => withContent(some, resource))),
  );
  const beside = repeated.rules.length === 0 ? [] : prior.flatMap((resource) => findingsIn(resource, context));
  const unclear = [
    ...repeated.notEvaluated,
    ...unexplainedRules(repeated.rules, [...found.rules, ...beside.flatMap(({ rules }) => rules)]),
    ...otherNames(found.rules, file),
    ...unclearNetworks([found.rules], file),
  ];
  const missing = [...notEvaluated.map((one) => ({ file, ...one })), ...found.notEvaluated, ...unclear];
  return { file, kind, rules: found.rules, notEvaluated: missing, groups: names.groups };
}

function findingsIn(resource: Resource, context: Context): readonly Findings[] {
  if (Object.hasOwn(READERS, resource.type)) return READERS[resource.type](resource, context);
  if (!Object.hasOwn(NOT_READ, resource.type)) return [];
  return [{ rules: [], notEvaluated: [unreadBlock(resource.block, NOT_READ[resource.type])] }];
}

function repeatedRules({ block, repeats = [] }: Resource, context: Context): Findings[] {
  const directions = DIRECTIONS.filter((direction) => repeats.includes(direction));
  return directions.map((direction) => readInlineRules(block, direction, context));
}

/** What could not be evaluated is compared by all that is known of its resource. */
function withContent({ rules, notEvaluated }: Findings, resource: Resource): Findings {
  const content = notEvaluated.length === 0 ? undefined : resource.content?.();
  if (content === undefined) return { rules, notEvaluated };
  return { rules, notEvaluated: notEvaluated.map((one) => ({ ...one, content })) };
}
