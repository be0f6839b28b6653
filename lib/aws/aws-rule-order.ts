/** In which order a firewall policy of AWS Network Firewall evaluates its rules. A rule group has the order of its policy. */
export enum AwsRuleOrder {
  /** All that pass before all that drop, over all rule groups: several allow-lists of one policy add up. */
  ACTION = 'DEFAULT_ACTION_ORDER',
  /** As the policy numbers its rule groups. */
  STRICT = 'STRICT_ORDER',
}
