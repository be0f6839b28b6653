import {
  ALLOWS,
  circumstance,
  COMMAND,
  type Influence,
  type CircumstanceInfluence,
  MEMBER,
  PEERING,
  PUBLISHED,
  ROUTE,
  TEMPLATE,
} from './influence';

/** Parts of names of types that look like one of the kinds below and decide about nothing. */
const HARMLESS =
  /certificate|_ssl_|_tls_|stickiness|probe|monitor|health|trust_store|parameter_group|option_group|subnet_group|_user$|_snapshot|_backup|route53|(?:^|_)api_?gateway|_log(?:s|ging)?(?:_|$)|_policy$|_quota|_alarm|_role/;
/** Clouds whose machines are all in the register. Many of their types with the name of a machine have no network. */
const WITH_KNOWN_MACHINES = /^(?:aws|awscc|google|azurerm|kubernetes)_/;
const MACHINE =
  /(?:^|_)(?:instance|server|virtual_machine|vm|droplet|machine|node_?pool|cluster|database|db_system)s?(?:_pool|_autoscale)?(?:_v\d+)?$/;

/** Kinds of types by their names, in any cloud. The first one that matches counts. */
const KINDS: readonly (readonly [RegExp, Influence])[] = [
  [/template_deployment|orchestration_stack|resourcemanager_stack/, TEMPLATE],
  [
    /run_command|machine_\w*extension|deployment_script|runbook|guest_polic|os_policy_assign|maintenance_window_task/,
    COMMAND,
  ],
  [
    /ipsec|(?:vpn|gateway|endpoint|interconnect|express_route)\w*_(?:connection|connect|accepter|attachment)|_connect$/,
    PEERING,
  ],
  [/floating_?ip|public_ip|static_ip|reserved_ip|elastic_ip|port_?forward|bastion|tunnel/, PUBLISHED],
  [
    /load_?balancer|(?:^|_)n?lb(?:aas)?(?:_|$)|listener|endpoint_group|network_endpoints?(?:_|$)|interface_attach/,
    PUBLISHED,
  ],
  [/(?:^|_)(?:default_vpc|routes?|router|route_table|route_server|internet_gateway|nat_gateway)(?:_|$)/, ROUTE],
];

/** Returns how resources of a type that the register does not know decide what is permitted, as far as the name of the type says so. */
export function influenceByName(type: string): Influence | undefined {
  if (HARMLESS.test(type)) return undefined;
  const [, found] = KINDS.find(([pattern]) => pattern.test(type)) ?? [];
  return found ?? (!WITH_KNOWN_MACHINES.test(type) && MACHINE.test(type) ? MEMBER : undefined);
}

/** Names of attributes that decide who reaches something, in any resource. */
const REACHABILITY = [
  /^(?:\w+_)?(?:security_groups?|nsgs?|firewalls?)(?:_ids?|_names|_id_list)?$/,
  /^(?:\w+_)?subnet(?:s|_ids?|_mapping|works?|_names)?$/,
  /^(?:network_interfaces?|vnics?|network_configuration|vpc_config(?:uration)?)$/,
  /^(?:is_)?public(?:ly)?_(?:\w+_)?(?:accessible|access|enabled|ip|endpoint)\w*$|^(?:associate|assign)_public_ip\w*$/,
  /^(?:allow(?:ed)?|authorized|trusted|permitted|white_?list(?:ed)?)_(?:\w+_)?(?:cidrs?|ips?|ip_\w+|ranges?|networks?|sources?|list)$/,
  /^(?:\w+_)?ip_(?:rules?|white_?list|allow_?list|restrictions?|filters?|access_list|acls?|subnetworks)$/,
  /^(?:network|inbound_ip|virtual_network)_(?:rules?|rule_set|rulesets|acls?)$|^white_?list$|^source_(?:ranges?|ips?|cidrs?)$/,
];

/** What the attributes of a resource decide whose type the register does not know. */
export const BY_ATTRIBUTES: CircumstanceInfluence = circumstance('decides who reaches it', ALLOWS);

/** Whether an attribute of this name decides who reaches a resource of any type. */
function decidesReachability(attribute: string): boolean {
  return REACHABILITY.some((pattern) => pattern.test(attribute));
}

/** Attributes whose members have names that their author chose. */
const NAMED_BY_AUTHORS = /^(?:\/\/|.*tags(?:_all)?|.*labels|annotations|environment\w*|metadata|selector|variables)$/;

/** Returns the attributes of a resource, of which one, or a member of one, decides by its name who reaches the resource. */
export function reachabilityIn(attributes: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(attributes).flatMap(([name, value]) => (decides(name, value) ? [name] : []));
}

function decides(name: string, value: unknown): boolean {
  if (NAMED_BY_AUTHORS.test(name) || value === undefined || value === null || value === '') return false;
  if (decidesReachability(name) && !(Array.isArray(value) && value.length === 0)) return true;
  return [value].flat().some((member) => {
    if (typeof member !== 'object' || member === null) return false;
    return Object.entries(member).some(([inner, one]) => decides(inner, one));
  });
}
