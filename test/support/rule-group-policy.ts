/** How a firewall policy of AWS Network Firewall is made: by default it is in strict order and forwards everything to its rule groups. */
interface PolicyForm {
  /** References to the rule groups that it uses. */
  readonly groups: readonly string[];
  readonly order?: string;
  readonly actions?: readonly string[];
  readonly stateless?: string;
}

/** Returns the resource of a firewall policy named `outbound`. */
export function firewallPolicy({
  groups,
  order = 'STRICT_ORDER',
  actions,
  stateless = 'aws:forward_to_sfe',
}: PolicyForm): any {
  const firewall = {
    stateless_default_actions: [stateless],
    stateful_engine_options: { rule_order: order },
    stateful_default_actions: actions,
    stateful_rule_group_reference: groups.map((arn, index) => ({ priority: index + 1, resource_arn: arn })),
  };
  return { aws_networkfirewall_firewall_policy: { outbound: { name: 'outbound', firewall_policy: firewall } } };
}

/** Adds a firewall policy to a stack that uses all its rule groups. By default it drops everything else. */
export function withFirewallPolicy(json: any, actions: readonly string[] = ['aws:drop_established']): any {
  const names = Object.keys(json.resource.aws_networkfirewall_rule_group);
  const groups = names.map((name) => `\${aws_networkfirewall_rule_group.${name}.arn}`);
  return { ...json, resource: { ...json.resource, ...firewallPolicy({ groups, actions }) } };
}
